(words) => {
  // What the buttons under questions and replies do.
  const exchange = (name) => (byline.exchanges || []).find((one) => one.id === name);

  byline.copy = async (button, text) => {
    const label = button.title;
    const told = (await byline.toClipboard(text)) ? words.copied : words.not_copied;
    button.dataset.told = told;
    setTimeout(() => { delete button.dataset.told; button.title = label; }, 1500);
  };

  const source = (answer, citation) => {
    const article = answer.articles.find((one) => one.id === citation.article) || {};
    const told = [article.title, article.source, (article.published || "").slice(0, 10), article.url];
    return `[${citation.number}] ${told.filter(Boolean).join(", ")}`;
  };
  const asText = ({ answer }) => [answer.text, answer.citations.map((one) => source(answer, one)).join("\n")].filter(Boolean).join("\n\n");

  // What comes after a question that is asked again goes, and comes back with "Undo" until the next question.
  let lost = null;
  const later = (name) => {
    const place = byline.exchanges.findIndex((one) => one.id === name);
    return place < 0 ? 0 : byline.exchanges.length - 1 - place;
  };
  const put = (event, name, data) => {
    const { exchanges } = byline, count = later(name);
    lost = count ? { exchanges, count, left: exchanges.length - count, talk: byline.tab.get("current") } : null;
    byline.send(event, { id: name, ...data });
  };
  const undo = () => document.querySelector("#removed .undo");
  byline.changed.push(() => {
    const asked = lost && byline.exchanges !== lost.exchanges;
    if (asked && (byline.exchanges.length !== lost.left || byline.tab.get("current") !== lost.talk)) lost = null;
    if (!undo()) return;
    undo().hidden = !lost || !asked;
    if (lost) undo().querySelector("span").textContent = byline.counted(words.removed, lost.count);
  });
  document.addEventListener("click", (event) => {
    if (!lost || !event.target.closest("#removed button")) return;
    byline.send("reopen", { exchanges: JSON.stringify(lost.exchanges) });
    lost = null;
    undo().hidden = true;
    byline.goOn(event);
  });

  const edit = (block, name) => {
    const question = block.previousElementSibling;
    const asked = exchange(name)?.question.text ?? question.querySelector("p").textContent;
    const form = document.createElement("form");
    form.className = "editor";
    const field = Object.assign(document.createElement("textarea"), { value: asked, maxLength: 2000, rows: 2 });
    field.setAttribute("aria-label", words.edit);
    const cancel = Object.assign(document.createElement("button"), { type: "button", textContent: words.cancel });
    const ask = Object.assign(document.createElement("button"), { type: "submit", textContent: words.ask });
    const close = () => { form.remove(); question.hidden = block.hidden = false; };
    const leave = () => { close(); block.querySelector("[data-action=edit]")?.focus(); };
    cancel.addEventListener("click", leave);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      close();
      put("edit", name, { text: field.value });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
    });
    form.append(field);
    if (later(name)) {
      const note = Object.assign(document.createElement("p"), { id: `later-${name}`, textContent: byline.counted(words.later, later(name)) });
      field.setAttribute("aria-describedby", note.id);
      form.append(note);
    }
    form.append(cancel, ask);
    question.hidden = block.hidden = true;
    block.after(form);
    field.focus();
    field.setSelectionRange(asked.length, asked.length);
  };

  // Thumbs: what was chosen is kept with the conversation, and sent with a reason if one is given.
  const rated = (name) => byline.ratings[name];
  const rate = (name, verdict, reason) => {
    const talk = byline.talk();
    if (talk) byline.change(talk.key, { ratings: { ...talk.ratings, [name]: verdict } });
    byline.send("rate", { id: name, verdict, reason });
    mark();
  };
  const mark = () => {
    for (const button of document.querySelectorAll("#chat [data-action=good], #chat [data-action=bad]")) {
      const pressed = String(rated(button.closest(".actions").dataset.exchange) === button.dataset.action);
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  };
  new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  const judge = (block, name, button) => {
    block.parentElement.querySelector("form.reason")?.remove();
    const verdict = button.dataset.action;
    if (rated(name) === verdict) return rate(name, "none", "");
    rate(name, verdict, "");
    const form = Object.assign(document.createElement("form"), { className: "reason" });
    const label = verdict === "good" ? words.why_good : words.why_bad;
    const field = Object.assign(document.createElement("input"), { type: "text", maxLength: 1000, placeholder: label });
    field.setAttribute("aria-label", label);
    const send = Object.assign(document.createElement("button"), { type: "submit", textContent: words.send });
    form.append(field, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) rate(name, verdict, field.value);
      const thanks = Object.assign(document.createElement("p"), { className: "thanks", textContent: words.thanks });
      thanks.setAttribute("role", "status");
      form.replaceWith(thanks);
      setTimeout(() => thanks.remove(), 3000);
    });
    field.addEventListener("keydown", (event) => event.key === "Escape" && form.remove());
    block.after(form);
    field.focus();
  };

  const ACTS = {
    good: judge,
    bad: judge,
    edit,
    again: (block, name) => put("again", name, {}),
    link: (block, name, button) => exchange(name) && byline.copy(button, byline.linkTo(exchange(name))),
    copy: (block, name, button) => exchange(name)?.answer && byline.copy(button, asText(exchange(name))),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".actions [data-action]");
    if (!button) return;
    const block = button.closest(".actions");
    ACTS[button.dataset.action]?.(block, block.dataset.exchange, button);
  });

  // Limits of the next question. Pinned ones outlive a reload; a link brings its own.
  byline.pinned = new URLSearchParams(location.search).get("q") ? "" : byline.local.get("pinned");
  let pinned = "";
  const keep = (limits) => {
    if (limits === pinned) return;  // another tab's are its own
    pinned = limits;
    if (limits) byline.local.set("pinned", limits);
    else byline.local.remove("pinned");
  };
  // What is typed is looked at for limits once typing rests.
  const REST = 150;
  let heard = null, resting = null, last = null;
  const rest = () => {
    if (!heard || !last) return;
    heard(last);
    last = null;
  };
  byline.looked = (given) => { heard = given; rest(); };
  byline.look = (text, limits, pin) => {
    const some = Object.values(limits).some((value) => value && value !== "[]");
    keep(pin && some ? JSON.stringify(limits) : "");
    last = { text, ...limits };
    clearTimeout(resting);
    resting = setTimeout(rest, REST);
  };
  document.addEventListener("click", (event) => {
    const drop = event.target.closest("#chips [data-drop]");
    if (drop) byline.send("drop", { field: drop.dataset.drop, value: drop.dataset.value });
    if (event.target.closest("#chips [data-pin]")) byline.send("pin", {});
  });
}
