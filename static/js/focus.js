// The page opens with the focus here: a summary of what is wrong, or the first field of what was asked for.
export default function focus(element) {
  (element.hasAttribute("tabindex") ? element : element.querySelector("input, select, textarea")).focus();
}
