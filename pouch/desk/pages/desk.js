// The desk's script: the inbox, and the one screen on which an entry is curated. No library, no build step.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = JSON.parse($("#words").textContent);
let token = $('meta[name="pouch-token"]').content;

/** A text in the language of the interface; {name} stands for values.name. */
function t(text, values = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** What convert, check and git say: in the interface's language where the catalogue has the sentence, else marked as English. */
function said(text) {
  const spoken = spokenAs(text);
  if (spoken !== null || document.documentElement.lang.startsWith("en")) return spoken ?? text;
  return h("span", "", {}, ...text.split("; ").map((part, place) => {
    const own = spokenAs(part);
    return h("span", "", own === null ? { lang: "en", dir: "ltr" } : {}, (place ? "; " : "") + (own ?? part));
  }));
}
let forms;
function spokenAs(text) {
  if (text in words) return words[text];
  // In a sentence of the catalogue {name} stands for whatever is there; one that is hardly more than names fits too much.
  forms ??= Object.keys(words).filter((key) => key.includes("{") && key.replace(/\{\w+\}/g, "").length > 20)
    .map((key) => [key, new RegExp(`^${key.replace(/[.*+?^$|()[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`)]);
  for (const [key, form] of forms) {
    const match = form.exec(text);
    if (match) return t(key, match.groups);
  }
  return null;
}

/** An element: its classes, its attributes and listeners, its children. */
function h(tag, classes = "", attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

async function ask(path, data, options = {}) {
  const raw = data instanceof Blob;
  const send = () => fetch(path, data === undefined ? {} : {
    method: "POST",
    headers: { "X-Pouch-Token": token, "Content-Type": raw ? "application/octet-stream" : "application/json" },
    body: raw ? data : JSON.stringify(data),
    ...options,
  });
  let answer = await send();
  if (answer.status === 403 && data !== undefined) {
    // The desk was started again since this page was loaded.
    token = (await (await fetch("/api/token")).json()).token;
    answer = await send();
  }
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    const found = await answer.json();
    if (answer.ok) return found;
    throw new Error(found.fault);
  }
  throw new Error(answer.status === 404 ? t("It is not there any more.") : `${answer.status} ${answer.statusText}`);
}

let toastTimer = 0;
function toast(text) {
  $("#toast").textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("#toast").textContent = ""; }, 3500);
}

function notice(text, { fault = false, actions = [] } = {}) {
  const same = (one) => $(".notice__text", one).textContent === (text.textContent ?? text);
  $$(".notice").filter(same).forEach((one) => one.remove());
  const close = h("button", "button button--small button--quiet", { type: "button", onclick: () => shown.remove() }, t("Close"));
  const shown = h("div", `notice${fault ? " _fault" : ""}`, {}, h("span", "notice__text", {}, text), ...actions, close);
  $("#notices").append(shown);
  return shown;
}

const say = (error) => notice(error instanceof TypeError ? t("The desk does not answer. What you typed is kept in this browser.") : said(error.message), { fault: true });
window.addEventListener("unhandledrejection", (event) => { event.preventDefault(); say(event.reason); });
const typing = (target) => target.matches("input, textarea, select");
const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

/** A dialog that is gone once it is closed. Its first action is the one that Enter takes. */
function dialog(title, body, actions = []) {
  const box = h("dialog", "", { "aria-label": title });
  const close = () => box.close();
  const act = async (run) => {
    buttons.forEach((one) => { one.disabled = true; }); // a second click does nothing
    try { await run(close); } catch (error) { close(); say(error); }
    buttons.forEach((one) => { one.disabled = false; });
  };
  const buttons = actions.map(([label, run, main]) => h("button", `button${main ? " button--main" : ""}`, { type: "button", onclick: () => act(run) }, label));
  box.append(h("div", "dialog__body", {}, h("h2", "dialog__title", {}, title), ...body,
    h("div", "dialog__acts", {}, h("button", "button button--quiet", { type: "button", onclick: close }, actions.length ? t("Cancel") : t("Close")), ...buttons)));
  const before = document.activeElement;
  box.addEventListener("close", () => { box.remove(); before?.focus(); });
  document.body.append(box);
  box.showModal();
  (buttons.at(-1) ?? $("button", box)).focus();
  return box;
}

function diffOf(lines) {
  return h("pre", "diff", { tabindex: "0", role: "region", "aria-label": t("Difference") },
    ...lines.map((line) => h("span", line.startsWith("+") ? "diff__add" : line.startsWith("-") ? "diff__cut" : "", {}, `${line}\n`)));
}

function showKeys(parts) {
  dialog(t("Keys"), [h("div", "keys", {}, ...parts.map(([heading, keys]) => h("section", "keys__part", {}, h("h3", "keys__heading", {}, heading),
    h("dl", "keys__list", {}, ...keys.flatMap(([key, meaning]) => [h("dt", "", {}, key), h("dd", "", {}, meaning)])))))]);
}

// ---- the inbox ---------------------------------------------------------------------------------------------------

function startInbox() {
  const form = $("#intake"), field = $("#paste");
  let terms = { country: {} };
  const named = (one) => one.countries.map((code) => terms.country[code] ?? code).join(", ");
  const list = async () => {
    const [{ waiting, drafts }, found] = await Promise.all([ask("/api/inbox"), ask("/api/terms")]);
    terms = found;
    search().then(showPublished, say); // which may wait for the archive
    fill("#waiting", waiting.map(waitingRow));
    fill("#drafts", drafts.map(draftRow));
    $("#empty").hidden = waiting.length + drafts.length > 0;
  };
  const fill = (section, rows) => {
    $(section).hidden = rows.length === 0;
    $(".list__items", $(section)).replaceChildren(...rows);
  };
  const row = (id, title, facts, warning, ...more) => h("li", "row", {},
    h(id ? "a" : "span", "row__link", id ? { href: `/entry/${id}` } : {}, h("span", "row__title", { dir: "auto" }, title),
      h("span", "row__facts", {}, facts.filter(Boolean).join(" · "), warning ? h("span", "row__warn", {}, ` ${warning}`) : null)), ...more);
  const waitingRow = (one) => row(one.id, one.title, [one.source, named(one), one.lang],
    one.duplicate_of ? (one.share ? t("Already in the archive, {share} % the same words: {path}", { path: one.duplicate_of, share: Math.round(one.share * 100) }) : t("Already in the archive, from the same address: {path}", { path: one.duplicate_of })) : "",
    h("button", "button button--small button--quiet", { type: "button", "aria-label": t("Discard: {title}", { title: one.title }),
      onclick: async () => { await ask("/api/discard", { id: one.id }); await list(); } }, t("Discard")));
  const draftRow = (one) => row(one.id, one.title, [one.date, named(one), one.lang, one.path],
    one.faults ? t("Faults: {count}", { count: one.faults }) : "");
  // Published briefings, found by any words of their titles.
  let published = [], searches = 0;
  const search = async () => {
    const mine = ++searches, found = await ask(`/api/published?word=${encodeURIComponent($("#find").value)}`);
    if (mine === searches) published = found;
  };
  const showPublished = () => {
    $("#published").hidden = !published.length && !$("#find").value;
    $(".list__items", $("#published")).replaceChildren(...published.map((one) => row(one.id, one.title, [one.date, named(one), one.lang])));
  };
  $("#find").addEventListener("input", () => search().then(showPublished, say));

  let receiving = false;
  const receive = async (send) => {
    if (receiving) return toast(t("One moment: the desk is still reading."));
    receiving = true;
    form.classList.add("_busy");
    const hint = $(".intake__hint"), told = hint.textContent;
    $("#notices").replaceChildren();
    try {
      const all = { waiting: [], refused: [] };
      for (const [number, one] of send.entries()) {
        hint.textContent = send.length > 1 ? t("Reading {number} of {count}…", { number: number + 1, count: send.length }) : t("Reading…");
        const { waiting, refused } = await one();
        all.waiting.push(...waiting);
        all.refused.push(...refused.map((message) => [one.file, message]));
      }
      all.refused.forEach(([file, message]) => notice(file ? h("span", "", {}, `${file}: `, said(message)) : said(message), { fault: true }));
      if (all.waiting.length === 1 && !all.refused.length) {
        location.href = `/entry/${all.waiting[0].id}`;
        return;
      }
      field.value = "";
      if (all.waiting.length) toast(t("In the inbox: {count}", { count: all.waiting.length }));
      await list();
    } catch (error) {
      say(error);
    }
    receiving = false;
    hint.textContent = told;
    form.classList.remove("_busy");
  };
  const asked = (text) => (/^https?:\/\/\S+$/.test(text) ? { address: text } : { text });
  const textIn = (text) => text.trim() && receive([() => ask("/api/intake", asked(text.trim()))]);
  const filesIn = (files) => receive([...files].map((file) => Object.assign(() => ask(`/api/file?name=${encodeURIComponent(file.name)}`, file), { file: file.name })));
  const transferred = (data) => {
    if (data.files.length) return filesIn(data.files);
    const html = data.getData("text/html"), text = data.getData("text/plain").trim();
    // A page's markup has its headings and links; that of an editor of code has neither.
    if (/<(p|h[1-6]|li|article|table)[\s>]/i.test(html) && !/^https?:\/\/\S+$/.test(text)) return receive([() => ask("/api/intake", { html })]);
    return textIn(data.getData("text/uri-list").split("\n")[0].trim() || text);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); textIn(field.value); });
  $("#files").addEventListener("change", (event) => filesIn(event.target.files));
  document.addEventListener("paste", (event) => {
    // What is pasted becomes a draft at once, unless something is being typed.
    if (field.value.trim() || (typing(event.target) && event.target !== field)) return;
    event.preventDefault();
    transferred(event.clipboardData);
  });
  document.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("_over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("_over"); });
  document.addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("_over"); transferred(event.dataTransfer); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
    if (event.key === "Escape" && typing(event.target)) $(".row__link")?.focus();
    if (typing(event.target) || !plain(event)) return;
    const rows = $$("a.row__link"), at = rows.indexOf(document.activeElement);
    if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); rows[Math.min(at + 1, rows.length - 1)]?.focus(); }
    if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); (at > 0 ? rows[at - 1] : field).focus(); }
    if (event.key === "n") { event.preventDefault(); field.focus(); }
    if (event.key === "?") help();
  });
  const help = () => showKeys([[t("Inbox"), [["Ctrl V", t("make a draft of what is pasted")], ["Ctrl ↵", t("make a draft of what is typed")],
    ["Esc", t("leave the field")], ["j k", t("next and previous in the list")], ["↵", t("open")], ["n", t("back to the field")]]]]);
  $("#help").addEventListener("click", help);

  const desk = document.body.dataset.address;
  $("#bookmarklet").href = `javascript:(()=>{const w=open(${JSON.stringify(`${desk}/?receive`)});addEventListener("message",e=>{if(e.source===w&&e.data==="pouch-desk")w.postMessage({address:location.href,html:document.documentElement.outerHTML},${JSON.stringify(desk)})})})()`;
  $("#bookmarklet").addEventListener("click", (event) => { event.preventDefault(); toast(t("Drag it into your bookmarks, and click it there.")); });
  const given = new URLSearchParams(location.search);
  const address = (`${given.get("url") ?? ""} ${given.get("text") ?? ""}`.match(/https?:\/\/\S+/) ?? [""])[0];
  if (address || given.get("text")) field.value = address || given.get("text");
  if (given.has("receive") && window.opener) {
    window.addEventListener("message", ({ data, source }) => {
      if (source !== window.opener || typeof data?.html !== "string" || typeof data.address !== "string") return;
      // Another site sent it, so a person decides.
      const make = h("button", "button button--main", { type: "button", onclick: () => receive([() => ask("/api/intake", { html: data.html, address: data.address })]) }, t("Make a draft"));
      notice(t("A page came in: {address}", { address: data.address }), { actions: [make] });
      make.focus();
    });
    window.opener.postMessage("pouch-desk", "*");
  }
  // `autofocus` waits for the first frame, and what is typed before it would be lost.
  field.focus();
  list().catch(say);
}

// ---- one entry ---------------------------------------------------------------------------------------------------

const LISTS = { countries: "country", mentions: "country", topics: "topic" };
const RULES = () => ({
  name: t("its name"), demonym: t("its people"), capital: t("its capital"), city: t("a city"), subdivision: t("a region of it"), leader: t("a leader"),
  institution: t("an institution"), dateline: t("the dateline"), alias: t("a word for it"), learned: t("words that the archive uses for it"), byline: t("the byline"),
  date: t("the line with the date"), text: t("the text"),
});
const ROLES = () => ({ title: t("title"), summary: t("summary"), byline: t("author"), date: t("date"), "key point": t("key point"), "key points heading": t("heading") });

/** What tabs keep of an entry whose text is not saved: each has a place of its own in this browser, held by a lock of its name while it is open. */
class Unsaved {
  constructor(id) { this.prefix = `pouch-desk:${id}`; }
  /** Take this tab's place. It stays its own when the page is loaded again, and not when the tab is duplicated. */
  async take() {
    const held = (name, options) => new Promise((resolve) => {
      navigator.locks.request(name, options, () => { resolve(true); return new Promise(() => {}); }).catch(() => resolve(false));
    });
    this.place = sessionStorage.getItem(this.prefix) ?? "";
    // The page that is loaded again gives its lock back at once.
    if (this.place && await held(this.place, { signal: AbortSignal.timeout(1000) })) return;
    this.place = `${this.prefix}:${crypto.randomUUID()}`;
    sessionStorage.setItem(this.prefix, this.place);
    await held(this.place, {});
  }
  read(place = this.place) { return JSON.parse(localStorage.getItem(place) ?? "null"); }
  write(kept) { localStorage.setItem(this.place, JSON.stringify({ ...kept, at: Date.now() })); }
  remove(place = this.place) { localStorage.removeItem(place); }
  /** The places of tabs that are closed, the newest first. */
  async closed() {
    const open = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
    return Object.keys(localStorage).filter((name) => (name === this.prefix || name.startsWith(`${this.prefix}:`)) && !open.has(name))
      .sort((one, other) => (this.read(other).at ?? 0) - (this.read(one).at ?? 0));
  }
  /** Change texts with a closed tab. */
  swap(place) {
    const own = localStorage.getItem(this.place), other = localStorage.getItem(place);
    localStorage.setItem(this.place, other);
    if (own) localStorage.setItem(place, own);
    else localStorage.removeItem(place);
  }
  removeAll() { for (const name of Object.keys(localStorage)) if (name === this.prefix || name.startsWith(`${this.prefix}:`)) localStorage.removeItem(name); }
}

async function startEntry() {
  const id = document.body.dataset.id, unsavedText = new Unsaved(id);
  let opened, terms;
  try {
    [opened, terms] = await Promise.all([ask(`/api/entry/${id}`), ask("/api/terms"), unsavedText.take()]);
  } catch (error) {
    $("#desk").setAttribute("aria-busy", "false");
    for (const one of $$("#save, #publish")) one.disabled = true;
    say(error);
    return;
  }
  const copy = (value) => JSON.parse(JSON.stringify(value));
  let { base, path } = opened;
  let initial = copy({ fields: opened.fields, passages: opened.passages });
  let state = { ...copy(initial), rejected: [], refused: [] }; // refused: terms; rejected: candidate key points
  let evidence = { marks: [], reasons: [] };
  const label = (kind, key) => terms[kind][key] ?? key;
  const langOfText = () => state.fields.lang || document.documentElement.lang;

  // --- state

  const body = (passages) => JSON.stringify(passages.map(({ markdown, rule, field, added }) => [markdown, rule, field, added]));
  const changed = () => [...Object.keys(initial.fields).filter((name) => JSON.stringify(initial.fields[name]) !== JSON.stringify(state.fields[name])),
    ...(body(initial.passages) === body(state.passages) ? [] : ["body"])];
  const isNew = () => !base;
  const unsaved = () => isNew() || changed().length > 0;
  const sheet = () => ({ id, base, changed: changed(), fields: state.fields, rejected: state.rejected,
    passages: state.passages.map((passage) => (passage.unread ? { ...passage, text: "" } : passage)) });

  let tooLong = false;
  function keep() {
    try {
      if (changed().length || state.rejected.length || state.refused.length) unsavedText.write({ base, initial, state });
      else unsavedText.remove();
    } catch {
      // No room: the article is very long, or the browser keeps nothing for this page.
      if (!tooLong) notice(t("This browser cannot keep what you type. Save often."));
      tooLong = true;
    }
    showState();
  }
  function showState() {
    const where = path || t("not saved yet");
    $("#state").textContent = `${opened.status === "published" ? t("Published") : t("Draft")} · ${where}${unsaved() && !isNew() ? ` · ${t("changed")}` : ""}`;
    $("#state").title = where;
    $("#state").classList.toggle("_unsaved", unsaved());
    document.title = `${unsaved() ? "• " : ""}${state.fields.title}`;
    $("#publish").hidden = opened.status === "published";
    $("#after").hidden = opened.status !== "published";
  }
  /** Something was changed: `text` says that evidence may differ. */
  function touched({ text = false } = {}) {
    keep();
    look();
    if (text) weigh();
  }

  // --- what the server says

  /** Asks, and breaks off what was asked before. */
  let asking;
  async function askEvidence() {
    asking?.abort();
    asking = new AbortController();
    try {
      showEvidence(await ask("/api/evidence", sheet(), { signal: asking.signal }));
    } catch (error) {
      if (error.name !== "AbortError") say(error);
    }
  }
  /** Shows the page with every change so far. A page that is on its way is shown too: else nothing moved while one types. */
  let looked = Promise.resolve(), looking = false, outdated = false, weighTimer;
  function look() {
    outdated = true;
    if (!looking) looked = askLook();
  }
  async function askLook() {
    looking = true;
    while (outdated) {
      await new Promise((run) => { setTimeout(run); }); // what one key does is one change
      outdated = false;
      try {
        showLook(await ask("/api/look", sheet()));
      } catch (error) {
        say(error);
      }
    }
    looking = false;
  }
  function weigh(wait = 250) {
    clearTimeout(weighTimer);
    // The page comes first: both need the same processor.
    weighTimer = setTimeout(async () => { await looked; await askEvidence(); }, wait);
  }
  function showEvidence(found) {
    evidence = found;
    found.texts.forEach((text, place) => { if (state.passages[place]) Object.assign(state.passages[place], { text, unread: false }); });
    showText();
    showChips();
  }

  const frame = $("#frame");
  function showLook(found) {
    $$(".field__fault[data-look]").forEach(noFault);
    if (found.fault) fieldFault(found.field, found.fault, true);
    const rows = found.problems.map((one) => h("li", `problem${one.severity === "error" ? " _error" : ""}`, {},
      said(one.message), one.hint ? h("span", "problem__hint", {}, " – ", said(one.hint)) : null));
    if (!state.fields.date.trim()) rows.push(h("li", "problem", {}, t("A briefing needs a date before it is published.")));
    $(".problems").replaceChildren(...(rows.length || found.fault ? rows : [h("li", "problem _none", {}, t("Nothing to fix."))]));
    $("#page-fault").hidden = Boolean(found.html);
    if (found.html) showPage(found.html);
    else $("#page-fault").textContent = t("This is the page before the last change: a field or the text has a fault.");
    if (!found.fault) others("#earlier", found.earlier.map((one) => other(one.id, one.title, [one.date, one.countries.map((code) => label("country", code)).join(", ")], one.lang)));
  }
  function showPage(html) {
    const there = frame.contentDocument, loaded = there && $("main", there);
    if (!loaded) {
      frame.srcdoc = html;
      return;
    }
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const name of ["lang", "dir"]) there.documentElement[name] = fresh.documentElement[name];
    loaded.replaceWith(there.adoptNode($("main", fresh)));
  }
  frame.addEventListener("load", () => frame.contentDocument?.addEventListener("click", (event) => {
    // The preview is one page: links of the site lead nowhere here.
    if (event.target.closest("a")) event.preventDefault();
  }));
  function noFault(shown) {
    shown.previousElementSibling.removeAttribute("aria-invalid");
    shown.remove();
  }
  /** A fault at its field, until the field is edited; with `passing`, until the next look. */
  function fieldFault(name, message, passing = false) {
    const field = $(`[name="${name}"]`);
    $$(`[name="${name}"] + .field__fault`).forEach(noFault);
    if (!field) return notice(said(message), { fault: true });
    field.setAttribute("aria-invalid", "true");
    field.after(h("p", "field__fault", { role: "alert", "data-look": passing }, said(message)));
  }
  const other = (entry, title, facts, lang, warning) => h("li", "", {}, h("a", "", { href: `/entry/${entry}`, lang: lang || null, dir: "auto" }, title),
    h("span", "others__facts", {}, facts.filter(Boolean).join(" · "), warning ?? null));
  function others(section, rows) {
    $(section).hidden = rows.length === 0;
    $(".others", $(section)).replaceChildren(...rows);
  }
  function showLike(like) {
    const share = (one) => (one.share ? t("{share} % the same words", { share: Math.round(one.share * 100) }) : t("the same address"));
    others("#like", like.map((one) => other(one.id, one.title, [share(one), one.figures_differ ? t("other figures") : "", one.path])));
    const near = like.find((one) => !one.figures_differ);
    if (near && isNew()) {
      const go = h("a", "button button--small", { href: `/entry/${near.id}` }, t("Open that one"));
      const discard = h("button", "button button--small", { type: "button", onclick: async () => { await ask("/api/discard", { id }); unsavedText.removeAll(); location.href = "/"; } }, t("Discard this one"));
      notice(t("The archive has nearly the same: {title}", { title: near.title }), { actions: [go, discard] });
    }
  }

  // --- the article

  function marked(place, text) {
    const spans = evidence.marks.filter((one) => one.passage === place).sort((one, two) => one.start - two.start || two.end - one.end);
    const parts = [];
    let at = 0;
    for (const one of spans) {
      if (one.start < at || one.end > text.length) continue;
      parts.push(text.slice(at, one.start));
      const faint = (one.kind === "country" || one.kind === "topic") && !chosen(one.kind, one.key);
      parts.push(h("span", `mark mark--${one.kind}${faint ? " _faint" : ""}`, { role: "button", tabindex: "-1", "data-kind": one.kind, "data-key": one.key, "data-rule": one.rule,
        onclick: (event) => { event.stopPropagation(); why(event.currentTarget, one.kind, one.key, one.rule); } }, text.slice(one.start, one.end)));
      at = one.end;
    }
    return [...parts, text.slice(at)];
  }
  function showText() {
    const root = $("#text"), focused = document.activeElement?.closest?.(".passage")?.dataset.place, top = root.scrollTop;
    if ($(".passage__edit", root)) return; // it is shown again when the edit ends
    const open = new Set($$("details[open]", root).map((one) => one.dataset.first));
    const shown = [h("h2", "article__title", { lang: langOfText(), dir: "auto" }, ...marked(-1, state.fields.title))];
    let fold = null;
    state.passages.forEach((passage, place) => {
      if (passage.role === "title" && passage.field) return;
      if (passage.rule && passage.rule !== "removed-by-editor") {
        if (!fold) {
          fold = h("details", "dropped", { "data-first": place, open: open.has(String(place)) }, h("summary", ""));
          fold.texts = [];
          shown.push(fold);
        }
        fold.texts.push(passage.text);
        fold.append(passageOf(passage, place));
        return;
      }
      fold = null;
      shown.push(passageOf(passage, place));
    });
    for (const one of shown.filter((each) => each.texts)) {
      $("summary", one).textContent = `${t("Left out: {count}", { count: one.texts.length })} – ${one.texts.join(" · ").slice(0, 120)}`;
    }
    root.replaceChildren(...shown);
    root.scrollTop = top;
    if (focused !== undefined) $(`.passage[data-place="${focused}"]`, root)?.focus({ preventScroll: true });
  }
  function passageOf(passage, place) {
    const dropped = Boolean(passage.rule), role = passage.field ? "field" : passage.role.replace("numbered item", "numbered") || "paragraph";
    const classes = ["passage", `passage--${role}`, dropped && "passage--dropped", passage.rule === "removed-by-editor" && "passage--removed", passage.added && "passage--added"];
    const act = passage.field ? null : h("button", "passage__act", { type: "button", tabindex: "-1", title: dropped ? t("Restore (x)") : t("Leave out (x)"),
      "aria-label": dropped ? t("Restore") : t("Leave out"), onclick: () => toggle(place) }, dropped ? "↩" : "×");
    const pen = passage.field || dropped ? null : h("button", "passage__act passage__act--edit", { type: "button", tabindex: "-1", title: t("Edit (e)"), "aria-label": t("Edit"), onclick: () => edit(place) }, "✎");
    return h("div", classes.filter(Boolean).join(" "), { tabindex: "-1", "data-place": place, lang: langOfText(), dir: "auto", ondblclick: () => edit(place) },
      passage.field ? h("span", "passage__role", {}, ROLES()[passage.role] ?? passage.role) : null,
      h("span", "passage__text", {}, ...marked(place, passage.text)), pen, act,
      dropped ? h("span", "passage__rule", {}, passage.rule === "removed-by-editor" ? t("left out by you") : passage.rule.replaceAll("-", " ")) : null);
  }
  function toggle(place) {
    const passage = state.passages[place];
    if (!passage || passage.field) return;
    if (passage.rule) {
      passage.was = passage.rule;
      passage.rule = "";
      passage.added = passage.was !== "removed-by-editor" || passage.added;
    } else {
      passage.rule = passage.was && passage.was !== "removed-by-editor" ? passage.was : "removed-by-editor";
      if (passage.rule !== "removed-by-editor") passage.added = false;
    }
    showText();
    $(`.passage[data-place="${place}"]`)?.focus({ preventScroll: true });
    touched({ text: true });
  }
  function edit(place) {
    const passage = state.passages[place], shown = $(`.passage[data-place="${place}"]`);
    if (!passage || passage.field || passage.rule || $(".passage__edit", shown)) return;
    const field = h("textarea", "passage__edit", { "aria-label": t("Markdown of this passage"), rows: 3, dir: "auto" });
    field.value = passage.markdown;
    let ended = false; // taking the field away takes its focus away too
    const end = () => {
      if (ended) return;
      ended = true;
      const text = field.value.replace(/^\n+|\s+$/g, "");
      field.remove();
      if (text !== passage.markdown) {
        // Its words are read by the server.
        if (text.trim()) Object.assign(passage, { markdown: text, text, unread: true });
        else passage.rule = "removed-by-editor";
        touched({ text: true });
      }
      showText();
      $(`.passage[data-place="${place}"]`)?.focus({ preventScroll: true });
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") end();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); end(); }
      if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); end(); save(); }
    });
    field.addEventListener("blur", end);
    $(".passage__text", shown).replaceChildren(field);
    field.focus();
  }
  function move(step) {
    const all = $$(".passage").filter((one) => one.checkVisibility());
    const at = all.indexOf(document.activeElement?.closest?.(".passage"));
    const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  function nextMark(step) {
    const all = $$("#text .mark").filter((one) => one.checkVisibility());
    const at = all.findIndex((one) => one.classList.contains("_shown"));
    const next = all[(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step + all.length) % all.length];
    next?.scrollIntoView({ block: "center" });
    if (next) why(next, next.dataset.kind, next.dataset.key, next.dataset.rule);
  }

  // --- why a term is proposed

  let whyBack = null;
  function closeWhy() {
    if ($("#why").hidden) return false;
    $("#why").hidden = true;
    for (const one of $$(".mark._shown")) one.classList.remove("_shown");
    if (whyBack?.isConnected) whyBack.focus({ preventScroll: true });
    return true;
  }
  function why(anchor, kind, key, rule) {
    const box = $("#why"), isTerm = kind === "country" || kind === "topic";
    for (const one of $$(".mark._shown")) one.classList.remove("_shown");
    if (anchor.classList.contains("mark")) anchor.classList.add("_shown");
    whyBack = anchor;
    const reason = evidence.reasons.find((one) => one.key === key && (one.role === "topic") === (kind === "topic"));
    const names = RULES(), here = names[rule] ?? rule;
    const counts = reason ? Object.entries(reason.counts).map(([name, count]) => `${names[name] ?? name} × ${count}`) : [];
    const act = (text, run, pressed) => h("button", "button button--small", { type: "button", "aria-pressed": pressed ? "true" : "false", disabled: pressed, onclick: () => { run(); closeWhy(); } }, text);
    const acts = kind === "country"
      ? [act(t("About it"), () => put("countries", key), state.fields.countries.includes(key)), act(t("Only named"), () => put("mentions", key), state.fields.mentions.includes(key)), act(t("Neither"), () => refuse("country", key), !chosen("country", key))]
      : kind === "topic" ? [act(t("Use"), () => put("topics", key), chosen("topic", key)), act(t("Not this"), () => refuse("topic", key), !chosen("topic", key))]
      : [act(t("Use"), () => { set(kind === "date" ? "date" : "source_author", key); }, state.fields[kind === "date" ? "date" : "source_author"] === key)];
    box.replaceChildren(
      h("p", "why__head", {}, isTerm ? label(kind, key) : kind === "date" ? t("Date: {date}", { date: key }) : t("Author: {name}", { name: key }),
        reason ? h("span", "why__score", {}, t("score {score}", { score: Math.round(reason.score * 100) })) : ""),
      h("p", "why__list", {}, rule ? t("Here: {rule}", { rule: here }) : "", rule && counts.length ? h("br") : "", counts.length ? t("In all: {counts}", { counts: counts.join(", ") }) : ""),
      h("div", "why__acts", {}, ...acts));
    box.hidden = false;
    const at = anchor.getBoundingClientRect(), size = box.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    box.style.top = `${at.bottom + size.height + 8 < innerHeight ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
    $("button:not(:disabled)", box)?.focus({ preventScroll: true });
  }
  $("#why").addEventListener("keydown", (event) => {
    const buttons = $$("#why button:not(:disabled)"), at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") { event.preventDefault(); buttons[(at + (event.key === "ArrowRight" ? 1 : -1) + buttons.length) % buttons.length]?.focus(); }
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#why, .mark, .chip__name")) closeWhy(); });

  // --- terms as chips

  const chosen = (kind, key) => Object.entries(LISTS).some(([list, of]) => of === kind && state.fields[list].includes(key));
  const decided = []; // what the terms were before each decision, the last one last
  const termsNow = () => copy({ countries: state.fields.countries, mentions: state.fields.mentions, topics: state.fields.topics, refused: state.refused });
  /** One decision, which `undo` takes back whole. */
  function decide(run) {
    decided.push(termsNow());
    run();
    showChips();
    showText();
    touched();
  }
  function undo() {
    const before = decided.pop();
    if (!before) return toast(t("Nothing to undo."));
    const { refused, ...lists } = before;
    Object.assign(state.fields, lists);
    state.refused = refused;
    showChips();
    showText();
    touched();
  }
  function without(kind, key) {
    for (const [list, of] of Object.entries(LISTS)) if (of === kind) state.fields[list] = state.fields[list].filter((one) => one !== key);
    state.refused = state.refused.filter((one) => one !== `${kind} ${key}`);
  }
  const put = (list, key, place) => decide(() => { without(LISTS[list], key); state.fields[list].splice(place ?? state.fields[list].length, 0, key); });
  const refuse = (kind, key) => refuseAll(kind, [key]);
  function refuseAll(kind, keys) {
    decide(() => keys.forEach((key) => { without(kind, key); state.refused.push(`${kind} ${key}`); }));
    if (keys.length > 1) settled(`perhaps-${kind}`, t("Rejected: {count}. Undo with u", { count: keys.length }));
  }
  /** Each goes where it was proposed. */
  function acceptAll(kind, keys) {
    decide(() => keys.forEach((key) => {
      without(kind, key);
      state.fields[kind === "topic" ? "topics" : reasonOf(kind, key)?.role === "primary" ? "countries" : "mentions"].push(key);
    }));
    settled(kind === "topic" ? "topics" : "mentions", t("Accepted: {count}. Undo with u", { count: keys.length }));
  }
  /** Where the decided terms are now, the next key is no text. */
  function settled(list, text) {
    toast(text);
    $(`.chips[data-list="${list}"]`).focus();
  }
  const reasonOf = (kind, key) => evidence.reasons.find((one) => one.key === key && (one.role === "topic") === (kind === "topic"));
  function showChips() {
    const focused = document.activeElement?.closest?.(".chip")?.dataset;
    for (const list of Object.keys(LISTS)) fillChips(list, LISTS[list], state.fields[list]);
    for (const kind of ["country", "topic"]) {
      const found = evidence.reasons.filter((one) => (one.role === "topic") === (kind === "topic") && !chosen(kind, one.key)).map((one) => one.key);
      const isRefused = (key) => state.refused.includes(`${kind} ${key}`);
      const refused = state.refused.map((one) => one.split(" ")).filter(([of]) => of === kind).map(([, key]) => key);
      fillChips(`perhaps-${kind}`, kind, [...found.filter((key) => !isRefused(key)).slice(0, MOST_PERHAPS), ...refused], isRefused);
    }
    if (focused) ($(`.chip[data-list="${focused.list}"][data-key="${CSS.escape(focused.key)}"] .chip__name`) ?? $(`.chip[data-key="${CSS.escape(focused.key)}"] .chip__name`))?.focus();
    showDates();
  }
  const SHOWN = 12, MOST_PERHAPS = 6, unfolded = new Set();
  /** The chips of a list, the first of many, and what decides on all of them at once. */
  function fillChips(list, kind, keys, isRefused = () => false) {
    const shown = keys.slice(0, unfolded.has(list) ? keys.length : SHOWN), left = keys.length - shown.length;
    const open = keys.filter((key) => !isRefused(key)), perhaps = !LISTS[list];
    const act = (text, label, run) => h("button", "chips__act", { type: "button", "aria-label": label, onclick: run }, text);
    const more = left ? act(`+${left}`, t("Show {count} more", { count: left }), () => { unfolded.add(list); showChips(); $$(`.chip[data-list="${list}"] .chip__name`)[SHOWN]?.focus(); }) : null;
    const names = kind === "topic" ? t("Topics") : list === "mentions" ? t("Also named") : t("Countries");
    const all = open.length < 2 || (!perhaps && list !== "mentions") ? [] : [
      perhaps ? act(t("Accept all"), `${t("Accept all")}: ${names}`, () => acceptAll(kind, open)) : null,
      act(t("Reject all"), `${t("Reject all")}: ${names}`, () => refuseAll(kind, open))];
    $(`[data-list="${list}"].chips`).replaceChildren(...[...shown.map((key) => chip(list, key, isRefused(key))), more, ...all].filter(Boolean));
  }
  /** The chips of a list from this one on, those too that are folded, without what is rejected already. */
  function fromHere(list, key) {
    const keys = state.fields[list] ?? $$(`.chip[data-list="${list}"]:not(.chip--rejected)`).map((one) => one.dataset.key);
    return keys.slice(Math.max(0, keys.indexOf(key)));
  }
  function chip(list, key, refused = false) {
    const kind = LISTS[list] ?? list.slice("perhaps-".length), perhaps = !LISTS[list];
    const reason = reasonOf(kind, key);
    const name = h("button", "chip__name", { type: "button", title: reason ? t("score {score}", { score: Math.round(reason.score * 100) }) : null,
      onclick: (event) => (perhaps ? put(kind === "country" ? "countries" : "topics", key) : why(event.currentTarget, kind, key, "")) }, label(kind, key));
    const drop = perhaps ? null : h("button", "chip__drop", { type: "button", tabindex: "-1", "aria-label": t("Remove {name}", { name: label(kind, key) }), title: t("Shift: all after it too"), onclick: (event) => refuseAll(kind, event.shiftKey ? fromHere(list, key) : [key]) }, "×");
    const shown = h("span", `chip chip--${kind}${perhaps ? " chip--perhaps" : ""}${refused ? " chip--rejected" : ""}`, { "data-list": list, "data-key": key, draggable: "true" }, name, drop);
    shown.addEventListener("keydown", (event) => chipKey(event, list, kind, key, perhaps));
    shown.addEventListener("dragstart", (event) => { event.dataTransfer.setData("application/x-pouch-term", `${kind} ${key}`); shown.classList.add("_dragged"); });
    shown.addEventListener("dragend", () => shown.classList.remove("_dragged"));
    return shown;
  }
  function chipKey(event, list, kind, key, perhaps) {
    const own = state.fields[list], at = own?.indexOf(key);
    const go = (step) => { const all = $$(`#${kind === "country" ? "countries" : "topics"} .chip__name`); all[all.indexOf(event.target) + step]?.focus(); };
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.shiftKey && own) { if (own[at + step]) put(list, key, at + step); }
    else if (step) go(step);
    else if (event.key === "Delete" && event.shiftKey) { const before = event.currentTarget.previousElementSibling?.dataset.key; refuseAll(kind, fromHere(list, key)); if (before) $(`.chip[data-list="${list}"][data-key="${CSS.escape(before)}"] .chip__name`)?.focus(); }
    else if (event.key === "A" && perhaps) { acceptAll(kind, $$(`.chip[data-list="${list}"]:not(.chip--rejected)`).map((one) => one.dataset.key)); }
    else if (event.key === "Delete" || event.key === "Backspace" || event.key === "x") { const next = event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling, place = next?.dataset.key; refuse(kind, key); if (place) $(`.chip[data-list="${list}"][data-key="${CSS.escape(place)}"] .chip__name`)?.focus(); }
    else if (event.key === "p" && kind === "country") put(list === "countries" ? "mentions" : "countries", key);
    else if (event.key === "a" && perhaps) put(kind === "country" ? "countries" : "topics", key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  for (const group of $$(".chips[data-list]")) {
    const list = group.dataset.list;
    group.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("application/x-pouch-term")) event.preventDefault(); });
    group.addEventListener("drop", (event) => {
      const [kind, key] = event.dataTransfer.getData("application/x-pouch-term").split(" ");
      if (!key) return;
      event.preventDefault();
      event.stopPropagation();
      const over = event.target.closest(".chip")?.dataset.key;
      if (LISTS[list] === kind) put(list, key, over && over !== key ? state.fields[list].filter((one) => one !== key).indexOf(over) : undefined);
      else if (list === `perhaps-${kind}`) refuse(kind, key);
    });
  }
  for (const input of $$(".adder__input")) {
    const { kind } = input.dataset, options = $(`#options-${kind}`);
    let found = [], at = 0, number = 0;
    const close = () => { options.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const show = () => {
      options.replaceChildren(...found.map((one, place) => h("li", "options__option", { role: "option", id: `${options.id}-${place}`, "aria-selected": place === at ? "true" : "false", onpointerdown: (event) => { event.preventDefault(); take(one, event.shiftKey); } },
        one.label, one.detail ? h("span", "options__detail", {}, one.detail) : null)));
      options.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      if (found.length) input.setAttribute("aria-activedescendant", `${options.id}-${at}`);
    };
    const take = (one, named) => { put(kind === "topic" ? "topics" : named ? "mentions" : "countries", one.key); input.value = ""; close(); };
    input.addEventListener("input", async () => {
      const mine = ++number, word = input.value.trim();
      const answer = word ? await ask(`/api/complete?kind=${kind}&word=${encodeURIComponent(word)}`).catch(() => []) : [];
      if (mine !== number) return;
      [found, at] = [answer, 0];
      found.length ? show() : close();
    });
    input.addEventListener("keydown", async (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (found.length) { at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length; show(); } }
      if (event.key === "Enter" && plain(event)) {
        event.preventDefault();
        const word = input.value.trim();
        if (!word) return;
        // The answer for what is typed, even if it is still on its way.
        const answer = await ask(`/api/complete?kind=${kind}&word=${encodeURIComponent(word)}`).catch(() => []);
        const one = (at > 0 && !options.hidden && found[at]) || answer[0];
        number++;
        if (one) take(one, event.shiftKey); else toast(t("No term has this name."));
      }
      if (event.key === "Escape" && !options.hidden) { event.stopPropagation(); close(); }
    });
    input.addEventListener("blur", close);
  }

  // --- key points, and the other fields

  function showPoints() {
    $("#key-points").replaceChildren(...state.fields.key_points.map((text, place) => {
      const field = h("textarea", "field__text point__text", { rows: 1, dir: "auto", "aria-label": t("Key point {number}", { number: place + 1 }) });
      field.value = text;
      field.addEventListener("input", () => { state.fields.key_points[place] = field.value; grow(field); touched(); });
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && plain(event)) { event.preventDefault(); addPoint(place + 1); }
        if (event.key === "Backspace" && !field.value) { event.preventDefault(); dropPoint(place); }
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { event.preventDefault(); movePoint(place, event.key === "ArrowUp" ? -1 : 1); }
      });
      queueMicrotask(() => grow(field));
      return h("li", "point", {}, field, h("button", "point__act", { type: "button", "aria-label": t("Remove key point {number}", { number: place + 1 }), onclick: () => dropPoint(place) }, "×"));
    }));
    const left = opened.candidates.filter((one) => !state.fields.key_points.includes(one) && !state.rejected.includes(one));
    $("#candidates").replaceChildren(...left.map((text) => h("li", "point point--perhaps", {},
      h("button", "point__use", { type: "button", onclick: () => usePoint(text), onkeydown: (event) => {
        if (event.key === "Delete" || event.key === "Backspace" || event.key === "x") { event.preventDefault(); event.stopPropagation(); rejectPoint(text); }
        if (event.key === "a" && plain(event)) { event.preventDefault(); event.stopPropagation(); left.forEach((one) => state.fields.key_points.push(one)); afterPoints(); $("#add-point").focus(); }
      }, dir: "auto" }, text),
      h("button", "point__act", { type: "button", "aria-label": t("Not this key point"), onclick: () => rejectPoint(text) }, "×"))));
  }
  function afterPoints() { showPoints(); touched(); }
  function focusCandidate(place) { ($$("#candidates .point__use")[place] ?? $$("#candidates .point__use").at(-1) ?? $("#add-point")).focus(); }
  const placeOf = (text) => $$("#candidates .point__use").findIndex((one) => one.textContent === text);
  function usePoint(text) { const place = placeOf(text); state.fields.key_points.push(text); afterPoints(); focusCandidate(place); }
  function rejectPoint(text) { const place = placeOf(text); state.rejected.push(text); afterPoints(); focusCandidate(place); }
  function addPoint(place) { state.fields.key_points.splice(place, 0, ""); showPoints(); $$("#key-points textarea")[place]?.focus(); }
  function dropPoint(place) {
    const [text] = state.fields.key_points.splice(place, 1);
    if (opened.candidates.includes(text)) state.rejected = state.rejected.filter((one) => one !== text);
    afterPoints();
    ($$("#key-points textarea")[Math.max(0, place - 1)] ?? $("#add-point")).focus();
  }
  function movePoint(place, step) {
    const points = state.fields.key_points, to = place + step;
    if (to < 0 || to >= points.length) return;
    points.splice(to, 0, ...points.splice(place, 1));
    afterPoints();
    $$("#key-points textarea")[to].focus();
  }
  $("#add-point").addEventListener("click", () => addPoint(state.fields.key_points.length));

  // --- after publication: when the substance changed, and what was wrong

  function showCorrections() {
    $("#corrections").replaceChildren(...state.fields.corrections.map((one, place) => {
      const part = (name, field) => {
        field.value = one[name];
        field.addEventListener("input", () => { one[name] = field.value; touched(); });
        return field;
      };
      return h("li", "point", {}, part("date", h("input", "field__input point__date", { "aria-label": t("Date of correction {number}", { number: place + 1 }) })),
        part("note", h("textarea", "field__text point__text", { rows: 1, dir: "auto", "aria-label": t("Correction {number}", { number: place + 1 }), placeholder: t("What was wrong, and what is right") })),
        h("button", "point__act", { type: "button", "aria-label": t("Remove correction {number}", { number: place + 1 }), onclick: () => { state.fields.corrections.splice(place, 1); showCorrections(); touched(); $("#add-correction").focus(); } }, "×"));
    }));
  }
  $("#add-correction").addEventListener("click", () => {
    state.fields.corrections.push({ date: today(), note: "" });
    showCorrections();
    set("updated", today());
    $$("#corrections textarea").at(-1).focus();
  });

  function grow(field) {
    if (CSS.supports("field-sizing", "content") || field.tagName !== "TEXTAREA") return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }
  function set(name, value) {
    state.fields[name] = value;
    $$(`[name="${name}"] + .field__fault`).forEach(noFault);
    const field = $(`[name="${name}"]`);
    if (field.value !== value) field.value = value;
    grow(field);
    touched({ text: ["title", "date", "lang", "source_author"].includes(name) });
    if (name === "title") $(".article__title").replaceChildren(value);
    if (name === "date") showDates();
  }
  function today() { return new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10); }
  function showDates() {
    const offered = state.fields.date ? [] : [...new Set([...(evidence.dates ?? []), today()])];
    $("#dates").replaceChildren(...offered.map((date) => h("span", "chip chip--date", {}, h("button", "chip__name", { type: "button", onclick: () => { set("date", date); $("#date").focus(); } }, date === today() ? t("Today") : date))));
  }
  for (const field of $$("#fields [name]")) field.addEventListener("input", () => set(field.name, field.name === "title" ? field.value.replaceAll("\n", " ") : field.value));
  $("#title").addEventListener("keydown", (event) => { if (event.key === "Enter" && plain(event)) event.preventDefault(); });
  $("#fields").addEventListener("submit", (event) => event.preventDefault());
  function showFields() {
    for (const field of $$("#fields [name]")) { field.value = state.fields[field.name]; grow(field); }
    $("#image").hidden = !opened.image;
    $("#image-file").textContent = opened.image;
    showPoints();
    showCorrections();
    showChips();
    showText();
    showState();
  }

  // --- saving, publishing, committing

  let busy = false;
  async function save({ anyway = false } = {}) {
    if (busy) return false;
    busy = true;
    try {
      const done = await ask("/api/save", { sheet: sheet(), anyway });
      if (done.outcome === "saved") return await saved(done);
      if (done.outcome === "conflict") conflict(done);
      else if (done.outcome === "duplicate") duplicate(done);
      else if (done.field) { fieldFault(done.field, done.message); reach(`[name="${done.field}"]`); }
      else notice(said(done.message), { fault: true });
    } catch (error) {
      say(error);
    } finally {
      busy = false;
    }
    return false;
  }
  async function saved(done) {
    const first = isNew();
    [base, path] = [done.base, done.path];
    for (const one of state.passages) if (!one.rule && one.added) one.was = "removed-by-editor";
    initial = copy({ fields: state.fields, passages: state.passages });
    state.rejected = [];
    unsavedText.remove();
    $("#notices").replaceChildren();
    if (first) {
      // The file may show images from where they were stored.
      const found = await ask(`/api/entry/${id}`);
      [state.passages, initial.passages, base] = [found.passages, copy(found.passages), found.base];
      weigh(0);
    }
    showState();
    look();
    offerCommit();
    toast(t("Saved"));
    return true;
  }
  function duplicate(done) {
    const go = done.other ? [h("a", "button button--small", { href: `/entry/${done.other}` }, t("Open that one"))] : [h("button", "button button--small", { type: "button", onclick: () => save({ anyway: true }) }, t("Save it all the same"))];
    notice(done.path ? t("The archive has it already: {path}", { path: done.path }) : said(done.message), { actions: go });
  }
  function conflict(done) {
    dialog(t("The file was changed since you opened it"), [
      h("p", "", {}, t("Nothing was written. This is what changed in {path}:", { path: done.path })), diffOf(done.theirs),
      h("p", "", {}, t("Your changes, on top of that:")), diffOf(done.diff)], [
      [t("Take theirs"), (close) => { unsavedText.remove(); close(); location.reload(); }],
      [t("Save mine on top"), async (close) => { base = done.base; close(); if (await save()) location.reload(); }, true]]);
  }
  /** What an editor should see before it goes public. `waiting` says until when an embargo holds it back. */
  function summed(waiting) {
    const { fields } = state, names = (kind, keys) => keys.map((key) => label(kind, key)).join(", ");
    const lines = [[t("Date"), fields.date], [t("Countries"), names("country", fields.countries)], [t("Also named"), names("country", fields.mentions)], [t("Topics"), names("topic", fields.topics)]];
    const missing = [[t("Countries"), fields.countries], [t("Topics"), fields.topics], [t("Key points"), fields.key_points], [t("Summary"), fields.summary],
      [t("Source"), fields.source_name || fields.source_title || fields.source_url], [t("Address"), fields.source_url]].filter(([, value]) => !value?.length).map(([name]) => name);
    return [...lines.filter(([, values]) => values).map(([name, values]) => t("{name}: {values}", { name, values })),
      ...(missing.length ? [t("Without: {names}", { names: missing.join(", ") })] : []), ...waiting];
  }
  async function publish() {
    if (opened.status === "published") {
      // What is left to do is to commit it.
      if (!unsaved() || (await save())) await offerCommit(true);
      return;
    }
    if (!state.fields.date.trim()) {
      fieldFault("date", "A briefing needs a date before it is published.");
      reach("#date");
      return;
    }
    if (unsaved() && !(await save())) return;
    if (busy) return;
    busy = true;
    try {
      const plan = await ask("/api/publish", { id });
      dialog(t("Publish this briefing?"), [h("ul", "facts", {}, ...summed(plan.facts.filter((fact) => fact.includes("waits until"))).map((fact) => h("li", "", {}, fact))),
        h("p", "", {}, t("It moves to {path}", { path: plan.target })), diffOf(plan.diff)], [[t("Publish"), async (close) => {
        close();
        try {
          const done = await ask("/api/publish", { id, for_real: true });
          const found = await ask(`/api/entry/${id}`);
          [base, path, opened.status] = [found.base, done.target, "published"];
          paths.add(done.path);
          state.fields = found.fields;
          initial = copy({ fields: state.fields, passages: state.passages });
          showFields();
          look();
          toast(t("Published"));
          await offerCommit(true);
        } catch (error) { say(error); }
      }, true]]);
    } catch (error) {
      say(error);
    } finally {
      busy = false;
    }
  }
  const paths = new Set();
  async function offerCommit(show = false) {
    const all = [...new Set([...paths, path])].filter(Boolean);
    const found = await ask("/api/changes", { id, paths: all, message: state.fields.title }).catch(() => null);
    $("#commit").hidden = !found?.diff.length;
    if (!show || !found?.diff.length) return;
    const message = h("input", "field__input", { "aria-label": t("Message of the commit") });
    message.value = found.message;
    const go = async (close) => {
      const done = await ask("/api/commit", { id, paths: all, message: message.value });
      close();
      $("#commit").hidden = true;
      toast(t("Committed: {commit}. To bring it to readers: git push", { commit: done.commit }));
    };
    message.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); $(".button--main", message.closest("dialog")).click(); } });
    dialog(t("Commit it?"), [h("p", "", {}, t("The commit holds this entry alone and stays on this machine. Readers see it after git push.")), message, diffOf(found.diff)], [[t("Commit"), go, true]]);
  }

  // --- keys

  const TABS = { "tab-text": "text", "tab-page": "page", "tab-fields": "fields" };
  /** On a narrow screen the fields are a tab too; on a wide one they stand beside the article or the page. */
  function tab(name) {
    const fields = name === "tab-fields";
    document.body.classList.toggle("_fields", fields);
    for (const [button, panel] of Object.entries(TABS)) {
      $(`#${button}`).setAttribute("aria-selected", String(button === name));
      $(`#${button}`).tabIndex = button === name ? 0 : -1;
      if (!fields && panel !== "fields") $(`#${panel}`).hidden = button !== name;
    }
  }
  const narrow = matchMedia("(max-width: 42rem)");
  narrow.addEventListener("change", () => tab($("#text").hidden ? "tab-page" : "tab-text"));
  /** Moves the focus to a field, wherever it is. */
  function reach(selector) {
    if (narrow.matches) tab("tab-fields");
    $(selector)?.focus();
  }
  for (const button of Object.keys(TABS)) {
    $(`#${button}`).addEventListener("click", () => tab(button));
    $(`#${button}`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const shown = Object.keys(TABS).filter((one) => $(`#${one}`).checkVisibility()), at = shown.indexOf(button);
      const other = shown[(at + (event.key === "ArrowRight" ? 1 : -1) + shown.length) % shown.length];
      tab(other);
      $(`#${other}`).focus();
    });
  }
  const help = () => showKeys([
    [t("Everywhere"), [["Ctrl S", t("save")], ["Ctrl ↵", t("publish")], ["Esc", t("leave a field")], ["v", t("article or page")], ["i", t("inbox")]]],
    [t("Article"), [["j k", t("next and previous passage")], ["x", t("leave a passage out, or restore it")], ["e", t("edit a passage")], ["f", t("unfold what was left out")], ["m M", t("next and previous mark: why?")]]],
    [t("Fields"), [["t", t("title")], ["c", t("add a country")], ["o", t("add a topic")], ["p", t("key points")], ["s", t("summary")], ["d", t("date")], ["r", t("source")]]],
    [t("Chips"), [["← →", t("next and previous")], ["Shift ← →", t("move it")], ["p", t("about it, or only named")], ["Del", t("reject")], ["Shift Del", t("reject it and all after it")], ["A", t("accept all of the list")], ["u", t("undo a decision on terms")], ["a", t("accept a proposal; of key points all")], ["↵", t("why, or accept")]]]]);
  $("#help").addEventListener("click", help);
  $("#save").addEventListener("click", () => save());
  $("#publish").addEventListener("click", publish);
  $("#commit").addEventListener("click", () => offerCommit(true));
  const jump = { t: "#title", c: "#add-country", o: "#add-topic", s: "#summary", d: "#date", r: "#source_name" };
  document.addEventListener("keydown", (event) => {
    if ($("dialog[open]")) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key === "s") { event.preventDefault(); save(); return; }
    if (ctrl && event.key === "Enter") { event.preventDefault(); publish(); return; }
    if (ctrl && event.key === "z" && !typing(event.target)) { event.preventDefault(); undo(); return; }
    if (event.key === "Escape") {
      if (closeWhy()) return;
      if (typing(event.target)) ($$(".passage").find((one) => one.checkVisibility()) ?? $("#text")).focus({ preventScroll: true });
      return;
    }
    if (typing(event.target) || !plain(event) || !$("#why").hidden && !"mM".includes(event.key)) return;
    const passage = document.activeElement?.closest?.(".passage"), place = passage ? Number(passage.dataset.place) : -1;
    const run = {
      j: () => move(1), k: () => move(-1), ArrowDown: passage && (() => move(1)), ArrowUp: passage && (() => move(-1)),
      x: passage && (() => toggle(place)), e: passage && (() => edit(place)), m: () => nextMark(1), M: () => nextMark(-1),
      f: () => { const folds = $$("details.dropped"), open = folds.some((one) => !one.open); folds.forEach((one) => { one.open = open; }); },
      v: () => tab($("#text").hidden ? "tab-text" : "tab-page"), i: () => { location.href = "/"; }, u: undo, "?": help,
      p: () => reach(["#candidates .point__use", "#key-points textarea", "#add-point"].find((one) => $(one))),
    }[event.key] ?? (jump[event.key] && (() => reach(jump[event.key])));
    if (!run) return;
    event.preventDefault();
    run();
  });

  // --- begin

  const button = (name, change) => h("button", "button button--small", { type: "button", onclick: () => { change(); location.reload(); } }, name);
  const left = await unsavedText.closed();
  // A tab that was closed by mistake is opened again. Where there is a choice, it is the editor's.
  if (!unsavedText.read() && left.length === 1) unsavedText.swap(left.pop());
  const kept = unsavedText.read();
  if (kept) {
    // With what it was then: a save will show what changed meanwhile, and writes only what was edited here.
    ({ base, initial, state } = kept);
    // An earlier desk may have known fewer fields.
    for (const one of [initial, state]) one.fields = { ...copy(opened.fields), ...one.fields };
    if (changed().length) notice(t("What you had typed is back."), { actions: [button(t("Discard it"), () => unsavedText.remove())] });
  }
  for (const place of left) {
    const { at, state: other } = unsavedText.read(place), when = at ? new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }) : "";
    notice(t("A tab that is closed left text that is not saved: {title} ({when})", { title: other.fields.title, when }), { actions: [
      button(t("Show that text"), () => unsavedText.swap(place)), button(t("Discard it"), () => unsavedText.remove(place))] });
  }
  for (const one of opened.notes) notice(said(one));
  showFields();
  showLike(opened.like);
  $("#desk").setAttribute("aria-busy", "false");
  $("#text").focus({ preventScroll: true });
  look();
  weigh(0);
  if (!isNew()) offerCommit();
}

if (document.body.dataset.page === "inbox") startInbox();
else startEntry();
