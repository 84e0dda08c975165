import { forgetAll } from "./kept.js";

// Whoever signs out leaves nothing typed in this browser.
export default function forget(form) {
  form.addEventListener("submit", forgetAll);
}
