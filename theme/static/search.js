/*
 * /search/: what the reader asks, in the address, and what the index answers, as cards. Without JavaScript the page
 * leads to the indexes.
 *
 * The index is Pagefind's, in shards that its script merges; nothing of it is fetched before the reader turns to the
 * form. Whatever comes out of it is shown as text: no markup of an entry's is ever made into elements.
 */
(() => {
  "use strict";

  const form = document.querySelector(".search");
  const list = document.querySelector(".search__results");
  const more = document.querySelector(".search__more");
  const ways = document.querySelector(".search__ways");
  const result = document.querySelector("#_result");
  if (!form || !list || !more || !ways || !result) return;

  const FIELDS = ["q", "country", "topic", "year", "language", "sort"];
  const FILTERS = FIELDS.slice(1, 5);
  const FEW = 10;
  const WORDS = 36; // of an excerpt
  const PATIENCE = 30000; // milliseconds for the index to come
  const RIGHT_TO_LEFT = new Set("ar arc ckb dv fa he iw ks ps sd ug ur yi".split(" "));
  // A match in a title says most, and a longer word less than the word itself.
  const OPTIONS = { ranking: { termSimilarity: 2.5, metaWeights: { title: 8, names: 1 } } };
  // Scripts without blanks: each sign is a word of the index (pouch/search/stubs.py).
  const SIGN = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  const SIGNS = new RegExp(`${SIGN}\\p{M}*`, "gu");
  const ONLY_SIGNS = new RegExp(`^(?:${SIGN}\\p{M}*|\\s)+$`, "u");
  const MARKED = new RegExp(`${SIGN}\\p{M}`, "u"); // an exact search loses its way among marks
  const GAP = new RegExp(`(${SIGN}\\p{M}*[\\u3000-\\u303f\\uff00-\\uffef]*) (?=${SIGN})`, "gu");

  const said = form.dataset;
  const status = form.querySelector(".search__status");
  const title = document.title;
  const page = document.documentElement.lang || "en";
  const plural = new Intl.PluralRules(page);
  // Plain "en" is the world's English, as everywhere on the site.
  const days = new Intl.DateTimeFormat(page === "en" ? "en-GB" : page, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

  let loading = null;
  let turn = 0; // of the newest search: an answer to an older one is dropped
  let found = [];
  let shown = 0;
  let typing = 0;
  const bundles = new Map(); // what results show, by file

  /* The index. */

  function load() {
    if (!loading) {
      loading = ready();
      loading.catch(() => (loading = null));
    }
    return loading;
  }

  async function ready() {
    const pagefind = await import(said.index + "pagefind.js");
    await pagefind.destroy();
    await pagefind.options({ basePath: said.index, ...OPTIONS });
    await pagefind.init();
    const shards = said.shards.split(" ").filter(Boolean);
    const merged = Promise.all(shards.map((folder) => pagefind.mergeIndex(folder, OPTIONS)));
    await within(merged);
    return pagefind;
  }

  function within(promise) {
    return Promise.race([
      promise,
      new Promise((_, fail) => setTimeout(() => fail(new Error("too slow")), PATIENCE)),
    ]);
  }

  /* What is asked. */

  // An address may ask for several countries or topics at once. The form shows the first; the others stand beside its
  // label, and hold until another is chosen.
  const others = { country: [], topic: [] };

  function asked() {
    const state = {};
    for (const name of FIELDS) state[name] = form.elements[name].value.trim();
    return state;
  }

  function besides(name, values) {
    others[name] = values;
    const label = form.elements[name].labels[0];
    label.querySelector("span")?.remove();
    if (!values.length) return;
    const words = document.createElement("span");
    words.textContent = values.map((value) => " + " + labelOf(name, value)).join("");
    label.append(words);
  }

  function labelOf(name, value) {
    return Array.from(form.elements[name].options).find((each) => each.value === value)?.text || value;
  }

  function ask(state) {
    for (const name of FIELDS) {
      const field = form.elements[name];
      field.value = state.get(name) || "";
      if (field.selectedIndex < 0) field.selectedIndex = 0; // a country that nobody has written about
      if (others[name]) besides(name, field.value ? state.getAll(name).slice(1) : []);
    }
  }

  function address(state) {
    const parts = Object.entries(state).filter(([, value]) => value);
    for (const name in others) for (const value of others[name]) parts.push([name, value]);
    const query = new URLSearchParams(parts).toString();
    return location.pathname + (query ? "?" + query : "");
  }

  function terms(text) {
    const plain = text.replace(/[“”„«»]/g, '"');
    const apart = plain.replace(SIGNS, " $& ").replace(/\s+/g, " ").trim();
    return ONLY_SIGNS.test(plain) && apart.includes(" ") && !MARKED.test(plain) ? `"${apart}"` : apart;
  }

  async function search() {
    const state = asked();
    const mine = ++turn;
    const filters = {};
    for (const name of FILTERS) if (state[name]) filters[name] = [state[name], ...(others[name] || [])];
    document.title = (state.q ? state.q + " – " : "") + title;
    if (!state.q && !Object.keys(filters).length) return tell("", []);
    if (!said.index) return tell(said.none, []);
    const slow = setTimeout(() => mine === turn && (status.textContent = said.busy), 400);
    try {
      const pagefind = await load();
      const query = state.q ? terms(state.q) : null;
      const [answer, having] = await within(
        Promise.all([pagefind.search(query, { filters }), whole(pagefind, query)]),
      );
      if (mine !== turn) return;
      answer.results = answer.results.filter(({ id }) => having.every((ids) => ids.has(id)));
      if (state.q && MARKED.test(state.q)) answer.results = await holding(answer.results, state.q);
      if (mine !== turn) return;
      if (state.sort === "newest" || !state.q) {
        answer.results.sort((a, b) => (dayCode(a.id) < dayCode(b.id) ? 1 : -1));
      }
      const cards = await within(made(answer.results.slice(0, FEW)));
      if (mine !== turn) return;
      found = answer.results;
      tell(counted(found.length), cards);
    } catch (_) {
      if (mine === turn) tell(said.failed, []);
    } finally {
      clearTimeout(slow);
    }
  }

  /*
   * For each word of the query, the results that do have it. In a shard that lacks a word, Pagefind takes the longest
   * word that it begins with, or passes over it; that helps where the whole index lacks it, and here it would mix what
   * matches with what does not. A shard that has the word itself is told by an exact search, another by one result.
   */
  async function whole(pagefind, query) {
    if (!query || query.startsWith('"')) return [];
    return Promise.all(Array.from(new Set(query.split(" "))).map((word) => holders(pagefind, word)));
  }

  async function holders(pagefind, word) {
    const [wide, exact] = await Promise.all([pagefind.search(word), pagefind.search(`"${word}"`)]);
    const shards = new Map(exact.results.map(({ id }) => [shardOf(id), true]));
    const samples = new Map();
    for (const each of wide.results) {
      const shard = shardOf(each.id);
      if (!shards.has(shard) && !samples.has(shard)) samples.set(shard, each);
    }
    await Promise.all(
      Array.from(samples, async ([shard, sample]) => shards.set(shard, has(await factsOf(sample), word))),
    );
    return new Set(wide.results.filter(({ id }) => shards.get(shardOf(id))).map(({ id }) => id));
  }

  /* Of the best results, those that have the words of the query as they stand: for scripts whose signs have marks. */
  async function holding(results, text) {
    const best = results.slice(0, 5 * FEW);
    const all = await Promise.all(best.map(factsOf));
    const wanted = text.split(/\s+/);
    return best.filter((_, number) => {
      const { content, meta } = all[number];
      const whole = `${content} ${meta.title} ${meta.names || ""}`.replace(/\s+/g, "");
      return wanted.every((word) => whole.includes(word));
    });
  }

  /* Whether a matched word shares more than half of its letters with the one asked for: inflected, but no other. */
  function has(data, word) {
    const wanted = folded(word);
    const words = data.content.split(/\s+/);
    const met = data.locations.map((place) => words[place] || "");
    met.push(...data.meta.title.split(/\s+/));
    return met.some((each) => {
      const own = folded(each);
      let same = 0;
      while (same < wanted.length && own[same] === wanted[same]) same++;
      return same * 2 > wanted.length;
    });
  }

  function folded(text) {
    return text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  }

  /*
   * A result's id is shard (1 character), bundle (5), day (4) and sometimes a letter (plugins/pouch_search/canonical.py).
   * Ids of Pagefind's own, with an underscore, stand in an index of a form that Pouch does not know.
   */
  function isOurs(id) {
    return !id.includes("_");
  }

  function shardOf(id) {
    return isOurs(id) ? id[0] : "";
  }

  function dayCode(id) {
    return isOurs(id) ? id.slice(6, 10) : "";
  }

  /* What is shown of a result. Several entries share a file, which is fetched once. */
  async function factsOf(result) {
    if (!isOurs(result.id)) return result.data();
    const folders = said.shards.split(" ");
    const folder = folders.find((each) => each.endsWith(`/${result.id[0]}/`)) || said.index;
    const file = `${folder}fragment/${result.id.slice(1, 6)}.pf_fragment`;
    if (!bundles.has(file)) {
      bundles.set(file, unpacked(file));
      bundles.get(file).catch(() => bundles.delete(file));
    }
    const facts = (await bundles.get(file))[result.id.slice(6)];
    return { ...facts, raw_url: facts.url, locations: result.words };
  }

  async function unpacked(file) {
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    const packed = await answer.blob();
    return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  /* What is found. */

  function counted(count) {
    if (!count) return said.none;
    const form = plural.select(count) === "one" ? said.one : said.many;
    return form.replace("{count}", new Intl.NumberFormat(page).format(count));
  }

  function tell(text, cards) {
    status.textContent = text;
    list.replaceChildren(...cards);
    shown = cards.length;
    list.hidden = !shown;
    ways.hidden = !!shown;
    more.hidden = shown >= found.length || !shown;
  }

  async function made(results) {
    const all = await Promise.all(results.map(factsOf));
    return all.map((data, number) => card(data, results[number].id));
  }

  function card(data, id) {
    const item = result.content.cloneNode(true);
    const part = (name) => item.querySelector("." + name);
    const language = (data.filters.tag || data.filters.language)[0];
    const own = language.split("-")[0];
    const link = part("card__link");
    link.href = said.root + data.raw_url;
    link.textContent = data.meta.title.replace(GAP, "$1");
    for (const words of [part("card__title"), part("card__summary")]) {
      if (language !== page) words.lang = language;
      words.dir = RIGHT_TO_LEFT.has(own) ? "rtl" : "ltr";
    }
    if (isOurs(id)) {
      const day = dayOf(id);
      part("card__date").dateTime = day.toISOString().slice(0, 10);
      part("card__date").textContent = days.format(day);
    } else part("card__date").remove();
    if (own === page.split("-")[0]) part("card__lang").remove();
    else part("card__lang").textContent = label("language", own);
    part("card__summary").append(...excerpt(data));
    for (const code of data.filters.country || []) part("terms").append(country(code));
    if (!part("terms").children.length) part("terms").remove();
    return item;
  }

  /* A day is coded as days since the year 1, in base 36. */
  function dayOf(id) {
    return new Date((parseInt(dayCode(id), 36) - 719163) * 86400000);
  }

  function option(name, value) {
    return Array.from(form.elements[name].options).find((each) => each.value === value);
  }

  function label(name, value) {
    return labelOf(name, value);
  }

  function country(code) {
    const item = document.createElement("li");
    const known = option("country", code);
    const link = document.createElement(known && known.dataset.href ? "a" : "span");
    link.className = "term term--country";
    link.textContent = label("country", code);
    if (link.localName === "a") link.href = known.dataset.href;
    item.append(link);
    return item;
  }

  /* The words around the most matches, as text and as marks. */
  function excerpt(data) {
    const words = data.content.split(/\s+/);
    const hits = new Set(data.locations);
    let start = 0;
    let best = 0;
    for (const hit of hits) {
      let count = 0;
      for (let place = hit; place < hit + WORDS - 6; place++) if (hits.has(place)) count++;
      if (count > best) {
        best = count;
        start = Math.max(0, hit - 6);
      }
    }
    const end = Math.min(words.length, start + WORDS);
    if (end - start < WORDS) start = Math.max(0, end - WORDS);
    const pieces = [];
    for (let place = start; place < end; place++) {
      const marked = hits.has(place);
      const last = pieces[pieces.length - 1];
      if (last && last.marked === marked) last.text += " " + words[place];
      else pieces.push({ marked, text: words[place] });
    }
    const nodes = [];
    pieces.forEach(({ marked, text }, number) => {
      const next = pieces[number + 1];
      const plain = text.replace(GAP, "$1");
      const gap = next && !joined(text, next.text) ? " " : "";
      if (marked) {
        const mark = document.createElement("mark");
        mark.textContent = plain;
        nodes.push(mark, gap);
      } else nodes.push(plain + gap);
    });
    if (start > 0) nodes.unshift("… ");
    if (end < words.length) nodes.push(" …");
    return nodes;
  }

  /* Whether no blank stands between two pieces in their own script. */
  function joined(text, next) {
    const seam = text.slice(-3) + " " + next.slice(0, 2);
    return seam.replace(GAP, "$1") !== seam;
  }

  /* The reader. */

  ask(new URLSearchParams(location.search));
  if (location.search) search();

  form.addEventListener("focusin", () => said.index && load().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settle();
  });
  form.addEventListener("change", (event) => {
    const { name } = event.target;
    if (others[name]) besides(name, []);
    if (name !== "q") settle();
  });
  form.elements.q.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      history.replaceState(null, "", address(asked()));
      search();
    }, 250);
  });
  addEventListener("popstate", () => {
    ask(new URLSearchParams(location.search));
    search();
  });
  more.addEventListener("click", async () => {
    const mine = turn;
    const first = shown;
    try {
      const cards = await within(made(found.slice(first, first + 2 * FEW)));
      if (mine !== turn) return;
      list.append(...cards);
      shown += cards.length;
      more.hidden = shown >= found.length;
      list.children[first].querySelector("a").focus();
    } catch (_) {
      status.textContent = said.failed;
    }
  });

  function settle() {
    clearTimeout(typing);
    const there = address(asked());
    if (there !== location.pathname + location.search) history.pushState(null, "", there);
    search();
  }
})();
