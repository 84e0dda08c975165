// A list of time zones begins with the one that the browser is in, if the list has it.
export default function ownZone(list) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...list.options].some((option) => option.value === zone)) list.value = zone;
}
