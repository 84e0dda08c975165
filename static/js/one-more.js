// Counts up at once. What is no plain whole number goes to the server, which understands more, and comes back one higher.
const PLAIN = /^[0-9]{1,12}$/;

export default function oneMore(button) {
  const field = document.getElementById(button.dataset.counts);
  button.addEventListener("click", (event) => {
    const typed = (field.value.trim() || button.dataset.start).replaceAll("\u202f", "");
    if (!PLAIN.test(typed)) return;
    event.preventDefault();
    field.value = String(Number(typed) + 1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
