"""JSONL: one article a line, `{id, url, title, text | html, date, lang, source}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from pouch.content.entry import Source
from pouch.convert.intake.article import LONGEST, Article, Refusal, out_of_bounds, refuse

LONGEST_LINE = 20 * LONGEST
"""Bytes of a line that is read; escapes and markup take more room than the text that they hold."""

_FIELDS = ("title", "url", "date", "lang", "text", "html")


def read_jsonl(
    file: BinaryIO, origin: str, first: bytes = b"", *, headlines: bool = False
) -> Iterator[Article | Refusal]:
    """The article of each line; keys that no article has are left alone. `first` is a line that was read already.

    `headlines` admits an article that is nothing but a title.
    """
    number, blank = 0, True
    while line := first or file.readline(LONGEST_LINE):
        first = b""
        number += 1
        whole = line.endswith(b"\n")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) >= LONGEST_LINE and not whole:
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            message = f"the line has more than {LONGEST_LINE // 1_000_000} MB, no article has"
            yield refuse(origin, number, "too-large", message)
        elif not line.strip():
            continue
        else:
            yield article_of(line, origin, number, headlines=headlines)
        blank = False
    if blank:
        yield refuse(origin, 0, "not-text", "it is empty")


def is_article(line: bytes) -> bool:
    """Whether a line is an article of a JSONL file: it distinguishes them in standard input and web addresses."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict):
        return False
    # A feed in JSON has a title too.
    return "text" in value or "html" in value or ("title" in value and "items" not in value)


def article_of(line: bytes, origin: str, number: int, *, headlines: bool = False) -> Article | Refusal:
    """The article that one line holds, or why it holds none."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return refuse(origin, number, "not-text", "the line is not UTF-8", "save the file as UTF-8")
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
        field_value = value.get(name)
        if field_value is None or field_value == "":
            continue
        if not isinstance(field_value, str):
            return refused(f"{name} must be text, not {type(field_value).__name__}")
        fields[name] = field_value
    if "text" in fields and "html" in fields:
        # The page says more than its text: structure, address, date.
        del fields["text"]
    body = fields.get("text", fields.get("html", ""))
    if headlines and not body.strip() and fields.get("title", "").strip():
        return Article(
            origin,
            number,
            text="",
            title=fields["title"],
            lang=fields.get("lang"),
            date=fields.get("date"),
            url=fields.get("url"),
            input_id=input_id,
        )
    if not body.strip():
        return refused("the article is empty", "give its text or its html")
    if message := out_of_bounds(body, html="html" in fields):
        return refuse(origin, number, "too-large", message, input_id=input_id)
    if "\x00" in body:
        return refused("its text is binary, not text")
    try:
        source = _source(value.get("source"))
    except ValueError as error:
        return refused(str(error))
    return Article(origin, number, input_id=input_id, source=source, **fields)  # type: ignore[arg-type]  # every one of _FIELDS is a text


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
