// The wall: turns its pages by itself until somebody holds one, and takes what is new from its stream.
import follow from "./live.js";
import { work } from "./screen.js";

const TURN = 15_000; // what one page takes to be read

export default function wall(stage) {
  const shown = stage.querySelector("#shown");
  const controls = stage.querySelector(".controls");
  const does = (name) => controls.querySelector(`[data-does=${name}]`);
  const held = () => does("turn").getAttribute("aria-pressed") === "true";
  const pages = () => [...shown.querySelectorAll(".hall")];
  let place = 0;
  let turning;

  function show(next) {
    const all = pages();
    place = all.length ? (next + all.length) % all.length : 0;
    all.forEach((page, number) => page.toggleAttribute("data-now", number === place));
    const words = controls.querySelector(".page-of");
    words.textContent = words.dataset.words.replace("{page}", place + 1).replace("{pages}", all.length);
    words.hidden = does("turn").hidden = all.length < 2;
  }

  function turn() {
    clearInterval(turning);
    if (!held()) turning = setInterval(() => show(place + 1), TURN);
  }

  function by(steps) {
    show(place + steps);
    turn();
  }

  function hold() {
    does("turn").setAttribute("aria-pressed", String(!held()));
    turn();
    if (!held()) live.release();
  }

  function tick() {
    const zone = stage.dataset.zone;
    const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    const clock = shown.querySelector("[data-clock]");
    if (clock) clock.textContent = time.format(Date.now());
  }

  work(stage, controls, {
    ArrowRight: () => by(1),
    PageDown: () => by(1),
    ArrowLeft: () => by(-1),
    PageUp: () => by(-1),
    " ": hold,
  });
  does("turn").addEventListener("click", hold);

  const live = follow(shown, { status: controls.querySelector(".status"), address: stage.dataset.live, isHeld: held });
  shown.addEventListener("live:shown", () => {
    show(place);
    tick();
  });
  show(0);
  turn();
  tick();
  setInterval(tick, 5_000);
}
