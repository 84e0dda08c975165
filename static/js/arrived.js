import { arrived } from "./kept.js";

// The page of a week that was given.
export default function weekArrived(element) {
  arrived(element.dataset.week, Number(element.dataset.version));
}
