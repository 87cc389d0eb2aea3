() => {
  // Links that open a question again, documents, print.
  const { byline } = window;

  // A follow-up is linked with the questions it follows, unless they are too long for an address.
  const REACH = 4, LONGEST = 1500;
  const alone = ({ question, answer }) => answer?.standalone_question || question.text;
  const linked = (exchange) => {
    const place = byline.exchanges.findIndex((one) => one.id === exchange.id);
    if (alone(exchange) === exchange.question.text || place < 1) return [exchange];
    const all = byline.exchanges.slice(Math.max(0, place - REACH), place + 1);
    return all.map(alone).join("").length > LONGEST ? [exchange] : all;
  };
  byline.linkTo = (exchange) => {
    const link = new URL(location.pathname, location.origin);
    const [first, ...others] = linked(exchange);
    const asked = [alone(first), ...others.map((one) => one.question.text)];
    const day = [exchange, first, ...others].find((one) => one.link_day)?.link_day;
    const { question, answer } = exchange;
    link.searchParams.set("q", asked.pop());
    for (const text of asked) link.searchParams.append("before", text);
    if (day) link.searchParams.set("asked", day);
    for (const end of ["since", "until"]) if (question[end]) link.searchParams.set(end, question[end]);
    for (const source of question.sources) link.searchParams.append("source", source);
    for (const words of question.plain || []) link.searchParams.append("plain", words);
    if (answer?.generation) link.searchParams.set("generation", answer.generation);
    return link.href;
  };
  byline.save = (value) => {
    if (!value) return;
    const { name, kind, text } = JSON.parse(value);
    const address = URL.createObjectURL(new Blob([text], { type: kind }));
    const link = Object.assign(document.createElement("a"), { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  const menu = () => document.querySelector("#share");
  const last = () => byline.exchanges[byline.exchanges.length - 1];
  const SHARES = {
    link: (button) => byline.copy(button, byline.linkTo(last())),
    markdown: () => byline.send("export", { form: "markdown" }),
    html: () => byline.send("export", { form: "html" }),
    print: () => print(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#share [data-share]");
    if (button && byline.exchanges.length) {
      SHARES[button.dataset.share](button);
      if (button.dataset.share !== "link") menu().open = false;
    } else if (menu()?.open && !event.target.closest("#share")) menu().open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu()?.open) { menu().open = false; menu().querySelector("summary").focus(); }
  });
  byline.changed.push(() => { if (menu()) menu().hidden = !byline.exchanges.length; });

  // On paper every source is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("#chat details:not([open]):not(.how)")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of closed) details.open = false; });

  // A link asks its question once; a reload then shows the conversation.
  const asked = new URLSearchParams(location.search);
  if (asked.get("q")) {
    byline.tab.remove("current");
    byline.send("arrive", {
      text: asked.get("q"),
      asked: asked.get("asked") || "",
      since: asked.get("since") || "",
      until: asked.get("until") || "",
      sources: JSON.stringify(asked.getAll("source")),
      plain: JSON.stringify(asked.getAll("plain")),
      before: JSON.stringify(asked.getAll("before")),
      generation: asked.get("generation") || "",
    });
    for (const name of ["q", "before", "asked", "since", "until", "source", "plain", "generation"]) asked.delete(name);
    history.replaceState(null, "", location.pathname + (String(asked) ? `?${asked}` : "") + location.hash);
  }
}
