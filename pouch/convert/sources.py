"""SOURCE… of the command line → articles, one after the other: files, folders, patterns, JSONL, standard input."""

from __future__ import annotations

import glob
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pouch.convert.article import Article, Refusal, refuse
from pouch.convert.decoding import NotText, decode
from pouch.entries.entry import Source
from pouch.errors import EnvironmentFault

JSONL = (".jsonl", ".ndjson")
HTML = (".html", ".htm", ".xhtml")
LARGEST = 50_000_000
"""Bytes of a file that is one article; a larger one is something else."""

_FIELDS = ("title", "url", "date", "lang", "text", "html")


def read_sources(sources: Iterable[str], stdin: BinaryIO) -> Iterator[Article | Refusal]:
    """Every article of every source, in the order of the sources; what is none is a Refusal.

    A folder gives its files, however deep, in the order of their paths, hidden ones left out. Files are read
    when their turn comes, JSONL line by line. Raises EnvironmentFault for a source that does not exist, before
    anything is read.
    """
    found: list[str] = []
    for source in sources:
        found += _expand(source)
    return _read_all(found, stdin)


def _expand(source: str) -> list[str]:
    """The files that a source names, "-" for standard input."""
    if source == "-":
        return [source]
    path = Path(source)
    if path.is_dir():
        return [str(file) for file in _files(path)]
    if path.exists():
        return [source]
    if glob.has_magic(source):
        matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
        if matches:
            return [file for match in matches for file in _expand(match)]
    raise EnvironmentFault(f"no such file or folder: {source}")


def _files(folder: Path) -> list[Path]:
    files = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            files.append(path)
    return files


def _read_all(sources: Iterable[str], stdin: BinaryIO) -> Iterator[Article | Refusal]:
    for source in sources:
        if source == "-":
            yield from _read_stdin(stdin)
        elif source.lower().endswith(JSONL):
            try:
                with Path(source).open("rb") as lines:
                    yield from read_jsonl(lines, source)
            except OSError as error:
                yield refuse(source, 0, "unreadable", f"it cannot be read: {error.strerror}")
        else:
            yield _read_file(source)


def _read_file(source: str) -> Article | Refusal:
    try:
        with Path(source).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return refuse(source, 0, "unreadable", f"it cannot be read: {error.strerror}")
    return article_from(data, source)


def _read_stdin(stdin: BinaryIO) -> Iterator[Article | Refusal]:
    first = stdin.readline()
    while first and not first.strip():
        first = stdin.readline()
    if _is_jsonl(first):
        yield from read_jsonl(_chain(first, stdin), "-")
    else:
        yield article_from(first + stdin.read(LARGEST + 1), "-")


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _is_jsonl(line: bytes) -> bool:
    try:
        value = json.loads(line)
    except ValueError:
        return False
    return isinstance(value, dict) and ("text" in value or "html" in value)


def article_from(data: bytes, origin: str) -> Article | Refusal:
    """The one article in the bytes of a file: HTML by its name or its first signs, else plain text."""
    if len(data) > LARGEST:
        return refuse(origin, 0, "too-large", f"it has more than {LARGEST // 1_000_000} MB, no article has")
    try:
        text = decode(data)
    except NotText as error:
        return refuse(origin, 0, "not-text", str(error))
    if origin.lower().endswith(HTML) or _is_html(text):
        return Article(origin, html=text)
    return Article(origin, text=text)


def _is_html(text: str) -> bool:
    head = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html")) or (
        head.startswith(("<?xml", "<!--")) and "<html" in head
    )


# --- JSONL ----------------------------------------------------------------------------------------------------


def read_jsonl(lines: Iterable[bytes], origin: str) -> Iterator[Article | Refusal]:
    """The article of each line: `{id, url, title, text | html, date, lang, source}`; other keys are left alone."""
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _article_of(line, origin, number)


def _article_of(line: bytes, origin: str, number: int) -> Article | Refusal:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return refuse(origin, number, "not-text", "the line is not UTF-8")
    except (ValueError, RecursionError) as error:
        return refuse(origin, number, "bad-json", f"the line is no JSON: {error}")
    if not isinstance(value, dict):
        return refuse(
            origin, number, "bad-article", "an article is an object", 'such as {"title": "…", "text": "…"}'
        )
    input_id = value.get("id")

    def refused(message: str, hint: str = "") -> Refusal:
        return refuse(origin, number, "bad-article", message, hint, input_id)

    fields: dict[str, str] = {}
    for name in _FIELDS:
        given = value.get(name)
        if given is None or given == "":
            continue
        if not isinstance(given, str):
            return refused(f"{name} must be text, not {type(given).__name__}")
        fields[name] = given
    if "text" in fields and "html" in fields:
        # The page says more than its text: structure, address, date.
        del fields["text"]
    body = fields.get("text", fields.get("html", ""))
    if not body.strip():
        return refused("the article is empty", "give its text or its html")
    if "\x00" in body:
        return refused("its text is binary, not text")
    try:
        source = _source(value.get("source"))
    except ValueError as error:
        return refused(str(error))
    return Article(origin, number, input_id=input_id, source=source, **fields)


def _source(value: Any) -> Source | None:
    """`source` as handed in: the publisher's name, or what the front matter's `source` holds."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Source(name=value)
    if isinstance(value, dict):
        texts = {name: value.get(name) for name in ("name", "url", "author")}
        if all(text is None or isinstance(text, str) for text in texts.values()):
            return Source(**texts)
    raise ValueError("source must be the publisher's name, or an object with name, url and author")
