"""Many articles in, one analysis each out: in the order of the input, in bounded memory, faults collected."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from pouch.problems import Problem, Severity
from pouch.tag.analysis import CountryTag, Tagger, TopicTag
from pouch.tag.learning import Model
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.workers import Crew, Done, spread

CHUNK = 32
"""Articles that a worker process is given at once."""


class Article(msgspec.Struct):
    """One article of the input; in JSONL, only `text` or `html` is required."""

    id: str | int | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    date: str | None = None
    lang: str | None = None


class Result(msgspec.Struct):
    """One line of `pouch tag`."""

    id: str | int | None  # the input's
    lang: str
    lang_sure: bool
    title: str
    countries: tuple[CountryTag, ...]
    topics: tuple[TopicTag, ...]


class Options(msgspec.Struct, frozen=True):
    """What is meant where an article does not say."""

    lang: str | None = None
    on: date | None = None
    home_country: str | None = None


def read_articles(sources: Iterable[str]) -> Iterator[Article | Problem]:
    """The articles of JSONL files, text files and "-" (standard input, either), a Problem for each that is none."""
    for source in sources:
        if source == "-":
            yield from _read_standard_input()
        elif Path(source).suffix.lower() in (".jsonl", ".ndjson"):
            try:
                with Path(source).open("rb") as lines:
                    yield from _read_lines(source, lines)
            except OSError as error:
                yield Problem(source, 0, 0, "unreadable-file", f"cannot be read: {error.strerror}")
        else:
            try:
                yield _plain(source, Path(source).read_bytes(), source)
            except OSError as error:
                yield Problem(source, 0, 0, "unreadable-file", f"cannot be read: {error.strerror}")


def tag_articles(
    articles: Iterable[Article | Problem],
    vocabulary: Vocabulary,
    options: Options,
    crew: Crew,
    model: Model | None = None,
) -> Iterator[bytes | Problem]:
    """A line of JSON for each article, and each Problem, in the order of the input whoever works on them."""
    tasks = (Done(article) if isinstance(article, Problem) else article for article in articles)
    return spread(_Worker, (vocabulary, options, model), _Worker.line, tasks, crew)


def crew_of(jobs: int, scheduler: str | None = None) -> Crew:
    """Processes that tag, or a cluster that does."""
    return Crew(jobs, CHUNK, few=0, start="spawn", scheduler=scheduler)


class _Worker:
    def __init__(self, vocabulary: Vocabulary, options: Options, model: Model | None) -> None:
        self.tagger = Tagger(vocabulary, model)
        self.options = options
        self.encode = msgspec.json.Encoder().encode

    def line(self, article: Article) -> bytes:
        """The article's line."""
        title = article.title or ""
        analysis = self.tagger.analyse(
            title,
            article.text or "",
            lang=article.lang or self.options.lang,
            home_country=self.options.home_country,
            on=_date(article.date) or self.options.on,
        )
        return self.encode(
            Result(article.id, analysis.lang, analysis.lang_sure, title, analysis.countries, analysis.topics)
        )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _read_standard_input() -> Iterator[Article | Problem]:
    lines = sys.stdin.buffer
    first = b""
    while not first.strip():
        first = lines.readline()
        if not first:
            yield Problem("-", 0, 0, "empty-file", "standard input is empty")
            return
    if first.lstrip().startswith(b"{"):
        yield from _read_lines("-", _chained(first, lines))
    else:
        yield _plain("-", first + lines.read(), None)


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _read_lines(source: str, lines: Iterable[bytes]) -> Iterator[Article | Problem]:
    decoder = msgspec.json.Decoder(Article)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            hint = "a line is one JSON object: {id, title, text, date, lang}"
            yield Problem(source, number, 0, "bad-line", f"no article: {error}", hint)
            continue
        if article.text is None and article.html is not None:
            article.text, article.html = _visible(article.html), None
        if not (article.text or "").strip() and not (article.title or "").strip():
            yield Problem(source, number, 0, "no-text", "an article without text", "give `text` or `html`")
            continue
        try:
            _date(article.date)
        except ValueError:
            message = f"{article.date!r} is no date"
            yield Problem(source, number, 0, "bad-date", message, "YYYY-MM-DD", Severity.WARNING)
            article.date = None
        yield article


def _plain(source: str, data: bytes, id_: str | None) -> Article | Problem:
    """A text file: its first line that is not empty is the title."""
    if not data.strip():
        return Problem(source, 0, 0, "empty-file", "is empty")
    if b"\0" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(source, 0, 0, "binary-file", "is no text", "a text file, or JSONL named .jsonl")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        if best is None:
            return Problem(source, 0, 0, "unknown-encoding", "is in no known encoding", "save it as UTF-8")
        text = str(best)
    title, _, body = text.lstrip().partition("\n")
    return Article(id=id_, title=title.strip(), text=body)


def _visible(html: str) -> str:
    """The visible text of a page: enough to tag by; `pouch convert` finds the article in it."""
    from lxml.html import document_fromstring

    if not html.strip():
        return ""
    root = document_fromstring(html)
    for element in list(root.iter(*_UNSEEN)):
        element.drop_tree()  # type: ignore[attr-defined]  # lxml.html yields its own elements
    return "\n\n".join(text for part in root.itertext() if (text := str(part).strip()))


_UNSEEN = ("script", "style", "noscript", "template", "nav", "footer", "head")
