// Notes that can be put under others are dragged there, too: each has its buttons as well (2.5.7).
const NOTE = ".retro-note[draggable=true]";

// `put(note, top)` gets the addresses' part of the one that is dragged and the id of the one it falls on.
export default function dragNotes(shown, put) {
  let taken = null;
  const note = (event) => event.target.closest?.(NOTE);
  const clear = () => shown.querySelectorAll(".is-under").forEach((one) => one.classList.remove("is-under"));

  function dress() {
    for (const link of shown.querySelectorAll(".retro-note a[href^='?take=']")) link.closest(".retro-note").draggable = true;
  }

  shown.addEventListener("dragstart", (event) => {
    taken = note(event);
    event.dataTransfer.effectAllowed = "move";
  });
  shown.addEventListener("dragover", (event) => {
    const top = note(event);
    clear();
    if (!taken || !top || top.id === taken.id) return;
    event.preventDefault(); // it may fall here
    top.classList.add("is-under");
  });
  shown.addEventListener("drop", (event) => {
    const top = note(event);
    clear();
    if (!taken || !top || top.id === taken.id) return;
    event.preventDefault();
    put(taken.id.replace("note-", ""), top.id.replace("note-", ""));
  });
  shown.addEventListener("dragend", () => {
    clear();
    taken = null;
  });
  dress();
  return dress;
}
