// Says what became of what is typed. It is seen at once, and spoken only when it is another state than before.
const SECOND = 1000; // milliseconds

export default function saving(region) {
  const [shown, spoken] = region.children;
  let savedAt = 0;
  let state = "";
  let ticking;

  function say(what, words = region.dataset[what]) {
    if (what === "offline" && state === "ungiven") return; // the more that was asked for stays said
    clearInterval(ticking);
    shown.textContent = words;
    if (what === "saving") return;
    if (what !== state) spoken.textContent = words;
    state = what;
  }

  function saved() {
    savedAt = Date.now();
    say("saved");
    count();
    ticking = setInterval(count, SECOND);
  }

  function count() {
    const seconds = Math.max(0, Math.round((Date.now() - savedAt) / SECOND));
    const [form, n] = seconds < 60 ? ["seconds", seconds] : ["minutes", Math.floor(seconds / 60)];
    const words = `${region.dataset[form].replace("{n}", n)}, ${region.dataset.unsent}`;
    if (shown.textContent !== words) shown.textContent = words;
  }

  const refused = (words) => say("refused", `${region.dataset.refused} ${words}`);

  return { say, saved, refused };
}
