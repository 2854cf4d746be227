"""Plans of small archives, made by the site's plugins as a build makes them, without theme and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

from pouch.archive.archive import Archive
from pouch.engine.plan import Plan, views_of_archive
from pouch.engine.scan import Scan
from pouch.pages.groups import Group
from pouch.pages.messages import Translate
from pouch.pages.outputs import Output
from pouch.pages.view import View
from pouch.plugins import Plugin, load_plugins
from pouch.theming.theme import Theme

EMPTY_SCAN = Scan({}, {}, frozenset(), frozenset(), frozenset())


def _english(_: str) -> Translate:
    return str


class _Theme:
    """Texts in English, every template but none.html, and no files."""

    translator = staticmethod(_english)

    def has(self, template: str) -> bool:
        return template != "none.html"

    def static_files(self) -> list[tuple[str, Path]]:
        return []


def plan_of(archive: Archive, *others: Plugin) -> Plan:
    """What a build of this archive plans, with `others` beside the site's plugins."""
    plugins = [*load_plugins(archive.site.plugins), *others]
    return Plan(archive, cast(Theme, _Theme()), EMPTY_SCAN, plugins)


def views_of(archive: Archive, translator: Callable[[str], Translate] = _english) -> dict[str, View]:
    """The views of every interface language."""
    return views_of_archive(archive, translator, load_plugins(archive.site.plugins))


def view_of(archive: Archive, lang: str = "") -> View:
    """The view of one interface language, the site's unless another is named."""
    return views_of(archive)[lang or archive.site.lang]


def outputs_of(groups: Iterable[Group | Output]) -> Iterator[Output]:
    """All outputs of these groups, planned."""
    for group in groups:
        if isinstance(group, Output):
            yield group
        else:
            yield from group.outputs()
