/* What every page does with JavaScript. Everything is on the page without it. */
import { all } from "./js/browser.js";
import "./js/language.js";
import "./js/own_language.js";
import "./js/visits.js";

/* Buttons work only with JavaScript, so they are shown by it. What they do is loaded for a reader who turns to one. */
for (const button of all("[data-action]")) {
  const load = () => import("./actions.js");
  button.parentElement.hidden = false;
  button.addEventListener("pointerenter", load);
  button.addEventListener("click", async () => (await load()).act(button.dataset));
}
