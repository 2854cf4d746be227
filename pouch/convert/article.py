"""The Article: raw material from elsewhere, as it was handed in."""

from __future__ import annotations

from typing import Any

import msgspec

from pouch.entries.entry import Source
from pouch.entries.identity import article_seed
from pouch.problems import Problem


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
    input_id: Any = None  # a JSONL `id`, which is echoed and never becomes ours

    @property
    def seed(self) -> str:
        """What its id is made from: see `pouch.entries.identity.article_seed`."""
        return article_seed(url=self.url, title=self.title, text=self.text or self.html or "")


class Refusal(msgspec.Struct, frozen=True):
    """Something in a batch that is no article, and why. The rest of the batch goes on."""

    problem: Problem
    input_id: Any = None


def refuse(origin: str, line: int, code: str, message: str, hint: str = "", input_id: Any = None) -> Refusal:
    """A refusal with its problem, at a line of a JSONL file (0: the whole of `origin`)."""
    return Refusal(Problem(origin, line, 0, code, message, hint), input_id)
