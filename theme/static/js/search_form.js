/* The search form: its words, in which the page shows results, and the names of countries and topics in its lists. */

export const form = document.querySelector(".search");
export const said = form?.dataset;

export const page = document.documentElement.lang || "en";
const english = page === "en" ? "en-GB" : page; // plain "en" is the world's English, as everywhere on the site
/* Formatters cost some milliseconds each, so they are made when the first of their words is needed. */
const once = (make) => {
  let made = null;
  return () => (made ||= make());
};
export const plural = once(() => new Intl.PluralRules(page));
export const days = once(() => new Intl.DateTimeFormat(english, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
export const months = once(() => new Intl.DateTimeFormat(english, { month: "long", year: "numeric", timeZone: "UTC" }));
export const numbers = once(() => new Intl.NumberFormat(page));

export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function option(name, value) {
  return Array.from(form.elements[name].options).find((each) => each.value === value);
}

export function label(name, value) {
  const own = option(name, value);
  if (own) return own.dataset.label || own.text;
  try {
    const type = name === "language" ? "language" : "region";
    return name === "topic" ? value : new Intl.DisplayNames([page], { type }).of(value);
  } catch (_) {
    return value;
  }
}

/* What the page calls the terms that have a dossier. */
export function labels() {
  const all = new Map();
  for (const kind of ["country", "topic"]) {
    for (const { value, dataset } of form.elements[kind].options) {
      if (dataset.href) all.set(`${kind}:${value}`, label(kind, value));
    }
  }
  return all;
}

export const fillMonths = once(() => {
  const [first, end] = said.months.split(" ");
  if (!first) return true;
  const options = [];
  let [year, month] = end.split("-").map(Number);
  while (`${year}-${String(month).padStart(2, "0")}` >= first) {
    const value = `${year}-${String(month).padStart(2, "0")}`;
    options.push(new Option(months().format(new Date(value + "-01")), value));
    if (!--month) [year, month] = [year - 1, 12];
  }
  form.elements.from.append(...options);
  form.elements.to.append(...options.map((each) => each.cloneNode(true)));
  return true;
});
