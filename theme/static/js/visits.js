/*
 * New since the last visit: marks on the cards of briefings, and their number in the menu. What it knows is in the browser's
 * own storage; nothing is asked of a server, and without it nothing is missing.
 */
import { all, keep, recall, root } from "./browser.js";

const VISITS = "pouch-visits";
const PAUSE = 30 * 60 * 1000; // a visit ends after half an hour without a page
const MOST = 500; // addresses that are remembered
const WORDS = { en: "New", fr: "Nouveau", de: "Neu", es: "Nuevo" };

const visits = { last: 0, since: "", before: [], shown: [], opened: [], fresh: [] };
try {
  Object.assign(visits, JSON.parse(recall(VISITS)));
} catch {} // something else is kept here

const now = Date.now();
if (visits.last && now - visits.last > PAUSE) {
  visits.since = new Date(visits.last).toISOString();
  visits.before = visits.shown;
  visits.shown = visits.fresh = [];
}
visits.last = now;

/* `day` is when a briefing entered the archive: one of the very day of the last visit is new only if that visit did not show it. */
function isNew(href, day) {
  const since = visits.since.slice(0, 10);
  return since && !visits.opened.includes(href) && (day > since || (day === since && !visits.before.includes(href)));
}

function mark(text) {
  const made = document.createElement("span");
  made.className = "fresh";
  made.textContent = text;
  return made;
}

const added = { shown: [], fresh: [], opened: document.querySelector("article.briefing") ? [location.pathname] : [] };
const word = WORDS[root.lang.split("-")[0]] || WORDS.en;
for (const link of all("main a.card__link")) {
  const href = link.pathname;
  const time = link.closest("article, li")?.querySelector("time");
  const day = time?.dataset.entered || time?.dateTime.slice(0, 10); // a briefing may be dated long before it is filed
  if (!day) continue;
  added.shown.push(href);
  if (!isNew(href, day)) continue;
  added.fresh.push(href);
  link.before(mark(word), " ");
}
for (const name in added) visits[name] = [...new Set([...visits[name], ...added[name]])].slice(-MOST);
visits.fresh = visits.fresh.filter((href) => !visits.opened.includes(href));
keep(VISITS, JSON.stringify(visits));

const archive = document.querySelector('.site-nav__link[href$="/archive/"]');
if (archive && visits.fresh.length) {
  const count = mark(visits.fresh.length);
  count.title = word;
  archive.append(" ", count);
}
