/* A box to filter a list by; what stands instead of the list meanwhile is put away. */
import { all } from "./browser.js";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const box of all("[data-filter]")) {
  const list = document.getElementById(box.dataset.filter);
  const other = document.getElementById(box.dataset.instead);
  box.parentElement.hidden = false;
  box.addEventListener("input", () => {
    const wanted = folded(box.value.trim());
    if (other) other.hidden = !!wanted;
    for (const item of all("li, tbody tr", list)) {
      item.hidden = !folded(item.querySelector(".term, .choice__label").textContent).includes(wanted);
    }
    for (const part of all("section, fieldset, table", list)) part.hidden = !part.querySelector("li:not([hidden]), tbody tr:not([hidden])");
  });
}
