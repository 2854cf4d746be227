/* The countries, topics and organisations that words of a query name. */

import { valueIn } from "./search_index.js";
import { phraseOf } from "./search_matching.js";
import { Names } from "./search_names.js";

const LONGEST_NAME = 10; // words of an organisation's name
const PARTS = 16; // files of further names, as in names.py

export class Terms {
  /* `folder` has the files of names; `names` are those of all.names. */
  constructor(index, folder, names) {
    this.index = index;
    this.folder = folder;
    this.names = names;
  }

  /* The words of a query, those that name an organisation as one: { key, names, phrases }, where some text has a name. */
  async withOrganisations(words) {
    const made = [];
    for (let from = 0; from < words.length; from++) {
      const word = await this.organisationAt(words, from);
      made.push(word || words[from]);
      if (word) from = word.to - 1;
    }
    return made;
  }

  async organisationAt(words, from) {
    for (let to = Math.min(words.length, from + LONGEST_NAME); to > from; to--) {
      const key = words.slice(from, to).map((word) => word.key).join(" ");
      const forms = this.names.organisations.get(key);
      if (!forms || this.names.termOf(key)) continue;
      // "who" may be a pronoun, "WHO" is not.
      const isAbbreviation = forms.includes(key.toUpperCase());
      if (isAbbreviation && !words[from].caps && (await this.index.isCommon(key))) continue;
      const names = forms.filter((form) => !form.includes(" "));
      const phrases = await Promise.all(
        forms.filter((form) => form.includes(" ")).map((form) => phraseOf(this.index, form.toLowerCase().split(" "), true)),
      );
      await Promise.all(names.map((name) => this.index.need(name.toLowerCase())));
      const isThere = names.some((name) => this.index.placesOf(name).length) || phrases.some(({ texts }) => texts.size);
      if (isThere) return { key, names, forms, phrases, caps: false, start: words[from].start, end: words[to - 1].end, to };
    }
    return null;
  }

  /* The countries and topics that words of the query name: [{ kind, key, keys, from, to }], places among its words. */
  recognised(words, ignored) {
    return this.meant(this.names.within(words), words, ignored);
  }

  async meant(terms, words, ignored) {
    const found = [];
    for (const term of terms) {
      if (ignored.has(term.key) || words.slice(term.from, term.to).some(({ names }) => names)) continue;
      // "us" may be a pronoun, "US" is not; alone, the country is meant.
      const word = words[term.from];
      const isMeant = !term.caps || term.to - term.from > 1 || word.caps || words.length === 1;
      if (isMeant || !(await this.index.isCommon(word.key))) found.push(term);
    }
    return found;
  }

  /* Likewise, by further words for topics in these languages. */
  async aliased(words, ignored, languages) {
    const aliases = await this.further(words, languages);
    return this.meant(aliases.within(words), words, ignored);
  }

  /* Likewise, by places and institutions that stand in no text: "Kremlin" for Russia. */
  async placed(words, ignored) {
    const places = await this.further(words, []);
    const found = [];
    for (const place of await this.meant(places.within(words), words, ignored)) {
      const { texts } = await phraseOf(this.index, words.slice(place.from, place.to).map(({ key }) => key));
      if (place.key && !texts.size) found.push(place);
    }
    return found;
  }

  /* Further names that begin as one of the words does: of topics in these languages, or without any, of countries. */
  async further(words, languages) {
    const letters = new Set(words.map(({ key }) => key.codePointAt(0) % PARTS));
    const parts = await Promise.all(Array.from(letters, (part) => valueIn(`${this.folder}further.${part}.names`)));
    const names = new Names();
    for (const { topic, country } of parts) {
      for (const lang of languages) names.addAll("topic", topic[lang] || {});
      if (!languages.length) names.addAll("country", country);
    }
    return names;
  }
}
