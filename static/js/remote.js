// The remote in a hand: stands where the stage stands, by its stream, or by asking now and then.
// What somebody is about to send stays in their hand until it is sent: it is for whom it was written.
const ASK = 15_000; // without a stream
const HERE = 25_000; // so often it says that somebody is there

export default function remote(root) {
  const part = (id, of = root) => of.querySelector(`#remote-${id}`);
  const ahead = Date.parse(root.dataset.now) - Date.now(); // the server's clock before ours
  let asking, stream;

  function isInHand() {
    const form = part("cheer")?.querySelector("form");
    return Boolean(form && (form.elements.sentence.value || form.contains(document.activeElement)));
  }

  function put(html, version) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    const held = isInHand() && part("cheer", fresh) ? part("cheer") : null;
    if (held) part("cheer", fresh).replaceWith(held);
    const pressed = document.activeElement?.closest?.("[data-press]")?.dataset.press;
    root.replaceChildren(...fresh.childNodes);
    root.dataset.version = version;
    if (pressed) root.querySelector(`form[data-press=${pressed}] button`)?.focus();
    tick();
  }

  async function ask() {
    const here = new URL(location.href);
    here.searchParams.set("since", root.dataset.version);
    try {
      const answer = await fetch(here, { headers: { "HX-Request": "true" } });
      if ([401, 404, 410].includes(answer.status)) location.reload();
      else if (answer.status === 200) put(await answer.text(), answer.headers.get("X-Version"));
    } catch {
      // the next one may come through
    }
  }

  function askOn() {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      await ask();
      if (stream.readyState !== EventSource.OPEN) askOn();
    }, ASK * (0.75 + Math.random() / 2));
  }

  function connect() {
    stream = new EventSource(root.dataset.live);
    for (const name of ["shown", "changed"]) stream.addEventListener(name, ask);
    stream.addEventListener("gone", () => {
      stream.close();
      ask();
      setTimeout(connect, 1_000 + Math.random() * 4_000);
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 20_000 + Math.random() * 20_000);
      askOn();
    });
  }

  // A press is sent as its form would be, with the version that stands there now; the page that refuses says why.
  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.press) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.ok) return ask();
    const { name, value } = event.submitter ?? {};
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.submit();
  });

  function tick() {
    const timer = root.querySelector("[data-until]");
    if (!timer) return;
    const left = Math.max(0, Math.ceil((Date.parse(timer.dataset.until) - Date.now() - ahead) / 1000));
    timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }

  function say() {
    const form = root.querySelector(".presence");
    if (form) fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => {});
  }

  connect();
  say();
  setInterval(say, HERE);
  setInterval(tick, 500);
}
