() => {
  // Where the scripts and the page's components meet: what is done here goes out as events of the component `wishes`.
  const waiting = [];
  let trigger = null;
  const byline = (window.byline = window.byline || {});
  byline.send = (event, data) => (trigger ? trigger(event, data) : waiting.push([event, data]));
  byline.meet = (given) => {
    trigger = given;
    for (const [event, data] of waiting.splice(0)) trigger(event, data);
  };

  // Two sites on one host keep apart what they store; a browser that stores nothing must do.
  const prefix = `byline:${location.pathname}:`;
  byline.store = (storage) => ({
    get: (key) => {
      try { return storage().getItem(prefix + key); } catch { return null; }
    },
    set: (key, value) => {
      try { storage().setItem(prefix + key, value); return true; } catch { return false; }
    },
    remove: (key) => {
      try { storage().removeItem(prefix + key); } catch { /* nothing is stored */ }
    },
    keys: () => {
      try {
        return Object.keys(storage()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      } catch { return []; }
    },
    owns: (key) => key === null || key.startsWith(prefix),
  });
  byline.local = byline.store(() => localStorage);
  byline.tab = byline.store(() => sessionStorage);

  // What is being typed outlives a reload and a lost server.
  const box = () => document.querySelector("#question textarea");
  const note = () => box() && byline.tab.set("draft", box().value);
  document.addEventListener("input", (event) => event.target === box() && note());
  addEventListener("pagehide", note);
  byline.noteDraft = note;
  byline.type = (field, text) => {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // The box is emptied once the server has its question, unless another has been typed meanwhile.
  byline.taken = (exchange) => {
    const begun = exchange && !exchange.answer && !exchange.notice && !exchange.text;
    if (begun && box().value.trim() === exchange.question.text.trim()) byline.type(box(), "");
  };
  // Gradio drops a click until the event of the answer before has ended, which may be after the answer is shown.
  const questions = () => document.querySelectorAll("#chat .question").length;
  byline.ask = (text) => {
    const before = questions();
    let tries = 240;
    const put = () => {
      if (box().value !== text || questions() > before || !tries--) return;
      document.querySelector("#question .submit-button")?.click();
      setTimeout(put, 250);
    };
    byline.type(box(), text);
    setTimeout(put, 50);
  };
  // The form of a string for a count.
  byline.counted = (forms, n) => {
    const form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
    return (forms[form] || forms.other).replace("{n}", n);
  };
  // A button that goes when it is pressed by keyboard hands the focus to the question; a finger would open the keyboard.
  byline.goOn = (event) => event.detail || box().focus();
  // "Back" closes what lies over the page: while that is open, the history has one entry more.
  byline.overPage = (name, isOpen, close) => {
    let leaving = false;
    const own = () => history.state?.over === name;
    const changed = () => {
      if (isOpen() && !own()) history.pushState({ over: name }, "");
      if (isOpen() || !own() || leaving) return;
      leaving = true;
      history.back();
      setTimeout(() => { leaving = false; }, 1000);  // there may be nothing to go back to
    };
    addEventListener("popstate", () => {
      if (!leaving) return isOpen() && !own() && close();
      leaving = false;
      changed();  // it may have been opened again meanwhile
    });
    changed();
    return changed;
  };
  byline.toClipboard = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* the page is not served over HTTPS */ }
    const field = Object.assign(document.createElement("textarea"), { value: text });
    (document.querySelector("dialog[open]") || document.body).append(field);  // what is behind a dialog cannot be selected
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  byline.whenThere = (selector, act) => {
    const found = document.querySelector(selector);
    if (found) return act(found);
    const observer = new MutationObserver(() => {
      const there = document.querySelector(selector);
      if (there) { observer.disconnect(); act(there); }
    });
    observer.observe(document.body, { childList: true, subtree: true });
  };
  const draft = byline.tab.get("draft");
  if (draft) byline.whenThere("#question textarea", (typed) => typed.value || byline.type(typed, draft));
}
