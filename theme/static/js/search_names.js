/* Names by which a query may call countries, topics and organisations. plugins/pouch_search/names.py makes them. */

import { isInflected, withoutUmlauts } from "./search_words.js";

/* `languages` and `organisations` as all.names has them. */
export class Names {
  constructor({ languages = [], organisations = [] } = {}) {
    this.organisations = new Map(); // by form in small letters: all forms, abbreviations in capitals
    for (const forms of organisations.map((each) => each.split("|"))) {
      for (const form of forms) this.organisations.set(form.toLowerCase(), forms);
    }
    this.forms = new Map(); // by key or keys: [{ kind, key, caps }]
    this.stems = new Map(); // likewise, of stems that some ending follows
    this.endings = new Set([""]);
    this.longest = 1;
    this.ofTerm = new Map(); // "country:CH": its forms
    for (const { endings, ...kinds } of languages) {
      for (const ending of endings.split(" ")) this.endings.add(ending);
      for (const kind of ["country", "topic"]) {
        this.addAll(kind, kinds[kind]);
      }
    }
  }

  addAll(kind, terms) {
    for (const [key, forms] of Object.entries(terms)) this.add(kind, key, forms.split("|"));
  }

  add(kind, key, forms) {
    const own = this.ofTerm.get(`${kind}:${key}`) || new Set();
    this.ofTerm.set(`${kind}:${key}`, own);
    for (const form of forms) {
      const isStem = form.endsWith("~");
      const bare = isStem ? form.slice(0, -1) : form;
      const table = isStem ? this.stems : this.forms;
      const lower = bare.toLowerCase();
      if (!table.has(lower)) table.set(lower, []);
      table.get(lower).push({ kind, key, caps: bare !== lower && !bare.includes(" ") });
      this.longest = Math.max(this.longest, bare.split(" ").length);
      own.add(lower);
    }
  }

  /*
   * The term that these keys name, { kind, key, caps }: a country before a topic, a name as it stands before an inflected
   * one. Of a name that countries share, "Korea", `key` is empty and `keys` are theirs; one that topics share names none.
   */
  termOf(text) {
    let found = this.exactly(text);
    if (!found.length) found = this.exactly(withoutUmlauts(text));
    if (!found.length && text.length > 4 && !text.includes(" ")) {
      for (const [form, terms] of this.forms) {
        if (!isInflected(text, form, false)) continue;
        // Of "Pariser", "Paris" is no form.
        found.push(...terms.filter(({ kind }) => kind === "topic" || text.length >= form.length));
      }
    }
    const countries = found.filter(({ kind }) => kind === "country");
    const terms = countries.length ? countries : found;
    const keys = [...new Set(terms.map(({ key }) => key))];
    if (!keys.length || (keys.length > 1 && !countries.length)) return null;
    return { ...terms[0], key: keys.length > 1 ? "" : keys[0], keys, caps: terms.every(({ caps }) => caps) };
  }

  exactly(text) {
    const found = [...(this.forms.get(text) || [])];
    for (const ending of this.endings) {
      if (text.endsWith(ending)) found.push(...(this.stems.get(text.slice(0, text.length - ending.length)) || []));
    }
    return found;
  }

  /* What words of a query name: [{ kind, key, from, to, caps }], the longest names first. */
  within(words) {
    const found = [];
    for (let from = 0; from < words.length; from++) {
      for (let to = Math.min(words.length, from + this.longest); to > from; to--) {
        const term = this.termOf(words.slice(from, to).map(({ key }) => key).join(" "));
        if (!term) continue;
        found.push({ ...term, from, to });
        from = to - 1;
        break;
      }
    }
    return found;
  }
}
