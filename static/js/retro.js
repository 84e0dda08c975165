// A retro: it stands where everybody stands; votes count at once, and what is typed stays in this browser.
import dragNotes from "./drag-notes.js";
import { keeper } from "./kept.js";
import follow from "./live.js";
import turnClock from "./turn-clock.js";

const HERE = 25_000; // so often the page says that somebody is there

export default function retro(root) {
  const shown = root.querySelector("#shown");
  const own = root.querySelector("#own");
  const bar = () => shown.querySelector(".retro-bar");
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"));
  const mine = new Set([...shown.querySelectorAll("[data-vote]")].filter((form) => form.elements.do.value === "return").map((form) => form.dataset.vote));
  const page = root.dataset.page;
  let state = bar()?.dataset.state;

  const send = (form) => fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true", ...token() } });
  const isLive = Boolean(root.dataset.live);
  const status = root.querySelector("[role=status][data-as-of]");
  const live = isLive ? follow(shown, { status, address: root.dataset.live, isHeld: () => false }) : null;
  const tick = turnClock(root, shown, own);
  const dressNotes = dragNotes(shown, async (note, top) => {
    const body = new URLSearchParams({ top });
    const answer = await fetch(`${page}notes/${note}/place/`, { method: "POST", body, headers: { "HX-Request": "true", ...token() } });
    if (!live) return location.reload();
    await (answer.ok ? live.ask() : renew()); // what it refuses is said where the page stands now
  });

  // Whose votes are mine is not on the screen that all share: it is told here.
  function dress() {
    for (const form of shown.querySelectorAll("[data-vote]")) {
      const isMine = mine.has(form.dataset.vote);
      const button = form.querySelector("button");
      form.elements.do.value = isMine ? "return" : "give";
      button.setAttribute("aria-pressed", String(isMine));
      button.firstElementChild.textContent = isMine ? button.dataset.return : button.dataset.give;
    }
  }

  async function vote(form) {
    const isMine = mine.has(form.dataset.vote);
    const answer = await send(form);
    if (!answer.ok) return renew(); // what it refuses is said where the page stands now
    if (isMine) mine.delete(form.dataset.vote);
    else mine.add(form.dataset.vote);
    dress();
    renewOwn();
  }

  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.dataset.vote) {
      event.preventDefault();
      form.querySelector("button").focus();
      await vote(form);
    } else if (form.dataset.press && isLive) {
      event.preventDefault();
      form.elements.version.value = bar().dataset.press;
      const answer = await send(form);
      if (answer.ok) live.ask();
      else form.submit(); // the page that refuses says why
    }
  });

  // It stands elsewhere, is over, or another one leads: what one may do there is another thing.
  async function renewOwn() {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const next = fresh.querySelector("#own");
    if (!next) return location.reload();
    own.replaceChildren(...next.children);
    remember();
    sayThere();
  }

  async function renew() {
    await live?.ask();
    await renewOwn();
  }

  shown.addEventListener("live:shown", () => {
    if (!bar()) return location.reload();
    dress();
    dressNotes();
    tick();
    if (bar().dataset.state !== state) {
      state = bar().dataset.state;
      renewOwn();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, select, textarea")) return;
    const name = { ArrowRight: "next", ArrowLeft: "back" }[event.key];
    own.querySelector(`[data-press=${name}] button`)?.click();
  });

  // What is typed and not sent yet: in this browser only, for whoever is signed in here. What was sent stands above.
  const drafts = keeper(page, "notes");
  const areas = () => [...own.querySelectorAll("[data-draft]")];
  function remember() {
    const typed = keeper(page, "").others()[0]?.typed ?? {};
    const sent = new Set([...own.querySelectorAll(".retro-note > .words")].map((words) => words.textContent));
    for (const area of areas()) if (!sent.has(typed[area.dataset.draft]?.trim())) area.value ||= typed[area.dataset.draft] ?? "";
  }
  own.addEventListener("input", () => {
    drafts.keep({ at: Date.now(), typed: Object.fromEntries(areas().map((area) => [area.dataset.draft, area.value])) });
  });

  function sayThere() {
    const here = own.querySelector(".retro-presence");
    if (here) send(here).catch(() => {});
  }

  remember();
  if (live) {
    sayThere();
    setInterval(sayThere, HERE);
  }
}
