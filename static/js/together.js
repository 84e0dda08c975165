// What a room sets together, by keys: r opens it, shows it and puts it away; y goes to one's own number.
export default function together(controls, pressed) {
  // A key result that has the focus is what is set together; else what is chosen.
  function lead() {
    const choice = controls.querySelector("[data-press=together] [name=key_result]");
    const row = document.activeElement.closest("[data-says]");
    if (choice && row) choice.value = row.id.replace("key-result-", "");
    return pressed("together");
  }

  function mine() {
    const yours = controls.querySelector("[data-yours]");
    yours?.setAttribute("open", "");
    yours?.querySelector("[name=level]").focus();
  }

  return { r: lead, y: mine };
}
