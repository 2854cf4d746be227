/* What words of a query match in the index, and how much each says of a text. */

import { COMMON } from "./search_index.js";
import { isInflected, primary, withoutUmlauts } from "./search_words.js";

// What stands in a title says most of what a briefing is about.
const TITLE = 6;
const LEAD = 2;
const SATURATION = 1.2;
const INFLECTED = 0.6;
const BEGINNING = 0.25;
const MOST_FILLER = 100000; // bytes

/* What a word of the query, maybe its only one, matches: forms [{ key, weight, isBeginning }]. `own` is the reader's language. */
export async function match(index, own, word, isAlone) {
  const { key, caps } = word;
  if (word.names) return word.names.filter((name) => name.length === 1).map(([form]) => ({ key: form, weight: 1 }));
  let forms = await index.formsOf(key);
  const upper = key.toUpperCase();
  const has = (other) => forms.some((each) => each.key === other);
  const exact = [];
  const isCommon = await index.isCommon(key);
  if (has(upper) && (caps || (isAlone && isCommon))) exact.push(upper);
  else if (!caps || !isCommon) for (const each of new Set([key, upper])) if (has(each)) exact.push(each);
  if (!exact.length) {
    const other = withoutUmlauts(key);
    if (other !== key) {
      const others = await index.formsOf(other);
      if (others.some((each) => each.key === other)) {
        exact.push(other);
        forms = others;
      }
    }
  }
  const matched = exact.map((each) => ({ key: each, weight: 1 }));
  const name = forms.some((each) => exact.includes(each.key) && each.isName);
  if (caps && isCommon) return matched;
  const isShort = key.length < 5;
  for (const each of forms) {
    if (exact.includes(each.key) || each.key !== each.key.toLowerCase()) continue;
    if (!isShort && isInflected(key, each.key, name)) {
      matched.push({ key: each.key, weight: INFLECTED, isForm: (lang) => isRelated(key, lang, own) && isInflected(key, each.key, name, lang) });
    } else if (
      each.key.startsWith(key) &&
      ((!exact.length && key.length > 2) || (!isShort && !name)) &&
      !/^\p{N}/u.test(key)
    ) {
      matched.push({ key: each.key, weight: BEGINNING, isBeginning: true, isForm: (lang) => isRelated(key, lang, own) });
    }
  }
  return matched;
}

/* Whether a word that looks like the key may mean the same in a text of this language: German "Mond" is not "monde". */
function isRelated(key, lang, own) {
  return lang === primary(own) || key.length > 5;
}

/*
 * Where a word stands: by text, { score, share, places, isBeginning }. `share` is how much its language makes of the
 * word: the rarer, the more, from 0 to 1. `phrases` are names of several words for the same thing.
 */
export function weigh(index, forms, phrases = []) {
  const texts = new Map();
  const found = forms.map(({ key, ...form }) => ({ ...form, rows: index.placesOf(key) }));
  for (const phrase of phrases) found.push({ weight: 1, rows: Array.from(phrase.texts, ([text, { places }]) => [text, places]) });
  for (const { rows, weight, isBeginning, isForm } of found) {
    for (const [text, places] of rows) {
      if (isForm && !isForm(text.lang)) continue;
      let own = texts.get(text);
      if (!own) texts.set(text, (own = { points: 0, places: [], isBeginning: true }));
      for (const place of places) {
        own.points += weight * (place < text.lead ? TITLE : place < text.body ? LEAD : 1);
      }
      if (!isBeginning) own.isBeginning = false;
      own.places.push(...places);
    }
  }
  const counts = new Map();
  for (const { lang } of texts.keys()) counts.set(lang, (counts.get(lang) || 0) + 1);
  for (const [text, own] of texts) {
    const { count, words } = index.languages.get(text.lang);
    const having = counts.get(text.lang);
    own.share = Math.log(1 + (count - having + 0.5) / (having + 0.5)) / Math.log(2 + count);
    own.isCommon = having > COMMON * count && count > 2;
    const length = 0.4 + 0.6 * (text.end / (words / count));
    own.score = own.share * (own.points / (own.points + SATURATION * length)) * (own.isBeginning ? BEGINNING : 1);
  }
  return { texts, counts };
}

/*
 * The texts that have these words in this order: an exact phrase. `isLoose`: any words stand for those that are in most
 * texts.
 */
export async function phraseOf(index, keys, isLoose = false) {
  const longest = keys.reduce((one, other) => (other.length > one.length ? other : one));
  await index.need(longest);
  if (!index.anyPlacesOf(longest).length) return { texts: new Map() };
  const asked = keys.map((key, offset) => ({ key, offset })).filter(({ key }) => !isLoose || key === longest || !index.common.has(key));
  await Promise.all(asked.map(({ key }) => index.need(key)));
  let found = null;
  for (const { key, offset } of asked) {
    const here = new Map();
    for (const [text, places] of index.anyPlacesOf(key)) {
      const before = found && found.get(text);
      if (found && !before) continue;
      const own = here.get(text) || new Set();
      for (const place of places) if (!found || before.has(place - offset)) own.add(place - offset);
      if (own.size) here.set(text, own);
    }
    found = here;
  }
  const texts = new Map();
  for (const [text, places] of found) {
    let points = 0;
    for (const place of places) points += place < text.lead ? TITLE : place < text.body ? LEAD : 1;
    texts.set(text, { score: points / (points + SATURATION), share: 1, places: Array.from(places) });
  }
  return { texts };
}

/* The words of a query, of words in most texts those that are fetched: none beside others, the shortest by themselves. */
export function withoutFiller(index, words) {
  const isFiller = ({ key, names }) => !names && index.common.has(key);
  const telling = words.filter((word) => !isFiller(word));
  if (telling.length) return new Set(telling);
  let bytes = 0;
  const sorted = [...words].sort((one, other) => index.sizeOf(one.key) - index.sizeOf(other.key));
  return new Set(sorted.filter(({ key }, number) => (bytes += index.sizeOf(key)) <= MOST_FILLER || !number));
}
