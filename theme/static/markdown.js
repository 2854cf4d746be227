/*
 * A briefing as a Markdown file, made of its page: what its JSON-LD says as front matter, then title, key points, text
 * and corrections. page.js loads it when a reader asks. Where Markdown has no sign for an element, its HTML stays.
 */

const INLINE = { em: "*", i: "*", strong: "**", b: "**", del: "~~", s: "~~" };
const TRANSPARENT = new Set(["span", "bdi", "bdo", "time", "cite", "small"]);
const SIDES = [["align-left", ":--"], ["align-center", ":-:"], ["align-right", "--:"]];

const tag = (node) => node.localName;
const squeezed = (text) => text.replace(/[ \t\n]+/g, " ");

/* A text so that none of its signs is markup. An underscore within a word is none. */
const escaped = (text) =>
  squeezed(text)
    .replace(/[\\`*[\]<]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/~(?=~)/g, "\\~")
    .replace(/&(?=#?\w+;)/g, "&amp;");

/* The beginning of a block, so that it begins no other: a heading, a list, a quotation, a rule. */
const opened = (line) =>
  line.replace(/^(#{1,6}(?=\s|$)|[>+-](?=\s|$)|-{3,}|={3,})/, "\\$1").replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");

function fence(text, least) {
  const runs = (text.match(/`+/g) || []).map((run) => run.length);
  return "`".repeat(Math.max(least, ...runs.map((length) => length + 1)));
}

function code(node) {
  const text = node.textContent;
  const marks = fence(text, 1);
  const blank = /^`|`$/.test(text) ? " " : "";
  return `${marks}${blank}${text}${blank}${marks}`;
}

function link(node) {
  if (node.classList.contains("footnote-backref")) return "";
  const label = inline(node);
  const raw = node.getAttribute("href");
  if (raw === null) return label;
  const href = raw.startsWith("#") ? raw : node.href;
  return node.textContent === href ? `<${href}>` : `[${label}](${/[()\s]/.test(href) ? `<${href}>` : href})`;
}

function image(node) {
  return `![${escaped(node.getAttribute("alt") || "")}](<${node.src}>)`;
}

function element(node) {
  const name = tag(node);
  if (name === "br") return "\\\n";
  if (name === "code") return code(node);
  if (name === "a") return link(node);
  if (name === "img") return image(node);
  if (name === "input") return node.checked ? "[x]" : "[ ]";
  if (name === "sup" && node.querySelector(".footnote-ref")) return `[^${node.textContent.trim()}]`;
  const inside = inline(node);
  if (name in INLINE) {
    const [, before, text, after] = /^(\s*)([^]*?)(\s*)$/.exec(inside);
    return text && `${before}${INLINE[name]}${text}${INLINE[name]}${after}`;
  }
  return TRANSPARENT.has(name) ? inside : `<${name}>${inside}</${name}>`;
}

function inline(parent) {
  let text = "";
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += escaped(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) text += element(node);
  }
  return text;
}

const paragraph = (node) => opened(inline(node).trim()).replace(/\n +/g, "\n");

const BLOCKS = "p,ul,ol,pre,blockquote,table,dl,figure,div,hr,h2,h3,h4,h5,h6";
const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS);

/* The blocks of an element; what stands between them is a paragraph. */
function blocks(parent) {
  const found = [];
  let run = null;
  for (const node of parent.childNodes) {
    if (isBlock(node)) {
      run = null;
      found.push(block(node));
      continue;
    }
    if (!run) found.push((run = document.createElement("p")));
    run.append(node.cloneNode(true));
  }
  return found.map((each) => (typeof each === "string" ? each : paragraph(each))).filter(Boolean);
}

function block(node) {
  const name = tag(node);
  if (/^h[2-6]$/.test(name)) return `${"#".repeat(Number(name[1]))} ${inline(node).trim()}`;
  if (name === "p") return paragraph(node);
  if (name === "hr") return "* * *";
  if (name === "blockquote") return blocks(node).join("\n\n").replace(/^/gm, "> ").replace(/^> $/gm, ">");
  if (name === "pre") {
    const text = node.textContent.replace(/\n$/, "");
    return `${fence(text, 3)}\n${text}\n${fence(text, 3)}`;
  }
  if (name === "ul" || name === "ol") return list(node);
  if (name === "table") return table(node);
  if (name === "div") return node.classList.contains("footnote") ? notes(node) : blocks(node).join("\n\n");
  return node.outerHTML;
}

function list(node) {
  let number = Number(node.getAttribute("start") || 1);
  const items = Array.from(node.children).filter((each) => tag(each) === "li");
  const loose = items.some((item) => item.querySelector(":scope > p"));
  const lines = items.map((item) => {
    const mark = tag(node) === "ol" ? `${number++}. ` : "- ";
    const indent = " ".repeat(mark.length);
    return mark + blocks(item).join(loose ? "\n\n" : "\n").replace(/\n(?=[^\n])/g, `\n${indent}`);
  });
  return lines.join(loose ? "\n\n" : "\n");
}

function table(node) {
  const spans = node.querySelector("[colspan],[rowspan],caption");
  const rows = Array.from(node.rows);
  if (spans || !rows.length || !node.tHead) return node.outerHTML;
  const cell = (each) => inline(each).trim().replace(/\|/g, "\\|").replace(/\\?\n/g, "<br>");
  const row = (each) => `| ${Array.from(each.cells, cell).join(" | ")} |`;
  const side = (each) => (SIDES.find(([name]) => each.classList.contains(name)) || ["", "---"])[1];
  const rule = `| ${Array.from(rows[0].cells, side).join(" | ")} |`;
  return [row(rows[0]), rule, ...rows.slice(1).map(row)].join("\n");
}

function notes(node) {
  const items = Array.from(node.querySelectorAll("li"));
  return items
    .map((item, index) => `[^${index + 1}]: ${blocks(item).join("\n\n").replace(/\n(?=[^\n])/g, "\n    ").trim()}`)
    .join("\n\n");
}

function front(facts) {
  const names = (list, kind) => (list || []).filter((each) => each["@type"] === kind).map((each) => each.name);
  const based = [].concat(facts.isBasedOn || [])[0];
  const fields = {
    title: facts.headline,
    date: facts.datePublished,
    updated: facts.dateModified === facts.datePublished ? "" : facts.dateModified,
    lang: facts.inLanguage,
    url: facts.url,
    publisher: facts.publisher.name,
    authors: names([].concat(facts.author || []), "Person"),
    source: based ? based.url || based.publisher?.name || based.name : "",
    countries: names(facts.about, "Country"),
    topics: names(facts.about, "Thing"),
  };
  const lines = Object.entries(fields).filter(([, value]) => value?.length);
  /* What JSON writes, YAML reads. */
  return `---\n${lines.map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join("")}---`;
}

/* The whole file. `article` is the page's, `facts` its JSON-LD. */
export function markdown(article, facts) {
  const text = (selector) => article.querySelector(selector);
  const parts = [front(facts), `# ${escaped(facts.headline)}`];
  if (text(".briefing__summary")) parts.push(paragraph(text(".briefing__summary")));
  for (const part of [".picture", ".key-points"]) {
    const node = text(part);
    const list = node?.querySelector("ul,ol");
    if (list) parts.push(block(list));
    else if (node?.querySelector("img")) parts.push(image(node.querySelector("img")));
  }
  parts.push(...blocks(text(".prose")));
  const corrections = text(".corrections");
  for (const part of corrections ? corrections.children : []) {
    parts.push(tag(part).startsWith("h") ? `## ${inline(part).trim()}` : block(part));
  }
  const citation = text(".citation");
  if (citation) parts.push("* * *", paragraph(citation));
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}
