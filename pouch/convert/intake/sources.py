"""SOURCE… of the command line → articles, one after the other: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pouch.convert.intake.article import Article, Refusal, refuse
from pouch.convert.intake.companions import page_of, with_pictures
from pouch.convert.intake.documents import JSONL, LARGEST, read_document
from pouch.convert.intake.fetching import FetchError, fetch, is_address
from pouch.convert.intake.jsonl import is_article, read_jsonl
from pouch.errors import EnvironmentFault

Keep = Callable[[bytes, str, str, str], object]
"""Stores what was read: its bytes, its address or else its file's name, and its media type."""
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read_sources(
    sources: Iterable[str],
    stdin: BinaryIO,
    *,
    allow_private: bool = False,
    headlines: bool = False,
    keep: Keep | None = None,
) -> Iterator[Article | Refusal]:
    """Every article of every source, in the order of the sources; what is none is a Refusal.

    A folder gives its files, however deep, in the order of their paths, hidden ones left out. Each source is read
    when its turn comes, JSONL line by line. `allow_private` fetches from private addresses too; `headlines` admits
    lines of JSONL with a title and no text; `keep` is given the bytes of
    each page, document and message. Raises EnvironmentFault for a source that does not exist, before anything
    is read.
    """
    paths: list[str] = []
    for source in sources:
        paths += _expand(source)
    return _read_all(paths, stdin, allow_private, headlines, keep)


def at_most_one(articles: Iterable[Article | Refusal]) -> list[Article | Refusal]:
    """The items as a list. Raises EnvironmentFault if two are articles: one address cannot be that of both."""
    items: list[Article | Refusal] = []
    for one in articles:
        if isinstance(one, Article) and any(isinstance(other, Article) for other in items):
            raise EnvironmentFault(
                "--url is the address of one article, and the sources hold several; "
                "convert them one by one, or give each its `url` in JSONL"
            )
        items.append(one)
    return items


def count(sources: Iterable[str]) -> int | None:
    """The number of articles in the sources, for a progress bar; None where only reading them can tell."""
    total = 0
    for source in sources:
        if source == "-" or is_address(source):
            return None
        for path in _expand(source):
            if not Path(path).is_dir() and not path.lower().endswith(JSONL):
                total += 1
                continue
            for file in _walk(path) if Path(path).is_dir() else [path]:
                total += _lines(file) if isinstance(file, str) and file.lower().endswith(JSONL) else 1
    return total


def _lines(path: str) -> int:
    try:
        with Path(path).open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 1


def _expand(source: str) -> list[str]:
    """The files, folders and addresses that a source names, "-" for standard input."""
    if source == "-":
        return [source]
    if is_address(source):
        if not source.lower().startswith(("http://", "https://")):
            raise EnvironmentFault(f"{source}: only http and https addresses are fetched")
        return [source]
    try:
        if os.path.lexists(source):
            return [source]
        matches = sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) else []  # noqa: PTH207  # Path.glob takes no absolute pattern
    except ValueError:
        matches = []
    if matches:
        return matches
    raise EnvironmentFault(f"no such file or folder: {shown(source)}")


def shown(path: str) -> str:
    """A path for messages and JSON; bytes of its name that are not UTF-8 are escaped."""
    # A byte that is not UTF-8 is shown as an escape sequence.
    path = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSHOWABLE.sub(lambda match: match.group().encode("unicode_escape").decode(), path)


def _read_all(
    sources: Iterable[str], stdin: BinaryIO, allow_private: bool, headlines: bool, keep: Keep | None
) -> Iterator[Article | Refusal]:
    for source in sources:
        if source == "-":
            yield from _read_stdin(stdin, headlines)
        elif is_address(source):
            yield from _read_address(source, allow_private, headlines, keep)
        elif Path(source).is_dir():
            for file in _walk(source):
                if isinstance(file, str):
                    yield from _read_file(file, headlines, keep)
                else:
                    yield file
        else:
            yield from _read_file(source, headlines, keep)


def _walk(folder: str) -> Iterator[str | Refusal]:
    """The files below a folder in the order of their paths. Links to folders are not followed: they may loop."""
    try:
        folder_items = sorted(os.scandir(folder), key=lambda item: item.name)
    except OSError as error:
        yield refuse(shown(folder), 0, "unreadable", f"the folder cannot be read: {error.strerror}")
        return
    for item in folder_items:
        if item.name.startswith("."):
            continue
        if item.is_dir(follow_symlinks=False):
            # What a browser saved beside a page is part of that page.
            if page_of(Path(item.path)) is None:
                yield from _walk(item.path)
        elif not (item.is_symlink() and Path(item.path).is_dir()):
            yield item.path


def _read_file(source: str, headlines: bool, keep: Keep | None) -> Iterator[Article | Refusal]:
    origin = shown(source)
    path = Path(source)
    try:
        if path.exists() and not path.is_file():
            hint = "to convert what a pipe brings, name - and send it to standard input"
            yield refuse(origin, 0, "unreadable", "it is a pipe, a device or a socket, and no file", hint)
            return
        with path.open("rb") as file:
            if source.lower().endswith(JSONL):
                yield from read_jsonl(file, origin, headlines=headlines)
                return
            data = file.read(LARGEST + 1)
    except OSError as error:
        yield refuse(origin, 0, "unreadable", f"it cannot be read: {error.strerror}")
        return
    if keep is not None and len(data) <= LARGEST:
        keep(data, "", shown(path.name), "")
    for item in read_document(data, origin, headlines=headlines):
        yield with_pictures(item, path)


def _read_address(
    source: str, allow_private: bool, headlines: bool, keep: Keep | None
) -> Iterator[Article | Refusal]:
    origin = shown(source)
    try:
        answer = fetch(source, allow_private=allow_private)
    except FetchError as error:
        yield refuse(origin, 0, error.code, str(error), error.hint)
        return
    if keep is not None:
        keep(answer.data, answer.url, "", answer.media_type or "")
    yield from read_document(
        answer.data,
        origin,
        media_type=answer.media_type,
        charset=answer.charset,
        url=answer.url,
        headlines=headlines,
    )


def _read_stdin(stdin: BinaryIO, headlines: bool) -> Iterator[Article | Refusal]:
    first = stdin.readline(LARGEST)
    while first and not first.strip():
        first = stdin.readline(LARGEST)
    if is_article(first):
        yield from read_jsonl(stdin, "-", first, headlines=headlines)
    else:
        yield from read_document(first + stdin.read(LARGEST + 1), "-", headlines=headlines)
