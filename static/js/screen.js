// What every screen of a room can do: be bright or dark, and fill the whole screen.
const IDLE = 4_000; // after so long without a hand on it the controls go

export function brighten(link) {
  const theme = document.documentElement.dataset;
  theme.theme = theme.theme === "stage" ? "stage-bright" : "stage";
  [link.textContent, link.dataset.other] = [link.dataset.other, link.textContent];
}

export function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

// A screen on which nothing is typed: its keys, the buttons that all such screens have, and controls that go by themselves.
export function work(stage, controls, keys) {
  const does = (name) => controls.querySelector(`[data-does=${name}]`);
  const help = controls.querySelector(".help");
  const all = {
    b: () => brighten(does("bright")),
    f: fill,
    "?": () => help.toggleAttribute("open"),
    Escape: () => help.removeAttribute("open"),
    ...keys,
  };
  let idling;

  function touched() {
    stage.removeAttribute("data-idle");
    clearTimeout(idling);
    idling = setTimeout(() => stage.toggleAttribute("data-idle", !controls.querySelector("[open]")), IDLE);
  }

  document.addEventListener("keydown", (event) => {
    touched();
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in all)) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    event.preventDefault();
    all[event.key]();
  });
  for (const name of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(name, touched);
  does("full").addEventListener("click", fill);
  does("bright").addEventListener("click", (event) => {
    event.preventDefault();
    brighten(does("bright"));
  });
  does("full").hidden = !document.fullscreenEnabled;
  touched();
}
