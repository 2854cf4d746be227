/* Briefings that answer a query, in order of worth. */

import { COMMON } from "./search_index.js";
import { yearOf } from "./months.js";
import { primary } from "./search_words.js";

const NEIGHBOURS = 0.5; // two words side by side, as they were asked for
const CENTRAL = 1; // a briefing on the country or topic asked for
const MENTIONED = 0.25;
const HINT = 0.5; // a word that speaks for a topic, of a briefing on that topic
const DATED = 1; // a year, of a briefing of that year
const RECENT = 0.05;
const OWN_LANGUAGE = 1.1;
const ENOUGH = 0.5; // of the words and terms: where no briefing has all of them
const ANYWHERE = {}; // where a word stands that was not looked up, since most texts have it

/*
 * The briefings that have the words and exact phrases and are about the terms, in order of worth. `hints` are topics
 * that words of the query speak for: they answer for the words in texts of other languages. `fetched` are the words
 * that were looked up. Not `all`: briefings that have at least half of what is asked for.
 */
export function ranked(index, lang, briefings, { words, weighed, exact, fetched, terms, hints, all }) {
  const wanted = new Set(briefings);
  const days = briefings.map(({ day }) => day);
  const first = Math.min(...days);
  const span = Math.max(...days) - first || 1;
  const isNamed = (number) => terms.some(({ from, to }) => from <= number && number < to);
  const asked = words.map((_, number) => number).filter((number) => !isNamed(number));
  // Common words are left aside, unless nothing else is asked for.
  const telling = asked.filter((number) => fetched.has(words[number]) && !isNoise(index, weighed[number]));
  const must = telling.length || exact.length || terms.length ? telling : asked.filter((number) => fetched.has(words[number]));
  const parts = must.length + terms.length;
  const found = new Map();
  const standing = (number, text) => (fetched.has(words[number]) ? weighed[number].texts.get(text) : ANYWHERE);
  // "Coupe du monde" is one thing: a text with "coupe" here and "monde" there has not been asked for. Where no text of
  // the reader's language has it, what is about it answers.
  const runs = hints.map(({ from, to, keys, ...hint }) => {
    const numbers = words.map((_, number) => number).slice(from, to);
    const isWhole = to - from > 1 || keys.length > 1;
    const has = (text) => text.lang === primary(lang) && areTogether(numbers.map((number) => standing(number, text)));
    return { ...hint, keys, numbers, isWhole, isUnwritten: keys.length > 1 || (isWhole && !index.texts.some(has)) };
  });
  for (const text of index.texts) {
    const { briefing } = text;
    if (!wanted.has(briefing)) continue;
    let score = 0;
    for (const { texts } of exact) score += texts.has(text) ? texts.get(text).score : NaN;
    for (const { kind, key } of terms) score += aboutness(briefing, kind, key);
    if (Number.isNaN(score)) continue;
    const ownOf = (number) => weighed[number].texts.get(text);
    const hinted = new Set();
    const scattered = new Set();
    for (const { kind, keys, numbers, isWhole, isUnwritten } of runs) {
      const about = Math.max(...keys.map((key) => aboutness(briefing, kind, key)).filter((each) => !Number.isNaN(each)));
      if (about === -Infinity) {
        if (isWhole && !areTogether(numbers.map((number) => standing(number, text)))) for (const number of numbers) scattered.add(number);
        continue;
      }
      // A compound is a word of its language: "Kernkraftwerk" is not only the beginning of another.
      const isForeign = isUnwritten || text.lang !== primary(lang);
      for (const number of numbers) if (isForeign || standing(number, text)) hinted.add(number);
      if (isForeign || numbers.every((number) => standing(number, text))) score += (keys.length > 1 ? 1 : HINT * numbers.length) * about;
    }
    let having = terms.length;
    let isBeginning = false;
    for (const number of asked) {
      const own = ownOf(number);
      const isYear = /^(19|20)\d\d$/.test(words[number].key) && yearOf(briefing.day) === Number(words[number].key);
      if (own) score += own.score;
      if (isYear) score += DATED;
      if (!must.includes(number) || !((own && !scattered.has(number)) || isYear || hinted.has(number))) continue;
      having++;
      if (own && own.isBeginning && !hinted.has(number)) isBeginning = true;
    }
    if (all ? having < parts : parts < 3 || having < Math.max(2, ENOUGH * parts)) continue;
    for (let number = 0; number < words.length; number++) {
      const own = ownOf(number);
      if (isNamed(number) && own) score += 0.5 * own.score;
      const next = number + 1 < words.length && ownOf(number + 1);
      if (!own || !next) continue;
      const places = new Set(next.places);
      if (own.places.some((place) => places.has(place + 1))) score += NEIGHBOURS * Math.min(own.share, next.share);
    }
    if (text.lang === primary(lang)) score *= OWN_LANGUAGE;
    score += (RECENT * (briefing.day - first)) / span;
    const best = found.get(briefing);
    const result = { briefing, score, isBeginning };
    if (!best || inOrder(result, best) < 0) found.set(briefing, result);
  }
  return Array.from(found.values())
    .sort(inOrder)
    .map((result) => ({ ...result, version: shownVersion(result.briefing, lang) }));
}

/* Whether a word stands in so many texts of some language that it says nothing beside others. */
function isNoise(index, { counts }) {
  return Array.from(counts).some(([lang, count]) => count > 2 && count > COMMON * index.languages.get(lang).count);
}

/* How much a briefing is about a term; NaN if it is not at all. */
function aboutness({ primary: own, mentions, topics }, kind, key) {
  const place = (kind === "country" ? own : topics).indexOf(key);
  if (place >= 0) return CENTRAL * (1 - Math.min(place, 5) * 0.08);
  return kind === "country" && mentions.includes(key) ? MENTIONED : NaN;
}

/* The version in the interface's language, else the original. */
function shownVersion({ versions }, lang) {
  return Math.max(0, versions.findIndex((tag) => primary(tag) === primary(lang)));
}

function inOrder(a, b) {
  return a.isBeginning - b.isBeginning || b.score - a.score || b.briefing.day - a.briefing.day || b.briefing.number - a.briefing.number;
}

/* Whether these words stand one after another: `found` is where each is in a text. */
function areTogether(found) {
  if (!found.every(Boolean)) return false;
  const first = found.findIndex((own) => own !== ANYWHERE);
  const follows = (place) => (own, step) => own === ANYWHERE || own.places.includes(place + step - first);
  return first < 0 || found[first].places.some((place) => found.every(follows(place)));
}
