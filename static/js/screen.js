// What every screen of a room can do: be bright or dark, and fill the whole screen.
export function brighten(link) {
  const theme = document.documentElement.dataset;
  theme.theme = theme.theme === "stage" ? "stage-bright" : "stage";
  [link.textContent, link.dataset.other] = [link.dataset.other, link.textContent];
}

export function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}
