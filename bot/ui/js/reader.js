(words) => {
  // A card at each mark, and a panel that holds the whole article. What they show is HTML that the server escaped, or
  // is put in as text.
  const make = (tag, options = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), options);
    element.append(...inside);
    return element;
  };
  const sourceOf = (mark) => document.getElementById(mark.hash.slice(1));

  // The card: outlet, day, headline and quote, while the pointer or the keyboard is at a mark.
  const card = make("div", { id: "card" });
  card.setAttribute("role", "tooltip");
  card.popover = "manual";
  document.body.append(card);
  let shownFor = null;
  let waiting = 0;
  const hide = () => {
    clearTimeout(waiting);
    if (!shownFor) return;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    card.hidePopover();
  };
  const show = (mark) => {
    const source = sourceOf(mark)?.closest("details");
    if (!source || shownFor === mark) return;
    hide();
    const quote = make("p", { className: "words", dir: "auto", textContent: mark.dataset.quote });
    card.replaceChildren(source.querySelector(".headline").cloneNode(true), quote);
    card.showPopover();
    mark.setAttribute("aria-describedby", "card");
    shownFor = mark;
    put();
  };
  const put = () => {
    const at = shownFor.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const below = at.bottom + 8 + height < innerHeight || at.top < height + 16;
    card.style.left = `${Math.max(8, Math.min(at.left - 24, document.documentElement.clientWidth - width - 8))}px`;
    card.style.top = `${below ? at.bottom + 8 : at.top - height - 8}px`;
  };
  const follow = () => {
    if (!shownFor) return;
    const at = shownFor.getBoundingClientRect();
    if (at.bottom < 0 || at.top > innerHeight || !shownFor.isConnected) hide();
    else put();
  };
  const soon = (act) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, 150);
  };
  const markAt = (event) => event.target.closest?.("a.mark");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const mark = markAt(event);
    if (mark) soon(() => show(mark));
    else if (card.contains(event.target)) clearTimeout(waiting);
    else if (shownFor && !shownFor.matches(":focus-visible")) soon(hide);
    else if (!shownFor) clearTimeout(waiting);
  });
  document.addEventListener("focusin", (event) => {
    const mark = markAt(event);
    if (mark?.matches(":focus-visible")) show(mark);
    else hide();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", follow, { capture: true, passive: true });

  // The panel.
  const button = (name, sign, label) => {
    const made = make("button", { type: "button", className: name, textContent: sign, title: label });
    made.setAttribute("aria-label", label);
    return made;
  };
  const previous = button("previous", "‹", words.previous);
  const next = button("next", "›", words.next);
  const close = button("close", "×", words.close);
  const place = make("span", { className: "place" });
  place.setAttribute("role", "status");
  const page = make("div", { className: "page", tabIndex: 0 });
  page.dataset.waiting = words.opening;
  const panel = make("dialog", { id: "reader" }, make("div", { className: "bar" }, previous, place, next, close), page);
  panel.setAttribute("aria-labelledby", "reader-title");
  document.body.append(panel);
  const changed = byline.overPage("reader", () => panel.open, () => panel.close());
  let marks = [];
  let current = 0;
  let opener = null;
  let asked = 0;

  const say = (text) => make("p", { className: "notice", textContent: text });
  const numbered = (mark) => ({
    number: Number(mark.textContent), start: Number(mark.dataset.start), text: mark.dataset.quote,
  });
  const fetched = async (article, quotes) => {
    const own = (asked += 1);
    page.setAttribute("aria-busy", "true");
    let reply, html = null;
    try {
      reply = await fetch(new URL(`reading/${article}`, new URL(".", location.href)), {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ quotes }),
      });
      if (reply.headers.get("content-type")?.startsWith("text/html")) html = await reply.text();
    } catch { /* the server is away */ }
    if (own !== asked) return;
    // What a link leads to may be there all the same, or asks to sign in.
    if (reply && !reply.ok && opener.matches("a.read")) {
      history.replaceState(null, "");
      panel.close();
      return location.replace(opener.href);
    }
    page.removeAttribute("aria-busy");
    if (html) page.innerHTML = html;
    else page.replaceChildren(say(words.closed));
    if (!page.querySelector("h2")) page.append(...kept());
    page.scrollTop = 0;
    page.querySelector("mark.chosen")?.scrollIntoView({ block: "center" });
  };
  // Where the archive has no article to show, what the answer has of it stays.
  const kept = () => {
    const mark = marks[current];
    const headline = mark && sourceOf(mark)?.closest("details").querySelector(".headline");
    if (!headline) return [];
    return [headline.cloneNode(true), make("blockquote", { dir: "auto", textContent: mark.dataset.quote })];
  };
  const turn = (to) => {
    current = to;
    previous.disabled = to === 0;
    next.disabled = to === marks.length - 1;
    previous.hidden = next.hidden = marks.length < 2;
    place.textContent = marks.length ? words.place.replace("{n}", to + 1).replace("{count}", marks.length) : "";
    const mark = marks[to];
    const others = marks.filter((one) => one !== mark && one.dataset.article === mark.dataset.article);
    return fetched(mark.dataset.article, [mark, ...others].map(numbered));
  };
  const open = (element) => {
    hide();
    opener = element;
    page.replaceChildren();
    if (!panel.open) panel.showModal();
    changed();
    page.focus();
  };
  const openMark = (mark) => {
    const all = mark.closest(".answer").querySelectorAll("a.mark");
    marks = [...new Map([...all].map((one) => [one.hash, one])).values()];
    open(mark);
    turn(marks.findIndex((one) => one.hash === mark.hash));
  };
  const openArticle = (element) => {
    marks = [];
    previous.hidden = next.hidden = true;
    place.textContent = "";
    open(element);
    const { article, start, quote } = element.dataset;
    fetched(article, quote ? [{ number: 1, start: Number(start), text: quote }] : []);
  };
  const step = (by) => marks[current + by] && turn(current + by);
  previous.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  close.addEventListener("click", () => panel.close());
  panel.addEventListener("keydown", (event) => {
    const ahead = getComputedStyle(panel).direction === "rtl" ? -1 : 1;
    if (event.key === "ArrowLeft") step(-ahead);
    if (event.key === "ArrowRight") step(ahead);
  });
  panel.addEventListener("click", (event) => event.target === panel && panel.close());
  panel.addEventListener("close", () => {
    asked += 1;
    changed();
    // A conversation that was drawn again has another element in its place.
    const there = opener?.isConnected ? opener : opener?.hash && document.querySelector(`a.mark[href="${opener.hash}"]`);
    there?.focus({ preventScroll: true });
    hide();
  });

  const copy = async (pressed) => {
    const label = pressed.textContent;
    const done = await byline.toClipboard(pressed.dataset.copy);
    pressed.focus();
    pressed.textContent = done ? words.copied : words.not_copied;
    setTimeout(() => (pressed.textContent = label), 1500);
  };

  // Another question than the one that was declined; in the whole archive, the fields that narrow the search are emptied.
  const askInstead = ({ dataset }) => {
    if ("everywhere" in dataset) {
      for (const day of [...document.querySelectorAll("#narrow .day input")].slice(1)) byline.type(day, "");
      document.querySelector("#narrow .remove-all")?.click();
    }
    byline.ask(dataset.question);
  };

  const ACTS = { "a.mark": openMark, "a.read, button.read": openArticle, "button.copy": copy, "button.ask-instead": askInstead };
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    for (const [kind, act] of Object.entries(ACTS)) {
      const found = event.target.closest(kind);
      if (!found) continue;
      event.preventDefault();
      act(found);
    }
  });
}
