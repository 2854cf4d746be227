"""The agenda of a build: which files the site is to hold, which of them must be made, and why.

Two levels of digests decide. A chapter whose mark is that of the last build would come out as it did then, so none of
its outputs is planned, if the files lie as they were left. Of any other, each output is planned and its fingerprint
compared. So the first level only saves planning; what is stale is always the second's decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from pouch.build.fingerprint import Fingerprint, Known, reasons
from pouch.build.planning import Plan
from pouch.build.shards import Parts
from pouch.digests import digest, encode
from pouch.plan.chapters import Chapter
from pouch.plan.formerly import Move, moves_in
from pouch.plan.models import SitemapUrl
from pouch.plan.outputs import Deferred, Output, refuse_collisions
from pouch.theming.theme import Theme

OnDisk = Callable[[str], tuple[int, int] | None]
"""Size and mtime in ns of a file of the output; None where it is missing."""


class Planned(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a build leaves behind of a chapter that it planned."""

    mark: bytes  # of the chapter and of its surroundings
    paths: tuple[str, ...]  # of its outputs
    listed: bytes  # a digest of what the sitemap says of them
    moves: tuple[Move, ...]  # of the redirects among them


class Past(msgspec.Struct, frozen=True):
    """What the last build left behind."""

    files: Mapping[str, Known]
    chapters: Mapping[str, Planned]
    listed: Callable[
        [], Mapping[str, tuple[SitemapUrl, ...]]
    ]  # by chapter; loaded only where the sitemap changes
    on_disk: OnDisk


class Agenda:
    """What one build has to do."""

    def __init__(self, plan: Plan, past: Past, theme: Theme) -> None:
        """Raises ContentError where two outputs want one address, or one cannot be planned."""
        self.stale: list[Output] = []
        self.shards: list[Output] = []  # stale parts of the search index
        self.fingerprints: dict[str, Fingerprint] = {}  # of what is stale
        self.reasons: dict[str, tuple[str, ...]] = {}  # likewise
        self.paths: set[str] = set()  # of every file that the site is to hold
        self.planned: dict[str, Planned] = {}  # chapters that were planned, by key
        self.listed: dict[str, tuple[SitemapUrl, ...]] = {}  # what the sitemap says of these
        self._plan = plan
        self._past = past
        self._theme = theme
        self._views = view_digests(plan)
        self._parts = Parts(past.files)
        self._takers: dict[str, Chapter] = {}  # by path, without case as some disks are
        self._collided: dict[str, Chapter] = {}
        self._kept: dict[str, Planned] = {}  # chapters that are as they were
        for chapter in plan.chapters:
            self._take(chapter)
        every = self._kept | self.planned
        mark = digest(encode(sorted((key, planned.listed) for key, planned in every.items())))
        moves = [move for planned in every.values() for move in planned.moves]
        for chapter in plan.closing(mark, self._whole_list, moves):
            self._take(chapter)
        if self._collided:
            wanted = list(self._collided.values())
            refuse_collisions(output for chapter in wanted for output in plan.outputs(chapter))

    @property
    def gone(self) -> list[str]:
        """Keys of the chapters that the site no longer has."""
        return [key for key in self._past.chapters if key not in self._kept and key not in self.planned]

    def _take(self, chapter: Chapter) -> None:
        mark = digest(self._plan.surroundings + chapter.mark)
        before = self._past.chapters.get(chapter.key)
        if before is not None and before.mark == mark and self._lies_as_left(before.paths):
            self._kept[chapter.key] = before
            self._claim(chapter, before.paths)
            for path in self._parts.whole.intersection(before.paths):
                self.paths.update(self._parts.paths(path))
            return
        outputs = self._plan.outputs(chapter)
        for output in outputs:
            self._weigh(output)
        listed = self._plan.listed_in(outputs)
        self.listed[chapter.key] = listed
        paths = tuple(output.path for output in outputs)
        self.planned[chapter.key] = Planned(mark, paths, digest(encode(listed)), tuple(moves_in(outputs)))
        self._claim(chapter, paths)

    def _lies_as_left(self, paths: Iterable[str]) -> bool:
        files, on_disk, parts = self._past.files, self._past.on_disk, self._parts
        for path in paths:
            known = files.get(path)
            if known is None or on_disk(path) != (known.size, known.mtime_ns):
                return False
        return not any(parts.reasons(on_disk, path) for path in parts.whole.intersection(paths))

    def _weigh(self, output: Output) -> None:
        """Whether an output is stale."""
        path = output.path
        fingerprint = fingerprint_of(output, self._theme, self._views)
        known = self._past.files.get(path)
        # Of a new file it does not matter what lies there: it is made at any rate.
        why = reasons(fingerprint, known, self._past.on_disk(path) if known else None)
        if output.kind == "index":
            why = tuple(dict.fromkeys((*why, *self._parts.reasons(self._past.on_disk, path))))
        if not why:
            self.paths.update(self._parts.paths(path))
            return
        self.reasons[path] = why
        self.fingerprints[path] = fingerprint
        (self.shards if output.kind == "index" else self.stale).append(output)

    def _claim(self, chapter: Chapter, paths: Iterable[str]) -> None:
        self.paths.update(paths)
        takers = self._takers
        for path in paths:
            place = path.casefold()
            if other := takers.get(place):
                self._collided |= {other.key: other, chapter.key: chapter}
            takers[place] = chapter

    def _whole_list(self) -> Iterator[SitemapUrl]:
        """What the sitemap says of every page, those included that were not planned."""
        before = self._past.listed() if self._kept else {}
        for key in self._kept:
            yield from before.get(key, ())
        for listed in self.listed.values():
            yield from listed


def view_digests(plan: Plan) -> dict[str, bytes]:
    """By interface language: a digest of what each of its pages shows around its content."""
    return {lang: digest(encode(view)) for lang, view in plan.views.items()}


def fingerprint_of(output: Output, theme: Theme, views: Mapping[str, bytes]) -> Fingerprint:
    """What decides an output's bytes. `views`: see view_digests."""
    model = output.model
    facts = model.signature if isinstance(model, Deferred) else digest(encode(model))
    if output.kind != "html":
        return Fingerprint(b"", facts, b"")
    return Fingerprint(theme.digest(output.template, output.lang), facts, views.get(output.lang, b""))
