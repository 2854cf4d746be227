"""A page of content/pages/, such as about.md: prose that is no briefing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import structs

from pouch.content.fields import Context, FieldReader
from pouch.content.frontmatter import FrontMatterError
from pouch.content.nodes import Scalar
from pouch.content.parse import check_body, open_file, problem_of
from pouch.problems import Problem, Severity, has_errors
from pouch.site import Site
from pouch.vocabulary.slugs import is_slug, reserved
from pouch.vocabulary.vocabulary import Vocabulary

PAGE_KEYS = ("title", "lang", "slug")
OWN_ADDRESSES = frozenset({"about"})
"""Reserved words that are reserved for pages."""
_BLANK = re.compile(r"\[fill in\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page; its address is /<slug>/. In another language the file is `about.fr.md`."""

    slug: str
    lang: str
    title: str
    body: str = ""  # Markdown


@dataclass(slots=True)
class ParsedPage:
    """`page` is None where a problem is an error. `body_line` is counted from 1."""

    page: Page | None = None
    problems: list[Problem] = field(default_factory=list)
    body_line: int = 1


def parse_page(data: bytes, path: str, *, site: Site) -> ParsedPage:
    """The page in a file; `path` is relative to the site's folder."""
    try:
        table, body, body_line = open_file(data)
    except FrontMatterError as fault:
        problem = problem_of(path, fault)
        if fault.code == "no-front-matter" and "convert" in fault.hint:
            problem = structs.replace(problem, hint="start it with the lines `---`, `title: …` and `---`")
        return ParsedPage(problems=[problem])
    # A page names no terms, so that no vocabulary is asked.
    reader = FieldReader(path, Context(site, Vocabulary({}, {}, {})))
    name, lang_in_name = reader.name_and_language()
    nodes = {key.text: node for key, node in reader.keys(table, PAGE_KEYS)}
    title = reader.text(nodes["title"], "title") if "title" in nodes else None
    if title is None and not has_errors(reader.problems):
        reader.note((1, 0), "missing-key", "`title` is missing", "write title: …")
    lang = reader.stated_language(nodes.get("lang"), lang_in_name)
    slug_node = nodes.get("slug")
    slug = slug_node.text if isinstance(slug_node, Scalar) and slug_node.text else name
    if not (is_slug(slug) and (slug in OWN_ADDRESSES or not reserved(slug, site))):
        reader.slug_is_fine(slug_node or Scalar(slug, 0, 0, (0, 0), True), slug)
    check_body(reader, body, body_line)
    reader.problems += _blanks(path, body, body_line)
    parsed = ParsedPage(problems=reader.problems, body_line=body_line)
    if title and not has_errors(reader.problems):
        parsed.page = Page(slug, lang, title, body)
    return parsed


def _blanks(path: str, body: str, first_line: int) -> Iterator[Problem]:
    """The lines with blanks of the pages that `pouch init` writes, in one note."""
    blanks = [
        (number, match.start() + 1)
        for number, line in enumerate(body.split("\n"), first_line)
        if (match := _BLANK.search(line))
    ]
    if blanks:
        further = f", and on {len(blanks) - 1} more lines" if len(blanks) > 2 else ", and on one more line"
        message = f"the page still has a blank here{further * (len(blanks) > 1)}, and readers would see it"
        hint = "write what the brackets ask for, or take the sentence out"
        yield Problem(path, *blanks[0], "to-fill-in", message, hint, Severity.NOTE)
