import { element, label, numbers, option } from "./search_form.js";

/*
 * Suggestions below the search box: dossiers that begin as what is typed does. `find` gives them for a text, or nothing.
 * Returns what shows those for the text in the box, and what puts them away.
 */
export function suggestions(box, listbox, find) {
  let active = -1;

  async function suggest() {
    const typed = box.value.trim();
    if (typed.length < 2 || document.activeElement !== box) return close();
    const found = await find(typed);
    if (!found || typed !== box.value.trim()) return;
    active = -1;
    listbox.replaceChildren(
      ...found.map(({ kind, key, count }, number) => {
        const item = element("li", "search__suggestion");
        item.id = `_suggestion-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.href = option(kind, key).dataset.href;
        item.append(element("span", `term term--${kind}`, label(kind, key)), " ", element("span", "search__fact", numbers().format(count)));
        return item;
      }),
    );
    expand(found.length > 0);
  }

  function expand(isOpen) {
    listbox.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) box.removeAttribute("aria-activedescendant");
  }

  function close() {
    active = -1;
    expand(false);
  }

  function move(step) {
    const items = Array.from(listbox.children);
    if (listbox.hidden || !items.length) return;
    // Past either end, the box itself is active again.
    const places = items.length + 1;
    active = ((active + 1 + step + places) % places) - 1;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", items[active].id);
      items[active].scrollIntoView({ block: "nearest" });
    }
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (listbox.hidden) return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !listbox.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(listbox.children[active].dataset.href);
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  listbox.addEventListener("pointerdown", (event) => event.preventDefault());
  listbox.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.href);
  });

  return { suggest, close };
}
