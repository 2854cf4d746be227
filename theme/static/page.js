/* What every page does with JavaScript. Everything is on the page without it. */
import { all } from "./js/browser.js";
import "./js/language.js";
import "./js/own_language.js";
import "./js/visits.js";

/* Buttons work only with JavaScript, so they are shown by it. What they do is loaded for a reader who uses one. */
for (const button of all("[data-action]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => (await import("./actions.js")).act(button.dataset));
}
