/* Words that are nearly those of a query, and names that begin as it does. */

import { RAW, keyOf, keysOf, parsed, plain, primary } from "./search_words.js";

const COMPOUNDING = new Set(["da", "de", "fi", "nb", "nl", "nn", "no", "sv"]); // languages that write compounds as one word

/* How many letters to add, drop, change or swap (Damerau and Levenshtein), or more than `most`. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[other.length];
}

/* Corrects queries. */
export class Speller {
  /* `terms` are the names that a query may have, `lang` is the reader's language. */
  constructor(index, terms, lang) {
    this.index = index;
    this.terms = terms;
    this.lang = lang;
  }

  /*
   * The query with each unknown word in its nearest spelling, of several the most frequent; empty if there is none. A
   * thorough search looks among rare words too.
   */
  async corrected(query, unknown, isThorough = false) {
    const words = await this.index.spellings(false);
    const rare = isThorough ? await this.index.spellings(true) : [];
    if (isThorough && !rare.length) return "";
    const spellings = new Map([...words, ...rare].map((word) => [keyOf(plain(word)), word]));
    await this.addNames(unknown, spellings);
    const wanted = new Map();
    for (const { key, caps } of unknown) {
      if (caps || this.terms.names.organisations.has(key)) continue; // an abbreviation is not meant as a word
      const parts = COMPOUNDING.has(primary(this.lang)) && divided(key, spellings);
      const meant = parts ? parts.join(" ") : nearest(key, spellings);
      if (meant) wanted.set(key, meant);
    }
    if (!wanted.size) return "";
    return query.replace(RAW, (raw) => wanted.get(keyOf(plain(raw))) || raw);
  }

  /* Names of what the archive has, in any language, and further words for its topics in the reader's. */
  async addNames(unknown, spellings) {
    const counts = this.index.counted(this.index.briefings);
    const { names } = this.terms;
    const aliases = await this.terms.further(unknown, [this.lang]);
    for (const forms of [names.forms, names.stems, aliases.forms]) {
      for (const [form, terms] of forms) {
        const isThere = terms.some(({ kind, key }) => counts[kind].has(key));
        if (isThere && !form.includes(" ") && form.length > 3 && !spellings.has(form)) spellings.set(form, form);
      }
    }
  }

  /* The query without its unknown words; empty if what is left says nothing. */
  async reduced(query, unknown) {
    const keys = new Set(unknown.map(({ key }) => key));
    const rest = parsed(query).words.filter(({ key }) => !keys.has(key));
    const common = await Promise.all(rest.map(({ key }) => this.index.isCommon(key)));
    if (!keys.size || !common.includes(false)) return "";
    return query.replace(RAW, (raw) => (keys.has(keyOf(plain(raw))) ? "" : raw)).replace(/\s+/g, " ").trim();
  }
}

/*
 * Terms whose names begin as `text` does: [{ kind, key, count }], the best first. `labels` are what the page calls
 * them, by "kind:key"; another name counts from its fourth letter on. `isLoose`: nearly spelt names too.
 */
export function suggestedTerms(index, names, text, labels, most, isLoose = false) {
  const typed = keysOf(text).map(({ key }) => key).join(" ");
  if (typed.length < 2) return [];
  const counts = index.counted(index.briefings);
  const found = [];
  for (const [id, label] of labels) {
    const [kind, key] = id.split(":");
    const count = counts[kind].get(key) || 0;
    if (!count) continue;
    const own = keysOf(label).map((word) => word.key).join(" ");
    let rank = rankOf(typed, own, isLoose);
    for (const form of names.ofTerm.get(id) || []) {
      if (form === typed) rank = Math.min(rank, 1);
      else if (typed.length > 3) rank = Math.min(rank, 2 + rankOf(typed, form, isLoose));
    }
    if (rank < Infinity) found.push({ kind, key, count, rank });
  }
  return found.sort((a, b) => a.rank - b.rank || b.count - a.count).slice(0, most);
}

/* How near a name is to what is typed: the same, a beginning, the beginning of a further word, nearly spelt. */
function rankOf(typed, name, isLoose) {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (name.includes(" " + typed)) return 2;
  const most = typed.length > 6 ? 2 : 1;
  return isLoose && typed.length > 3 && distance(typed, name, most) <= most ? 3 : Infinity;
}

/* The word that is spelt most like an unknown one, of several the first; of a plural, its singular may be meant. */
function nearest(key, spellings) {
  if (key.length < 4) return "";
  const most = key.length < 7 ? 1 : key.length < 10 ? 2 : 3;
  let least = Infinity;
  let found = "";
  for (const [other, word] of spellings) {
    let far = distance(key, other, most);
    const [, singular] = /^(.{4,}?)(?:e?s|e?n)$/.exec(other) || [];
    if (far > 1 && singular) far = Math.min(far, 0.5 + distance(key, singular, most));
    if (far > most + 0.5 || !far) continue;
    const rank = far + (other[0] === key[0] ? 0 : 0.6);
    if (rank < least) found = word;
    least = Math.min(least, rank);
  }
  return found;
}

/* The two words that a compound is made of, "Sudankrieg", the longer first one the better; null if it is none. */
function divided(key, spellings) {
  for (let place = key.length - 4; place > 3; place--) {
    const last = spellings.get(key.slice(place));
    const first = last && (spellings.get(key.slice(0, place)) || (key[place - 1] === "s" && spellings.get(key.slice(0, place - 1))));
    if (first) return [first, last];
  }
  return null;
}
