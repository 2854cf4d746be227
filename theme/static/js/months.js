import { withoutUmlauts, wordsIn } from "./search_words.js";

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

export function yearOf(day) {
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
