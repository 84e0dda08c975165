// The recap: one screen after the other, by keys, by a clicker or by links; where one stands is in the address.
import { work } from "./screen.js";

export default function recap(body) {
  const controls = body.querySelector(".controls");
  const screens = [...body.querySelectorAll(".look")];
  const does = (name) => controls.querySelector(`[data-does=${name}]`);
  const words = controls.querySelector(".place");
  let place = 0;
  let counting;

  function show() {
    const asked = screens.findIndex((one) => `#${one.id}` === location.hash);
    place = Math.max(asked, 0);
    screens.forEach((one, number) => one.toggleAttribute("data-now", number === place));
    words.textContent = words.dataset.words.replace("{place}", place + 1).replace("{places}", screens.length);
    does("sooner").hidden = place === 0;
    does("later").hidden = place === screens.length - 1;
    hold();
  }

  function go(next) {
    const to = screens[Math.min(Math.max(next, 0), screens.length - 1)];
    if (`#${to.id}` === location.hash || (!location.hash && to === screens[0])) return;
    location.hash = to.id;
  }

  // The clock of a turn stands still until somebody starts it, and where it was left.
  const timer = () => screens[place].querySelector(".timer");
  function say(clock) {
    const left = Number(clock.dataset.left ?? clock.dataset.seconds);
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.hidden = false;
  }
  function hold() {
    clearInterval(counting);
    counting = undefined;
  }
  function toggle() {
    const clock = timer();
    if (counting || !clock) return hold();
    counting = setInterval(() => {
      clock.dataset.left = Math.max(0, Number(clock.dataset.left ?? clock.dataset.seconds) - 1);
      say(clock);
    }, 1_000);
  }

  work(body, controls, {
    ...Object.fromEntries(["ArrowRight", "PageDown"].map((key) => [key, () => go(place + 1)])),
    ...Object.fromEntries(["ArrowLeft", "PageUp"].map((key) => [key, () => go(place - 1)])),
    Home: () => go(0),
    End: () => go(screens.length - 1),
    " ": toggle,
  });
  does("later").addEventListener("click", () => go(place + 1));
  does("sooner").addEventListener("click", () => go(place - 1));

  addEventListener("hashchange", () => {
    show();
    screens[place].focus({ preventScroll: matchMedia("(min-width: 48rem)").matches });
  });
  body.querySelectorAll(".timer").forEach(say);
  show();
}
