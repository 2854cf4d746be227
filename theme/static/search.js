/*
 * /search/: what the reader asks, in the address, and what the index answers, as cards. Without JavaScript the page
 * leads to dossiers and indexes.
 *
 * static/search-engine.js reads the index; nothing of it is fetched before the reader turns to the form. Whatever comes
 * out of it is shown as text: no markup of an entry's is ever made into elements.
 */
import { cardOf, termLink } from "./js/search_cards.js";
import { element, fillMonths, form, label, labels, months, numbers, page, plural, said } from "./js/search_form.js";
import { suggestions } from "./js/search_suggestions.js";

(() => {
  const answer = document.querySelector(".search__answer");
  const more = document.querySelector(".search__more");
  const start = document.querySelector(".search__start");
  const result = document.querySelector("#_result");
  if (!form || !answer || !more || !start || !result) return;

  const SEVERAL = ["country", "topic", "language", "plain"]; // an address may name several of each
  const ONE = ["q", "from", "to", "sort"];
  const FEW = 10;
  const SUGGESTIONS = 6;

  const box = form.elements.q;
  const status = form.querySelector(".search__status");
  const toggle = form.querySelector(".search__toggle");
  const title = document.title;
  /* Dossiers that begin as `typed` does, once the index is there. */
  const { suggest, close } = suggestions(box, form.querySelector(".search__suggestions"), (typed) =>
    load().then((engine) => engine.suggested(typed, labels(), SUGGESTIONS), () => null),
  );

  let state = {}; // what is asked
  let loading = null;
  let code = null; // the engine's module
  let turn = 0; // of the newest search: an answer to an older one is dropped
  let last = null; // the newest answer
  let list = null; // its results on the page
  let shown = 0;
  let typing = 0;

  /* The index. */

  function load() {
    if (!loading) {
      loading = ready();
      loading.catch(() => (loading = null));
    }
    return loading;
  }

  async function ready() {
    code = await import(said.engine);
    const engine = new code.Engine({
      folder: said.index,
      lang: page,
      languages: said.interfaces.split(" "),
    });
    return engine.open();
  }

  /* What is asked. */

  function read(address) {
    state = {};
    for (const name of SEVERAL) state[name] = [...new Set(address.getAll(name))];
    for (const name of ONE) state[name] = (address.get(name) || "").trim();
    const year = address.get("year"); // as addresses said it before they had months
    if (/^\d{4}$/.test(year || "")) Object.assign(state, { from: `${year}-01`, to: `${year}-12` });
    for (const name of ["from", "to"]) if (!/^\d{4}-\d{2}$/.test(state[name])) state[name] = "";
    box.value = state.q;
    show();
  }

  /* The form says what the state does; a country or topic that was chosen is a chip, and its list adds another. */
  function show() {
    for (const name of ["from", "to", "sort"]) {
      form.elements[name].value = state[name];
      if (form.elements[name].selectedIndex < 0) form.elements[name].selectedIndex = 0;
    }
    for (const name of ["country", "topic"]) form.elements[name].value = "";
    form.elements.language.value = state.language[0] || "";
  }

  function address() {
    const parts = [["q", state.q]];
    for (const name of SEVERAL) for (const value of state[name]) parts.push([name, value]);
    for (const name of ONE.slice(1)) parts.push([name, state[name]]);
    const query = new URLSearchParams(parts.filter(([, value]) => value)).toString();
    return location.pathname + (query ? "?" + query : "");
  }

  /* A query and the month that it names, unless the reader chose other months or took this one off. */
  function dated(query) {
    const named = state.from || state.to ? null : code.monthIn(query, [page, ...said.interfaces.split(" ")]);
    return named && !state.plain.includes(named.month) ? named : { month: "", rest: query };
  }

  async function ask(engine, query) {
    const { month, rest } = dated(query);
    return { ...(await engine.search(rest, filters(month))), month, rest };
  }

  /* `month` is one that the query names. */
  function filters(month = "") {
    const { from, to } = month ? { from: month, to: month } : state;
    return {
      countries: state.country,
      topics: state.topic,
      languages: state.language,
      ...code.daysOf(from, to),
      ignored: state.plain,
    };
  }

  function isAsked() {
    return !!(state.q || state.country.length || state.topic.length || state.language.length || state.from || state.to);
  }

  async function search() {
    const mine = ++turn;
    document.title = (state.q ? state.q + " – " : "") + title;
    if (!isAsked()) return rest();
    start.hidden = true;
    if (!said.index) return tell({ text: said.none });
    const slow = setTimeout(() => mine === turn && (status.textContent = said.busy), 400);
    try {
      const engine = await load();
      let found = await ask(engine, state.q);
      let meant = "";
      if (state.q && !found.results.length) {
        // In the nearest spelling; else without the words that stand nowhere.
        let other = null;
        const isFound = async (query) => {
          meant = query;
          other = query && (await ask(engine, query));
          return other && other.results.length;
        };
        const spelt = await engine.corrected(state.q, found.unknown);
        (await isFound(spelt)) ||
          found.month ||
          (await isFound(await engine.reduced(spelt || state.q, (other || found).unknown))) ||
          (await isFound(await engine.corrected(state.q, found.unknown, true)));
        if (other && other.results.length) found = other;
        else meant = "";
      }
      if (found.month && !found.results.length) {
        // Of a question about a month, "what happened in", the month is what can be answered.
        Object.assign(found, await engine.search("", filters(found.month)), { rest: "", all: false });
      }
      if (mine !== turn) return;
      if (state.sort === "newest" || !found.rest) found.results.sort((a, b) => b.briefing.day - a.briefing.day || b.briefing.number - a.briefing.number);
      const near = found.results.length || !state.q ? [] : nearest(engine, found.words);
      const cards = await made(engine, found, 0, FEW);
      if (mine !== turn) return;
      last = { ...found, engine };
      count(engine.counted(found.results.map(({ briefing }) => briefing)));
      let text = counted(found.results.length);
      if (found.results.length && !found.all) text = said.some;
      tell({ text, cards, near, terms: found.terms, month: found.month });
      if (meant) status.replaceChildren(...corrected(meant));
    } catch (_) {
      if (mine === turn) tell({ text: said.failed });
    } finally {
      clearTimeout(slow);
    }
  }

  function nearest(engine, words) {
    const found = new Map();
    for (const { key } of words) {
      if (key.length < 4) continue; // "de" begins many names
      for (const term of engine.suggested(key, labels(), 3, true)) found.set(`${term.kind}:${term.key}`, term);
    }
    return Array.from(found.values()).slice(0, SUGGESTIONS);
  }

  /* What is found. */

  function counted(count) {
    if (!count) return said.none;
    const form = plural().select(count) === "one" ? said.one : said.many;
    return form.replace("{count}", numbers().format(count));
  }

  /* The page before anything is asked. */
  function rest() {
    last = null;
    status.textContent = "";
    answer.hidden = true;
    answer.replaceChildren();
    more.hidden = true;
    start.hidden = false;
    if (loading) load().then((engine) => isAsked() || count(engine.counted()), () => {});
  }

  /* All at once, so that nothing on the page moves twice. */
  function tell({ text, cards = [], near = [], terms = [], month = "" }) {
    status.textContent = text;
    list = element("ol", "search__results river");
    list.append(...cards);
    shown = cards.length;
    const parts = [chips(terms, month)];
    if (near.length) parts.push(offered(near));
    if (shown) parts.push(list);
    answer.replaceChildren(...parts.filter(Boolean));
    answer.hidden = false;
    start.hidden = !!shown;
    more.hidden = !shown || shown >= last.results.length;
  }

  /* What narrows the results, each with a button that takes it off: what was chosen, and what words of the query name. */
  function chips(terms, named) {
    const row = element("ul", "search__chips");
    const add = (label, kind, off, isMeant = false) => {
      const item = element("li", "search__chip");
      const button = element("button", `chip chip--${kind}${isMeant ? " chip--meant" : ""}`, label);
      button.type = "button";
      button.setAttribute("aria-label", said.remove.replace("{label}", label));
      button.addEventListener("click", () => {
        off();
        settle();
        box.focus();
      });
      item.append(button);
      row.append(item);
    };
    for (const name of ["country", "topic", "language"]) {
      for (const value of state[name]) {
        add(label(name, value), name, () => (state[name] = state[name].filter((each) => each !== value)));
      }
    }
    const month = (name) => said[name].replace("{month}", months().format(new Date(state[name] + "-01")));
    for (const name of ["from", "to"]) if (state[name]) add(month(name), "month", () => (state[name] = ""));
    if (named) add(months().format(new Date(named)), "month", () => state.plain.push(named), true);
    for (const { kind, key } of terms) add(label(kind, key), kind, () => state.plain.push(key), true);
    return row.children.length ? row : null;
  }

  /* That the results are for another spelling, which is a link. */
  function corrected(meant) {
    const [before, after] = said.meant.replace("{query}", state.q).split("{other}");
    const link = element("a", "search__meant", meant);
    link.href = location.pathname + "?" + new URLSearchParams({ q: meant });
    return [before, link, after];
  }

  function offered(near) {
    const part = element("div", "search__near");
    const terms = element("ul", "terms");
    terms.append(...near.map(({ kind, key }) => termLink(kind, key)));
    part.append(element("h2", "rubric", said.nearest), terms);
    return part;
  }

  /* How many of the results each choice would leave. */
  function count(counts) {
    for (const name of ["country", "topic", "language"]) {
      for (const each of form.elements[name].options) {
        if (!each.value) continue;
        each.dataset.label ||= each.text;
        const number = counts[name].get(each.value) || 0;
        each.text = `${each.dataset.label} (${numbers().format(number)})`;
        each.disabled = !number && !each.selected;
      }
    }
  }

  async function made(engine, { results, marks }, from, count) {
    const some = results.slice(from, from + count);
    const facts = await Promise.all(some.map(({ briefing }) => engine.facts(briefing)));
    return some.map((each, number) => cardOf(result, code, each, facts[number], marks));
  }

  /* The reader. */

  /* The lists of months are filled before they are needed, and not while the page is painted. */
  if (location.search) fillMonths();
  else (window.requestIdleCallback || setTimeout)(fillMonths);
  form.addEventListener("pointerenter", fillMonths, { once: true });
  form.addEventListener("focusin", fillMonths, { once: true });
  read(new URLSearchParams(location.search));
  if (isAsked()) search();

  form.addEventListener(
    "focusin",
    () => said.index && load().then(() => last || rest(), () => {}),
    { once: true },
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    state.q = box.value.trim();
    close();
    if (matchMedia("(pointer: coarse)").matches) box.blur(); // the keyboard would cover the results
    settle();
  });
  form.addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (name === "q") return;
    if (name === "country" || name === "topic") {
      if (value && !state[name].includes(value)) state[name].push(value);
    } else if (name === "language") state.language = value ? [value] : [];
    else state[name] = value;
    settle();
  });
  box.addEventListener("input", () => {
    suggest();
    clearTimeout(typing);
    typing = setTimeout(() => {
      state.q = box.value.trim();
      state.plain = [];
      history.replaceState(null, "", address());
      search();
    }, 250);
  });
  addEventListener("popstate", () => {
    read(new URLSearchParams(location.search));
    search();
  });
  toggle.addEventListener("click", () => {
    const isOpen = form.classList.toggle("search--open");
    toggle.setAttribute("aria-expanded", String(isOpen));
  });
  more.addEventListener("click", async () => {
    const mine = turn;
    const first = shown;
    try {
      const cards = await made(last.engine, last, first, 2 * FEW);
      if (mine !== turn) return;
      list.append(...cards);
      shown += cards.length;
      more.hidden = shown >= last.results.length;
      list.children[first].querySelector("a").focus();
    } catch (_) {
      status.textContent = said.failed;
    }
  });

  function settle() {
    clearTimeout(typing);
    show();
    if (address() !== location.pathname + location.search) history.pushState(null, "", address());
    search();
  }
})();
