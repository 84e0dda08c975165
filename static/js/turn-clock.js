// The clock of a turn, or of the day, by the server's time; nothing happens when a turn has run out.
export default function turnClock(body, shown, controls) {
  const ahead = Date.parse(body.dataset.now) - Date.now(); // the server's clock before ours

  function tick() {
    const timer = shown.querySelector("[data-until]");
    if (timer) {
      const left = Math.max(0, Math.ceil((Date.parse(timer.dataset.until) - Date.now() - ahead) / 1000));
      timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }
    const clock = shown.querySelector("[data-clock]");
    const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: body.dataset.zone });
    if (clock) clock.textContent = time.format(Date.now() + ahead);
    const pause = controls.querySelector("[data-press=toggle] button");
    if (pause) pause.textContent = timer || !shown.querySelector(".timer") ? pause.dataset.label : pause.dataset.other;
  }

  tick();
  setInterval(tick, 500);
  return tick;
}
