"""Topics by the vocabulary's own words: labels and aliases found in the text."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pouch.tag.document import Document
from pouch.vocabulary.vocabulary import Vocabulary


class Found(msgspec.Struct, frozen=True):
    """A topic with the places that suggest it."""

    key: str
    root: str | None
    score: float
    spans: tuple[tuple[int, int], ...]


class TopicMatcher:
    def __init__(self, lang: str, vocabulary: Vocabulary) -> None:
        pass

    def suggest(self, document: Document) -> Iterable[Found]:
        return ()
