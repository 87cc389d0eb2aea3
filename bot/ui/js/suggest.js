(words) => {
  // Questions to go on with, under the newest answer, until another is asked.
  let row = null;
  const last = () => byline.exchanges[byline.exchanges.length - 1]?.id;
  byline.suggest = (value) => {
    const { id, questions = [] } = value ? JSON.parse(value) : {};
    const under = document.querySelector(`#chat [data-testid="bot"] .actions[data-exchange="${id}"]`);
    if (!questions.length || !under || id !== last()) return;
    row?.remove();
    row = Object.assign(document.createElement("div"), { className: "suggested" });
    row.dataset.exchange = id;
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", words.ask_next);
    row.append(...questions.map((text) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text, dir: "auto" });
      button.addEventListener("click", () => byline.ask(text));
      return button;
    }));
    under.after(row);
  };
  byline.changed.push(() => { if (row && row.dataset.exchange !== last()) { row.remove(); row = null; } });
}
