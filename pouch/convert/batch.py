"""Many articles: worked on in processes, written one after the other, told in the order of the input."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

import msgspec

from pouch.convert import drafting
from pouch.convert.article import Article, Refusal, refuse
from pouch.convert.drafting import Draft, Options
from pouch.convert.report import Report
from pouch.convert.shelf import Held, Shelf
from pouch.entries.entry import Entry
from pouch.entries.identity import candidates, canonical_address
from pouch.errors import ContentError
from pouch.problems import Problem, Severity, has_errors
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary

CHUNK = 8
"""Articles that go to a worker at once: few enough for pages, enough for one-line texts."""

FEW = 40
"""So many articles are done before a second process has loaded its gazetteer."""

AKIN = 0.5
"""The share of an article's words from which an entry that has them is the article, edited."""

Outcome = Literal["written", "would be written", "unchanged", "duplicate", "refused"]


class Result(msgspec.Struct, frozen=True):
    """What became of one article."""

    outcome: Outcome
    origin: str
    line: int
    input_id: Any = None
    path: str | None = None  # relative to the site's folder: where it was written, or lies already
    entry: Entry | None = None
    date_from: str | None = None
    text: str | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] = ()


def convert(
    articles: Iterable[Article | Refusal],
    options: Options,
    site: Site,
    *,
    jobs: int | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> Iterator[Result]:
    """Each article's result, in the order of the input, which `jobs` does not change.

    `jobs` is the number of processes; None: one for each core, as soon as the batch is worth starting them.
    Drafts are written as they come, unless `dry_run`. Raises ContentError where the vocabulary has errors.
    """
    vocabulary = _vocabulary(site)
    writer = _Writer(site, vocabulary, dry_run=dry_run, force=force)
    for item in _drafts(articles, options, site, vocabulary, jobs):
        yield writer.put(item)


def _vocabulary(site: Site) -> Vocabulary:
    vocabulary, problems = load_vocabulary(site)
    if has_errors(problems):
        raise ContentError(problems)
    return vocabulary


# --- working --------------------------------------------------------------------------------------------------

_worker: tuple[Options, Site, Vocabulary] | None = None


def _start(options: Options, site: Site) -> None:
    global _worker  # noqa: PLW0603, RUF100  # a process pool hands its workers their tools in no other way
    _worker = (options, site, _vocabulary(site))


def _work(chunk: list[Article | Refusal]) -> list[Draft | Refusal]:
    assert _worker is not None  # `_start` ran first: it is the pool's initializer
    return [_attempt(article, *_worker) for article in chunk]


def _attempt(
    article: Article | Refusal, options: Options, site: Site, vocabulary: Vocabulary
) -> Draft | Refusal:
    if isinstance(article, Refusal):
        return article
    try:
        return drafting.draft(article, options, site, vocabulary)
    except Exception as error:  # one article that we fail on must not end the batch
        message = f"it could not be converted: {type(error).__name__}: {error}"
        hint = "this is a fault of Pouch; please report it with the article"
        return refuse(article.origin, article.line, "failed", message, hint, article.input_id)


def _drafts(
    articles: Iterable[Article | Refusal],
    options: Options,
    site: Site,
    vocabulary: Vocabulary,
    jobs: int | None,
) -> Iterator[Draft | Refusal]:
    articles = iter(articles)
    first = [] if jobs else list(islice(articles, FEW))
    if jobs is None:
        jobs = os.cpu_count() or 1 if len(first) == FEW else 1
    articles = chain(first, articles)
    if jobs == 1:
        for article in articles:
            yield _attempt(article, options, site, vocabulary)
        return
    with _pool(jobs, options, site) as pool:
        waiting: deque[Future[list[Draft | Refusal]]] = deque()
        while True:
            # A short queue, so that a long batch is not in memory at once.
            while len(waiting) < jobs * 4 and (chunk := list(islice(articles, CHUNK))):
                waiting.append(pool.submit(_work, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


@contextmanager
def _pool(jobs: int, options: Options, site: Site) -> Iterator[Executor]:
    # "spawn" on every system: a fork would copy the threads of a progress bar half alive.
    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(options, site)
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


# --- writing --------------------------------------------------------------------------------------------------


class _Writer:
    """Gives each draft its id and its place, and writes it."""

    def __init__(self, site: Site, vocabulary: Vocabulary, *, dry_run: bool, force: bool) -> None:
        self._site = site
        self._vocabulary = vocabulary
        self._shelf = Shelf(site.entries_path)
        self._dry_run = dry_run
        self._force = force

    def put(self, item: Draft | Refusal) -> Result:
        """Writes one draft; an article that is already there is left alone."""
        if isinstance(item, Refusal):
            problem = item.problem
            return Result("refused", problem.path, problem.line, item.input_id, problems=(problem,))
        entry_id, held = self._identity(item)
        item = msgspec.structs.replace(item, entry=replace(item.entry, id=entry_id))
        if held is None and item.entry.source and item.entry.source.url:
            held = self._shelf.from_address(item.entry.source.url)
        if held is not None and (not self._force or held.digest is not None):
            return self._is_there(item, held)
        return self._write(item, held.path if held else None)

    def _identity(self, item: Draft) -> tuple[str, Held | None]:
        """The draft's id, and the entry that has it already because it is the same article."""
        url = item.entry.source.url if item.entry.source else None
        canonical = canonical_address(url) if url else None
        for entry_id in candidates(item.seed):
            held = self._shelf.with_id(entry_id)
            # Two addresses and two texts are two articles. One address may have been corrected by an editor, and
            # one text without an address may have been given it: these are the article that we know.
            if held is None or not (held.url and canonical and held.url != canonical) or _akin(item, held):
                return entry_id, held
        # Five clashes of 50 bits each: no archive has so many articles.
        raise AssertionError(f"no id is left for {item.article.origin}")

    def _result(self, outcome: Outcome, item: Draft, path: Path, problems: Iterable[Problem] = ()) -> Result:
        article = item.article
        return Result(
            outcome,
            article.origin,
            article.line,
            article.input_id,
            path.relative_to(self._site.root).as_posix(),
            item.entry,
            item.date_from,
            item.text,
            item.report,
            (*item.problems, *problems),
        )

    def _problem(
        self, item: Draft, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> Problem:
        return Problem(item.article.origin, item.article.line, 0, code, message, hint, severity)

    def _is_there(self, item: Draft, held: Held) -> Result:
        """The result of an article that the archive, or this run, has already."""
        path = held.path.relative_to(self._site.root).as_posix()
        if held.digest is not None:
            if held.digest == _digest(item):
                problem = self._problem(
                    item,
                    "duplicate",
                    f"the same article stands earlier in the input; it is {path}",
                    severity=Severity.WARNING,
                )
                return self._result("duplicate", item, held.path, [problem])
            return self._result(
                "refused", item, held.path, [self._other_text(item, held, path, Severity.ERROR)]
            )
        share = _share_kept(item, held.path)
        if share == 1.0:
            return self._result("unchanged", item, held.path)
        # Where most words are still there an editor has worked on it, which is what drafts are for.
        severity = Severity.WARNING if share >= AKIN else Severity.ERROR
        problem = self._other_text(item, held, path, severity)
        return self._result(
            "unchanged" if severity is Severity.WARNING else "refused", item, held.path, [problem]
        )

    def _other_text(self, item: Draft, held: Held, path: str, severity: Severity) -> Problem:
        if held.id == item.entry.id:
            message = f"{path} has its id {held.id} and another text; left as it is"
        else:
            message = f"{path} has the same source address and another id, {held.id}; left as it is"
        hint = "its source has changed since, or the entry was edited; --force converts it anew"
        return self._problem(item, "same-id-other-text", message, hint, severity)

    def _write(self, item: Draft, over: Path | None) -> Result:
        # Imported here: both load YAML, which a refused batch does not need.
        from pouch.entries.parse import parse_entry
        from pouch.entries.render import render_entry

        path = over or self._place(item)
        if path.exists() and not self._force:
            relative = path.relative_to(self._site.root).as_posix()
            problem = self._problem(
                item, "file-exists", f"{relative} exists and is another entry", "--force overwrites it"
            )
            return self._result("refused", item, path, [problem])
        written = render_entry(item.entry)
        relative = path.relative_to(self._site.root).as_posix()
        _, problems = parse_entry(written, relative, vocabulary=self._vocabulary, site=self._site)
        if has_errors(problems):
            # The entry's problems name lines of a file that will not be; they are told at the article.
            told = [
                self._problem(item, found.code, found.message, found.hint)
                for found in problems
                if found.severity is Severity.ERROR
            ]
            return self._result("refused", item, path, told)
        if not self._dry_run:
            _write_whole(path, written)
        url = item.entry.source.url if item.entry.source else None
        held = Held(item.entry.id, path, canonical_address(url) if url else None, _digest(item))
        self._shelf.add(held, [path.stem])
        problems = [
            self._problem(item, found.code, found.message, found.hint, found.severity) for found in problems
        ]
        return self._result("would be written" if self._dry_run else "written", item, path, problems)

    def _place(self, item: Draft) -> Path:
        """The file of a draft: its slug, with the opening of its id where another entry has or had that slug."""
        slug = item.slug or item.entry.id
        if self._shelf.owner(slug) not in (None, item.entry.id):
            slug = f"{slug}-{item.entry.id[:4]}"
        if self._shelf.owner(slug) not in (None, item.entry.id):
            slug = f"{item.slug or 'briefing'}-{item.entry.id}"
        return self._site.entries_path / item.folder / f"{slug}.md"


def _akin(item: Draft, held: Held) -> bool:
    return held.digest == _digest(item) if held.digest else _share_kept(item, held.path) >= AKIN


def _digest(item: Draft) -> bytes:
    # The title too: two of the same words under two titles are two articles.
    return hashlib.sha256(f"{item.entry.title}\n{item.text}".encode("utf-8", "surrogatepass")).digest()


def _share_kept(item: Draft, path: Path) -> float:
    """The share of the draft's words that the file still has; 1.0 where it has its very text."""
    written = path.read_text("utf-8", errors="replace")
    if item.entry.body.strip() and item.entry.body.strip() in written:
        return 1.0
    there = set(written.split())
    words = item.entry.body.split()
    return min(0.99, sum(word in there for word in words) / len(words)) if words else 1.0


def _write_whole(path: Path, text: str) -> None:
    """Writes a file whole or not at all: a temporary one beside it, then one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".pouch-{os.getpid()}-{path.stem[:40]}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
