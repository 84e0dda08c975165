// Two minutes before the session ends this says so, and one press extends it (AX-09).
// The end is counted from when the page was made, so that a wrong clock does not matter; tabs tell each other of a later one.
const WARNING = 120_000; // milliseconds
const LONGEST = 3_600_000; // between two looks: a timer may not be set for a month, and stands still while a laptop sleeps
const KEY = "okrsite-session-ends";

export default function sessionEnd(region) {
  let ends, timer, typing;
  let said = "";

  function look() {
    clearTimeout(timer);
    const left = ends - Date.now();
    if (left > 0) timer = setTimeout(look, Math.min(left > WARNING ? left - WARNING : left, LONGEST));
    if (left <= WARNING) say(left > 0 ? "soon" : "over");
    else if (said === "soon" || said === "over") say("stays");
  }

  function say(what) {
    if (said === what) return;
    said = what;
    const hadFocus = region.contains(document.activeElement);
    region.querySelector(":scope > div")?.remove();
    const words = region.querySelector(`[data-say="${what}"]`).content.firstElementChild.cloneNode(true);
    for (const time of words.querySelectorAll("time")) time.textContent = clock(ends);
    region.append(words);
    window.htmx?.process(words);
    if (hadFocus && typing?.isConnected) typing.focus();
  }

  function later(moment, isNews) {
    ends = moment;
    if (isNews) localStorage.setItem(KEY, ends);
    look();
  }

  region.addEventListener("focusin", (event) => {
    if (!region.contains(event.relatedTarget)) typing = event.relatedTarget;
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue) later(Number(event.newValue), false);
  });
  document.addEventListener("visibilitychange", look);
  document.addEventListener("htmx:afterRequest", (event) => {
    const left = event.detail.xhr.getResponseHeader("Session-Left");
    if (left) later(Date.now() + Number(left) * 1000, true);
  });
  later(Date.now() + Number(region.dataset.left) * 1000, true);
}

function clock(moment) {
  const form = { hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(moment);
}
