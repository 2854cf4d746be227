/*
 * Words: a text or a query taken apart as plugins/pouch_search/words.py does for the index, and forms of one word.
 */

const SIGNS = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
export const SIGN = new RegExp(`[${SIGNS}]`, "u"); // scripts without blanks: each sign is a word
const WORD = new RegExp(`[${SIGNS}]|(?:(?![${SIGNS}])[\\p{L}\\p{N}])+`, "gu");
export const RAW = new RegExp(`[${SIGNS}]\\p{M}*|(?:(?![${SIGNS}])[\\p{L}\\p{N}])(?:(?![${SIGNS}])[\\p{L}\\p{N}\\p{M}])*`, "gu");
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
export function plain(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFC");
}

export function keyOf(word) {
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
export function isInflected(key, other, isName, lang = "") {
  if (isName) return other === key + "s" || key === other + "s";
  let same = 0;
  while (same < key.length && key[same] === other[same]) same++;
  const endings = [key.slice(same), other.slice(same)];
  if (endings[0] + endings[1] === "yies" || endings[0] + endings[1] === "iesy") return same > 2;
  // The stem may end in a letter that an ending begins with: "state", "states".
  return same > 3 && endings.every((ending) => (ENDINGS[lang] || ANY_ENDING).has(ending));
}

/* How a word is typed where the keyboard has no umlaut. */
export function withoutUmlauts(key) {
  return key.replace(/([aou])e/g, "$1");
}

/* The language of a tag, "pt" of "pt-BR". */
export function primary(tag) {
  return tag.split("-")[0].toLowerCase();
}
