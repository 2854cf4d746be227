/* A part of the map in place of the whole. */
import { all } from "./browser.js";

const sheet = document.querySelector(".world-map__sheet");
const ways = all("[data-window]");
for (const way of ways) {
  way.parentElement.hidden = false;
  way.addEventListener("click", (event) => {
    event.preventDefault();
    sheet.setAttribute("viewBox", way.dataset.window);
    sheet.classList.toggle("world-map__sheet--near", way !== ways[0]);
    for (const each of ways) each.removeAttribute("aria-current");
    way.setAttribute("aria-current", "true");
  });
}
