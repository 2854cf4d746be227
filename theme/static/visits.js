/*
 * New since the last visit: marks on the cards of briefings, and their number in the menu. What it knows is in the browser's
 * own storage; nothing is asked of a server, and without it nothing is missing.
 */
const KEY = "pouch-visits";
const PAUSE = 30 * 60 * 1000; // a visit ends after half an hour without a page
const MOST = 500; // addresses that are remembered

const WORDS = { en: "New", fr: "Nouveau", de: "Neu", es: "Nuevo" };

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch (_) {
    return {}; // nothing is kept here, or something else
  }
}

function write(visits) {
  try {
    localStorage.setItem(KEY, JSON.stringify(visits));
  } catch (_) {
    /* A browser may refuse to keep anything. */
  }
}

/* `day` is when a briefing entered the archive: one of the very day of the last visit is new only if that visit did not show it. */
export function isNew(href, day, visits) {
  const since = visits.since && visits.since.slice(0, 10);
  if (!since || day < since || visits.opened.includes(href)) return false;
  return day > since || !visits.before.includes(href);
}

const now = Date.now();
const visits = { last: 0, since: "", before: [], shown: [], opened: [], fresh: [], ...read() };
if (visits.last && now - visits.last > PAUSE) {
  visits.since = new Date(visits.last).toISOString();
  visits.before = visits.shown.slice(-MOST);
  visits.shown = [];
  visits.fresh = [];
}
visits.last = now;

const here = location.pathname;
if (document.querySelector("article.briefing")) visits.opened = [...new Set([...visits.opened, here])].slice(-MOST);

const word = WORDS[document.documentElement.lang.split("-")[0]] || WORDS.en;
const shown = new Set(visits.shown);
const fresh = new Set(visits.fresh);
for (const link of document.querySelectorAll("main a.card__link")) {
  const href = new URL(link.href).pathname;
  const time = link.closest("article, li")?.querySelector("time");
  const day = time?.dataset.entered || time?.dateTime.slice(0, 10); // a briefing may be dated long before it is filed
  if (!day) continue;
  shown.add(href);
  if (!isNew(href, day, visits)) continue;
  fresh.add(href);
  const mark = document.createElement("span");
  mark.className = "fresh";
  mark.lang = document.documentElement.lang;
  mark.textContent = word;
  link.before(mark, " ");
}
for (const href of visits.opened) fresh.delete(href);
visits.shown = [...shown].slice(-MOST);
visits.fresh = [...fresh].slice(-MOST);
write(visits);

const archive = document.querySelector('.site-nav__link[href$="/archive/"]');
if (archive && fresh.size) {
  const count = document.createElement("span");
  count.className = "fresh";
  count.classList.add("fresh--count");
  count.textContent = fresh.size;
  count.title = word;
  archive.append(" ", count);
}
