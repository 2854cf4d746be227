/*
 * /search/: what the reader asks, in the address, and what the index answers, as cards. Without JavaScript the page
 * leads to dossiers and indexes.
 *
 * static/search-engine.js reads the index; nothing of it is fetched before the reader turns to the form. Whatever comes
 * out of it is shown as text: no markup of an entry's is ever made into elements.
 */
(() => {
  "use strict";

  const form = document.querySelector(".search");
  const answer = document.querySelector(".search__answer");
  const more = document.querySelector(".search__more");
  const start = document.querySelector(".search__start");
  const result = document.querySelector("#_result");
  if (!form || !answer || !more || !start || !result) return;

  const SEVERAL = ["country", "topic", "language", "plain"]; // an address may name several of each
  const ONE = ["q", "from", "to", "sort"];
  const FEW = 10;
  const SUGGESTIONS = 6;

  const said = form.dataset;
  const box = form.elements.q;
  const status = form.querySelector(".search__status");
  const listbox = form.querySelector(".search__suggestions");
  const toggle = form.querySelector(".search__toggle");
  const title = document.title;
  const page = document.documentElement.lang || "en";
  const english = page === "en" ? "en-GB" : page; // plain "en" is the world's English, as everywhere on the site
  /* Formatters cost some milliseconds each, so they are made when the first of their words is needed. */
  const once = (make) => {
    let made = null;
    return () => (made ||= make());
  };
  const plural = once(() => new Intl.PluralRules(page));
  const days = once(() => new Intl.DateTimeFormat(english, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
  const months = once(() => new Intl.DateTimeFormat(english, { month: "long", year: "numeric", timeZone: "UTC" }));
  const numbers = once(() => new Intl.NumberFormat(page));

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
      index: said.index,
      shards: said.shards.split(" "),
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
      count(engine.counted(found.results));
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
    if (loading) load().then((engine) => isAsked() || count(engine.counted(engine.briefings.map((briefing) => ({ briefing })))), () => {});
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

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
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
    terms.append(...near.map(({ kind, key }) => term(kind, key)));
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

  function option(name, value) {
    return Array.from(form.elements[name].options).find((each) => each.value === value);
  }

  function label(name, value) {
    const own = option(name, value);
    if (own) return own.dataset.label || own.text;
    try {
      const type = name === "language" ? "language" : "region";
      return name === "topic" ? value : new Intl.DisplayNames([page], { type }).of(value);
    } catch (_) {
      return value;
    }
  }

  /* What the page calls the terms that have a dossier. */
  function labels() {
    const all = new Map();
    for (const kind of ["country", "topic"]) {
      for (const { value, dataset } of form.elements[kind].options) {
        if (dataset.href) all.set(`${kind}:${value}`, label(kind, value));
      }
    }
    return all;
  }

  async function made(engine, { results, marks }, from, count) {
    const some = results.slice(from, from + count);
    const facts = await Promise.all(some.map(({ briefing }) => engine.facts(briefing)));
    return some.map((each, number) => card(each, facts[number], marks));
  }

  function card({ briefing, version }, facts, marks) {
    const item = result.content.cloneNode(true);
    const part = (name) => item.querySelector("." + name);
    const own = facts[version];
    const tag = briefing.versions[version];
    const lang = tag.split("-")[0];
    const link = part("card__link");
    link.href = said.root + own.url;
    link.textContent = own.title;
    for (const words of [part("card__title"), part("card__summary")]) {
      if (lang !== page) words.lang = tag;
      words.dir = code.directionOf(lang);
    }
    const day = code.dateOf(briefing.day);
    part("card__date").dateTime = day.toISOString().slice(0, 10);
    part("card__date").textContent = days().format(day);
    if (lang === page.split("-")[0]) part("card__lang").remove();
    else {
      part("card__lang").textContent = label("language", lang);
      const tongue = element("span", "tongue", lang.toUpperCase());
      tongue.ariaHidden = "true";
      link.before(tongue, " ");
    }
    part("card__summary").append(
      ...code.excerpt(own, marks).map(({ text, marked }) => (marked ? element("mark", "search__mark", text) : text)),
    );
    part("terms").append(...briefing.primary.map((each) => term("country", each)));
    if (!part("terms").children.length) part("terms").remove();
    const others = briefing.versions.map((each, number) => [each, number]).filter(([, number]) => number !== version);
    if (!others.length) part("search__versions").remove();
    else {
      part("search__versions").append(said.also + " ");
      others.forEach(([other, number], place) => {
        const way = element("a", "search__version", new Intl.DisplayNames([other], { type: "language" }).of(other));
        way.href = said.root + facts[number].url;
        way.lang = way.hreflang = other;
        part("search__versions").append(place ? ", " : "", way);
      });
    }
    return item;
  }

  function term(kind, key) {
    const item = document.createElement("li");
    const known = option(kind, key);
    const link = document.createElement(known && known.dataset.href ? "a" : "span");
    link.className = `term term--${kind}`;
    link.textContent = label(kind, key);
    if (link.localName === "a") link.href = known.dataset.href;
    item.append(link);
    return item;
  }

  /* Suggestions: dossiers that begin as what is typed does. */

  let active = -1;

  async function suggest() {
    const typed = box.value.trim();
    if (typed.length < 2 || document.activeElement !== box) return close();
    const engine = await load().catch(() => null);
    if (!engine || typed !== box.value.trim()) return;
    const found = engine.suggested(typed, labels(), SUGGESTIONS);
    active = -1;
    listbox.replaceChildren(
      ...found.map(({ kind, key, count }, number) => {
        const item = element("li", "search__suggestion");
        item.id = `_suggestion-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.href = option(kind, key).dataset.href;
        item.append(element("span", `term term--${kind}`, label(kind, key)), " ", element("span", "search__fact", numbers().format(count)));
        return item;
      }),
    );
    expand(found.length > 0);
  }

  function expand(isOpen) {
    listbox.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) box.removeAttribute("aria-activedescendant");
  }

  function close() {
    active = -1;
    expand(false);
  }

  function move(step) {
    const items = Array.from(listbox.children);
    if (listbox.hidden || !items.length) return;
    // Past either end, the box itself is active again.
    const places = items.length + 1;
    active = ((active + 1 + step + places) % places) - 1;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", items[active].id);
      items[active].scrollIntoView({ block: "nearest" });
    }
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (listbox.hidden) return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !listbox.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(listbox.children[active].dataset.href);
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  listbox.addEventListener("pointerdown", (event) => event.preventDefault());
  listbox.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.href);
  });

  /* The reader. */

  const fillMonths = once(() => {
    const [first, end] = said.months.split(" ");
    if (!first) return true;
    const options = [];
    let [year, month] = end.split("-").map(Number);
    while (`${year}-${String(month).padStart(2, "0")}` >= first) {
      const value = `${year}-${String(month).padStart(2, "0")}`;
      options.push(new Option(months().format(new Date(value + "-01")), value));
      if (!--month) [year, month] = [year - 1, 12];
    }
    form.elements.from.append(...options);
    form.elements.to.append(...options.map((each) => each.cloneNode(true)));
    return true;
  });

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
