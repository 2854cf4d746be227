"""Compare: which files the site is to hold, which of them are stale, and why.

Two levels of digests decide. A group whose inputs and surroundings are those of the last build would come out as it did
then, so it is not planned, provided that its files are unaltered. Every other group is planned, and each of its outputs
is compared with its fingerprint. The first level only saves planning; what is stale is always decided by the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from pouch.digests import digest, encode
from pouch.engine.blobs import CorruptStateError
from pouch.engine.fingerprint import Fingerprint, reasons
from pouch.engine.inventory import Strays
from pouch.engine.plan import Plan
from pouch.engine.spool import Span, Spool
from pouch.pages.formerly import Move, moves_in
from pouch.pages.groups import Group
from pouch.pages.models import SitemapUrl
from pouch.pages.outputs import Fragment, Output, folders_of, place_of, refuse_collisions
from pouch.theming.theme import Theme


class PlannedGroup(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The record of a planned group in the state."""

    mark: bytes  # a digest of its inputs and surroundings
    paths: tuple[str, ...]  # of its outputs
    listed: bytes  # a digest of their entries in the sitemap
    moves: tuple[Move, ...]  # of the redirects among them
    parts: tuple[str, ...] = ()  # files that were made together with an output, and are no outputs


class LastBuild(msgspec.Struct, frozen=True):
    """The records of the last build."""

    fingerprint: Callable[[str], Fingerprint | None]  # of an output
    groups: Mapping[str, PlannedGroup]
    listed: Callable[[], Mapping[str, tuple[SitemapUrl, ...]]]  # by group; called if the sitemap changes
    strays: Strays

    @property
    def paths(self) -> Iterator[str]:
        """Of every file that the site was to hold."""
        return (path for group in self.groups.values() for path in (*group.paths, *group.parts))


class StaleOutput(msgspec.Struct, frozen=True, gc=False):
    """An output that must be made, in the form that crosses to a worker."""

    path: str
    template: str
    render: Callable[..., object] | None  # a render function, of one file or of a folder
    source: str
    model_type: type
    model: Span  # in the comparison's spool
    lang: str
    origin: str
    fingerprint: Fingerprint


class Comparison:
    """Decides what one build has to make."""

    def __init__(self, plan: Plan, last: LastBuild, theme: Theme, folder: Path) -> None:
        """`folder` is that of the state."""
        self.spool = Spool(folder)
        self.stale: list[StaleOutput] = []
        self.stale_folders: list[StaleOutput] = []  # those that are rendered to several files
        self.fragments: dict[str, Fragment] = {}  # of stale outputs, by key
        self.folder_fragments: dict[str, Fragment] = {}  # of stale folders
        self.reasons: dict[str, tuple[str, ...]] = {}  # of what is stale
        self.paths: set[str] = set()  # of every file that the site is to hold
        self.planned: dict[str, PlannedGroup] = {}  # groups that were planned, by key
        self.listed: dict[str, tuple[SitemapUrl, ...]] = {}  # their entries in the sitemap
        self._plan = plan
        self._last = last
        self._fingerprints = Fingerprints(plan, theme)
        self._group_of_folder: dict[str, str] = {}
        self._unchanged: dict[str, PlannedGroup] = {}

    def compare(self, groups: Iterable[Group]) -> Iterator[None]:
        """Decide about groups of the plan, one at a step. All must be compared before `close`.

        Raises ContentError or EnvironmentFault where one cannot be planned.
        """
        for group in groups:
            self._compare(group)
            yield

    def close(self) -> None:
        """Decide about the groups that list all others. Raises ContentError where two outputs want one address."""
        groups = self._plan.groups
        every = self.groups
        mark = digest(encode(sorted((key, group.listed) for key, group in every.items())))
        moves = [move for group in every.values() for move in group.moves]
        for group in self._plan.closing(mark, self._whole_list, moves):
            self._compare(group)
            groups.append(group)
        # Where the paths are those of the last build, each had an address of its own.
        if not self.same_paths:
            self._refuse_collisions(groups)
        strays = self._last.strays
        if strays and not strays.keys() <= set(self._last.paths):
            raise CorruptStateError("it names files that no page is")

    @property
    def groups(self) -> dict[str, PlannedGroup]:
        """The records of all groups, by key."""
        return self._unchanged | self.planned

    @property
    def first(self) -> bool:
        """Whether the state knows no earlier build."""
        return not self._last.groups

    @property
    def same_paths(self) -> bool:
        """Whether the site is to hold the files that the last build left, and no others."""
        last = self._last.groups
        return not self.removed_groups and all(
            (before := last.get(key)) is not None
            and before.paths == group.paths
            and before.parts == group.parts
            for key, group in self.planned.items()
        )

    @property
    def removed_groups(self) -> list[str]:
        """Keys of the groups that the site no longer has."""
        return [key for key in self._last.groups if key not in self._unchanged and key not in self.planned]

    @property
    def removed(self) -> list[str]:
        """Files of the last build that the site is no longer to hold."""
        return [
            path for group in self._changed for path in (*group.paths, *group.parts) if path not in self.paths
        ]

    @property
    def lost_outputs(self) -> bool:
        """Whether an output of the last build is no longer planned."""
        return any(path not in self.paths for group in self._changed for path in group.paths)

    @property
    def _changed(self) -> list[PlannedGroup]:
        """The groups of the last build that are planned again or removed."""
        return [group for key, group in self._last.groups.items() if key not in self._unchanged]

    def add_parts(self, folder: str, files: Iterable[str]) -> None:
        """Record that the output `folder` was made, and these files with it."""
        key = self._group_of_folder[folder]
        parts = tuple(path for path in files if path != folder)
        self.planned[key] = msgspec.structs.replace(self.planned[key], parts=parts)
        self.paths.update(parts)

    def _compare(self, group: Group) -> None:
        mark = self._plan.mark(group)
        before = self._last.groups.get(group.key)
        if before is not None and before.mark == mark and self._is_unaltered(before):
            self._unchanged[group.key] = before
            self.paths.update(before.paths, before.parts)
            return
        outputs = self._plan.outputs(group)
        for output in outputs:
            if output.render_folder:
                self._group_of_folder[output.path] = group.key
            self._compare_output(group, output, before.parts if before is not None else ())
        listed = tuple([url for output in outputs if (url := output.listed)])
        self.listed[group.key] = listed
        paths = tuple([output.path for output in outputs])
        # The parts of a folder that is made again are known when it is.
        parts = before.parts if before is not None and self.reasons.keys().isdisjoint(paths) else ()
        self.planned[group.key] = PlannedGroup(
            mark, paths, digest(encode(listed)), tuple(moves_in(outputs)), parts
        )
        self.paths.update(paths, parts)

    def _is_unaltered(self, group: PlannedGroup) -> bool:
        strays = self._last.strays
        # Mostly there is none, and the paths are many.
        return not strays or (strays.keys().isdisjoint(group.paths) and strays.keys().isdisjoint(group.parts))

    def _compare_output(self, group: Group, output: Output, parts: Iterable[str]) -> None:
        """Whether an output is stale. `parts` were made with it at the last build, where it is a folder."""
        path, strays = output.path, self._last.strays
        model = self._plan.model(group, output)
        fingerprint = self._fingerprints.of(output, model)
        why = reasons(fingerprint, self._last.fingerprint(path), strays.get(path))
        if output.render_folder:
            why = tuple(dict.fromkeys((*why, *[strays[part] for part in parts if part in strays])))
        if not why:
            return
        self.reasons[path] = why
        (self.folder_fragments if output.render_folder else self.fragments).update(output.fragments)
        stale = StaleOutput(
            path,
            output.template,
            output.render or output.render_folder,
            output.source,
            type(output.model),
            self.spool.add(model),
            output.lang,
            output.origin,
            fingerprint,
        )
        (self.stale_folders if output.render_folder else self.stale).append(stale)

    def _refuse_collisions(self, groups: Iterable[Group]) -> None:
        """Raise ContentError where two outputs want one address: see `refuse_collisions`."""
        every = self.groups
        # As one text: asking each path for its folded form costs five times as much.
        all_paths = "\n".join([path for group in every.values() for path in group.paths])
        places = place_of(all_paths).split("\n")
        distinct = set(places)
        files_and_folders = folders_of(distinct) & distinct
        if len(distinct) == len(places) and not files_and_folders:
            return
        twice = {place for place, times in Counter(places).items() if times > 1} | files_and_folders
        below = tuple(f"{place}/" for place in files_and_folders)
        refuse_collisions(
            output
            for group in groups
            if any(
                (place := place_of(path)) in twice or place.startswith(below)
                for path in every[group.key].paths
            )
            for output in self._plan.named_outputs(group)
        )

    def _whole_list(self) -> Iterator[SitemapUrl]:
        """The sitemap's entries of all pages, including those that were not planned."""
        before = self._last.listed() if self._unchanged else {}
        if not before.keys() >= self._unchanged.keys():
            raise CorruptStateError("it lacks the sitemap's entry of a page")
        for key in self._unchanged:
            yield from before[key]
        for listed in self.listed.values():
            yield from listed


class Fingerprints:
    """Makes the fingerprints of one plan's outputs."""

    def __init__(self, plan: Plan, theme: Theme) -> None:
        self._theme = theme
        self._code = plan.code
        self._views = {lang: digest(encode(view)) for lang, view in plan.views.items()}
        self._templates: dict[tuple[str, str], bytes] = {}

    def of(self, output: Output, model: bytes) -> Fingerprint:
        """The fingerprint of an output: digests of everything that decides its bytes. `model` is its encoded model."""
        if not output.template:
            return Fingerprint(self._code, digest(model), b"")
        template_digest = self._templates.get((output.template, output.lang))
        if template_digest is None:
            # Any template may call a filter of the site's own plugins.
            template_digest = self._theme.digest(output.template, output.lang)
            template_digest = digest(template_digest + self._code) if self._code else template_digest
            self._templates[output.template, output.lang] = template_digest
        return Fingerprint(template_digest, digest(model), self._views.get(output.lang, b""))
