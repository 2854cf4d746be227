/* A choice to see only what is in one's own language lasts. */
import { keep, recall } from "./browser.js";

const OWN = "pouch-own-language";
const own = document.querySelector(".own-language__box");
if (own) {
  own.checked = recall(OWN) === "true";
  own.addEventListener("change", () => keep(OWN, own.checked));
}
