"""A file of content/entries/ → Entry and Problems.

It needs no other entry: `pouch.checks.entries` compares them.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from pouch.characters import all_forbidden, holds_sign, name_of
from pouch.content.addresses import is_home_page
from pouch.content.dates import instant, write_moment
from pouch.content.entry import Archived, Correction, Entry, Image, Source, stem_of
from pouch.content.fields import IMAGE_PATTERN, SHA256_PATTERN, Context, FieldReader, Fix, Replace
from pouch.content.frontmatter import (
    FrontMatterError,
    compose,
    conflict,
    conflict_line,
    decode,
    normalise,
    split,
)
from pouch.content.hints import form_of, item_form
from pouch.content.identity import mint
from pouch.content.nodes import Items, Node, Scalar, Table, is_nothing
from pouch.content.schema import ENTRY_FIELDS, STATUSES, TABLES, Kind
from pouch.content.term_fields import TermReader
from pouch.problems import Problem, Severity, has_errors
from pouch.site import Site
from pouch.vocabulary.slugs import DEVICES
from pouch.vocabulary.vocabulary import Vocabulary

MAX_BODY = 4_000_000
"""Characters in a body: several times the longest book chapter; beyond it something has gone wrong."""
_SHOWN = 20  # forbidden characters that are reported for one body
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*-->")
_sha256 = re.compile(SHA256_PATTERN)


@dataclass(slots=True)
class ParsedEntry:
    """An entry's file, parsed. `entry` is None where a problem is an error."""

    path: str
    entry: Entry | None = None
    problems: list[Problem] = field(default_factory=list)
    fixes: list[Fix] = field(default_factory=list)  # what `check --fix` may do
    values: dict[str, Any] = field(default_factory=dict)  # field → value, as far as they can be read
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""


def parse_entry(
    text: str, path: str, *, vocabulary: Vocabulary, site: Site
) -> tuple[Entry | None, list[Problem]]:
    """The entry in `text`, None where it has errors, and every problem found.

    `path` is relative to the site's folder; its stem is the default slug.
    """
    reading = read_text(text, path, Context(site, vocabulary))
    return reading.entry, reading.problems


def read_bytes(data: bytes, path: str, context: Context) -> ParsedEntry:
    """The file, parsed, from its bytes."""
    try:
        text = decode(data)
    except FrontMatterError as fault:
        return ParsedEntry(path, problems=[problem_of(path, fault)])
    return read_text(text, path, context)


def read_text(text: str, path: str, context: Context) -> ParsedEntry:
    """The file, parsed, from its text."""
    try:
        parts = split(normalise(text))
        table = compose(parts.block)
    except FrontMatterError as fault:
        return ParsedEntry(path, problems=[problem_of(path, fault)])
    reader = _EntryReader(path, context)
    values = reader.read(table)
    check_body(reader, parts.body, parts.body_line)
    reader.lines["body"] = parts.body_line
    if (
        not _COMMENT.sub("", parts.body).strip()
        and not values.get("key_points")
        and values.get("status") != "draft"
    ):
        message, hint = "the entry has no text", "write it, or set status: draft"
        reader.note((parts.body_line, 0), "empty-body", message, hint, Severity.WARNING)
    reading = ParsedEntry(path, None, reader.problems, reader.fixes, values, reader.lines, parts.body)
    if not has_errors(reader.problems):
        reading.entry = Entry(**values, body=parts.body, lines=reader.lines)
    return reading


def open_file(data: bytes, *, optional: bool = False) -> tuple[Table, str, int]:
    """Front matter, body and the body's first line. Raises FrontMatterError.

    With `optional`, a file that does not open with `---` is all body.
    """
    text = decode(data)
    if optional and not text.startswith("---"):
        body = text.strip("\n")
        return Table([], 1, 1, (1, 1), False), body, 1 + len(text) - len(text.lstrip("\n"))
    parts = split(text)
    return compose(parts.block), parts.body, parts.body_line


def problem_of(path: str, fault: FrontMatterError) -> Problem:
    """The Problem of a file whose front matter cannot be read."""
    return Problem(path, fault.line, fault.column, fault.code, fault.message, fault.hint)


def check_body(reader: FieldReader, body: str, first_line: int) -> None:
    """Note what no body may hold."""
    if len(body) > MAX_BODY:
        message = f"the body is longer than {MAX_BODY} characters"
        reader.note((first_line, 0), "too-large", message, "make several entries of it")
    if line := conflict_line(body):
        reader.problems.append(problem_of(reader.path, conflict(first_line + line - 1)))
    for match in all_forbidden(body)[:_SHOWN]:
        line = first_line + body.count("\n", 0, match.start())
        column = match.start() - body.rfind("\n", 0, match.start())
        message = f"{name_of(match[0])} must not stand in a text"
        reader.note((line, column), "control-character", message, "remove it; `pouch check --fix` does")


class _EntryReader(TermReader):
    """Reads the fields of an entry; see `pouch.content.schema.ENTRY_FIELDS`."""

    def __init__(self, path: str, context: Context) -> None:
        super().__init__(path, context)
        self.lines: dict[str, int] = {}
        self.nodes: dict[str, Node] = {}
        self.given: dict[str, list[tuple[str, Node]]] = {}  # terms with their nodes
        self.further_sources: tuple[Source, ...] = ()

    def read(self, table: Table) -> dict[str, Any]:
        """Field → value, those that are given and can be read."""
        values: dict[str, Any] = {}
        for key, node in self.keys(table, ENTRY_FIELDS):
            name = key.text
            self.lines[name] = key.line
            self.nodes[name] = node
            value = self.value(name, node)
            if value is not None and value != ():
                values[name] = value
        if self.further_sources:
            values["further_sources"] = self.further_sources
        self._required(values)
        self._terms(values)
        self._slugs(values)
        self._order(values)
        return values

    def value(self, name: str, node: Node) -> Any:
        """The value of one field by its kind."""
        kind = ENTRY_FIELDS[name].name
        if kind == "countries":
            self.given[name] = self.distinct(node, name, self.country)
            return tuple(code for code, _ in self.given[name])
        if kind == "topics":
            self.given[name] = self.distinct(node, name, self.topic)
            return tuple(key for key, _ in self.given[name])
        if kind == "slugs":
            return tuple(slug for slug, _ in self.distinct(node, name, self.slug))
        return getattr(self, kind)(node, name)

    def status(self, node: Node, name: str) -> str | None:
        """draft or published."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        if scalar.text in STATUSES:
            return scalar.text
        plain = scalar.text.strip().lower()
        if plain in STATUSES:
            self.fixes.append(Replace(scalar, plain))
        hint = f"write {plain}" if plain in STATUSES else "draft or published"
        self.fault(scalar, "bad-status", f"{scalar.text!r} is not a status", hint)
        return None

    def source(self, node: Node, name: str) -> Source | None:
        """The main source: the only one, or the first of a list, of which the others are kept apart."""
        if not isinstance(node, Items):
            return self.one_source(node, name)
        line_of: dict[str, int] = {}
        sources: list[Source] = []
        for source, item in self.items(node, name, self.one_source):
            if source.url is not None and (line := line_of.setdefault(source.url, item.line)) != item.line:
                message = f"`{name}` lists {source.url} twice"
                self.fault(item, "duplicate-item", message, f"line {line} has it already; remove one")
            sources.append(source)
        self.further_sources = tuple(sources[1:])
        return sources[0] if sources else None

    def one_source(self, node: Node, name: str) -> Source | None:
        """One document."""
        values = self.fields(node, name, "source")
        if values and "url" in values and "title" not in values and is_home_page(values["url"]):
            self.home_page(node, name, values["url"])
        source = Source(**values) if values else None
        return source if source != Source() else None

    def home_page(self, node: Node, name: str, address: str) -> None:
        """Warn of an address that leads readers to no document."""
        pairs = node.pairs if isinstance(node, Table) else []
        place: Node = next((value for key, value in pairs if key.text == "url"), node)
        message = f"`{name}.url`: {address} is a home page, where readers do not find the document"
        hint = "give the document's own address, or its `title` beside it"
        self.warn(place, "home-page", message, hint)

    def archived(self, node: Node, name: str) -> Archived | None:
        """The copy of a source."""
        values = self.fields(node, name, "archived")
        return Archived(**values) if values else None

    def image(self, node: Node, name: str) -> Image | None:
        """The picture of a briefing."""
        before = len(self.problems)
        if (values := self.fields(node, name, "image")) is None or not values:
            return None
        if "file" in values and "alt" in values:
            return Image(**values)
        if len(self.problems) == before:
            missing = "alt" if "file" in values else "file"
            hint = "say what the picture shows" if missing == "alt" else "name a file under content/images/"
            self.fault(
                node, "missing-key", f"`image` has no `{missing}`", f"{hint}: {form_of('image', node)}"
            )
        return None

    def fields(self, node: Node, name: str, kind: str) -> dict[str, Any] | None:
        """The values of a table's fields, those that are written and can be read; None where it is no table."""
        if (table := self.table(node, name)) is None:
            return None
        fields = TABLES[kind]
        values: dict[str, Any] = {}
        for key, value in self.keys(table, fields, f"{name}."):
            self.lines.setdefault(f"{name}.{key.text}", key.line)
            read = self.field(fields[key.text], value, f"{name}.{key.text}")
            if read is not None:
                values[key.text] = read
        return values

    def field(self, kind: Kind, node: Node, name: str) -> Any:
        """The value of a field of a table by its kind."""
        return getattr(self, kind.name.replace(" ", "_"))(node, name)

    def digest(self, node: Node, name: str) -> str | None:
        """A SHA-256 in hexadecimal digits."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        if _sha256.fullmatch(scalar.text):
            return scalar.text
        plain = scalar.text.strip().lower()
        hint = "write the 64 hexadecimal digits that `sha256sum FILE` prints"
        if _sha256.fullmatch(plain):
            self.fixes.append(Replace(scalar, plain))
            hint = "write it in lower case"
        message = f"`{name}` is not a SHA-256 of 64 hexadecimal digits{holds_sign(scalar.text)}"
        self.fault(scalar, "bad-value", message, hint)
        return None

    def image_file(self, node: Node, name: str) -> str | None:
        """The path of an image under content/."""
        if (text := self.text(node, name)) is None:
            return None
        path = posixpath.normpath(text.replace("\\", "/")).lstrip("/").removeprefix("content/")
        if re.fullmatch(IMAGE_PATTERN, path):
            return path
        message = f"`{name}`: {text!r} is not a file under content/images/"
        hint = "store the picture there, and write images/name.jpg"
        self.fault(node, "broken-image", message, hint)
        return None

    def corrections(self, node: Node, name: str) -> tuple[Correction, ...]:
        """Dated notes."""
        return tuple(correction for correction, _ in self.items(node, name, self.correction))

    def correction(self, node: Node, name: str) -> Correction | None:
        """One dated note."""
        before = len(self.problems)
        if isinstance(node, Table) and len(node.pairs) == 1 and node.pairs[0][0].text[:1].isdigit():
            hint = f"write {item_form('corrections', node)}"
            self.fault(node, "wrong-type", "a correction is a table of `date` and `note`", hint)
            return None
        if (values := self.fields(node, name, "corrections")) is None:
            return None
        if (date := values.get("date")) is not None and (note := values.get("note")) is not None:
            return Correction(date, note)
        if len(self.problems) == before:
            missing = "date" if values.get("date") is None else "note"
            self.fault(
                node, "missing-key", f"a correction has no `{missing}`", "write {date: 2025-03-05, note: …}"
            )
        return None

    # What several fields say together

    def _required(self, values: dict[str, Any]) -> None:
        hints = {
            "id": "write id: {id}; it never changes",
            "title": "write title: …",
            "date": "what the briefing is dated, such as 2025-03-05; only a draft may lack it",
        }
        if "/entries/drafts/" in f"/{self.path}":
            # So that no text goes public because a line is missing: the folder alone publishes nothing.
            hints["status"] = "write status: draft, or let `pouch publish` file the entry"
        for name, hint in hints.items():
            if (name == "date" and values.get("status") == "draft") or name in self.likely_keys:
                continue
            node = self.nodes.get(name)
            if node is None or is_nothing(node):
                place = (node.line, node.column) if node else (1, 0)
                hint = hint.replace("{id}", mint(self.path))
                self.note(place, "missing-key", f"`{name}` is missing", hint)

    def _terms(self, values: dict[str, Any]) -> None:
        primary = values.get("countries", ())
        for code, item in self.given.get("mentions", ()):
            if code in primary:
                message = f"{code} is both in `countries` and in `mentions`"
                self.warn(item, "country-twice", message, "a country that the entry is about is no mention")
                self.remove(self.nodes["mentions"], item)
        if "mentions" in values:
            values["mentions"] = tuple(code for code in values["mentions"] if code not in primary)
        if "translation_of" in values:
            return  # a translation has the original's terms
        for name, code, what in (("countries", "no-country", "country"), ("topics", "no-topic", "topic")):
            node = self.nodes.get(name)
            if name not in self.likely_keys and (node is None or self._is_empty(node)):
                place = (node.line, node.column) if node else (1, 0)
                message = f"no {what}: the entry is on no {what}'s page"
                self.note(place, code, message, f"name one in `{name}`", Severity.WARNING)

    @staticmethod
    def _is_empty(node: Node) -> bool:
        return not node.nodes if isinstance(node, Items) else is_nothing(node)

    def _order(self, values: dict[str, Any]) -> None:
        """Dates that contradict each other, and corrections that subscribers would not hear of."""
        zone = self.context.site.zone
        date, updated = values.get("date"), values.get("updated")
        if date is not None and updated is not None and instant(updated, zone) < instant(date, zone):
            self.warn(
                self.nodes["updated"], "updated-early", "`updated` is before `date`", "correct one of the two"
            )
        corrections = values.get("corrections", ())
        if date is not None and any(instant(c.date, zone) < instant(date, zone) for c in corrections):
            message = "a correction is dated before `date`"
            self.warn(self.nodes["corrections"], "updated-early", message, "correct one of the two")
        if corrections:
            moment, correction_date = max((instant(c.date, zone), write_moment(c.date)) for c in corrections)
            day, message = moment.astimezone(zone).date(), ""
            if updated is None:
                message = "a correction, and no `updated`"
            elif instant(updated, zone).astimezone(zone).date() < day:
                message = "the newest correction is later than `updated`"
            if message:
                hint = f"write updated: {correction_date}"
                self.warn(self.nodes["corrections"], "correction-untold", message, hint)

    def _slugs(self, values: dict[str, Any]) -> None:
        if "slug" not in self.nodes:
            stem = stem_of(self.path)
            if stem not in DEVICES:  # which `refused-name` tells already
                self.slug_is_fine(Scalar(stem, 0, 0, (0, 0), True), stem, "the file's name: ")
        slug = values.get("slug") or stem_of(self.path)
        if slug in values.get("formerly", ()):
            node = self.nodes["formerly"]
            assert isinstance(node, Items)  # only a list gives values
            item = next(item for item in node.nodes if isinstance(item, Scalar) and item.text == slug)
            message = f"{slug!r} is this entry's slug, and not a former one"
            self.fault(item, "slug-taken", message, "remove it from `formerly`")
            self.remove(node, item)
