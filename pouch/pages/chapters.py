"""Chapters: the plan in parts, so that an edit plans only what its entries touch.

A chapter is a group of outputs that are planned together: a country's pages in one language, the briefings of one
month, the feeds of one topic. Its mark is a digest of everything in the archive that its planner looks at. Where the
mark is that of the last build, the chapter would come out as it did then, and its outputs need not be planned to know
that they are fresh. Like a fingerprint it only ever saves work: what an output shows is decided by its own model.

What every planner may look at besides (settings, vocabulary, theme, dossiers) is no part of a mark. The build keeps
one digest for all of it (`pouch.engine.planning`), and a change there plans every chapter anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from pouch.archive.archive import Briefing
from pouch.digests import digest, encode
from pouch.pages.outputs import Output


class Chapter(msgspec.Struct, frozen=True, gc=False):
    """Outputs that are planned together, if they are."""

    key: str  # names it from build to build: "country UA fr"
    mark: bytes
    outputs: Callable[[], Iterable[Output]]


def mark_of(briefings: Iterable[Briefing], *facts: object) -> bytes:
    """A digest of these briefings in their order, with all that their entries say, and of `facts`, plain values."""
    return digest(encode(facts) + b"".join([briefing.mark for briefing in briefings]))


def outputs_of(chapters: Iterable[Chapter]) -> Iterator[Output]:
    """All outputs of these chapters, planned."""
    for chapter in chapters:
        yield from chapter.outputs()
