// Cheers on the stage: each flies in once, and those who listen hear the new ones together, every ten seconds at most.
const QUIET = 10_000;

export default function greet(shown, said) {
  const all = () => [...shown.querySelectorAll("[data-cheer]")];
  const known = new Set(all().map((one) => one.dataset.cheer));
  let waiting = [];
  let last = 0;
  let saying;

  function say() {
    saying = undefined;
    last = Date.now();
    said.textContent = waiting.join(". ");
    waiting = [];
  }

  return function arrived() {
    for (const one of all()) {
      if (known.has(one.dataset.cheer)) one.toggleAttribute("data-here", true);
      else waiting.push(one.textContent.replace(/\s+/g, " ").trim());
      known.add(one.dataset.cheer);
    }
    if (waiting.length && !saying) saying = setTimeout(say, Math.max(100, last + QUIET - Date.now()));
  };
}
