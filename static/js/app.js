import { tidy } from "./kept.js";
import watchRefusals from "./refusals.js";

// Binds each module to the elements that ask for it with data-behaviour; again for what htmx swapped in.
// All are fetched at once, so that no key waits for another's module; data-bound says yes when the element listens.
const modules = {
  arrived: () => import("./arrived.js"),
  autosave: () => import("./autosave.js"),
  copy: () => import("./copy.js"),
  focus: () => import("./focus.js"),
  forget: () => import("./forget.js"),
  mention: () => import("./mention.js"),
  "one-more": () => import("./one-more.js"),
  "own-zone": () => import("./own-zone.js"),
  print: () => import("./print.js"),
  recap: () => import("./recap.js"),
  remote: () => import("./remote.js"),
  retro: () => import("./retro.js"),
  ruler: () => import("./ruler.js"),
  "scale-keys": () => import("./scale-keys.js"),
  "session-end": () => import("./session-end.js"),
  stage: () => import("./stage.js"),
  wall: () => import("./wall.js"),
};

function bind(root) {
  for (const element of root.querySelectorAll("[data-behaviour]:not([data-bound])")) {
    element.dataset.bound = "soon";
    bindOne(element);
  }
}

async function bindOne(element) {
  const name = element.dataset.behaviour;
  if (name in modules) (await modules[name]()).default(element);
  element.dataset.bound = "yes";
}

watchRefusals();
tidy();
bind(document);
document.addEventListener("htmx:afterSettle", (event) => {
  bind(event.target.parentElement ?? document);
  keepFocus(event.target);
});

// After a swap the focus stays or moves to the result, never to the body.
function keepFocus(result) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const problem = result.querySelector(".summary, [aria-invalid=true]");
  const target = problem ?? result;
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus();
}
