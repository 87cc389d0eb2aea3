(words) => {
  // The visitor's conversations: one entry each in the browser's storage, so that tabs do not overwrite each other's.
  // Whatever is read from there is text: it is parsed with care, shown as text, and validated by the server.
  const { local, tab } = window.byline;
  const MOST = 100, LARGEST = 4_000_000, TITLE = 120;
  const NAME = /^talk:[0-9a-f-]{36}$/;
  let panel = null;
  const lost = [];  // what was deleted since the page was loaded; undoing brings back the last of it
  byline.exchanges = [];
  byline.ratings = {};
  byline.changed = [];

  const read = (key) => {
    try {
      const talk = JSON.parse(local.get(key));
      if (!NAME.test(key) || !Array.isArray(talk.exchanges) || !talk.exchanges.length) return null;
      const first = talk.exchanges[0].question.text;
      const title = typeof talk.title === "string" && talk.title.trim() ? talk.title : first;
      return { ...talk, key, shown: String(title).slice(0, TITLE), updated: Number(talk.updated) || 0 };
    } catch { return null; }
  };
  const all = () => local.keys().filter((key) => NAME.test(key)).map(read).filter(Boolean)
    .sort((one, other) => other.updated - one.updated);

  const bound = (spared) => {
    // The oldest go first.
    const talks = all();
    let size = 0;
    talks.forEach((talk, place) => {
      size += (local.get(talk.key) || "").length;
      if (talk.key !== spared && (place >= MOST || size > LARGEST)) local.remove(talk.key);
    });
  };
  const write = (key, talk) => {
    const text = JSON.stringify(talk);
    while (!local.set(key, text)) {
      const oldest = all().filter((one) => one.key !== key).pop();
      if (!oldest) return false;
      local.remove(oldest.key);
    }
    bound(key);
    return true;
  };

  const current = () => tab.get("current");
  const become = (key, revision) => {
    if (key) { tab.set("current", key); tab.set("revision", revision); }
    else { tab.remove("current"); tab.remove("revision"); }
  };

  // The server sends the conversation whenever it has changed.
  byline.keep = (value) => {
    let exchanges = [];
    try { exchanges = JSON.parse(value); } catch { /* an empty conversation */ }
    byline.taken(exchanges.at(-1));
    byline.noteDraft();
    byline.exchanges = exchanges;
    if (!exchanges.length) { become(null); byline.ratings = {}; }
    else {
      let key = current();
      const before = key && read(key);
      // Another tab went on with this conversation: theirs stays, ours becomes one of its own.
      if (!key || (before && before.revision !== tab.get("revision"))) key = `talk:${crypto.randomUUID ? crypto.randomUUID() : random()}`;
      const own = key === current() ? before : null;
      const same = own && JSON.stringify(own.exchanges) === JSON.stringify(exchanges);
      const revision = same ? own.revision : String(Math.random()).slice(2);
      if (!same) write(key, { title: own ? own.title : undefined, ratings: own ? own.ratings : undefined, updated: Date.now(), revision, exchanges });
      become(key, revision);
      byline.ratings = (own && own.ratings) || {};
    }
    show();
  };
  const random = () => {
    const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
  };
  const open = (key) => {
    const talk = read(key);
    if (!talk) return become(null);
    become(key, talk.revision);
    byline.ratings = talk.ratings || {};
    byline.send("reopen", { exchanges: JSON.stringify(talk.exchanges) });
    show();
  };
  byline.talk = () => current() && read(current());
  byline.change = (key, changed) => {
    const talk = read(key);
    if (!talk) return;
    const { key: _, shown: __, ...kept } = talk;
    write(key, { ...kept, ...changed });
    if (key === current()) byline.ratings = { ...kept, ...changed }.ratings || {};
    show();
  };

  const made = (tag, options, ...inside) => {
    const element = Object.assign(document.createElement(tag), options);
    element.append(...inside);
    return element;
  };
  // The list is made anew whenever a conversation changes: the focus goes on at the same place of the new one.
  const buttonOf = (key, name) => panel.querySelector(`li[data-key="${key}"] .${name}`);
  const rename = (row, talk) => {
    const field = made("input", { type: "text", value: talk.shown, maxLength: TITLE });
    field.setAttribute("aria-label", words.name);
    let ended = false;
    const done = (keep, byKey) => {
      if (ended) return;
      ended = true;  // before the field goes: its blur comes here too
      field.remove();
      if (keep && field.value.trim()) byline.change(talk.key, { title: field.value.trim() });
      else show();
      if (byKey) buttonOf(talk.key, "rename")?.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();  // or Enter presses the button that gets the focus
      done(event.key === "Enter", true);
    });
    field.addEventListener("blur", () => done(true));
    row.replaceChildren(field);
    field.select();
  };
  const remove = (talk) => {
    lost.push({ key: talk.key, text: local.get(talk.key), open: current() === talk.key });
    local.remove(talk.key);
    if (lost.at(-1).open) document.querySelector("#fresh")?.click();
    show();
    panel.querySelector(".undo button").focus();
  };
  const restore = () => {
    const { key, text, open: wasOpen } = lost.pop();
    local.set(key, text);
    if (wasOpen) open(key);
    show();
    buttonOf(key, "open")?.focus();
  };

  const entry = (talk) => {
    const title = made("button", { type: "button", className: "open", title: talk.shown }, made("span", { textContent: talk.shown }));
    title.addEventListener("click", () => { open(talk.key); if (covers()) close(); });
    const name = made("button", { type: "button", className: "rename", textContent: "✎", title: words.rename });
    const drop = made("button", { type: "button", className: "delete", textContent: "×", title: words.delete });
    name.setAttribute("aria-label", words.rename_one.replace("{title}", () => talk.shown));
    drop.setAttribute("aria-label", words.delete_one.replace("{title}", () => talk.shown));
    const row = made("li", {}, title, name, drop);
    row.dataset.key = talk.key;
    if (talk.key === current()) title.setAttribute("aria-current", "true");
    name.addEventListener("click", () => rename(row, talk));
    drop.addEventListener("click", () => remove(talk));
    return row;
  };
  const holds = (talk, sought) => {
    const said = [talk.shown, ...talk.exchanges.map((one) => `${one?.question?.text} ${one?.answer?.text ?? ""}`)];
    const text = said.join(" ").toLowerCase();
    return sought.every((word) => text.includes(word));
  };
  const show = () => {
    for (const act of byline.changed) act();
    if (!panel || panel.querySelector("li input")) return;
    const sought = panel.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const talks = all();
    const found = talks.filter((talk) => holds(talk, sought));
    const { activeElement: held } = document, row = held.closest("#library li");
    panel.querySelector("ul").replaceChildren(...found.map(entry));
    if (row) buttonOf(row.dataset.key, held.className)?.focus();
    panel.querySelector(".none").textContent = talks.length && !found.length
      ? words.no_match : words.kept_here;
    panel.querySelector("input[type=search]").hidden = talks.length < 2;
    const undo = panel.querySelector(".undo");
    undo.hidden = !lost.length;
    undo.querySelector("span").textContent = words.deleted;
  };
  byline.list = (element) => {
    panel = element.querySelector("#library");
    panel.querySelector("input[type=search]").addEventListener("input", show);
    panel.querySelector(".undo button").addEventListener("click", restore);
    show();
  };
  const toggle = () => document.querySelector("#conversations .toggle-button");
  const close = () => { toggle().click(); toggle().focus(); };
  // On a phone the list lies over the page, of which a strip stays in sight.
  const covers = () => matchMedia("(max-width: 768px)").matches && document.querySelector("#conversations.open");
  const changed = byline.overPage("conversations", () => Boolean(covers()), close);
  document.addEventListener("click", (event) => event.target.id === "conversations" && covers() && close());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !covers()) return;
    if (event.target.type !== "search" || !event.target.value) close();  // Escape empties a search first
  });

  addEventListener("storage", (event) => byline.local.owns(event.key) && show());
  byline.whenThere("#conversations .toggle-button", (button) => {
    button.setAttribute("aria-label", words.conversations);
    button.title = words.conversations;
    const note = () => {
      const opened = document.querySelector("#conversations").classList.contains("open");
      button.setAttribute("aria-expanded", String(opened));
      changed();
    };
    new MutationObserver(note).observe(document.querySelector("#conversations"), { attributes: true });
    note();
  });
  if (current() && !new URLSearchParams(location.search).get("q")) byline.whenThere("#chat", () => open(current()));
}
