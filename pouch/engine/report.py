"""The report of a build: plain facts, which `pouch.engine.summary` prints."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pouch.problems import Problem

# A build that finds nothing changed needs neither.
if TYPE_CHECKING:
    from pouch.engine.preview.early_lists import EarlyLists
    from pouch.engine.preview.facts import PreviewFacts
    from pouch.engine.preview.planned_pages import PlannedPages
    from pouch.engine.preview.read_so_far import ReadSoFar
    from pouch.engine.preview.single_page import SinglePages
    from pouch.engine.preview.unwritten import UnwrittenOutputs


class Report(msgspec.Struct, kw_only=True):
    """The facts about one build."""

    paths: Collection[str] = ()  # of the files that the site has, below the output folder
    size: int = 0  # bytes of these files
    largest: int = 0  # bytes of the largest of them
    made: int = 0  # rendered
    written: int = 0  # of those, files whose bytes changed
    removed: list[str] = msgspec.field(default_factory=list)  # files of ours that the site no longer has
    read: int = 0  # content files that were read again
    warnings: list[Problem] = msgspec.field(default_factory=list)  # of the files read in this build
    reasons: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)  # why each output was made
    preview: PreviewFacts | None = None  # of a site under preview
    single_pages: SinglePages | None = None  # likewise
    planned_pages: PlannedPages | None = None  # likewise
    unwritten: UnwrittenOutputs | None = None  # likewise, until they are written
    notes: list[str] = msgspec.field(default_factory=list)  # what the person should know

    waiting: list[str] = msgspec.field(default_factory=list)  # published entries that are not due, in words
    working_set: object = (
        None  # archive and plan: freed with the report, or with the process if that ends first
    )

    @property
    def outputs(self) -> int:
        """The number of files of the site."""
        return len(self.paths)

    @property
    def pruned(self) -> int:
        """The number of files that were deleted."""
        return len(self.removed)


class Events(NamedTuple):
    """The moments of a build in which somebody else can go on. Each is called with the report so far."""

    reading: Callable[[ReadSoFar], object] = lambda _: None
    """A part of the files has been read, in the first build of a preview."""
    read: Callable[[Report, EarlyLists], object] = lambda *_: None
    """A preview has read everything, and its pages can be planned one at a time."""
    planned: Callable[[Report], object] = lambda _: None
    """It is decided what is written. A preview's report can show all of it."""
    pages_written: Callable[[Report], object] = lambda _: None
    """Pages can be read. Folders, such as the search index, are made after them."""


NO_EVENTS = Events()
