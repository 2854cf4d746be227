/* What the buttons of briefings and dossiers do: share, copy, print, save. page.js shows them, and loads this file. */
const told = document.querySelector(".told");

async function copy(text) {
  let word = "copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    word = "failed";
  }
  if (told) told.textContent = told.dataset[word];
}

const facts = () => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent);

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const ACTIONS = {
  print: () => window.print(),
  save: async () => {
    const { markdown } = await import("./markdown.js");
    const said = facts();
    save(`${said.url.split("/").at(-2)}.md`, markdown(document.querySelector("article"), said), "text/markdown");
  },
  cite: async ({ cite }) => {
    const { citation } = await import("./cite.js");
    save(...citation(facts(), cite));
  },
  copy: ({ text }) => copy(text),
  share: ({ title }) => {
    const url = document.querySelector('link[rel="canonical"]')?.href || location.href;
    if (!navigator.share) return copy(url);
    navigator.share({ title, url }).catch(() => {});
  },
};

export function act(said) {
  return ACTIONS[said.action](said);
}
