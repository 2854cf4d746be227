/*
 * The references of a briefing, as files: BibTeX, RIS, CSL-JSON. They are made of the page's own JSON-LD and have the
 * bytes that pouch/citing/formats.py writes. static/page.js loads this when a reader asks for one.
 */

const GENRE = "Briefing";
const TEX = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/* With plain spaces, no-break ones too: which of them may not break is for whoever prints the reference to say. */
const line = (text) => text.trim().split(/\s+/).join(" ");
const tex = (text) => line(text).replace(/[\\{}~^&%$#_]/g, (mark) => TEX[mark] || `\\${mark}`);

/* A name in its parts, by the rules of pouch/citing/names.py. */
function split(name) {
  if (/(?<!\S)and(?!\S)|&/i.test(name)) return { family: line(name), given: "" };
  const comma = name.indexOf(",");
  if (comma > 0) {
    const [family, given] = [name.slice(0, comma).trim(), name.slice(comma + 1).trim()];
    if (family && given) return { family, given };
  }
  const words = line(name).split(" ");
  if (words.length < 2 || words.length > 4) return { family: words.join(" "), given: "" };
  let start = words.length - 1;
  while (start > 1 && /^\p{Lowercase}/u.test(words[start - 1])) start -= 1;
  return { family: words.slice(start).join(" "), given: words.slice(0, start).join(" ") };
}

function reference(facts) {
  return {
    key: facts.url.split("/").at(-2),
    title: facts.headline,
    authors: [].concat(facts.author || []).filter((each) => each["@type"] === "Person").map((each) => each.name),
    publisher: facts.publisher.name,
    date: facts.datePublished.slice(0, 10),
    lang: facts.inLanguage,
    url: facts.url,
    abstract: facts.description === facts.headline ? "" : facts.description,
  };
}

function bibtex(it) {
  const authors = it.authors.map((name) => {
    const { family, given } = split(name);
    return !given ? `{${tex(name)}}` : `${tex(family)}, ${tex(given)}`;
  });
  const [year, month] = it.date.split("-");
  const fields = [
    ["title", `{${tex(it.title)}}`],
    ["author", authors.join(" and ")],
    ["institution", `{${tex(it.publisher)}}`],
    ["type", GENRE],
    ["year", year],
    ["month", String(Number(month))],
    ["date", it.date],
    ["langid", it.lang],
    ["url", it.url.replaceAll("{", "%7B").replaceAll("}", "%7D")],
    ["abstract", tex(it.abstract)],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@techreport{${it.key},\n${lines.join("")}}\n`;
}

function ris(it) {
  const authors = it.authors.map(split).map(({ family, given }) => (given ? `${family}, ${given}` : family));
  const fields = [
    ["TY", "RPRT"],
    ["ID", it.key],
    ["TI", it.title],
    ...authors.map((name) => ["AU", name]),
    ["PY", it.date.slice(0, 4)],
    ["DA", it.date.replaceAll("-", "/")],
    ["PB", it.publisher],
    ["M3", GENRE],
    ["LA", it.lang],
    ["UR", it.url],
    ["AB", it.abstract],
  ];
  const lines = fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${line(value)}\r\n`);
  return `${lines.join("")}ER  - \r\n\r\n`;
}

function csl(it) {
  const authors = it.authors.map(split);
  const item = {
    id: it.key,
    type: "report",
    genre: GENRE,
    title: line(it.title),
    author: authors.length
      ? authors.map(({ family, given }) => (given ? { family, given } : { literal: family }))
      : "",
    issued: { "date-parts": [it.date.split("-").map(Number)] },
    publisher: line(it.publisher),
    language: it.lang,
    URL: it.url,
    abstract: line(it.abstract),
  };
  const said = Object.fromEntries(Object.entries(item).filter(([, value]) => value));
  return `${JSON.stringify([said], null, 1)}\n`;
}

const FORMATS = {
  bib: [bibtex, "application/x-bibtex"],
  ris: [ris, "application/x-research-info-systems"],
  json: [csl, "application/vnd.citationstyles.csl+json"],
};

/* The file of a briefing's JSON-LD in the format of this ending: [name, text, type]. */
export function citation(facts, ending) {
  const cited = reference(facts);
  const [write, type] = FORMATS[ending];
  return [`${cited.key}.${ending}`, write(cited), type];
}
