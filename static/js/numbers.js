// Numbers on stage: a key result that has the focus takes 0–9, and t for ten, and is said at once.
export default function sayNumbers(shown, controls, body, ask) {
  let focused = "";

  function mayI() {
    return body.dataset.scribe || shown.querySelector(".bar").dataset.star === body.dataset.me;
  }

  function reach() {
    if (!mayI()) return;
    for (const row of shown.querySelectorAll("[data-says]")) {
      row.tabIndex = 0;
      if (row.id === focused) row.focus();
    }
  }

  async function say(row, level) {
    const form = controls.querySelector("form[data-says]");
    form.elements.key_result.value = row.id.replace("key-result-", "");
    form.elements.level.value = level;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
    if (answer.ok) ask();
    else form.submit(); // the page that refuses says why
  }

  shown.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-says]");
    if (!row || !mayI() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const level = event.key === "t" ? "10" : /^[0-9]$/.test(event.key) ? event.key : null;
    if (level === null) return;
    event.preventDefault();
    event.stopPropagation();
    say(row, level);
  });
  shown.addEventListener("focusin", (event) => (focused = event.target.closest("[data-says]")?.id ?? ""));
  shown.addEventListener("live:shown", reach);
  reach();
}
