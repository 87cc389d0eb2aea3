() => {
  const LABELS = { user: "Question", bot: "Answer", "submit-button": "Ask", "stop-button": "Stop" };
  let questions = 0;
  let following = false;

  // A new question moves to the top and stays there while its answer grows, until the reader scrolls.
  const follow = () => {
    const asked = document.querySelectorAll('[data-testid="user"]');
    following = asked.length > questions || (following && asked.length === questions);
    questions = asked.length;
    if (following) asked[asked.length - 1].scrollIntoView({ block: "start" });
  };
  for (const scrolled of ["wheel", "touchmove", "keydown", "mousedown"])
    document.addEventListener(scrolled, () => (following = false), { passive: true });

  // Gradio calls each message "a component of type html", and its round buttons nothing; say what they are.
  const name = () => {
    for (const [part, label] of Object.entries(LABELS))
      for (const element of document.querySelectorAll(`[data-testid="${part}"]:not([aria-label="${label}"])`))
        element.setAttribute("aria-label", label);
    // Gradio's own picker opens beyond the page's end, and takes what is no day for none.
    for (const day of document.querySelectorAll('#narrow .day input:not([type="date"])')) day.type = "date";
  };
  new MutationObserver(() => (name(), follow())).observe(document.body, { childList: true, subtree: true });
}
