() => {
  // A mark opens the source it names, in its own answer, and moves the keyboard there.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark");
    const source = mark && document.getElementById(mark.hash.slice(1));
    if (!source) return;
    event.preventDefault();
    source.open = true;
    source.querySelector("summary").focus({ preventScroll: true });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    source.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "nearest" });
  });
  // Gradio names each message "a component of type html"; say who speaks instead.
  const name = () => {
    for (const [role, label] of [["user", "Question"], ["bot", "Answer"]])
      for (const message of document.querySelectorAll(`[data-testid="${role}"]:not([aria-label="${label}"])`))
        message.setAttribute("aria-label", label);
  };
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
}
