// Keeps what is shown as it is at the server: by its stream, or by asking again and again where there is none.
// What comes while it is held waits until it is let go. It says how old it is as soon as the line is down.
const ASK = 20_000; // without a stream
const QUIET = 10_000; // between two words to those who listen
const DEAD = 40_000; // a stream that was silent for so long has no other end

export default function follow(shown, { status, address, isHeld }) {
  let fresh = Date.now();
  let waiting, asking, stream;
  let said = 0;
  let heard = 0;

  function put(html, version) {
    fresh = Date.now();
    late(false);
    if (version === shown.dataset.version) return;
    if (isHeld()) {
      waiting = [html, version];
      return;
    }
    shown.innerHTML = html;
    shown.dataset.version = version;
    shown.dispatchEvent(new CustomEvent("live:shown"));
    tell();
  }

  function tell() {
    if (Date.now() - said < QUIET) return;
    said = Date.now();
    status.textContent = "";
    setTimeout(() => (status.textContent = status.hasAttribute("data-late") ? status.textContent : status.dataset.changed), 50);
  }

  function late(isLate) {
    if (isLate === status.hasAttribute("data-late")) return;
    status.toggleAttribute("data-late", isLate);
    const time = new Date(fresh).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    status.textContent = isLate ? status.dataset.asOf.replace("{time}", time) : "";
  }

  // The page itself, unless it is the one that is there; somebody who is signed out or may no longer read it leaves.
  async function ask() {
    const here = new URL(location.href);
    here.searchParams.set("since", (waiting ?? [, shown.dataset.version])[1]);
    try {
      const answer = await fetch(here, { headers: { "HX-Request": "true" } });
      if ([401, 404, 410].includes(answer.status)) location.reload();
      else if (answer.status === 204) put("", shown.dataset.version);
      else if (answer.ok) put(await answer.text(), answer.headers.get("X-Version"));
      else late(true);
    } catch {
      late(true);
    }
  }

  function askOn() {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      await ask();
      if (stream?.readyState !== EventSource.OPEN) askOn();
    }, ASK * (0.75 + Math.random() / 2));
  }

  function alive() {
    heard = fresh = Date.now();
    late(false);
    clearTimeout(asking);
  }

  function watch() {
    if (stream.readyState !== EventSource.OPEN || Date.now() - heard < DEAD) return;
    stream.close();
    late(true);
    connect();
  }

  function connect() {
    stream = new EventSource(`${address}?since=${shown.dataset.version}`);
    heard = Date.now();
    stream.addEventListener("open", alive);
    stream.addEventListener("alive", alive);
    stream.addEventListener("shown", (event) => {
      alive();
      put(event.data, event.lastEventId);
    });
    stream.addEventListener("gone", () => {
      stream.close();
      ask();
      askOn();
      setTimeout(connect, 1_000 + Math.random() * 4_000);
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(connect, 20_000 + Math.random() * 20_000); // it was refused
      } else late(true);
      askOn();
    });
  }

  if (address) {
    connect();
    setInterval(watch, 5_000);
  } else askOn();
  return {
    ask,
    release() {
      if (waiting) put(...waiting);
      waiting = undefined;
    },
  };
}
