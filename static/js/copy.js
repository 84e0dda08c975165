// Copies what stands in an element: a field as its text, anything else with its form as well. Without the right to, it marks it.
export default function copy(button) {
  const source = document.getElementById(button.dataset.copies);
  const said = document.getElementById(button.dataset.says);
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await (source.value === undefined ? copyFormed(source) : navigator.clipboard.writeText(source.value));
      said.textContent = button.dataset.done;
    } catch {
      mark(source);
      said.textContent = button.dataset.marked;
    }
  });
}

function copyFormed(source) {
  const as = (type, text) => ({ [type]: new Blob([text], { type }) });
  const item = { ...as("text/html", source.innerHTML), ...as("text/plain", source.innerText) };
  return navigator.clipboard.write([new ClipboardItem(item)]);
}

function mark(source) {
  if (source.select) return source.select();
  getSelection().selectAllChildren(source);
}
