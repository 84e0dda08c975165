// An @ at the beginning of a word offers those who can read the comment; the form's own page knows them.
export default function mention(form) {
  const text = form.querySelector("textarea");
  let people = null;
  text.addEventListener("input", async (event) => {
    const before = text.value.slice(0, text.selectionStart);
    if (event.data !== "@" || !/(^|\s)@$/.test(before)) return;
    people ??= await peopleOf(form.dataset.people);
    if (!people) return;
    form.querySelector("p.row").prepend(people.label);
    people.select.value = "";
    people.select.focus();
    people.select.showPicker?.();
    people.select.onchange = () => {
      const at = text.selectionStart;
      const name = people.select.value;
      people.label.remove();
      text.focus();
      if (name) text.setRangeText(`${name} `, at, at, "end");
    };
  });
}

async function peopleOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const select = page.querySelector("select[name=mention]");
  if (!select) return null;
  const label = document.createElement("label");
  label.className = "row tight s";
  label.append(page.querySelector(`label[for=${select.id}]`).firstChild.textContent.trim(), " ", select);
  select.removeAttribute("name");
  return { label, select };
}
