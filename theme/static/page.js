/*
 * What a page may do with JavaScript: remember the reader's interface language, share, copy, print, save. Everything is
 * on the page without it. What is remembered stays in the browser.
 */
(() => {
  "use strict";

  const { body, currentScript, documentElement: root } = document;
  const home = body.dataset.home || "/";
  const KEY = "pouch-language";

  const switches = Array.from(document.querySelectorAll(".languages a[hreflang]"));

  /* Pages of an interface language say which one the reader reads. Pages that are the same for all (a briefing, an
     address that is not there) then lead back to it, or to the one that the address is of. */
  function remembered() {
    try {
      if ("roams" in body.dataset) {
        const here = switches.find((each) => each.pathname !== home && location.pathname.startsWith(each.pathname));
        return here ? here.hreflang : localStorage.getItem(KEY);
      }
      localStorage.setItem(KEY, root.lang);
    } catch (_) {
      /* A browser may refuse to keep anything. */
    }
    return null;
  }

  const lang = remembered();
  const mine = lang && lang !== root.lang && switches.find((each) => each.hreflang === lang);
  if (mine) {
    const there = mine.getAttribute("href");
    const apart = ["briefings/", ...switches.map((each) => each.getAttribute("href").slice(home.length))];
    mine.classList.add("languages__mine");
    for (const link of document.querySelectorAll(".wordmark, .site-nav a, .search-link, .trail a, main a.term, .not-found__ways a")) {
      const href = link.getAttribute("href") || "";
      const rest = href.slice(home.length);
      if (link.hreflang || !href.startsWith(home) || apart.some((each) => each && rest.startsWith(each))) continue;
      link.setAttribute("href", there + rest);
    }
    document.querySelector(".not-found")?.prepend(...document.querySelectorAll(`.not-found__language[lang="${lang}"]`));
    const search = document.querySelector("form.search-box");
    if (search) search.setAttribute("action", there + search.getAttribute("action").slice(home.length));
  }

  /* A box to filter a list by; what stands instead of the list meanwhile is put away. */

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  for (const box of document.querySelectorAll("[data-filter]")) {
    const list = document.getElementById(box.dataset.filter);
    const other = document.getElementById(box.dataset.instead);
    if (!list) continue;
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.addEventListener("input", () => {
      const wanted = folded(box.value.trim());
      if (other) other.hidden = !!wanted;
      for (const item of list.querySelectorAll("li, tbody tr")) {
        item.hidden = !folded(item.querySelector(".term, .choice__label").textContent).includes(wanted);
      }
      for (const part of list.querySelectorAll("section, fieldset, table")) {
        part.hidden = !part.querySelector("li:not([hidden]), tbody tr:not([hidden])");
      }
    });
  }

  /* A choice of one's own language lasts. */

  const own = document.querySelector(".own-language__box");
  if (own) {
    try {
      own.checked = localStorage.getItem("pouch-own-language") === "yes";
      own.addEventListener("change", () => localStorage.setItem("pouch-own-language", own.checked ? "yes" : "no"));
    } catch (_) {
      /* As above. */
    }
  }

  /* A part of the map in place of the whole. */

  const sheet = document.querySelector(".world-map__sheet");
  const ways = sheet ? Array.from(document.querySelectorAll("[data-window]")) : [];
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

  /* Share, copy, print, save. */

  const told = document.querySelector(".told");

  async function copied(text) {
    let word = "copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch (_) {
      word = "failed";
    }
    if (told) told.textContent = told.dataset[word];
  }

  const facts = () => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent);

  function save(name, text, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function saveMarkdown() {
    const { markdown } = await import(new URL("markdown.js", currentScript.src));
    const said = facts();
    save(`${said.url.split("/").at(-2)}.md`, markdown(document.querySelector("article"), said), "text/markdown");
  }

  async function saveCitation(button) {
    const { citation } = await import(new URL("cite.js", currentScript.src));
    save(...citation(facts(), button.dataset.cite));
  }

  const ACTIONS = {
    print: () => window.print(),
    save: saveMarkdown,
    cite: saveCitation,
    copy: (button) => copied(button.dataset.text),
    share: (button) => {
      const url = document.querySelector('link[rel="canonical"]')?.href || location.href;
      if (!navigator.share) return copied(url);
      navigator.share({ title: button.dataset.title, url }).catch(() => {});
    },
  };

  for (const button of document.querySelectorAll("[data-action]")) {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => ACTIONS[button.dataset.action](button));
  }

  /* What is new since the last visit. */

  import(new URL("visits.js", currentScript.src)).catch(() => {});
})();
