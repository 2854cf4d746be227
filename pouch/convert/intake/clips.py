"""Markdown files: notes, clips and exports with fields above the text, and Pouch's own entries.

Web clippers and notebooks each call the fields by names of their own; those that say something of the article are
used, and every line of them is in the report. The body is rendered by the dialect of our entries and read as a page
that holds nothing but the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import msgspec
import yaml

from pouch.content.addresses import web_address
from pouch.content.entry import Source
from pouch.convert.intake.article import Article, Refusal
from pouch.convert.text.dates import find_date, parse_date
from pouch.tables import table

LONGEST_FIELDS = 64_000
"""Characters of the fields above a text."""

_FIELD_OF = {name: field for field, names in table("pouch.convert.intake", "clips").items() for name in names}

_BLOCK = re.compile(r"---[ \t]*\n(?P<fields>.*?)\n?---[ \t]*(?:\n|$)", re.DOTALL)
_LINE = re.compile(r"(?P<name>[\w][\w .-]*?)\s*:\s*(?P<value>.*)")
_WIKI = re.compile(r"!?\[\[(?:[^\]|]*\|)?(?P<text>[^\]|]+)\]\]")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<address>[^)\s]+)[^)]*\)")
# An excerpt that a clipper puts between title and text, and the list of facts that a reader's export opens with.
_EXCERPT = re.compile(
    r"(?:>[ \t]*\n)*>[ \t]*#+[ \t]*(?i:excerpt|summary|description)[ \t]*\n(?P<text>(?:>.*(?:\n|$))++)"
    r"(?:\s*\n---[ \t]*(?:\n|$))?"
)
_FACTS = re.compile(r"#{2,}[ \t]*(?i:metadata)[ \t]*\n(?P<list>(?:[ \t]*(?:[-*+].*)?\n)+)")
_ITEM = re.compile(r"[ \t]*[-*+][ \t]++\**+(?P<name>[^:*]++)\**+\s*+:\**+\s*+(?P<value>.*)")
_LIST_BELOW = re.compile(
    r"^(?![ \t]*(?:[-*+]|\d+[.)])[ \t])(?![ \t]*[>|])[ \t]*\S.*\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t]+\S)",
    re.MULTILINE,
)
_TITLE = re.compile(r"\s*#[ \t]++(?P<title>.+)\n")


class _Clip(msgspec.Struct):
    """A file that is being read."""

    body: str
    values: dict[str, Any] = {}
    preamble: list[tuple[str, str]] = []  # its lines, each with its rule, "" where it was used


def read_clip(text: str, origin: str, url: str | None = None) -> Article | Refusal:
    """The article of a Markdown file. Fields that cannot be read are left in the report, and nothing is lost."""
    clip = _Clip(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), {}, [])
    _take_fields(clip)
    _take_head(clip)
    values = clip.values
    source_field = values.get("source")
    own: Mapping[str, Any] = source_field if isinstance(source_field, Mapping) else {}
    address = _address(values.get("url")) or _address(own.get("url"))
    author = _names(values.get("author")) or _names(own.get("author"))
    name = _text(own.get("name")) or _text(values.get("site"))
    source = Source(name=name, author=author)
    return Article(
        origin,
        html=_page(clip.body),
        title=_text(values.get("title")),
        url=url or address,
        date=_day(values.get("date")) or _day(own.get("published")),
        lang=_text(values.get("lang")),
        source=source if source != Source() else None,
        whole=True,
        summary=_text(values.get("summary")),
        key_points=tuple(filter(None, map(_text, _items(values.get("key_points"))))),
        preamble=tuple(clip.preamble),
    )


def _take_fields(clip: _Clip) -> None:
    """Takes the block between two lines of dashes from the top of the body."""
    match = _BLOCK.match(clip.body.lstrip("\n"))
    if match is None or len(match["fields"]) > LONGEST_FIELDS:
        return
    block = match["fields"]
    values = _mapping(block)
    if not values:
        return
    lead = len(clip.body) - len(clip.body.lstrip("\n"))
    lines = clip.body[lead : lead + match.end()].rstrip("\n").split("\n")
    clip.body = clip.body[lead + match.end() :]
    used = _use(clip, values)
    current = "front-matter"
    for line in lines:
        if (key := re.match(r"(?P<key>[^\s:#-][^:]*):", line)) is not None:
            current = "" if key["key"].strip(" \"'") in used else "front-matter"
        elif line.startswith("---"):
            current = "front-matter"
        clip.preamble.append((line, current))


def _mapping(block: str) -> dict[str, Any]:
    """The fields of a block: as YAML, else line by line, for clippers write what is none."""
    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506  # it makes texts, lists and tables alone
    except (yaml.YAMLError, RecursionError, ValueError):
        loaded = None
    if isinstance(loaded, dict):
        return {str(name): value for name, value in loaded.items()}
    lines = (_LINE.fullmatch(line) for line in block.split("\n"))
    return {line["name"]: line["value"].strip(" \"'") for line in lines if line}


def _use(clip: _Clip, values: Mapping[str, Any]) -> set[str]:
    """Puts fields where they belong; the names of those that were used."""
    used = set()
    own = isinstance(values.get("source"), Mapping)
    for name, value in values.items():
        field = "source" if own and name == "source" else _FIELD_OF.get(_plain_name(name))
        if field is None or value in (None, "", []) or (field == "url" and _address(value) is None):
            # A name in `source` is the publisher's.
            if field == "url" and _text(value) and "site" not in clip.values:
                clip.values["site"] = value
                used.add(name)
            continue
        if field not in clip.values:
            clip.values[field] = value
            used.add(name)
    return used


def _take_head(clip: _Clip) -> None:
    """Takes an excerpt or a list of facts that stand between the title and the text."""
    start = 0
    if (title := _TITLE.match(clip.body)) is not None:
        start = title.end()
    rest = clip.body[start:]
    gap = len(rest) - len(rest.lstrip("\n"))
    if (excerpt := _EXCERPT.match(rest[gap:])) is not None:
        text = " ".join(line.lstrip("> ").strip() for line in excerpt["text"].split("\n"))
        clip.values.setdefault("summary", " ".join(text.split()))
        _cut(clip, start, start + gap + excerpt.end(), "", title)
        return
    facts = _FACTS.search(rest[:5_000])
    if facts is not None and not [line for line in rest[: facts.start()].split("\n") if line.strip()][2:]:
        items = (_ITEM.match(line) for line in facts["list"].split("\n"))
        _use(clip, {item["name"].strip(): item["value"].strip() for item in items if item})
        _cut(clip, start, start + facts.end(), "metadata", title)


def _cut(clip: _Clip, start: int, end: int, rule: str, title: re.Match[str] | None) -> None:
    """Takes the body's lines from `start` to `end` into the preamble, and the title above them."""
    if title is not None:
        if "title" not in clip.values:
            clip.values["title"] = title["title"].rstrip(" \t#")
        clip.preamble += [(line, "") for line in title.group().strip("\n").split("\n")]
    clip.preamble += [(line, rule) for line in clip.body[start:end].strip("\n").split("\n")]
    clip.body = clip.body[end:]


def _page(body: str) -> str:
    """The body as a page. A list that stands right below a line is one, as GitHub shows it."""
    # Imported here: most articles are no Markdown.
    from markdown import Markdown

    text = _LIST_BELOW.sub(r"\g<0>\n", body)
    try:
        html = Markdown(extensions=["tables", "fenced_code", "footnotes", "sane_lists"]).convert(text)
    except RecursionError:
        html = f"<pre>{escape(body)}</pre>"
    return f"<html><body><article>{html}</article></body></html>"


def _plain_name(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip().lower())


def _text(value: Any) -> str | None:
    """A field's text on one line, links to notes and pages as their words."""
    if not isinstance(value, str):
        return None
    text = _LINK.sub(lambda match: match["text"], _WIKI.sub(lambda match: match["text"], value))
    return " ".join(text.split()) or None


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(value: Any) -> str | None:
    """Names, several separated by commas; a table's `name`."""
    names = (_text(one.get("name") if isinstance(one, Mapping) else one) for one in _items(value))
    return ", ".join(name for name in names if name) or None


def _address(value: Any) -> str | None:
    """A web address, also where it is the target of a link."""
    for one in _items(value):
        if isinstance(one, str):
            link = _LINK.search(one)
            address = web_address((link["address"] if link else one).strip(" <>"))
            if address:
                return address
    return None


def _day(value: Any) -> str | None:
    """A field's date as ISO 8601; as it stands where it is none, so that a warning tells."""
    if not isinstance(value, str) or not (text := _text(value)):
        return None
    if parse_date(text) is None and (day := find_date(text)) is not None:
        return day[0].isoformat()
    return text
