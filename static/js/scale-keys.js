// A confidence scale that has the focus takes 0–9 and t for ten, and goes on to the next scale; ? shows the keys.
// A 0 that follows a 1 at once makes it ten, although the focus has gone on by then.
const AT_ONCE = 600; // milliseconds
let one = null; // the scale that took the last 1, and when

export default function scaleKeys(scale) {
  scale.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") return document.getElementById("keys")?.togglePopover();
    const level = event.key === "t" ? "10" : /^[0-9]$/.test(event.key) ? event.key : null;
    if (level === null) return;
    event.preventDefault();
    if (event.repeat) return; // a slow finger is one press
    if (level === "0" && one && event.timeStamp - one.at < AT_ONCE) {
      set(one.scale, "10");
      one = null;
      return;
    }
    one = level === "1" ? { scale, at: event.timeStamp } : null;
    set(scale, level);
    next(scale).focus();
  });
}

function set(scale, level) {
  const choice = scale.querySelector(`input[value="${level}"]`);
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

function next(scale) {
  const all = [...document.querySelectorAll("[data-behaviour=scale-keys], [data-behaviour=ruler]")];
  const following = all[all.indexOf(scale) + 1] ?? scale;
  return following.querySelector("input:checked") ?? following.querySelector("input");
}
