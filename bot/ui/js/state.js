(words) => {
  // What a screen reader is told: one region that is always there, filled anew each time.
  const region = document.createElement("div");
  region.id = "spoken";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  const speak = (text) => (region.textContent = text);

  // How the last answer is coming along.
  let told = "";
  const follow = () => {
    // Gradio calls its examples a list, and they are buttons.
    for (const list of document.querySelectorAll('#chat .examples[role="list"]')) list.setAttribute("role", "group");
    const answers = document.querySelectorAll('#chat [data-testid="bot"]');
    const last = answers[answers.length - 1];
    const now = !last ? "" : last.querySelector(".waiting, .streaming") ? "reading"
      : last.querySelector(".notice")?.textContent || (last.querySelector(".abstained") ? "declined" : last.querySelector(".answer") ? "answered" : "");
    if (`${answers.length} ${now}` === told) return;
    told = `${answers.length} ${now}`;
    if (now) speak(words[now] || now);
  };
  new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });

  // The state of the archive and of the connection to it: looked up from time to time, more often while something is amiss.
  const USUAL = 15000, SOON = 2000;
  let generation, lost = false, timer;
  const show = (text) => {
    const line = document.querySelector("#state p");
    if (!line || line.textContent === text) return;
    line.textContent = text;
    if (text) speak(text);
  };
  const look = async () => {
    clearTimeout(timer);
    let next = SOON;
    try {
      const reply = await fetch(new URL("state", document.baseURI), { cache: "no-store" });
      if (!reply.ok) throw new Error(reply.status);
      const state = await reply.json();
      if (lost) for (const close of document.querySelectorAll(".toast-wrap .toast-close")) close.click();
      if (lost && !state.message) speak(words.back);
      lost = false;
      document.body.classList.remove("lost");
      show(state.message);
      if (generation !== undefined && state.generation !== generation) document.querySelector("#refresh")?.click();
      generation = state.generation;
      if (state.kind === "ready" && !state.busy) next = USUAL;
    } catch {
      lost = true;
      document.body.classList.add("lost");
      show(words.lost);
    }
    timer = setTimeout(look, next);
  };
  // Gradio's own message of a lost connection comes at once.
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => Array.from(change.addedNodes));
    if (added.some((one) => one.matches?.(".toast-body") || one.querySelector?.(".toast-body"))) look();
  }).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  look();
}
