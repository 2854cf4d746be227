"""The Article: raw material from elsewhere, as it was handed in."""

from __future__ import annotations

from typing import Any

import msgspec

from pouch.content.entry import Source
from pouch.problems import Problem, Severity

LONGEST = 1_000_000
"""Characters of an article; what has more is a book, or a dump of data."""
MOST_LINES = 50_000
"""Lines of a plain text, likewise."""


class Article(msgspec.Struct, frozen=True):
    """One article to convert. Exactly one of `text` and `html` is given."""

    origin: str  # the file or address that it came from, "-" for standard input
    line: int = 0  # its line in a JSONL file, counted from 1; 0: the whole of `origin`
    text: str | None = None
    html: str | None = None
    title: str | None = None  # as handed in; a plain text has its title in its first line
    url: str | None = None
    date: str | None = None  # as handed in; ISO 8601
    lang: str | None = None
    source: Source | None = None  # who published it, as handed in
    input_id: Any = None  # a JSONL `id`, or that of a feed's item; returned, and never the entry's id
    headline: str | None = None  # its title where the article itself has none: a message's subject
    whole: bool = False  # whether `html` holds the article and nothing beside it, as a feed's item does
    letter: bool = False  # whether it is the body of a message, with greeting, signature and what is private
    handed_on: bool = False  # whether the message's subject says that it hands another on
    # Of a story of a newsletter: its units or lines, then those of the other stories.
    story: tuple[tuple[int, int], ...] = ()
    summary: str | None = None  # as handed in, for an article that has no standfirst of its own
    key_points: tuple[str, ...] = ()  # likewise
    preamble: tuple[tuple[str, str], ...] = ()  # lines before the text, each with its rule; "": it was used
    warnings: tuple[Problem, ...] = ()  # from its reader
    # Images that came with it: what `html` calls each, "cid:…" where it stood, or `beside:…`, and its bytes.
    images: tuple[tuple[str, bytes], ...] = ()

    def without_images(self) -> Article:
        """A copy of the article, without the bytes that came with it."""
        return msgspec.structs.replace(self, images=()) if self.images else self

    def problem(
        self, code: str, message: str, hint: str = "", severity: Severity = Severity.WARNING
    ) -> Problem:
        """A problem at the place that the article came from."""
        return Problem(self.origin, self.line, 0, code, message, hint, severity)

    def with_warning(self, code: str, message: str, hint: str) -> Article:
        """A copy of the article, with one more warning from its reader."""
        return msgspec.structs.replace(self, warnings=(*self.warnings, self.problem(code, message, hint)))

    def refused(self, code: str, message: str, hint: str = "") -> Refusal:
        """The refusal of this article."""
        return refuse(self.origin, self.line, code, message, hint, self.input_id)


class Refusal(msgspec.Struct, frozen=True):
    """Something in a batch that is no article, and why. The rest of the batch goes on."""

    problem: Problem
    input_id: Any = None


def refuse(origin: str, line: int, code: str, message: str, hint: str = "", input_id: Any = None) -> Refusal:
    """A refusal with its problem, at a line of a JSONL file (0: the whole of `origin`)."""
    return Refusal(Problem(origin, line, 0, code, message, hint), input_id)


def out_of_bounds(text: str, *, html: bool) -> str:
    """The limit that an article's text exceeds, in words; empty where it exceeds none."""
    longest = LONGEST * 5 if html else LONGEST  # markup is most of a page
    if len(text) > longest:
        return f"it has more than {longest // 1_000_000} million characters, no article has"
    if not html and text.count("\n") > MOST_LINES:
        return f"it has more than {MOST_LINES:,} lines, no article has"
    return ""
