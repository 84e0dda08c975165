// Where there are two texts of one week: what this browser kept is offered, and what was chosen goes along.

// Reads fields of a form by their names.
export function typedIn(form) {
  return (names) => {
    const stands = new FormData(form);
    return Object.fromEntries(names.map((name) => [name, stands.getAll(name).join(" ")]));
  };
}

// Offers what an earlier page left here; what stands in the fields anyway is none.
export function offer(found, place, read, take) {
  const [kept] = found.filter(({ typed, forget }) => !isSame(typed, read(Object.keys(typed))) || forget());
  if (!kept) return;
  const box = document.getElementById("kept").content.firstElementChild.cloneNode(true);
  const form = { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: box.dataset.zone };
  box.querySelector("time").textContent = new Intl.DateTimeFormat(document.documentElement.lang, form).format(kept.at);
  box.addEventListener("click", ({ target }) => {
    if (!target.matches("button")) return;
    box.remove();
    if ("take" in target.dataset) take(kept);
    kept.forget();
  });
  place.append(box);
}

function isSame(one, other) {
  return Object.keys(one).every((name) => one[name] === other[name]);
}

// Puts a text into a field as somebody would.
export function put(form, name, text, touched) {
  const field = form.elements[name];
  if (!field) return;
  touched.add(name);
  const all = field.length ? [...field] : [field];
  for (const one of all) {
    if (/radio|checkbox/.test(one.type)) one.checked = text.split(" ").includes(one.value);
    else one.value = text;
  }
  all[0].closest("details")?.setAttribute("open", "");
}

// Whether the page shows two texts of the newest versions: until one has chosen, neither is saved over the other.
export function isShown(place, draft, version) {
  const newest = (name) => place.querySelector(`[name=newest-${name}]`)?.value;
  return newest("draft") === draft.value && newest("version") === version.value;
}

// What was typed here and stands in no choice stays, whatever is chosen.
export function keepTouched(form, touched) {
  for (const name of touched) if (!form.elements[`pick-${name}`]) hidden(form, `keep-${name}`, "1");
}

export function hidden(form, name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
  return field;
}
