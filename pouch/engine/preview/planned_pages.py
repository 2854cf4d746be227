"""Pages of a preview's last plan, rendered again without a build: after an edit of a template, a dossier or a page."""

from __future__ import annotations

import copy
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from functools import cached_property

from pouch.archive.archive import Archive
from pouch.archive.records import DossierRecord, PageRecord
from pouch.engine.blobs import Blobs
from pouch.engine.compare import PlannedGroup
from pouch.engine.parsed_files import Parser
from pouch.engine.plan import Plan, views_of_archive
from pouch.engine.planners import planned_groups
from pouch.engine.render import Texts
from pouch.engine.scan import DOSSIER, PAGE
from pouch.pages.groups import Group
from pouch.pages.outputs import Output
from pouch.theming.theme import Theme


class PlannedPages:
    """The pages of one plan, by path below the output folder."""

    def __init__(
        self, archive: Archive, theme: Theme, plan: Plan, groups: Mapping[str, PlannedGroup], store: str
    ) -> None:
        """`groups` are the records of the plan's groups, by key; `store` is the file of the state."""
        self._archive = archive
        self._theme = theme
        self._plan = plan
        self._groups = groups
        self._store = store

    def new_theme(self) -> Theme:
        """The theme as its files are now. Raises EnvironmentFault."""
        return Theme(self._archive.site, self._plan.plugins)

    def render(self, path: str, theme: Theme) -> str | None:
        """The page at `path` in a theme; None where no template makes it. Raises PouchError, CorruptStateError."""
        group = self._by_key.get(self._key_of.get(path, ""))
        if group is None:
            return None
        return self._rendered(self._plan.outputs(group), path, theme, {})

    def of_text(self, file: str, text: str, paths: Collection[str]) -> dict[str, str]:
        """The pages at `paths` if the dossier or page in `file` held `text`, as far as it is without fault.

        `file` is relative to the site's folder. Raises PouchError, CorruptStateError.
        """
        archive, bodies = self._with_text(file, text)
        keys = {self._key_of[path] for path in paths if path in self._key_of}
        if archive is None or not keys:
            return {}
        pages: dict[str, str] = {}
        for group in self._groups_of(archive, keys):
            outputs = list(group.outputs())
            for path in paths:
                if (html := self._rendered(outputs, path, self._theme, bodies)) is not None:
                    pages[path] = html
        return pages

    @cached_property
    def _key_of(self) -> Mapping[str, str]:
        return {path: key for key, group in self._groups.items() for path in group.paths}

    @cached_property
    def _by_key(self) -> Mapping[str, Group]:
        return {group.key: group for group in self._plan.pages}

    def _with_text(self, file: str, text: str) -> tuple[Archive | None, Mapping[str, str]]:
        """The archive with another text of a file, and that text's HTML; None for a fault, or for another file."""
        before: DossierRecord | PageRecord | None = self._records.get(file)
        if before is None:
            return None, {}
        kind = DOSSIER if isinstance(before, DossierRecord) else PAGE
        parser = Parser(self._archive.site, self._archive.vocabulary)
        parsed, html = parser.parse(kind, file, text.encode("utf-8", "surrogatepass"))
        record = parsed.dossier or parsed.page
        if record is None:
            return None, {}
        # Everything else of the archive is shared, with the slices that it has made.
        archive = copy.copy(self._archive)
        vars(archive).pop("_dossiers_in_any_language", None)
        if isinstance(record, DossierRecord):
            others = {key: each for key, each in archive.dossiers.items() if each.path != file}
            archive.dossiers = others | {(record.kind, record.key, record.lang): record}
        else:
            archive.pages = [record if each.path == file else each for each in archive.pages]
        return archive, {record.body: html.decode()}

    @cached_property
    def _records(self) -> Mapping[str, DossierRecord | PageRecord]:
        texts: list[DossierRecord | PageRecord] = [*self._archive.dossiers.values(), *self._archive.pages]
        return {record.path: record for record in texts}

    def _groups_of(self, archive: Archive, keys: set[str]) -> Iterator[Group]:
        """The groups with these keys, as the plugins plan them for another archive."""
        plan, missing = self._plan, set(keys)
        views = views_of_archive(archive, self._theme.translator, plan.plugins, plan.interface)
        for view in views.values():
            for plugin in plan.plugins:
                for planner in plugin.pages:
                    for group in planned_groups(plugin, planner, view):
                        if group.key in missing:
                            missing.remove(group.key)
                            yield group
                        if not missing:
                            return

    def _rendered(
        self, outputs: Collection[Output], path: str, theme: Theme, bodies: Mapping[str, str]
    ) -> str | None:
        with closing(Blobs(self._store)) as blobs:
            texts = ChainMap(dict(bodies), Texts(blobs))  # type: ignore[arg-type]  # only looked up by key
            return rendered(self._plan, theme, outputs, path, texts)


def rendered(
    plan: Plan, theme: Theme, outputs: Iterable[Output], path: str, texts: Mapping[str, str]
) -> str | None:
    """The page at `path` among the outputs of a plan; None where no template makes it. Raises PouchError."""
    for output in outputs:
        if output.path == path and output.template:
            return theme.render(
                output.template, output.model, plan.views[output.lang or plan.site.lang], texts
            )
    return None
