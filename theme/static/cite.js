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

/* A name in its parts, as pouch/citing/names.py parted it. */
const parts = ({ name, familyName, givenName, honorificSuffix }) => ({
  family: familyName || name,
  given: givenName || "",
  suffix: honorificSuffix || "",
});
const said = (values) => values.filter(Boolean).join(", ");

function reference(facts) {
  return {
    key: facts.url.split("/").at(-2),
    title: facts.headline,
    authors: [].concat(facts.author || []).filter((each) => each["@type"] === "Person").map(parts),
    publisher: facts.publisher.name,
    date: facts.datePublished.slice(0, 10),
    lang: facts.inLanguage,
    url: facts.url,
    abstract: facts.description === facts.headline ? "" : facts.description,
  };
}

function bibtex(it) {
  const authors = it.authors.map(({ family, given, suffix }) =>
    given ? said([family, suffix, given].map(tex)) : `{${tex(family)}}`,
  );
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
  const authors = it.authors.map(({ family, given, suffix }) => said([family, given, suffix]));
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
  const filled = (facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value));
  const item = {
    id: it.key,
    type: "report",
    genre: GENRE,
    title: line(it.title),
    author: it.authors.length ? it.authors.map((name) => (name.given ? filled(name) : { literal: name.family })) : "",
    issued: { "date-parts": [it.date.split("-").map(Number)] },
    publisher: line(it.publisher),
    language: it.lang,
    URL: it.url,
    abstract: line(it.abstract),
  };
  return `${JSON.stringify([filled(item)], null, 1)}\n`;
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
