// Feeds' paths on standard input, a line each; on standard output a line of JSON each: what every client reads,
// {client: [[identifier, title, date, content, [category, …]], …]}, or its complaint as text; null for what a client
// does not tell.

import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const text = (value) => (typeof value === "object" && value !== null ? value.value : value);

const clients = {
  // Reads RSS and Atom; of Atom no categories.
  "rss-parser": async (source) => {
    if (source.startsWith("{")) return null;
    const feed = await new Parser().parseString(source);
    return feed.items.map((item) => [
      item.guid ?? item.id,
      item.title,
      item.isoDate,
      item["content:encoded"] ?? item.content,
      item.guid ? (item.categories ?? []).map((category) => category._) : null,
    ]);
  },
  feedsmith: async (source) => {
    const { feed } = parseFeed(source);
    return (feed.items ?? feed.entries ?? []).map((item) => [
      item.id ?? text(item.guid),
      text(item.title),
      item.pubDate ?? item.published ?? item.date_published,
      item.content_html ?? item.content?.encoded ?? text(item.content) ?? item.description,
      item.tags ?? (item.categories ?? []).map((category) => category.label ?? category.name),
    ]);
  },
};

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const source = readFileSync(path, "utf8");
  const answers = {};
  for (const [name, read] of Object.entries(clients)) {
    try {
      const answer = await read(source);
      if (answer) {
        for (const item of answer) item[2] = new Date(item[2]).toISOString().slice(0, 19);
        answers[name] = answer;
      }
    } catch (error) {
      answers[name] = String(error);
    }
  }
  console.log(JSON.stringify(answers));
}
