import { SIGN, wordsIn } from "./search_words.js";

const EXCERPT_WORDS = 36;

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
