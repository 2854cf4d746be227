// Feeds' paths on standard input, a line each; on standard output a line of JSON each: what every client reads,
// {client: [[identifier, title], …]}, or its complaint as text.

import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const text = (value) => (typeof value === "object" && value !== null ? value.value : value);

const clients = {
  "rss-parser": async (source) => {
    const feed = await new Parser().parseString(source);
    return feed.items.map((item) => [item.guid ?? item.id, item.title]);
  },
  feedsmith: async (source) => {
    const { feed } = parseFeed(source);
    return (feed.items ?? feed.entries ?? []).map((item) => [item.id ?? text(item.guid), text(item.title)]);
  },
};

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const source = readFileSync(path, "utf8");
  const answers = {};
  for (const [name, read] of Object.entries(clients)) {
    try {
      answers[name] = await read(source);
    } catch (error) {
      answers[name] = String(error);
    }
  }
  console.log(JSON.stringify(answers));
}
