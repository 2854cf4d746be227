"""A dossier: the introduction to a term that stands on its page. One file for each term and language.

The home page has a dossier too, `home.md`: what it pins leads the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from pouch.content.fields import Context, FieldReader
from pouch.content.frontmatter import FrontMatterError
from pouch.content.nodes import Node
from pouch.content.parse import check_body, open_file, problem_of
from pouch.content.weeks import parse_week
from pouch.problems import Problem, has_errors
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary

DOSSIER_KEYS = ("title", "lang", "pinned", "links")
LINK_KEYS = ("title", "url")
FOLDERS: dict[str, Literal["country", "topic"]] = {"countries": "country", "topics": "topic"}
"""Folder under content/dossiers/ → the kind of its terms."""
HOME = "home"
"""The name of the home page's dossier."""
DIGESTS = "digests"
"""The folder under content/ with the notes of digests, each named after its week: 2025-W20.md."""
DossierKind = Literal["country", "topic", "home", "digest"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The introduction of a term. The file's name is the term's code or key: `UA.md`, in French `UA.fr.md`."""

    kind: DossierKind
    key: str
    lang: str
    title: str | None = None  # the heading of the introduction; the page itself is called by the term's name
    pinned: tuple[str, ...] = ()  # ids of entries, shown first
    links: tuple[tuple[str, str], ...] = ()  # title and web address
    body: str = ""  # Markdown


@dataclass(slots=True)
class ParsedDossier:
    """`dossier` is None where a problem is an error. `body_line` is counted from 1."""

    dossier: Dossier | None = None
    problems: list[Problem] = field(default_factory=list)
    body_line: int = 1
    pinned_line: int = 1  # where the pinned entries are named


def parse_dossier(data: bytes, path: str, *, vocabulary: Vocabulary, site: Site) -> ParsedDossier:
    """The dossier in content/dossiers/home.md, in a file of its folders countries and topics, or in content/digests/.

    `path` is relative to the site's folder.

    Front matter is optional: a file that does not open with `---` is all prose.
    """
    try:
        table, body, body_line = open_file(data, optional=True)
    except FrontMatterError as fault:
        return ParsedDossier(problems=[problem_of(path, fault)])
    reader = _DossierReader(path, Context(site, vocabulary))
    kind, key, lang_in_name = reader.term()
    parsed = ParsedDossier(problems=reader.problems, body_line=body_line)
    nodes: dict[str, Node] = {}
    for name, node in reader.keys(table, DOSSIER_KEYS):
        nodes[name.text] = node
        if name.text == "pinned":
            parsed.pinned_line = name.line
    title = reader.text(nodes["title"], "title") if "title" in nodes else None
    lang = reader.stated_language(nodes.get("lang"), lang_in_name)
    pinned = reader.distinct(nodes["pinned"], "pinned", reader.identity) if "pinned" in nodes else ()
    links = reader.items(nodes["links"], "links", reader.link) if "links" in nodes else ()
    check_body(reader, body, body_line)
    if not has_errors(reader.problems):
        pinned_ids = tuple(pinned_id for pinned_id, _ in pinned)
        parsed.dossier = Dossier(kind, key, lang, title, pinned_ids, tuple(link for link, _ in links), body)
    return parsed


class _DossierReader(FieldReader):
    def term(self) -> tuple[DossierKind, str, str | None]:
        """Kind and key of the term that the file's name means, and the language that it names."""
        path = PurePosixPath(self.path)
        key, lang = self.name_and_language()
        if key == HOME and path.parent.name not in FOLDERS:
            return "home", HOME, lang
        if path.parent.name == DIGESTS:
            week = parse_week(key)
            if week is None or str(week) != key:
                message = f"{key!r} is no week"
                hint = f"call it {week}{path.name[len(key) :]}" if week else "such as 2025-W20.md"
                self.note((0, 0), "bad-week", message, hint)
            return "digest", key, lang
        kind = FOLDERS.get(path.parent.name, "topic")
        vocabulary = self.context.vocabulary
        terms = vocabulary.countries if kind == "country" else vocabulary.topics
        if key not in terms:
            country, topic = vocabulary.find_country(key), vocabulary.find_topic(key)
            if kind == "country":
                what, right_key, close = "a country's code", country, vocabulary.suggest_country(key)
            else:
                what, right_key, close = "a topic's key", topic, vocabulary.suggest_topic(key)
            hint = f"the file's name is {what}"
            if right_key:
                hint = f"call it {right_key}{path.name[len(key) :]}"
            elif country or topic:
                folder = "countries" if country else "topics"
                hint = f"move it to content/dossiers/{folder}/{country or topic}{path.name[len(key) :]}"
            elif close:
                hint = f"did you mean {close}? {hint[0].upper()}{hint[1:]}"
            self.note((0, 0), f"unknown-{kind}", f"no {kind} has the {what.split()[-1]} {key!r}", hint)
        return kind, key, lang

    def link(self, node: Node, name: str) -> tuple[str, str] | None:
        """Title and address of a link."""
        if (table := self.table(node, name)) is None:
            return None
        before = len(self.problems)
        nodes = {key.text: value for key, value in self.keys(table, LINK_KEYS, "links.")}
        title = self.text(nodes["title"], "links.title") if "title" in nodes else None
        url = self.address(nodes["url"], "links.url") if "url" in nodes else None
        if title and url:
            return title, url
        if len(self.problems) == before:
            missing = "url" if title else "title"
            self.fault(node, "missing-key", f"a link has no `{missing}`", "write {title: …, url: https://…}")
        return None
