"""The ids that a published page has, for links to its parts: from its file, or from the page rendered in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

from pouch.engine.parsed_files import ParsedFile
from pouch.errors import PouchError
from pouch.pages.models import SiteView
from pouch.pages.outputs import Output
from pouch.theming.theme import Theme

PageIds = Callable[[str], frozenset[str] | None]
"""Path of an output → the ids in that page; None for a file that is no HTML, or only leads on."""

_ID = re.compile(r"""<[a-zA-Z][^<>]*?\sid=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def ids_of_files(output: Path) -> PageIds:
    """The ids in the files of a built site."""
    return lambda path: _ids_in(output / path)


def ids_of_plan(
    outputs: Iterable[Output], theme: Theme, views: Mapping[str, SiteView], parsed: Iterable[ParsedFile]
) -> PageIds:
    """The ids in pages that nobody has built: a page that is asked for is rendered, with the ids of bodies alone."""
    planned = {output.path: output for output in outputs}
    bodies = BodyIds(parsed)

    def ids_of(path: str) -> frozenset[str] | None:
        output = planned.get(path)
        if output is None or not path.endswith(".html"):
            return None
        if output.source:
            return _ids_in(Path(output.source))
        if not output.template:
            return None
        try:
            return _ids(theme.render(output.template, output.model, views[output.lang], bodies))
        except (PouchError, KeyError):
            return None  # a build tells why it cannot be rendered

    return ids_of


class BodyIds(Mapping[str, str]):
    """In place of the HTML of bodies, by key: elements with the ids of each."""

    def __init__(self, parsed: Iterable[ParsedFile]) -> None:
        self._anchors = {
            record.body: each.anchors
            for each in parsed
            if (record := each.entry or each.dossier or each.page) is not None
        }

    def __getitem__(self, key: str) -> str:
        return "".join(f'<p id="{name}">x</p>' for name in self._anchors.get(key, ())) or "<p>x</p>"

    def __iter__(self) -> Iterator[str]:
        return iter(self._anchors)

    def __len__(self) -> int:
        return len(self._anchors)


def _ids_in(file: Path) -> frozenset[str] | None:
    if file.suffix not in (".html", ".htm"):
        return None
    try:
        return _ids(file.read_text("utf-8", errors="replace"))
    except OSError:
        return None


def _ids(html: str) -> frozenset[str] | None:
    if 'http-equiv="refresh"' in html:
        return None  # the page that it leads to has them
    return frozenset(unescape("".join(groups)) for groups in _ID.findall(html))
