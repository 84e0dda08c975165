// The stage of a celebration: it stands where everybody stands, and whoever leads it moves it by keys.
import greet from "./cheers.js";
import follow from "./live.js";
import sayNumbers from "./numbers.js";
import { brighten, fill } from "./screen.js";
import together from "./together.js";
import turnClock from "./turn-clock.js";

const IDLE = 4_000; // after so long without a hand on it the controls go
const HERE = 25_000; // so often the page says that somebody is there

export default function stage(body) {
  const shown = body.querySelector("#shown");
  const controls = body.querySelector(".controls");
  const does = (name) => controls.querySelector(`[data-does=${name}]`);
  const bar = () => shown.querySelector(".bar");
  const tick = turnClock(body, shown, controls);
  const status = controls.querySelector(".status");
  let { state, star } = bar().dataset;
  let idling;

  const send = (form) => fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
  // A press is sent as its form would be, with the version that stands there now; the stream brings what it did.
  async function press(form) {
    if (form.elements.version) form.elements.version.value = bar().dataset.press;
    const answer = await send(form);
    if (answer.ok) live.ask();
    if (answer.ok && form.dataset.press === "apart") renew();
    else if (answer.status >= 400) form.submit(); // the page that refuses says why
  }

  function pressed(name) {
    const form = controls.querySelector(`[data-press=${name}]`);
    if (form && body.dataset.moves) press(form);
    return Boolean(form && body.dataset.moves);
  }

  function look(way) {
    const place = bar().dataset[way];
    if (place) location.search = place + (document.documentElement.dataset.theme === "stage-bright" ? "&bright" : "");
  }

  function touched() {
    body.removeAttribute("data-idle");
    clearTimeout(idling);
    idling = setTimeout(() => body.toggleAttribute("data-idle", !controls.querySelector("[open], .lone")), IDLE);
  }

  const keys = {
    ...Object.fromEntries(["ArrowRight", "PageDown"].map((key) => [key, () => pressed("next") || look("later")])),
    ...Object.fromEntries(["ArrowLeft", "PageUp"].map((key) => [key, () => pressed("back") || look("sooner")])),
    " ": () => pressed("toggle"),
    ...together(controls, pressed),
    w: () => does("wall").click(),
    b: () => brighten(does("bright")),
    f: fill,
    "?": () => controls.querySelector(".help").toggleAttribute("open"),
    Escape: () => controls.querySelectorAll("details").forEach((one) => one.removeAttribute("open")),
  };
  document.addEventListener("keydown", (event) => {
    touched();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !(event.key in keys)) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const name of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(name, touched);
  controls.addEventListener("submit", (event) => {
    if (!event.target.dataset.press || !body.dataset.live) return;
    event.preventDefault();
    press(event.target);
  });
  controls.addEventListener("click", (event) => {
    const name = event.target.dataset.does;
    if (name === "full") fill();
    if (name !== "bright") return;
    event.preventDefault();
    brighten(does("bright"));
  });

  const live = body.dataset.live ? follow(shown, { status, address: body.dataset.live, isHeld: () => false }) : null;
  const arrived = greet(shown, body.querySelector(".cheers-said"));
  shown.addEventListener("live:shown", () => {
    arrived();
    if (bar().dataset.state !== state || (body.dataset.moves && bar().dataset.star !== star)) renew();
    tick();
  });

  // It has begun, it is over, or another one leads: the buttons are others, and a full screen stays full.
  async function renew() {
    ({ state, star } = bar().dataset);
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector(".controls");
    if (!fresh) return;
    controls.replaceChildren(status, ...[...fresh.children].filter((one) => !one.matches(".status")));
    body.dataset.moves = page.body.dataset.moves;
    dress();
    touched();
  }

  function dress() {
    does("full").hidden = !document.fullscreenEnabled;
    if (live) sayThere();
  }

  function sayThere() {
    const here = controls.querySelector(".presence");
    if (!here) return;
    here.hidden = true;
    send(here).catch(() => {});
  }

  if (live) {
    sayNumbers(shown, controls, body, live.ask);
    setInterval(sayThere, HERE);
  }
  dress();
  touched();
}
