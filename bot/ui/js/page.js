(words) => {
  const LABELS = {
    '[data-testid="user"]': words.question,
    '[data-testid="bot"]': words.answer,
    '[data-testid="submit-button"]': words.ask,
    '[data-testid="stop-button"]': words.stop,
    "#chat .bubble-wrap": words.conversation,
    "#chat .scroll-down-button-container button": words.down,
  };
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

  // Gradio calls each message "a component of type html", its round buttons nothing, and other parts by English names.
  const name = () => {
    for (const [part, label] of Object.entries(LABELS))
      for (const element of document.querySelectorAll(`${part}:not([aria-label="${label}"])`)) {
        element.setAttribute("aria-label", label);
        if (element.title) element.title = label;
      }
    for (const example of document.querySelectorAll("#chat button.example[aria-label]")) example.removeAttribute("aria-label");
    // Words of the page's own parts, which are the same for all visitors until they are here.
    for (const element of document.querySelectorAll("[data-word]")) {
      element.textContent = words[element.dataset.word];
      delete element.dataset.word;
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      const label = words[element.dataset.label];
      element.setAttribute("aria-label", label);
      if (element.tagName === "INPUT") element.placeholder = label;
      else if (element.tagName === "SUMMARY") element.title = label;
      delete element.dataset.label;
    }
    // Gradio's own picker opens beyond the page's end, and takes what is no day for none.
    for (const day of document.querySelectorAll('#narrow .day input:not([type="date"])')) day.type = "date";
  };
  document.addEventListener("click", (event) => event.target.closest("#question .stop-button") && byline.goOn(event));
  new MutationObserver(() => (name(), follow())).observe(document.body, { childList: true, subtree: true });
}
