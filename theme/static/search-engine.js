/*
 * The search index, asked in the browser: words of a query, briefings that have them, in order of worth.
 *
 * plugins/pouch_search makes the files. Nothing here touches the page.
 */

import { excerpt } from "./js/excerpt.js";
import { dateOf, dayOf, daysOf, monthIn } from "./js/months.js";
import { COMMON, SearchIndex, valueIn } from "./js/search_index.js";
import { match, phraseOf, weigh, withoutFiller } from "./js/search_matching.js";
import { Names } from "./js/search_names.js";
import { ranked } from "./js/search_ranking.js";
import { Speller, suggestedTerms } from "./js/search_spelling.js";
import { Terms } from "./js/search_terms.js";
import { SIGN, keysOf, parsed, primary, wordsIn } from "./js/search_words.js";

export { dateOf, dayOf, daysOf, excerpt, keysOf, monthIn, parsed, wordsIn };

const RIGHT_TO_LEFT = new Set("ar arc ckb dv fa he iw ks ps sd ug ur yi".split(" "));

export function directionOf(lang) {
  return RIGHT_TO_LEFT.has(lang) ? "rtl" : "ltr";
}

export class Engine {
  /* `folder` has the files of the index; `lang` is the interface's; `languages` are all interface languages. */
  constructor({ folder, lang, languages }) {
    this.folder = folder;
    this.lang = lang;
    this.languages = [lang, ...languages.filter((each) => each !== lang)];
    this.index = new SearchIndex(folder);
  }

  async open() {
    const [names] = await Promise.all([valueIn(`${this.folder}all.names`), this.index.open()]);
    this.names = new Names(names);
    this.terms = new Terms(this.index, this.folder, this.names);
    this.speller = new Speller(this.index, this.terms, this.lang);
    return this;
  }

  /*
   * What is asked: `query`, and `filters`: countries, topics, languages, from and to (days as the index counts them),
   * and `ignored`, keys of terms that are meant as words. The answer: results in order of worth, each
   * { briefing, score, version }; the terms that were recognised; `marks`, keys by weight, to be shown in excerpts;
   * `unknown`, words that stand in no text; and whether every word was asked for.
   */
  async search(query, filters = {}) {
    const { words: typed, phrases } = parsed(query);
    const ignored = new Set(filters.ignored || []);
    const words = await this.terms.withOrganisations(typed);
    const fetched = withoutFiller(this.index, words);
    const matches = await Promise.all(
      words.map((word) => (fetched.has(word) ? match(this.index, this.lang, word, words.length === 1) : [])),
    );
    const weighed = matches.map((forms, number) => weigh(this.index, forms, words[number].phrases));
    const isUnknown = (number) => fetched.has(words[number]) && !weighed[number].texts.size;
    const { named, terms, hints } = await this.meant(words, ignored, weighed, isUnknown);
    const exact = await Promise.all(phrases.map((keys) => phraseOf(this.index, keys)));
    const within = this.index.briefings.filter((briefing) => isWithin(briefing, filters));
    const isNamed = (number) => terms.some(({ from, to }) => from <= number && number < to);
    const unknown = words.filter((_, number) => isUnknown(number) && !isNamed(number));
    const answer = { terms, unknown, all: true, words };
    const attempt = (taken, all) => {
      answer.results = ranked(this.index, this.lang, within, { words, weighed, exact, fetched, terms: taken, hints, all });
      answer.terms = taken;
      answer.all = all;
      return answer.results.length > 0;
    };
    if (answer.unknown.length || !(attempt(terms, true) || attempt([], true))) {
      const places = (await this.terms.placed(words, ignored)).filter((each) => !overlaps(each, named));
      const some = [...terms.filter((each) => !overlaps(each, places)), ...places];
      const more = (await this.terms.aliased(words, ignored, this.languages)).filter((each) => !overlaps(each, some));
      attempt([...some, ...more], true) || attempt(some, true) || attempt(terms, true) || attempt([], true) || attempt(terms, false) || attempt([], false);
    }
    if (!answer.results.length) answer.terms = [];
    answer.marks = this.marks(words, matches, weighed, exact.length ? phrases : [], answer.terms);
    return answer;
  }

  /* The terms that the words name, `named`; of these and of further words for topics those that briefings must be
     about, and those that only speak for some, `hints`. */
  async meant(words, ignored, weighed, isUnknown) {
    const named = await this.terms.recognised(words, ignored);
    // Further words for topics say what a term's name is a part of, or stand for words that texts of the reader's language lack.
    const { languages, briefings } = this.index;
    const isPlain = !named.length && languages.size === 1 && languages.has(primary(this.lang)) && !words.some((_, number) => isUnknown(number));
    const aliases = isPlain ? [] : await this.terms.aliased(words, ignored, [this.lang]);
    // Abbreviations that stand in no text, and "forest fires", which is no forest.
    const isOther = ({ caps, from }) => caps && !this.index.placesOf(words[from].key.toUpperCase()).length;
    const isPart = (one, other) => other.from <= one.from && one.to <= other.to && other.to - other.from > one.to - one.from;
    const terms = named.filter(
      (term) => term.key && (term.kind === "country" || !aliases.some((alias) => isPart(term, alias))),
    );
    const hints = named.filter(({ key }) => !key);
    const own = aliases.filter((alias) => !overlaps(alias, [...terms, ...hints]));
    // A topic of most briefings says nothing, as a common word does.
    const isBroad = ({ key }) => briefings.filter(({ topics }) => topics.includes(key)).length > COMMON * briefings.length;
    for (const alias of own) {
      if (isOther(alias)) terms.push(alias);
      else if (!isBroad(alias)) hints.push(alias);
    }
    return { named, terms, hints };
  }

  /* The words to mark in excerpts, by how much each says. */
  marks(words, matches, weighed, phrases, terms) {
    const marks = new Map();
    const add = (key, weight) => marks.set(key.toLowerCase(), Math.max(weight, marks.get(key.toLowerCase()) || 0));
    matches.forEach((forms, number) => {
      const { texts } = weighed[number];
      let share = 0;
      for (const own of texts.values()) if (!own.isCommon) share = Math.max(share, own.share);
      if (!share) return;
      for (const { key, weight } of forms) add(key, share * weight);
      for (const name of words[number].forms || []) {
        for (const key of name.toLowerCase().split(" ")) if (key.length > 4) add(key, share);
      }
    });
    for (const keys of phrases) for (const key of keys) add(key, SIGN.test(key) ? 1 : 0.3 + key.length / 10);
    for (const { kind, key } of terms) {
      for (const form of this.names.ofTerm.get(`${kind}:${key}`) || []) if (!form.includes(" ")) add(form, 0.4);
    }
    return marks;
  }

  facts(briefing) {
    return this.index.facts(briefing);
  }

  /* How many of these briefings, or of all, each country, topic and language has. */
  counted(briefings = this.index.briefings) {
    return this.index.counted(briefings);
  }

  corrected(query, unknown, isThorough) {
    return this.speller.corrected(query, unknown, isThorough);
  }

  reduced(query, unknown) {
    return this.speller.reduced(query, unknown);
  }

  suggested(text, labels, most, isLoose) {
    return suggestedTerms(this.index, this.names, text, labels, most, isLoose);
  }
}

/* Whether a run of words has a word in common with one of others. */
function overlaps(one, others) {
  return others.some((other) => one.from < other.to && other.from < one.to);
}

function isWithin(briefing, { countries = [], topics = [], languages = [], from = 0, to = Infinity }) {
  return (
    countries.every((code) => briefing.primary.includes(code)) &&
    topics.every((key) => briefing.topics.includes(key)) &&
    languages.every((lang) => briefing.versions.some((tag) => primary(tag) === lang)) &&
    from <= briefing.day &&
    briefing.day <= to
  );
}
