// <byline-chat>: questions to a Byline site from any page. No framework, no request but to that site, and every text that
// comes from it is set as text, never as markup. The styles and the strings are put in when it is served.
(() => {
  const STYLE = __STYLES__;
  const HOME = new URL(".", document.currentScript.src).href;
  const STRINGS = __STRINGS__;
  const FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
  // What a visitor is shown for an error of the site, by its status; what exactly it says is for the page's own people.
  const REFUSALS = { 401: "embed.sign_in", 403: "embed.closed", 429: "embed.often", 500: "notice.failed", 503: "embed.away" };
  const PATHS = {
    ask: "M12 19V5M6 11l6-6 6 6",
    stop: "M7 7h10v10H7z",
    close: "M6 6l12 12M18 6L6 18",
    chat: "M4 5h16v11H9.5L5 20v-4H4z",
  };
  const TURNS = 20;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  };

  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }))
      svg.setAttribute(key, value);
    path.setAttribute("d", PATHS[name]);
    svg.append(path);
    return svg;
  };

  const iconButton = (name, label, act) => {
    const button = make("button", { type: "button", className: `icon ${name}`, title: label, onclick: act }, icon(name));
    button.setAttribute("aria-label", label);
    return button;
  };

  const webAddress = (text) => {
    try {
      return ["http:", "https:"].includes(new URL(text).protocol) ? text : null;
    } catch {
      return null;
    }
  };

  // The strings in one of the languages, and how it writes days and lists.
  class Language {
    constructor(code) {
      this.code = code;
      ({ direction: this.direction, strings: this.strings } = STRINGS[code]);
      this.locale = code === "en" ? "en-GB" : `${code}-u-nu-latn`;
    }

    // That of the element around the tag, if it is known here, else the first of the browser's that is; else English.
    static of(element) {
      const stated = element.closest("[lang]")?.lang || document.documentElement.lang;
      const codes = [stated, ...navigator.languages].map((each) => each.toLowerCase().split("-")[0]);
      return new Language(codes.find((code) => Object.hasOwn(STRINGS, code)) ?? "en");
    }

    say(key, values = {}) {
      return this.strings[key].replace(/\{(\w+)\}/g, (_, name) => this.isolated(String(values[name])));
    }

    isolated(text) {
      const plain = this.direction === "ltr" && !FROM_THE_RIGHT.test(text);
      return plain || /^\d*$/.test(text) ? text : `\u2068${text}\u2069`;
    }

    either(names) {
      return new Intl.ListFormat(this.locale, { type: "disjunction" }).format(names.map((name) => this.isolated(name)));
    }

    day(published) {
      if (!published) return "";
      const [year, month, date] = published.slice(0, 10).split("-").map(Number);
      const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
      return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString(this.locale, format);
    }
  }

  // Server-sent events of a response: [name, data] each.
  async function* eventsOf(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let pending = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (pending + value).split(/\r?\n\r?\n/);
      pending = blocks.pop();
      for (const block of blocks) {
        const fields = block.split(/\r?\n/).map((line) => line.match(/^(\w+): ?(.*)$/)).filter(Boolean);
        const data = fields.filter(([, name]) => name === "data").map(([, , value]) => value).join("\n");
        if (data) yield [fields.find(([, name]) => name === "event")?.[2] ?? "message", JSON.parse(data)];
      }
    }
  }

  // Where the text has what looks like a mark, for an answer that does not say where its marks are.
  const alikeMarks = (text) =>
    [...text.matchAll(/\[\d{1,3}\]/g)].map((found) => {
      const start = [...text.slice(0, found.index)].length;
      return [start, start + found[0].length];
    });

  // An answer's text as paragraphs. Places count code points, as Python does, and not UTF-16 units.
  const paragraphs = (answer, language, openSource) => {
    const signs = [...answer.text];
    const quotes = answer.quotes ?? [];
    const numbers = new Map(answer.citations.map((citation) => [citation.number, citation]));
    const marks = new Map(answer.marks ?? alikeMarks(answer.text));
    const places = [...quotes, ...answer.emphasis, ...marks].flat().filter((place) => place <= signs.length);
    const cuts = [...new Set([0, ...places, signs.length])].sort((first, second) => first - second);
    const within = (spans, start, end) => spans.some(([first, last]) => first <= start && end <= last);
    const shown = [make("p", { dir: "auto" })];
    cuts.slice(1).forEach((end, number) => {
      const start = cuts[number];
      const text = signs.slice(start, end).join("");
      const citation = marks.get(start) === end && numbers.get(Number(text.slice(1, -1)));
      if (citation) return shown.at(-1).append(markOf(citation, language, openSource));
      // What is not quoted says where the quote is from, and steps back behind it.
      const lead = quotes.length && !within(quotes, start, end) ? "lead" : "";
      const tag = within(answer.emphasis, start, end) ? "strong" : "span";
      text.split(/\n\s*\n/).forEach((part, place) => {
        if (place) shown.push(make("p", { dir: "auto" }));
        shown.at(-1).append(make(tag, { className: lead }, part));
      });
    });
    return shown.filter((paragraph) => paragraph.textContent.trim());
  };

  const markOf = (citation, language, openSource) => {
    const mark = make("button", { type: "button", className: "mark", onclick: () => openSource(citation.number) });
    mark.append(String(citation.number));
    mark.setAttribute("aria-label", language.say("answer.source", { n: citation.number, title: citation.title }));
    return mark;
  };

  const headlineOf = (article, language) => {
    const source = article.source && language.isolated(article.source);
    const signature = [source, language.day(article.published)].filter(Boolean).join(" · ");
    const words = make("span", { className: "headline" }, make("bdi", {}, article.title));
    if (signature) words.append(make("span", { className: "signature" }, signature));
    return words;
  };

  const linked = (article, ...children) => {
    const address = webAddress(article.url);
    return address ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children) : null;
  };

  // One row an article, in the order of their first marks, with all quotes of it.
  const sourcesOf = (citations, language) => {
    const articles = Map.groupBy(citations, (citation) => citation.article_id);
    const rows = [...articles.values()].map((cited) => {
      const numbers = cited.map((citation) => citation.number).join(", ");
      const summary = make("summary", {}, make("span", { className: "number" }, numbers), headlineOf(cited[0], language));
      const quotes = cited.map((citation) => make("blockquote", { dir: "auto" }, make("q", {}, citation.quote)));
      const details = make("details", {}, summary, ...quotes, linked(cited[0], language.say("article.read")) ?? "");
      details.dataset.numbers = cited.map((citation) => ` ${citation.number} `).join("");
      return make("li", {}, details);
    });
    const list = make("ol", { className: "sources" }, ...rows);
    list.setAttribute("aria-label", language.say("answer.sources"));
    return list;
  };

  // Why there is no answer, and what may help.
  const abstention = (answer, language, ask) => {
    const declined = answer.declined;
    const shown = [make("p", { className: "declined" }, language.say("declined.title"))];
    if (!declined) return [...shown, make("p", { dir: "auto" }, answer.text)];
    const lacking = language.either(declined.lacking);
    if (lacking) shown.push(make("p", {}, language.say("declined.no_mention", { names: lacking })));
    if (declined.outlet) shown.push(make("p", {}, language.say("declined.no_outlet", { outlet: declined.outlet })));
    if (declined.nearest.length) {
      const rows = declined.nearest.map((article) => {
        const headline = headlineOf(article, language);
        return make("li", {}, linked(article, headline) ?? headline);
      });
      shown.push(make("p", { className: "label" }, language.say("declined.nearest")), make("ul", {}, ...rows));
    }
    if (declined.rewording) {
      const { question, ...narrowed } = declined.rewording;
      const onclick = () => ask(question, narrowed);
      const label = language.say("embed.ask_instead", { question });
      shown.push(make("button", { type: "button", className: "offered", onclick }, label));
    }
    return shown;
  };

  class BylineChat extends HTMLElement {
    #turns = [];
    #running = null;

    connectedCallback() {
      if (this.shadowRoot) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.#build();
    }

    disconnectedCallback() {
      this.#running?.abort();
    }

    get base() {
      return new URL(this.getAttribute("src") ?? HOME, document.baseURI).href.replace(/\/?$/, "/");
    }

    get floating() {
      return this.hasAttribute("floating");
    }

    open() {
      this.panel.hidden = false;
      this.launcher?.setAttribute("aria-expanded", "true");
      this.box.focus();
    }

    close() {
      this.panel.hidden = true;
      this.launcher?.setAttribute("aria-expanded", "false");
      this.launcher?.focus();
    }

    ask(question, narrowed = this.#narrowed()) {
      const text = question.trim();
      if (!text || this.#running) return;
      this.box.value = "";
      this.#fit();
      return this.#answer(text, narrowed);
    }

    #label(name) {
      return this.getAttribute(name) ?? this.language.say(`embed.${name}`);
    }

    #build() {
      this.language = Language.of(this);
      const say = (key) => this.language.say(key);
      const title = make("h2", { id: "title" }, this.#label("heading"));
      this.fresh = make("button", { type: "button", className: "fresh", onclick: () => this.#clear() }, say("page.new_chat"));
      this.fresh.hidden = true;
      this.log = make("div", { className: "log", tabIndex: 0 });
      this.log.setAttribute("role", "log");
      this.log.setAttribute("aria-label", say("script.conversation"));
      this.status = make("p", { className: "unseen" });
      this.status.setAttribute("role", "status");
      const head = make("header", {}, title, this.fresh);
      this.panel = make("section", { className: "panel" }, head, this.log, this.status, this.#form());
      this.panel.setAttribute("aria-labelledby", "title");
      this.#offer();
      if (this.floating) this.#float(head);
      this.shadowRoot.append(this.panel);
      for (const part of this.shadowRoot.children)
        Object.assign(part, { lang: this.language.code, dir: this.language.direction });
    }

    #form() {
      this.box = make("textarea", { dir: "auto", rows: 1, maxLength: 2000, placeholder: this.#label("placeholder"), required: true });
      this.box.setAttribute("aria-label", this.#label("placeholder"));
      this.box.oninput = () => this.#fit();
      this.box.onkeydown = (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.ask(this.box.value);
      };
      this.send = iconButton("ask", this.language.say("script.ask"), () => this.ask(this.box.value));
      this.stop = iconButton("stop", this.language.say("script.stop"), () => this.#running?.abort());
      this.stop.hidden = true;
      const onsubmit = (event) => event.preventDefault();
      return make("form", { onsubmit }, this.box, this.send, this.stop);
    }

    #float(head) {
      this.launcher = make("button", { type: "button", className: "launcher", onclick: () => this.#toggle() });
      this.launcher.append(icon("chat"), make("span", {}, this.#label("launcher")));
      this.launcher.setAttribute("aria-expanded", "false");
      this.launcher.setAttribute("aria-haspopup", "dialog");
      head.append(iconButton("close", this.language.say("script.close"), () => this.close()));
      this.panel.setAttribute("role", "dialog");
      this.panel.hidden = !this.hasAttribute("open");
      this.panel.onkeydown = (event) => {
        if (event.key === "Escape") this.close();
      };
      this.shadowRoot.append(this.launcher);
    }

    #toggle() {
      if (this.panel.hidden) this.open();
      else this.close();
    }

    // What is shown before the first question.
    #offer() {
      const welcome = make("div", { className: "welcome" }, make("p", {}, this.#label("welcome")));
      for (const example of this.#listed("examples")) {
        const onclick = () => this.ask(example);
        welcome.append(make("button", { type: "button", className: "offered", onclick }, example));
      }
      this.log.replaceChildren(welcome);
    }

    #clear() {
      this.#running?.abort();
      this.#turns = [];
      this.fresh.hidden = true;
      this.#offer();
      this.box.focus();
    }

    #fit() {
      this.box.style.height = "auto";
      this.box.style.height = `${Math.min(this.box.scrollHeight, 140)}px`;
    }

    async #answer(question, narrowed) {
      const waiting = make("p", { className: "waiting" }, this.language.say("answer.waiting"));
      const reply = make("div", { className: "answer" }, waiting);
      const exchange = make("article", {}, make("p", { className: "question", dir: "auto" }, question), reply);
      reply.setAttribute("aria-busy", "true");
      this.log.querySelector(".welcome")?.remove();
      this.log.append(exchange);
      exchange.scrollIntoView({ block: "nearest" });
      this.log.scrollTop = exchange.offsetTop - this.log.offsetTop;
      this.#busy(new AbortController(), this.language.say("script.reading"));
      try {
        await this.#stream(question, narrowed, reply);
      } catch (error) {
        this.#fail(error, reply, () => this.#answer(question, narrowed));
      }
      reply.removeAttribute("aria-busy");
      this.#busy(null);
    }

    async #stream(question, narrowed, reply) {
      const running = this.#running;
      const response = await fetch(`${this.base}api/v1/ask`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
        credentials: this.hasAttribute("credentials") ? "include" : "same-origin",
        body: JSON.stringify({ question, history: this.#turns, ...narrowed }),
        signal: running.signal,
      });
      if (!response.ok) throw this.#problem(await response.json().catch(() => ({})), response.status);
      const growing = make("p", { className: "growing", dir: "auto" });
      for await (const [name, data] of eventsOf(response)) {
        if (name === "error") throw this.#problem(data, data.status);
        if (name === "answer") return this.#finish(question, reply, data);
        growing.append(data.text);
        if (!growing.isConnected) reply.replaceChildren(growing);
      }
      throw new Error("the stream ended early");
    }

    #listed(name) {
      return (this.getAttribute(name) ?? "").split("|").map((each) => each.trim()).filter(Boolean);
    }

    #narrowed() {
      const [since, until] = [this.getAttribute("since"), this.getAttribute("until")];
      return { since, until, sources: this.#listed("sources") };
    }

    // The error to show for a problem of the site; its own words, for the page's people, are in the console.
    #problem({ detail }, status) {
      console.warn("byline-chat:", status, detail);
      const said = this.language.say(REFUSALS[status] ?? (status < 500 ? "embed.refused" : "embed.away"));
      return Object.assign(new Error(said), { said, signIn: status === 401 });
    }

    #finish(question, reply, answer) {
      const openSource = (number) => {
        const source = reply.querySelector(`details[data-numbers*=" ${number} "]`);
        source.open = true;
        source.querySelector("summary").focus({ preventScroll: true });
        source.scrollIntoView({ block: "nearest" });
      };
      const abstained = answer.status === "abstained";
      const ask = (...put) => this.ask(...put);
      reply.classList.toggle("abstained", abstained);
      const language = this.language;
      const shown = abstained ? abstention(answer, language, ask) : paragraphs(answer, language, openSource);
      reply.replaceChildren(...shown);
      if (answer.citations.length) reply.append(sourcesOf(answer.citations, language));
      this.#turns = [...this.#turns, { question, answer: answer.text.slice(0, 20000) }].slice(-TURNS);
      this.status.textContent = language.say(abstained ? "script.declined" : "script.answered");
      this.dispatchEvent(new CustomEvent("byline-answer", { bubbles: true, composed: true, detail: answer }));
    }

    #fail(error, reply, again) {
      const say = (key) => this.language.say(key);
      const said = error.said ?? say(error.name === "AbortError" ? "notice.stopped" : "embed.lost");
      reply.querySelector(".waiting")?.remove();
      const notice = make("p", { className: "notice" }, said, " ");
      if (error.signIn) notice.append(make("a", { href: this.base, target: "_blank", rel: "noopener" }, say("sign_in.enter")));
      else notice.append(make("button", { type: "button", onclick: () => this.#retry(reply, again) }, say("embed.again")));
      reply.append(notice);
      this.status.textContent = said;
    }

    #retry(reply, again) {
      if (this.#running) return;
      reply.closest("article").remove();
      again();
    }

    #busy(running, said) {
      this.#running = running;
      this.send.hidden = Boolean(running);
      this.stop.hidden = !running;
      this.fresh.hidden = false;
      if (said) this.status.textContent = said;
    }
  }

  customElements.define("byline-chat", BylineChat);
})();
