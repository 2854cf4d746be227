/* Results as cards. Whatever comes out of the index is shown as text: no markup of an entry's is ever made into elements. */

import { days, element, label, option, page, said } from "./search_form.js";

/* `result` is the template of a card, `code` the engine's module; `facts` has what the index says of each version. */
export function cardOf(result, code, { briefing, version }, facts, marks) {
  const item = result.content.cloneNode(true);
  const part = (name) => item.querySelector("." + name);
  const own = facts[version];
  const tag = briefing.versions[version];
  const lang = tag.split("-")[0];
  const link = part("card__link");
  link.href = said.root + own.url;
  link.textContent = own.title;
  for (const words of [part("card__title"), part("card__summary")]) {
    if (lang !== page) words.lang = tag;
    words.dir = code.directionOf(lang);
  }
  const day = code.dateOf(briefing.day);
  part("card__date").dateTime = day.toISOString().slice(0, 10);
  part("card__date").textContent = days().format(day);
  if (lang === page.split("-")[0]) part("card__lang").remove();
  else {
    part("card__lang").textContent = label("language", lang);
    const tongue = element("span", "tongue", lang.toUpperCase());
    tongue.ariaHidden = "true";
    link.before(tongue, " ");
  }
  part("card__summary").append(
    ...code.excerpt(own, marks).map(({ text, marked }) => (marked ? element("mark", "search__mark", text) : text)),
  );
  part("terms").append(...briefing.primary.map((each) => termLink("country", each)));
  if (!part("terms").children.length) part("terms").remove();
  const others = briefing.versions.map((each, number) => [each, number]).filter(([, number]) => number !== version);
  if (!others.length) part("search__versions").remove();
  else {
    part("search__versions").append(said.also + " ");
    others.forEach(([other, number], place) => {
      const way = element("a", "search__version", new Intl.DisplayNames([other], { type: "language" }).of(other));
      way.href = said.root + facts[number].url;
      way.lang = way.hreflang = other;
      part("search__versions").append(place ? ", " : "", way);
    });
  }
  return item;
}

/* A country or topic, which leads to its dossier where it has one. */
export function termLink(kind, key) {
  const item = document.createElement("li");
  const known = option(kind, key);
  const link = document.createElement(known && known.dataset.href ? "a" : "span");
  link.className = `term term--${kind}`;
  link.textContent = label(kind, key);
  if (link.localName === "a") link.href = known.dataset.href;
  item.append(link);
  return item;
}
