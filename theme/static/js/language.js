/*
 * The reader's interface language. Pages of an interface language say which one the reader reads. Pages that are the same
 * for all (a briefing, an address that is not there) then lead back to it, or to the one that the address is of.
 */
import { all, body, keep, recall, root } from "./browser.js";

const LANGUAGE = "pouch-language";
const LINKS = ":is(.wordmark, .site-nav a, .search-link, .trail a, main a.term, .not-found__ways a)[href]:not([hreflang])";
const home = body.dataset.home || "/";
const switches = all(".languages a[hreflang]");
const start = (link) => link.getAttribute("href");

function readersLanguage() {
  if (!("roams" in body.dataset)) return keep(LANGUAGE, root.lang);
  const here = switches.find(({ pathname }) => pathname !== home && location.pathname.startsWith(pathname));
  return here ? here.hreflang : recall(LANGUAGE);
}

const readers = readersLanguage();
const mine = readers !== root.lang && switches.find(({ hreflang }) => hreflang === readers);
if (mine) {
  mine.classList.add("languages__mine");
  const others = ["briefings/", ...switches.map((each) => start(each).slice(home.length)).filter(Boolean)];
  for (const [selector, name] of [[LINKS, "href"], [".search-box", "action"]]) {
    for (const each of all(selector)) {
      const there = each.getAttribute(name);
      const rest = there.slice(home.length);
      if (there.startsWith(home) && !others.some((other) => rest.startsWith(other))) each.setAttribute(name, start(mine) + rest);
    }
  }
  document.querySelector(".not-found")?.prepend(...all(`.not-found__language[lang="${readers}"]`));
}
