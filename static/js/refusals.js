// What htmx was refused, or could not send, is said beside what asked for it; what was typed stays where it is.
// Loaded with the page: when it is needed there may be no network.
const IN_ITS_PART = 422; // the answer is the form itself, with what is wrong in it

export default function watchRefusals() {
  document.addEventListener("htmx:beforeRequest", (event) => forget(event.detail.requestConfig.elt));
  document.addEventListener("htmx:beforeOnLoad", signedOut);
  document.addEventListener("htmx:beforeSwap", refused);
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => say(event.detail.requestConfig, "unreachable", true));
  }
}

// A session that ended during an edit: the form goes as a whole page, and comes back behind the door with its words.
function signedOut(event) {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status !== 401) return;
  const form = requestConfig.elt.closest("form[method=post]");
  if (form && isTyped(form)) {
    event.preventDefault();
    sendWhole(form, requestConfig);
  } else if ([...document.querySelectorAll("form[method=post]")].some(isTyped)) {
    event.preventDefault();
    say(requestConfig, "signed-out", false);
  }
}

function refused(event) {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status < 400 || xhr.status === IN_ITS_PART) return;
  event.detail.shouldSwap = event.detail.isError = false;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const words = page.querySelector("[data-refusal]");
  const form = requestConfig.elt.closest("form[method=post]");
  if (form && words?.dataset.refusal === "page") return sendWhole(form, requestConfig);
  say(requestConfig, words ?? "failed", xhr.status >= 500 || xhr.status === 429);
}

// `elt` is what asked, not what was to be swapped; `words` is an element of the answer, or names those of the page.
function say({ elt }, words, canTryAgain) {
  forget(elt);
  const box = document.querySelector("#refused").content.firstElementChild.cloneNode(true);
  const own = typeof words === "string" ? box.querySelector(`[data-say="${words}"]`) : document.importNode(words, true);
  for (const other of box.querySelectorAll("p")) other.remove();
  box.prepend(own);
  const again = box.querySelector("button");
  if (canTryAgain) again.addEventListener("click", () => tryAgain(elt, box));
  else again.remove();
  box.saysFor = elt;
  (elt.closest("p, .row, li") ?? elt).after(box);
}

function forget(elt) {
  for (const box of document.querySelectorAll(".refused")) if (box.saysFor === elt) box.remove();
}

// The focus goes back to what is pressed once more: the button that said so is about to go.
function tryAgain(elt, box) {
  const button = elt.matches("form") ? elt.querySelector("[type=submit], input") : elt;
  button?.focus();
  box.remove();
  if (elt.matches("form")) elt.requestSubmit();
  else if (elt.matches("input, fieldset")) elt.dispatchEvent(new Event("input", { bubbles: true }));
  else elt.click();
}

function sendWhole(form, { elt, triggeringEvent }) {
  const pressed = elt === form ? triggeringEvent?.submitter : elt;
  if (pressed?.name) form.append(hidden(pressed.name, pressed.value));
  if (pressed?.hasAttribute("formaction")) form.action = pressed.formAction;
  HTMLFormElement.prototype.submit.call(form); // past htmx, and past the checks that the server makes anyway
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

// Whether something in a form is not as the page brought it.
function isTyped(form) {
  return [...form.elements].some((one) => {
    if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
    if (one.type === "hidden" || one.type === "submit") return false;
    if (!one.options) return "defaultValue" in one && one.value !== one.defaultValue;
    const chosen = [...one.options].findIndex((option) => option.defaultSelected);
    return one.selectedIndex !== Math.max(chosen, 0);
  });
}
