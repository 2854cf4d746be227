/*
 * The search index, read in the browser: words of a query, briefings that have them, in order of worth.
 *
 * plugins/pouch_search makes the files: `words.py` takes texts apart as `keysOf` does here, `packing.py` says what the
 * files hold. Nothing here touches the page.
 */

const PATIENCE = 30000; // milliseconds for the index to come

/* Words. */

const SIGNS = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const SIGN = new RegExp(`[${SIGNS}]`, "u"); // scripts without blanks: each sign is a word
const WORD = new RegExp(`[${SIGNS}]|(?:(?![${SIGNS}])[\\p{L}\\p{N}])+`, "gu");
const RAW = new RegExp(`[${SIGNS}]\\p{M}*|(?:(?![${SIGNS}])[\\p{L}\\p{N}])(?:(?![${SIGNS}])[\\p{L}\\p{N}\\p{M}])*`, "gu");
const DOTTED = /(?<![\p{L}\p{N}_])(?:\p{L}\.){2,}/gu;
const ARTICLE = /(?<![\p{L}\p{N}_])\p{L}{1,2}['’](?=\p{L})/gu;
const GENITIVE = /['’][sS](?![\p{L}\p{N}_])/gu;
const LETTERS = {
  ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h", ŧ: "t",
  ŋ: "n", ɓ: "b", ɗ: "d", ƙ: "k", ƴ: "y", ə: "e", ĸ: "q", ς: "σ",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

const isUpper = (text) => text === text.toUpperCase() && text !== text.toLowerCase();
const isAbbreviation = (word) => word.length > 1 && word.length <= 6 && isUpper(word);

/* Without accents and ligatures; the case stays. */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFC");
}

function keyOf(word) {
  return word.toLowerCase().replace(LETTER, (letter) => LETTERS[letter]);
}

/* The words of a text: { key, caps, start, end }, with places in the prepared text. */
export function keysOf(text) {
  const ready = plain(text)
    .replace(DOTTED, (dotted) => (isUpper(dotted) ? dotted.replaceAll(".", "") : dotted))
    .replace(ARTICLE, " ")
    .replace(GENITIVE, " ");
  const shouted = isUpper(ready) && ready.trim().includes(" ");
  return Array.from(ready.matchAll(WORD), ({ 0: word, index }) => ({
    key: keyOf(word),
    caps: !shouted && isAbbreviation(word),
    start: index,
    end: index + word.length,
  }));
}

/* The words of a text as it stands: { key, start, end }. */
export function wordsIn(text) {
  return Array.from(text.matchAll(RAW), ({ 0: raw, index }) => ({
    key: keyOf(plain(raw)),
    start: index,
    end: index + raw.length,
  }));
}

/* What a query asks for: words, and exact phrases, which stand in quotation marks or in a script without blanks. */
export function parsed(query) {
  const words = [];
  const phrases = [];
  query
    .replace(/[“”„«»「」]/g, '"')
    .split('"')
    .forEach((part, number, parts) => {
      const keys = keysOf(part);
      if (number % 2 && number < parts.length - 1) {
        if (keys.length) phrases.push(keys.map(({ key }) => key));
        return;
      }
      let run = [];
      let end = -1;
      for (const word of keys) {
        if (!SIGN.test(word.key)) {
          words.push(word);
          continue;
        }
        if (word.start !== end) {
          run = [];
          phrases.push(run);
        }
        run.push(word.key);
        end = word.end;
      }
    });
  return { words, phrases };
}

/* Forms of one word: "election" and "elections", "Partei" and "Parteien". A common beginning, and two endings of the
   text's language; a language that is not here may have any of them. */
const ENDINGS = Object.fromEntries(
  Object.entries({
    en: " s es d ed ing",
    fr: " s e es x i ne nes",
    de: " s es e n en ne er ern em",
    es: " s es a o as os n",
  }).map(([lang, endings]) => [lang, new Set(endings.split(" "))]),
);
const ANY_ENDING = new Set(Object.values(ENDINGS).flatMap((endings) => [...endings]));

/* Whether in texts of this language, or of any, one is a form of the other. */
function isInflected(key, other, isName, lang = "") {
  if (isName) return other === key + "s" || key === other + "s";
  let same = 0;
  while (same < key.length && key[same] === other[same]) same++;
  const endings = [key.slice(same), other.slice(same)];
  if (endings[0] + endings[1] === "yies" || endings[0] + endings[1] === "iesy") return same > 2;
  // The stem may end in a letter that an ending begins with: "state", "states".
  return same > 3 && endings.every((ending) => (ENDINGS[lang] || ANY_ENDING).has(ending));
}

/* How a word is typed where the keyboard has no umlaut. */
function withoutUmlauts(key) {
  return key.replace(/([aou])e/g, "$1");
}

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

/* Files. */

const files = new Map();

function fetched(address) {
  if (!files.has(address)) {
    const file = unpacked(address);
    files.set(address, file);
    file.catch(() => files.delete(address));
  }
  return files.get(address);
}

async function unpacked(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  // Whole first: a stream that ends before its answer does would break the answer off.
  const packed = await answer.blob();
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/* The numbers of a column: packing.py writes them as signs. */
function numbersIn(signs) {
  const numbers = [];
  let more = 0;
  let times = 75;
  for (let place = 0; place < signs.length; place++) {
    const code = signs.charCodeAt(place);
    const digit = code - 0x23 - (code > 0x5c);
    if (digit < 75) {
      numbers.push(more + digit);
      more = 0;
      times = 75;
    } else {
      more += (digit - 75) * times;
      times *= 16;
    }
  }
  return numbers;
}

const LENGTH_STEP = 16; // words: the index says lengths of texts in so many

/* A part of the archive: what its entry says, in rows, and the postings of its words. */
class Shard {
  constructor(folder, entry, first) {
    this.folder = folder;
    this.entry = entry;
    this.first = first; // number of its first briefing in the whole archive
    this.briefings = [];
    this.texts = []; // { briefing, version, lang, lead, body, end }
    this.postings = new Map(); // by key
    this.read = new Set(); // runs
    const [leads, openings, lengths] = entry.lengths.map(numbersIn);
    const [primaries, mentions, topics] = [entry.primary, entry.mentions, entry.about].map((rows) => rows.split(" ").map(numbersIn));
    let day = 0;
    let text = 0;
    numbersIn(entry.days).forEach((step, number) => {
      day += step;
      const versions = entry.versions[number].split(" ");
      const briefing = {
        number: first + number,
        shard: this,
        place: number,
        day,
        primary: primaries[number].map((each) => entry.countries[each]),
        mentions: mentions[number].map((each) => entry.countries[each]),
        topics: topics[number].map((each) => entry.topics[each]),
        versions,
      };
      this.briefings.push(briefing);
      versions.forEach((tag, version) => {
        const lead = leads[text];
        const body = lead + openings[text];
        const end = body + LENGTH_STEP * lengths[text];
        this.texts.push({ briefing, version, lang: primary(tag), lead, body, end });
        text++;
      });
    });
  }

  /* Reads the runs that hold the keys from `first` to those that begin with `last`, at most `most` of them. */
  async need(first, last, most) {
    const { starts, runs } = this.entry;
    let number = starts.findLastIndex((start) => start <= first);
    number = Math.max(number, 0);
    const wanted = [];
    while (number < starts.length && wanted.length < most && (starts[number] <= last + "\uffff")) {
      wanted.push(runs[number++]);
    }
    await Promise.all(wanted.map((run) => this.readRun(run)));
  }

  async readRun(run) {
    if (this.read.has(run)) return;
    const text = await fetched(`${this.folder}${run}.words`);
    if (this.read.has(run)) return;
    this.read.add(run);
    for (const line of text.split("\n")) {
      const blank = line.indexOf(" ");
      if (blank < 0) continue;
      const isName = line[blank - 1] === "^";
      const key = line.slice(0, isName ? blank - 1 : blank);
      this.postings.set(key, { isName, text: line.slice(blank + 1), places: null });
    }
  }

  /* [text, places] of each text that has the key. */
  placesOf(key) {
    const found = this.postings.get(key);
    if (!found) return [];
    if (!found.places) {
      let number = 0;
      found.places = found.text.split(";").map((row) => {
        const [step, ...steps] = row.split(",");
        number += parseInt(step, 36);
        let place = 0;
        return [this.texts[number], steps.map((each) => (place += parseInt(each, 36)))];
      });
    }
    return found.places;
  }

  async facts(briefing) {
    const { bundle, bundles } = this.entry;
    const name = bundles[Math.floor(briefing.place / bundle)];
    return JSON.parse(await fetched(`${this.folder}${name}.texts`))[briefing.place % bundle];
  }
}

function primary(tag) {
  return tag.split("-")[0].toLowerCase();
}

/* Names by which a query may call countries and topics, and the forms of organisations' names. */
class Names {
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

/* Weights. What stands in a title says most of what a briefing is about. */
const TITLE = 6;
const LEAD = 2;
const SATURATION = 1.2;
const INFLECTED = 0.6;
const BEGINNING = 0.25;
const NEIGHBOURS = 0.5; // two words side by side, as they were asked for
const CENTRAL = 1; // a briefing on the country or topic asked for
const MENTIONED = 0.25;
const HINT = 0.5; // a word that speaks for a topic, of a briefing on that topic
const DATED = 1; // a year, of a briefing of that year
const RECENT = 0.05;
const OWN_LANGUAGE = 1.1;
const TIED = 12; // spellings that are as near as each other
const COMMON = 0.4; // words in so many of a language's texts say nothing beside others
const COMPOUNDING = new Set(["da", "de", "fi", "nb", "nl", "nn", "no", "sv"]); // languages that write compounds as one word
const LONGEST_NAME = 10; // words of an organisation's name
const PARTS = 16; // files of further names, as in names.py
const EXCERPT_WORDS = 36;
const RIGHT_TO_LEFT = new Set("ar arc ckb dv fa he iw ks ps sd ug ur yi".split(" "));
const ENOUGH = 0.5; // of the words and terms: where no briefing has all of them

export class Engine {
  /* `lang` is the interface's; `languages` are all interface languages. */
  constructor({ index, shards, lang, languages }) {
    this.index = index;
    this.folders = shards;
    this.lang = lang;
    this.languages = [lang, ...languages.filter((each) => each !== lang)];
    this.shards = [];
    this.names = new Names();
    this.texts = new Map(); // numbers of texts and of their words, by language
  }

  async open() {
    const [names, ...entries] = await Promise.all([
      fetched(`${this.index}all.names`),
      ...this.folders.map((folder) => fetched(`${folder}entry.index`)),
    ]);
    this.names = new Names(JSON.parse(names));
    let first = 0;
    this.shards = entries.map((entry, number) => {
      const shard = new Shard(this.folders[number], JSON.parse(entry), first);
      first += shard.briefings.length;
      return shard;
    });
    for (const { lang, end } of this.shards.flatMap(({ texts }) => texts)) {
      const sum = this.texts.get(lang) || { count: 0, words: 0 };
      sum.count++;
      sum.words += end;
      this.texts.set(lang, sum);
    }
    return this;
  }

  get briefings() {
    return this.shards.flatMap(({ briefings }) => briefings);
  }

  /* Words. */

  /* What a word of the query, maybe its only one, matches: forms [{ key, weight, isBeginning }]. */
  async match(word, isAlone) {
    const { key, caps } = word;
    if (word.names) return word.names.filter((name) => name.length === 1).map(([form]) => ({ key: form, weight: 1 }));
    let forms = await this.formsOf(key);
    const upper = key.toUpperCase();
    const has = (other) => forms.some((each) => each.key === other);
    const exact = [];
    const isCommon = await this.isCommon(key);
    if (has(upper) && (caps || (isAlone && isCommon))) exact.push(upper);
    else if (!caps || !isCommon) for (const each of new Set([key, upper])) if (has(each)) exact.push(each);
    if (!exact.length) {
      const other = withoutUmlauts(key);
      if (other !== key) {
        const others = await this.formsOf(other);
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
        matched.push({ key: each.key, weight: INFLECTED, isForm: (lang) => this.isRelated(key, lang) && isInflected(key, each.key, name, lang) });
      } else if (
        each.key.startsWith(key) &&
        ((!exact.length && key.length > 2) || (!isShort && !name)) &&
        !/^\p{N}/u.test(key)
      ) {
        matched.push({ key: each.key, weight: BEGINNING, isBeginning: true, isForm: (lang) => this.isRelated(key, lang) });
      }
    }
    return matched;
  }

  /* Whether a word that looks like the key may mean the same in a text of this language: German "Mond" is not "monde". */
  isRelated(key, lang) {
    return lang === primary(this.lang) || key.length > 5;
  }

  /* The forms of the index that begin as the key does: [{ key, isName }]. */
  async formsOf(key) {
    const stem = key.length < 5 ? key : key.slice(0, Math.max(4, key.length - 2));
    await Promise.all(this.shards.map((shard) => shard.need(stem, key, 3)));
    const found = new Map();
    for (const { postings } of this.shards) {
      for (const [each, { isName }] of postings) {
        if (!each.toLowerCase().startsWith(stem)) continue;
        const before = found.get(each);
        found.set(each, { key: each, isName: isName && (!before || before.isName) });
      }
    }
    return Array.from(found.values());
  }

  /* How many texts have a word. */
  async textsWith(key) {
    await Promise.all(this.shards.map((shard) => shard.need(key, key, 1)));
    return this.placesOf(key).length + this.placesOf(key.toUpperCase()).length;
  }

  placesOf(key) {
    return this.shards.flatMap((shard) => shard.placesOf(key));
  }

  async isCommon(key) {
    await Promise.all(this.shards.map((shard) => shard.need(key, key, 1)));
    const counts = new Map();
    for (const [{ lang }] of this.placesOf(key)) counts.set(lang, (counts.get(lang) || 0) + 1);
    return Array.from(counts).some(([lang, count]) => count > 1 && count > COMMON * this.texts.get(lang).count);
  }

  /*
   * Where a word stands: by text, { score, share, places, isBeginning }. `share` is how much its language makes of the
   * word: the rarer, the more, from 0 to 1. `phrases` are names of several words for the same thing.
   */
  weigh(forms, phrases = []) {
    const texts = new Map();
    const found = forms.map(({ key, ...form }) => ({ ...form, rows: this.placesOf(key) }));
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
      const { count, words } = this.texts.get(text.lang);
      const having = counts.get(text.lang);
      own.share = Math.log(1 + (count - having + 0.5) / (having + 0.5)) / Math.log(2 + count);
      own.isCommon = having > COMMON * count && count > 2;
      const length = 0.4 + 0.6 * (text.end / (words / count));
      own.score = own.share * (own.points / (own.points + SATURATION * length)) * (own.isBeginning ? BEGINNING : 1);
    }
    return { texts, counts };
  }

  /* The texts that have these words in this order: an exact phrase. */
  async phrase(keys) {
    const read = (some) => Promise.all(some.flatMap((key) => this.shards.map((shard) => shard.need(key, key, 1))));
    const longest = keys.reduce((one, other) => (other.length > one.length ? other : one));
    await read([longest]);
    if (!this.placesOf(longest).length && !this.placesOf(longest.toUpperCase()).length) return { texts: new Map() };
    await read(keys);
    let found = null;
    keys.forEach((key, offset) => {
      const here = new Map();
      for (const form of new Set([key, key.toUpperCase()])) {
        for (const [text, places] of this.placesOf(form)) {
          const before = found && found.get(text);
          if (found && !before) continue;
          const own = here.get(text) || new Set();
          for (const place of places) if (!found || before.has(place - offset)) own.add(place - offset);
          if (own.size) here.set(text, own);
        }
      }
      found = here;
    });
    const texts = new Map();
    for (const [text, places] of found || []) {
      let points = 0;
      for (const place of places) points += place < text.lead ? TITLE : place < text.body ? LEAD : 1;
      texts.set(text, { score: points / (points + SATURATION), share: 1, places: Array.from(places) });
    }
    return { texts };
  }

  /* Terms. */

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
      if (isAbbreviation && !words[from].caps && (await this.isCommon(key))) continue;
      const names = forms.filter((form) => !form.includes(" "));
      const phrases = await Promise.all(
        forms.filter((form) => form.includes(" ")).map((form) => this.phrase(form.toLowerCase().split(" "))),
      );
      await Promise.all(names.flatMap((name) => this.shards.map((shard) => shard.need(name.toLowerCase(), name.toLowerCase(), 1))));
      const isThere = names.some((name) => this.placesOf(name).length) || phrases.some(({ texts }) => texts.size);
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
      if (isMeant || !(await this.isCommon(word.key))) found.push(term);
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
      const { texts } = await this.phrase(words.slice(place.from, place.to).map(({ key }) => key));
      if (place.key && !texts.size) found.push(place);
    }
    return found;
  }

  /* Further names that begin as one of the words does: of topics in these languages, or without any, of countries. */
  async further(words, languages) {
    const parts = new Set(words.map(({ key }) => key.codePointAt(0) % PARTS));
    const texts = await Promise.all(Array.from(parts, (part) => fetched(`${this.index}further.${part}.names`)));
    const names = new Names();
    for (const { topic, country } of texts.map((text) => JSON.parse(text))) {
      for (const lang of languages) names.addAll("topic", topic[lang] || {});
      if (!languages.length) names.addAll("country", country);
    }
    return names;
  }

  /* Searching. */

  /*
   * What is asked: `query`, and `filters`: countries, topics, languages, from and to (days as the index counts them),
   * and `ignored`, keys of terms that are meant as words. The answer: results in order of worth, each
   * { briefing, score, version }; the terms that were recognised; `marks`, keys by weight, to be shown in excerpts;
   * `unknown`, words that stand in no text; and whether every word was asked for.
   */
  async search(query, filters = {}) {
    const { words: typed, phrases } = parsed(query);
    const ignored = new Set(filters.ignored || []);
    const words = await this.withOrganisations(typed);
    const matches = await Promise.all(words.map((word) => this.match(word, words.length === 1)));
    const named = await this.recognised(words, ignored);
    const weighed = matches.map((forms, number) => this.weigh(forms, words[number].phrases));
    // Further words for topics say what a term's name is a part of, or stand for words that texts of the reader's language lack.
    const isPlain = !named.length && this.texts.size === 1 && this.texts.has(primary(this.lang)) && weighed.every(({ texts }) => texts.size);
    const aliases = isPlain ? [] : await this.aliased(words, ignored, [this.lang]);
    // Abbreviations that stand in no text, and "forest fires", which is no forest.
    const isOther = ({ caps, from }) => caps && !this.placesOf(words[from].key.toUpperCase()).length;
    const isPart = (one, other) => other.from <= one.from && one.to <= other.to && other.to - other.from > one.to - one.from;
    const terms = named.filter(
      (term) => term.key && (term.kind === "country" || !aliases.some((alias) => isPart(term, alias))),
    );
    const overlaps = (one, others) => others.some((other) => isOverlap(one, other));
    const hints = named.filter(({ key }) => !key);
    const own = aliases.filter((alias) => !overlaps(alias, [...terms, ...hints]));
    // A topic of most briefings says nothing, as a common word does.
    const isBroad = ({ key }) => this.briefings.filter(({ topics }) => topics.includes(key)).length > COMMON * this.briefings.length;
    for (const alias of own) {
      if (isOther(alias)) terms.push(alias);
      else if (!isBroad(alias)) hints.push(alias);
    }
    const exact = await Promise.all(phrases.map((keys) => this.phrase(keys)));
    const within = this.briefings.filter((briefing) => this.isWithin(briefing, filters));
    const isNamed = (number) => terms.some(({ from, to }) => from <= number && number < to);
    const unknown = words.filter((_, number) => !weighed[number].texts.size && !isNamed(number));
    const answer = { terms, unknown, all: true, words };
    const attempt = (taken, all) => {
      answer.results = this.ranked(within, { words, weighed, exact, terms: taken, hints, all });
      answer.terms = taken;
      answer.all = all;
      return answer.results.length > 0;
    };
    if (answer.unknown.length || !(attempt(terms, true) || attempt([], true))) {
      const places = (await this.placed(words, ignored)).filter((each) => !overlaps(each, named));
      const some = [...terms.filter((each) => !overlaps(each, places)), ...places];
      const more = (await this.aliased(words, ignored, this.languages)).filter((each) => !overlaps(each, some));
      attempt([...some, ...more], true) || attempt(some, true) || attempt(terms, true) || attempt([], true) || attempt(terms, false) || attempt([], false);
    }
    if (!answer.results.length) answer.terms = [];
    answer.marks = this.marks(words, matches, weighed, exact.length ? phrases : [], answer.terms);
    return answer;
  }

  isWithin(briefing, { countries = [], topics = [], languages = [], from = 0, to = Infinity }) {
    return (
      countries.every((code) => briefing.primary.includes(code)) &&
      topics.every((key) => briefing.topics.includes(key)) &&
      languages.every((lang) => briefing.versions.some((tag) => primary(tag) === lang)) &&
      from <= briefing.day &&
      briefing.day <= to
    );
  }

  /*
   * The briefings that have the words and exact phrases and are about the terms, in order of worth. `hints` are topics
   * that words of the query speak for: they answer for the words in texts of other languages. Not `all`: briefings that
   * have at least half of what is asked for.
   */
  ranked(briefings, { words, weighed, exact, terms, hints, all }) {
    const wanted = new Set(briefings);
    const days = briefings.map(({ day }) => day);
    const first = Math.min(...days);
    const span = Math.max(...days) - first || 1;
    const isNamed = (number) => terms.some(({ from, to }) => from <= number && number < to);
    const asked = words.map((_, number) => number).filter((number) => !isNamed(number));
    // Common words are left aside, unless nothing else is asked for.
    const telling = asked.filter((number) => !this.isNoise(weighed[number]));
    const must = telling.length || exact.length || terms.length ? telling : asked;
    const parts = must.length + terms.length;
    const found = new Map();
    const every = this.shards.flatMap(({ texts }) => texts);
    // "Coupe du monde" is one thing: a text with "coupe" here and "monde" there has not been asked for. Where no text of
    // the reader's language has it, what is about it answers.
    const runs = hints.map(({ from, to, keys, ...hint }) => {
      const numbers = words.map((_, number) => number).slice(from, to);
      const isWhole = to - from > 1 || keys.length > 1;
      const has = (text) => text.lang === primary(this.lang) && areTogether(numbers.map((number) => weighed[number].texts.get(text)));
      return { ...hint, keys, numbers, isWhole, isUnwritten: keys.length > 1 || (isWhole && !every.some(has)) };
    });
    for (const text of every) {
      const { briefing } = text;
      if (!wanted.has(briefing)) continue;
      let score = 0;
      for (const { texts } of exact) score += texts.has(text) ? texts.get(text).score : NaN;
      for (const { kind, key } of terms) score += this.about(briefing, kind, key);
      if (Number.isNaN(score)) continue;
      const ownOf = (number) => weighed[number].texts.get(text);
      const hinted = new Set();
      const scattered = new Set();
      for (const { kind, keys, numbers, isWhole, isUnwritten } of runs) {
        const about = Math.max(...keys.map((key) => this.about(briefing, kind, key)).filter((each) => !Number.isNaN(each)));
        if (about === -Infinity) {
          if (isWhole && !areTogether(numbers.map(ownOf))) for (const number of numbers) scattered.add(number);
          continue;
        }
        // A compound is a word of its language: "Kernkraftwerk" is not only the beginning of another.
        const isForeign = isUnwritten || text.lang !== primary(this.lang);
        for (const number of numbers) if (isForeign || ownOf(number)) hinted.add(number);
        if (isForeign || numbers.every(ownOf)) score += (keys.length > 1 ? 1 : HINT * numbers.length) * about;
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
      if (text.lang === primary(this.lang)) score *= OWN_LANGUAGE;
      score += (RECENT * (briefing.day - first)) / span;
      const best = found.get(briefing);
      const result = { briefing, score, isBeginning };
      if (!best || inOrder(result, best) < 0) found.set(briefing, result);
    }
    return Array.from(found.values())
      .sort(inOrder)
      .map((result) => ({ ...result, version: this.shownVersion(result.briefing) }));
  }

  /* Whether a word stands in so many texts of some language that it says nothing beside others. */
  isNoise({ counts }) {
    return Array.from(counts).some(([lang, count]) => count > 2 && count > COMMON * this.texts.get(lang).count);
  }

  /* How much a briefing is about a term; NaN if it is not at all. */
  about({ primary: own, mentions, topics }, kind, key) {
    const place = (kind === "country" ? own : topics).indexOf(key);
    if (place >= 0) return CENTRAL * (1 - Math.min(place, 5) * 0.08);
    return kind === "country" && mentions.includes(key) ? MENTIONED : NaN;
  }

  /* The version in the interface's language, else the original. */
  shownVersion({ versions }) {
    return Math.max(0, versions.findIndex((tag) => primary(tag) === primary(this.lang)));
  }

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
    return briefing.shard.facts(briefing);
  }

  /* How many of these results each country, topic and language has. */
  counted(results) {
    const counts = { country: new Map(), topic: new Map(), language: new Map() };
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    for (const { briefing } of results) {
      for (const code of briefing.primary) add(counts.country, code);
      for (const key of briefing.topics) add(counts.topic, key);
      for (const lang of new Set(briefing.versions.map(primary))) add(counts.language, lang);
    }
    return counts;
  }

  /* Nearest spellings. */

  /*
   * The query with each unknown word in its nearest spelling, of several the most frequent; empty if there is none. A
   * shard has the frequent words of all, so one is enough, unless the search is thorough.
   */
  async corrected(query, unknown, isThorough = false) {
    if (isThorough && this.shards.length === 1) return "";
    const shards = isThorough ? this.shards : this.shards.slice(0, 1);
    const lists = await Promise.all(shards.map(({ folder, entry }) => fetched(`${folder}${entry.spelling}.spelling`)));
    const spellings = new Map();
    for (const word of lists.join("\n").split("\n")) spellings.set(keyOf(plain(word)), word);
    // Names of what the archive has, in any language, and further words for its topics in the reader's.
    const { country, topic } = this.counted(this.briefings.map((briefing) => ({ briefing })));
    const aliases = await this.further(unknown, [this.lang]);
    for (const forms of [this.names.forms, this.names.stems, aliases.forms]) {
      for (const [form, terms] of forms) {
        const isThere = terms.some(({ kind, key }) => (kind === "country" ? country : topic).has(key));
        if (isThere && !form.includes(" ") && form.length > 3 && !spellings.has(form)) spellings.set(form, form);
      }
    }
    const wanted = new Map();
    for (const { key, caps } of unknown) {
      if (caps || this.names.organisations.has(key)) continue; // an abbreviation is not meant as a word
      const parts = COMPOUNDING.has(primary(this.lang)) && divided(key, spellings);
      if (parts) {
        wanted.set(key, parts.join(" "));
        continue;
      }
      const words = nearest(key, spellings);
      const counts = words.length > 1 ? await Promise.all(words.map((word) => this.textsWith(keyOf(plain(word))))) : [0];
      if (words.length) wanted.set(key, words[counts.indexOf(Math.max(...counts))]);
    }
    if (!wanted.size) return "";
    return query.replace(RAW, (raw) => wanted.get(keyOf(plain(raw))) || raw);
  }

  /* The query without its unknown words; empty if what is left says nothing. */
  async reduced(query, unknown) {
    const keys = new Set(unknown.map(({ key }) => key));
    const rest = parsed(query).words.filter(({ key }) => !keys.has(key));
    const common = await Promise.all(rest.map(({ key }) => this.isCommon(key)));
    if (!keys.size || !common.includes(false)) return "";
    return query.replace(RAW, (raw) => (keys.has(keyOf(plain(raw))) ? "" : raw)).replace(/\s+/g, " ").trim();
  }

  /*
   * Terms whose names begin as `text` does: [{ kind, key, count }], the best first. `labels` are what the page calls
   * them, by "kind:key"; another name counts from its fourth letter on. `isLoose`: nearly spelt names too.
   */
  suggested(text, labels, most, isLoose = false) {
    const typed = keysOf(text).map(({ key }) => key).join(" ");
    if (typed.length < 2) return [];
    const counts = this.counted(this.briefings.map((briefing) => ({ briefing })));
    const found = [];
    for (const [id, label] of labels) {
      const [kind, key] = id.split(":");
      const count = counts[kind].get(key) || 0;
      if (!count) continue;
      const own = keysOf(label).map((word) => word.key).join(" ");
      let rank = rankOf(typed, own, isLoose);
      for (const form of this.names.ofTerm.get(id) || []) {
        if (form === typed) rank = Math.min(rank, 1);
        else if (typed.length > 3) rank = Math.min(rank, 2 + rankOf(typed, form, isLoose));
      }
      if (rank < Infinity) found.push({ kind, key, count, rank });
    }
    return found.sort((a, b) => a.rank - b.rank || b.count - a.count).slice(0, most);
  }
}

/* How near a name is to what is typed: the same, a beginning, the beginning of a further word, nearly spelt. */
function rankOf(typed, name, isLoose) {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (name.includes(" " + typed)) return 2;
  const most = typed.length > 6 ? 2 : 1;
  return isLoose && typed.length > 3 && distance(typed, name, most) <= most ? 3 : Infinity;
}

function inOrder(a, b) {
  return a.isBeginning - b.isBeginning || b.score - a.score || b.briefing.day - a.briefing.day || b.briefing.number - a.briefing.number;
}

/* The words that are spelt most like an unknown one, at most TIED of them; of a plural, its singular may be meant. */
function nearest(key, spellings) {
  if (key.length < 4) return [];
  const most = key.length < 7 ? 1 : key.length < 10 ? 2 : 3;
  let least = Infinity;
  let words = [];
  for (const [other, word] of spellings) {
    let far = distance(key, other, most);
    const [, singular] = /^(.{4,}?)(?:e?s|e?n)$/.exec(other) || [];
    if (far > 1 && singular) far = Math.min(far, 0.5 + distance(key, singular, most));
    if (far > most + 0.5 || !far) continue;
    const rank = far + (other[0] === key[0] ? 0 : 0.6);
    if (rank < least) words = [];
    least = Math.min(least, rank);
    if (rank === least && words.length < TIED) words.push(word);
  }
  return words;
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

/* Whether these words stand one after another: `found` is where each is in a text. */
function areTogether(found) {
  if (!found.every(Boolean)) return false;
  return found[0].places.some((place) => found.every(({ places }, step) => places.includes(place + step)));
}

/* Whether two runs of words have a word in common. */
function isOverlap(one, other) {
  return one.from < other.to && other.from < one.to;
}

/*
 * The words of a text around the rarest ones that were asked for, as pieces: { text, marked }. `marks` says how rare: a
 * word weighs once, however often it stands there. Without any, the summary.
 */
export function excerpt({ summary = "", points = [], body = "" }, marks) {
  const text = [...points, summary, body].filter(Boolean).join(" ");
  const words = wordsIn(text);
  const hits = words.map(({ key }, number) => ({ number, key, weight: marks.get(key) || 0 })).filter(({ weight }) => weight);
  if (!hits.length) return [{ text: points.join(" ") || summary || body.slice(0, 300) }];
  let best = -1;
  let from = 0;
  hits.forEach((hit, place) => {
    const inside = new Map();
    for (let next = place; next < hits.length && hits[next].number < hit.number + EXCERPT_WORDS - 8; next++) {
      inside.set(hits[next].key, hits[next].weight);
    }
    const sum = Array.from(inside.values()).reduce((all, one) => all + one, 0);
    if (sum > best + 1e-9) {
      best = sum;
      from = Math.max(0, hit.number - 6);
    }
  });
  const to = Math.min(words.length, from + EXCERPT_WORDS * (SIGN.test(words[from].key) ? 2 : 1));
  if (to - from < EXCERPT_WORDS) from = Math.max(0, to - EXCERPT_WORDS);
  const pieces = [];
  let place = from ? text.lastIndexOf(" ", words[from].start) + 1 : 0;
  const end = to < words.length ? words[to - 1].end : text.length;
  for (let number = from; number < to; number++) {
    if (!marks.has(words[number].key)) continue;
    let through = number;
    while (through + 1 < to && marks.has(words[through + 1].key) && words[through + 1].start - words[through].end < 2) through++;
    pieces.push({ text: text.slice(place, words[number].start) });
    pieces.push({ text: text.slice(words[number].start, words[through].end), marked: true });
    place = words[through].end;
    number = through;
  }
  pieces.push({ text: text.slice(place, end) });
  if (from) pieces.unshift({ text: "… " });
  if (to < words.length) pieces.push({ text: " …" });
  return pieces.filter(({ text }) => text);
}


/*
 * The month that a query names in one of the languages, "March 2025" or "marzo de 2025", as "2025-03", and the query
 * without it; null if it names none. What stands in quotation marks is meant as words.
 */
export function monthIn(query, languages) {
  if (/["“”„«»「」]/.test(query)) return null;
  const words = wordsIn(query);
  const names = new Map();
  const links = new Set();
  for (const lang of languages) {
    for (let number = 1; number <= 12; number++) {
      const day = new Date(Date.UTC(2025, number - 1, 15));
      for (const options of [{ month: "short" }, { month: "long" }, { month: "long", year: "numeric" }]) {
        const parts = new Intl.DateTimeFormat(lang, { ...options, timeZone: "UTC" }).formatToParts(day);
        for (const { type, value } of parts) {
          const [word] = wordsIn(value);
          if (word && type === "month" && /\p{L}/u.test(value)) names.set(word.key, number);
          if (word && type === "literal") links.add(word.key);
        }
      }
    }
  }
  for (let place = 0; place < words.length; place++) {
    const { key } = words[place];
    const number = names.get(key) || names.get(withoutUmlauts(key));
    let last = place + 1;
    if (number && last < words.length && links.has(words[last].key)) last++;
    if (!number || last >= words.length || !/^(19|20)\d\d$/.test(words[last].key)) continue;
    const rest = query.slice(0, words[place].start) + query.slice(words[last].end);
    return { month: `${words[last].key}-${String(number).padStart(2, "0")}`, rest: rest.trim() };
  }
  return null;
}

/* A day is counted from the first day of the year 1. */
export function dateOf(day) {
  return new Date((day - 719163) * 86400000);
}

export function dayOf(iso) {
  return Date.parse(iso) / 86400000 + 719163;
}

function yearOf(day) {
  return dateOf(day).getUTCFullYear();
}

/* The first and the last day of a span of months, "2025-03" to "2025-05"; without bounds where a month is empty. */
export function daysOf(from, to) {
  const [year, month] = to.split("-").map(Number);
  return {
    from: from ? dayOf(from + "-01") : 0,
    to: to ? dayOf(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)) : Infinity,
  };
}

export function directionOf(lang) {
  return RIGHT_TO_LEFT.has(lang) ? "rtl" : "ltr";
}
