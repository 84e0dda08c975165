// The ruler of a grade: 0–9 set 0.0 to 0.9 and go on to the next ruler, t sets 1.0; the number beside it says the same.
import scaleKeys from "./scale-keys.js";

export default function ruler(field) {
  const number = field.closest(".grade").querySelector(".as-number input");
  field.addEventListener("change", (event) => (number.value = (Number(event.target.value) / 10).toFixed(1)));
  number.addEventListener("input", () => {
    const typed = number.value.trim().replace(",", ".");
    const tenths = /^(0?\.[0-9]|[01](\.0)?)$/.test(typed) ? String(Math.round(Number(typed) * 10)) : null;
    for (const choice of field.querySelectorAll("input")) choice.checked = choice.value === tenths;
  });
  scaleKeys(field);
}
