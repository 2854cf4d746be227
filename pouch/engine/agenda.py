"""The agenda of a build: which files the site is to hold, which of them must be made, and why.

Two levels of digests decide. A chapter whose mark is that of the last build would come out as it did then, so none of
its outputs is planned, if the files lie as they were left. Of any other, each output is planned and its fingerprint
compared. So the first level only saves planning; what is stale is always the second's decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from pouch.digests import digest, encode
from pouch.engine.blobs import CorruptStateError
from pouch.engine.fingerprint import Fingerprint, reasons
from pouch.engine.inventory import Strays
from pouch.engine.planning import Plan
from pouch.pages.chapters import Chapter
from pouch.pages.formerly import Move, moves_in
from pouch.pages.models import SitemapUrl
from pouch.pages.outputs import Deferred, Output, refuse_collisions
from pouch.theming.theme import Theme


class Planned(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a build leaves behind of a chapter that it planned."""

    mark: bytes  # of the chapter and of its surroundings
    paths: tuple[str, ...]  # of its outputs
    listed: bytes  # a digest of what the sitemap says of them
    moves: tuple[Move, ...]  # of the redirects among them
    parts: tuple[str, ...] = ()  # files that were made with a shard of the search index, and are no outputs


class Past(msgspec.Struct, frozen=True):
    """What the last build left behind."""

    fingerprint: Callable[[str], Fingerprint | None]  # of an output
    chapters: Mapping[str, Planned]
    listed: Callable[
        [], Mapping[str, tuple[SitemapUrl, ...]]
    ]  # by chapter; loaded only where the sitemap changes
    strays: Strays

    @property
    def paths(self) -> Iterator[str]:
        """Of every file that the site was to hold."""
        return (path for planned in self.chapters.values() for path in (*planned.paths, *planned.parts))


class Agenda:
    """What one build has to do."""

    def __init__(self, plan: Plan, past: Past, theme: Theme) -> None:
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
        self._chapter_of_shard: dict[str, str] = {}
        self._kept: dict[str, Planned] = {}  # chapters that are as they were

    def take(self, chapters: Iterable[Chapter]) -> Iterator[None]:
        """Decide about chapters of the plan, one at a step. All are to be taken before the agenda is closed.

        Raises ContentError where one cannot be planned.
        """
        for chapter in chapters:
            self._take(chapter)
            yield

    def close(self) -> None:
        """Decide about the chapters that tell of all others. Raises ContentError where two outputs want one address."""
        chapters = self._plan.chapters
        every = self._kept | self.planned
        mark = digest(encode(sorted((key, planned.listed) for key, planned in every.items())))
        moves = [move for planned in every.values() for move in planned.moves]
        for chapter in self._plan.closing(mark, self._whole_list, moves):
            self._take(chapter)
            chapters.append(chapter)
        # Those of the last build had each an address of its own.
        if not self.same_paths:
            self._refuse_collisions(chapters)
        strays = self._past.strays
        if strays and not strays.keys() <= set(self._past.paths):
            raise CorruptStateError("it names files that no page is")

    @property
    def same_paths(self) -> bool:
        """Whether the site is to hold the files that the last build left, and no others."""
        past = self._past.chapters
        return not self.gone and all(
            (before := past.get(key)) is not None
            and before.paths == planned.paths
            and before.parts == planned.parts
            for key, planned in self.planned.items()
        )

    @property
    def gone(self) -> list[str]:
        """Keys of the chapters that the site no longer has."""
        return [key for key in self._past.chapters if key not in self._kept and key not in self.planned]

    @property
    def left(self) -> list[str]:
        """Files of the last build that the site is no longer to hold."""
        before = [p for key, p in self._past.chapters.items() if key not in self._kept]
        return [path for p in before for path in (*p.paths, *p.parts) if path not in self.paths]

    def made_with(self, shard: str, files: Iterable[str]) -> None:
        """A shard of the search index was made, at the path `shard`, and these files with it."""
        key = self._chapter_of_shard[shard]
        parts = tuple(path for path in files if path != shard)
        self.planned[key] = msgspec.structs.replace(self.planned[key], parts=parts)
        self.paths.update(parts)

    def _take(self, chapter: Chapter) -> None:
        mark = digest(self._plan.surroundings + chapter.mark)
        before = self._past.chapters.get(chapter.key)
        if before is not None and before.mark == mark and self._lies_as_left(before):
            self._kept[chapter.key] = before
            self.paths.update(before.paths, before.parts)
            return
        outputs = self._plan.outputs(chapter)
        for output in outputs:
            if output.kind == "index":
                self._chapter_of_shard[output.path] = chapter.key
            self._weigh(output, before.parts if before is not None else ())
        listed = self._plan.listed_in(outputs)
        self.listed[chapter.key] = listed
        paths = tuple(output.path for output in outputs)
        # Those of a shard that is made again are known when it is.
        parts = before.parts if before is not None and self.reasons.keys().isdisjoint(paths) else ()
        self.planned[chapter.key] = Planned(
            mark, paths, digest(encode(listed)), tuple(moves_in(outputs)), parts
        )
        self.paths.update(paths, parts)

    def _lies_as_left(self, planned: Planned) -> bool:
        strays = self._past.strays
        # Mostly there is none, and the paths are many.
        return not strays or (
            strays.keys().isdisjoint(planned.paths) and strays.keys().isdisjoint(planned.parts)
        )

    def _weigh(self, output: Output, parts: Iterable[str]) -> None:
        """Whether an output is stale. `parts` were made with it at the last build, where it is a shard."""
        path = output.path
        fingerprint = fingerprint_of(output, self._theme, self._views)
        strays = self._past.strays
        why = reasons(fingerprint, self._past.fingerprint(path), strays.get(path))
        if output.kind == "index":
            why = tuple(dict.fromkeys((*why, *[strays[part] for part in parts if part in strays])))
        if why:
            self.reasons[path] = why
            self.fingerprints[path] = fingerprint
            (self.shards if output.kind == "index" else self.stale).append(output)

    def _refuse_collisions(self, chapters: Iterable[Chapter]) -> None:
        """Raise ContentError where two outputs want one address, without regard to case as some disks are."""
        every = self._kept | self.planned
        # As one text: asking each path for its form costs five times as much.
        wanted = "\n".join([path for planned in every.values() for path in planned.paths])
        places = wanted.casefold().split("\n")
        if len(set(places)) < len(places):
            twice = {place for place, times in Counter(places).items() if times > 1}
            refuse_collisions(
                output
                for chapter in chapters
                if any(path.casefold() in twice for path in every[chapter.key].paths)
                for output in self._plan.outputs(chapter)
            )

    def _whole_list(self) -> Iterator[SitemapUrl]:
        """What the sitemap says of every page, those included that were not planned."""
        before = self._past.listed() if self._kept else {}
        if not before.keys() >= self._kept.keys():
            raise CorruptStateError("it lacks what the sitemap says of a page")
        for key in self._kept:
            yield from before[key]
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
