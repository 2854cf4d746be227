/*
 * The search index, as plugins/pouch_search/packing.py packs it: what its entry says of each briefing, and the words of
 * the runs that were fetched.
 */

import { primary } from "./search_words.js";

const PATIENCE = 30000; // milliseconds for a file to come
const LENGTH_STEP = 16; // words: the index says lengths of texts in so many
export const COMMON = 0.4; // words in so many of a language's texts say nothing beside others

const files = new Map();

function bytesIn(address) {
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
  const file = new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await file.arrayBuffer());
}

const utf8 = new TextDecoder();

async function textIn(address) {
  return utf8.decode(await bytesIn(address));
}

export async function valueIn(address) {
  return JSON.parse(await textIn(address));
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

/* Numbers in seven bits a byte, and pieces between them. */
class Varints {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  get isDone() {
    return this.place >= this.bytes.length;
  }

  next() {
    let number = 0;
    let times = 1;
    for (;;) {
      const byte = this.bytes[this.place++];
      if (byte < 128) return number + byte * times;
      number += (byte - 128) * times;
      times *= 128;
    }
  }

  take(length) {
    this.place += length;
    return this.bytes.subarray(this.place - length, this.place);
  }
}

/* The briefings of a shard, which its columns describe: [{ day, primary, mentions, topics, versions, bundle, texts }]. */
function briefingsIn(columns, size) {
  const [leads, openings, lengths] = columns.lengths.map(numbersIn);
  const [primaries, mentions, topics] = [columns.primary, columns.mentions, columns.about].map((rows) => rows.split(" ").map(numbersIn));
  let day = 0;
  let text = 0;
  return numbersIn(columns.days).map((step, number) => {
    day += step;
    const versions = columns.versions[number].split(" ");
    const briefing = {
      day,
      primary: primaries[number].map((each) => columns.countries[each]),
      mentions: mentions[number].map((each) => columns.countries[each]),
      topics: topics[number].map((each) => columns.topics[each]),
      versions,
      file: columns.bundles[Math.floor(number / size)],
      place: number % size,
    };
    briefing.texts = versions.map((tag) => {
      const lead = leads[text];
      const body = lead + openings[text];
      return { briefing, lang: primary(tag), lead, body, end: body + LENGTH_STEP * lengths[text++] };
    });
    return briefing;
  });
}

export class SearchIndex {
  constructor(folder) {
    this.folder = folder;
    this.postings = new Map(); // by key, of the runs that were read: { isName, bytes, places }
    this.read = new Set(); // runs
    this.languages = new Map(); // numbers of texts and of their words
  }

  async open() {
    this.entry = await valueIn(`${this.folder}entry.index`);
    this.common = new Set(this.entry.common);
    this.sizes = numbersIn(this.entry.sizes);
    const shards = this.entry.shards.map((columns) => briefingsIn(columns, this.entry.bundle));
    this.briefings = shards.flat();
    this.briefings.forEach((briefing, number) => (briefing.number = number));
    this.shards = shards.map((briefings) => briefings.flatMap(({ texts }) => texts));
    this.texts = this.shards.flat();
    for (const { lang, end } of this.texts) {
      const sum = this.languages.get(lang) || { count: 0, words: 0 };
      sum.count++;
      sum.words += end;
      this.languages.set(lang, sum);
    }
    return this;
  }

  /* The number of the run that has a key, if any run has. */
  runOf(key) {
    return Math.max(0, this.entry.starts.findLastIndex((start) => start <= key));
  }

  /* Bytes of the run that has a key. */
  sizeOf(key) {
    return this.sizes[this.runOf(key)];
  }

  /* Reads the runs that hold the keys from `first` to those that begin with `last`, at most `most` of them. */
  async need(first, last = first, most = 1) {
    const { starts, runs } = this.entry;
    let number = this.runOf(first);
    const wanted = [];
    while (number < starts.length && wanted.length < most && starts[number] <= last + "\uffff") {
      wanted.push(runs[number++]);
    }
    await Promise.all(wanted.map((run) => this.readRun(run)));
  }

  async readRun(run) {
    if (this.read.has(run)) return;
    const bytes = await bytesIn(`${this.folder}${run}.words`);
    if (this.read.has(run)) return;
    this.read.add(run);
    const words = new Varints(bytes);
    while (!words.isDone) {
      const head = words.next();
      const key = utf8.decode(words.take(head >> 1));
      this.postings.set(key, { isName: head % 2 === 1, bytes: words.take(words.next()), places: null });
    }
  }

  /* [text, places] of each text that has the key. */
  placesOf(key) {
    const found = this.postings.get(key);
    if (!found) return [];
    if (!found.places) {
      found.places = [];
      const rows = new Varints(found.bytes);
      let shard = 0;
      while (!rows.isDone) {
        shard += rows.next();
        const own = new Varints(rows.take(rows.next()));
        let number = 0;
        while (!own.isDone) {
          number += own.next();
          let place = 0;
          const places = Array.from({ length: own.next() }, () => (place += own.next()));
          found.places.push([this.shards[shard][number], places]);
        }
      }
    }
    return found.places;
  }

  /* Likewise, of an abbreviation too. */
  anyPlacesOf(key) {
    return [...this.placesOf(key), ...this.placesOf(key.toUpperCase())];
  }

  /* The keys that begin as this one does: [{ key, isName }]. */
  async formsOf(key) {
    const stem = key.length < 5 ? key : key.slice(0, Math.max(4, key.length - 2));
    // One letter or two are not taken for the beginning of a word.
    await this.need(stem, key, key.length > 2 ? 3 : 1);
    const forms = [];
    for (const [each, { isName }] of this.postings) {
      if (each.toLowerCase().startsWith(stem)) forms.push({ key: each, isName });
    }
    return forms;
  }

  /* Whether so many texts of a language have a word that it says nothing beside others. */
  async isCommon(key) {
    if (this.common.has(key)) return true;
    await this.need(key);
    const counts = new Map();
    for (const [{ lang }] of this.placesOf(key)) counts.set(lang, (counts.get(lang) || 0) + 1);
    return Array.from(counts).some(([lang, count]) => count > 1 && count > COMMON * this.languages.get(lang).count);
  }

  /* How many of these briefings each country, topic and language has. */
  counted(briefings) {
    const counts = { country: new Map(), topic: new Map(), language: new Map() };
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    for (const briefing of briefings) {
      for (const code of briefing.primary) add(counts.country, code);
      for (const key of briefing.topics) add(counts.topic, key);
      for (const lang of new Set(briefing.versions.map(primary))) add(counts.language, lang);
    }
    return counts;
  }

  /* What results show of a briefing, of each version. */
  async facts({ file, place }) {
    return (await valueIn(`${this.folder}${file}.texts`))[place];
  }

  /* Words as texts write them, the most frequent first; `isRare`: those that are not among the frequent ones. */
  async spellings(isRare) {
    const file = this.entry.spelling[isRare ? 1 : 0];
    return file ? (await textIn(`${this.folder}${file}.spelling`)).split("\n") : [];
  }
}
