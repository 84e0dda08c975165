import { keeper, randomKey } from "./kept.js";
import saving from "./saving.js";
import { hidden, isShown, keepTouched, offer, put, typedIn } from "./two-texts.js";

// Saves what is typed as a draft that nobody else reads, a little after the last key; what cannot be sent stays here.
// Source: docs/adr/2026-11-27-drafts-of-a-week.md
const REST = 1500; // milliseconds after the last key
const LONGEST = 8000; // and at the latest
const PATIENCE = 20_000; // for an answer
const AGAIN = [3000, 10_000, 30_000, 60_000]; // between tries when nobody answers
const FIELD = /^(did|plan|learned)(-\d+)?$|^(confidence|value|due|outcome|again|bet|time)-\d+$/;
const PAIRS = { value: "due", due: "value", outcome: "again", again: "outcome" };

export default function autosave(form) {
  const { version, csrfmiddlewaretoken: token, page_of: mark } = form.elements;
  const draft = form.elements.draft ?? hidden(form, "draft", "0");
  const page = hidden(form, "page", randomKey());
  const status = saving(document.getElementById("saving"));
  const touched = new Set(form.dataset.touched.split(" ").filter(Boolean));
  const two = document.getElementById("two");
  let isDirty = "unsaved" in form.dataset, isOver = false, sending, timer, latest, turn = 0, failures = 0;
  const store = keeper(form.dataset.week, page.value);

  const typed = () => typedIn(form)([...touched]);
  function keep(besides) {
    const isKept = store.keep({ at: Date.now(), version: version.value, draft: draft.value, typed: typed(), ...besides });
    if (!isKept && failures) status.say("nowhere");
  }

  function touch({ target: { name } }) {
    if (!FIELD.test(name)) return;
    touched.add(name);
    const [kind, pk] = name.split("-");
    if (form.elements[`${PAIRS[kind]}-${pk}`]) touched.add(`${PAIRS[kind]}-${pk}`);
    isDirty = true;
    keep();
    latest ??= Date.now() + LONGEST;
    wait(Math.min(REST, latest - Date.now()));
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(send, time);
  }

  async function send() {
    if (!isDirty || isOver || sending) return;
    if (isShown(two, draft, version)) return status.say("elsewhere");
    if (!navigator.onLine) return fail("offline");
    isDirty = false;
    latest = undefined;
    status.say("saving");
    const read = { version: version.value, draft: draft.value, page: page.value, turn: ++turn };
    const body = new URLSearchParams({ ...typed(), ...read, csrfmiddlewaretoken: token.value, page_of: mark.value });
    sending = fetch(form.dataset.draft, {
      method: "POST", body, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE), keepalive: `${body}`.length < 60_000,
    });
    try {
      await answered(await sending);
    } catch {
      isDirty = true;
      fail(navigator.onLine ? "unreachable" : "offline");
    }
    sending = undefined;
    if (isDirty && !failures) wait(REST);
  }

  async function answered(answer) {
    if (answer.status === 204) {
      failures = 0;
      draft.value = answer.headers.get("Draft-Version");
      if (isDirty) return keep();
      store.forget();
      two.replaceChildren();
      return status.saved();
    }
    isDirty = true;
    if (answer.status === 401) return fail("signedOut");
    if (answer.status >= 500 || answer.status === 429) return fail("unreachable");
    isDirty = false; // the same would be refused again
    const words = new DOMParser().parseFromString(await answer.text(), "text/html");
    const both = words.querySelector(".both");
    if (!both) return status.refused(words.querySelector("[data-refusal]")?.textContent ?? "");
    if (!two.contains(document.activeElement)) two.replaceChildren(document.importNode(both, true));
    status.say("elsewhere");
  }

  function fail(why) {
    keep();
    status.say(why);
    wait(AGAIN[Math.min(failures++, AGAIN.length - 1)]);
  }

  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault(); // a page of the browser's own would stand in place of this one
      return fail("ungiven");
    }
    isOver = true;
    clearTimeout(timer);
    if (event.submitter?.name === "picked") keepTouched(form, touched);
    if (event.submitter?.name) store.forget();
    else if (touched.size) keep({ isSent: true });
  });
  addEventListener("online", () => ((failures = 0), send())); // a try that comes too early is soon followed by another
  addEventListener("offline", () => isDirty && fail("offline"));
  document.addEventListener("visibilitychange", send);
  addEventListener("pageshow", (event) => (isOver &&= !event.persisted));
  if (isDirty) keep();
  offer(store.others(), two, typedIn(form), (kept) => {
    for (const [name, text] of Object.entries(kept.typed)) put(form, name, text, touched);
    [version.value, draft.value] = [kept.version, kept.draft];
    isDirty = true;
    keep();
    send();
  });
  if (isDirty) wait(REST);
}
