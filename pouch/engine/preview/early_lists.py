"""Lists before a site was ever built: pages planned over the entries that have been read so far, the newest first.

An editor who opens the home page while ten thousand files are read sees the newest headlines after a second, and the
whole page as soon as everything is read. Nothing of it is written, or kept for a later build.
"""

from __future__ import annotations

import re
from contextlib import closing

from pouch.engine.blobs import Blobs
from pouch.engine.plan import Plan
from pouch.engine.preview.planned_pages import rendered
from pouch.engine.preview.read_so_far import ReadSoFar
from pouch.engine.render import Texts
from pouch.pages.groups import Group
from pouch.theming.theme import Theme

# A page with a number holds other briefings once all are read, since pages are counted from the oldest.
_NUMBERED = re.compile(r"(?:^|/)page/\d+/index\.html")


class EarlyLists:
    """The pages of one plan, each planned and rendered when it is asked for."""

    def __init__(self, theme: Theme, plan: Plan, part: ReadSoFar | None, store: str = "") -> None:
        """`part` is what was planned, None for everything; then `store`, the file of the state, has the texts."""
        self.part = part
        self._theme = theme
        self._plan = plan
        self._store = store
        self.group_keys: dict[str, str] = {}
        """Keys of groups by path, as far as they are known. They are the same in each plan of a site."""
        self._by_key = {group.key: group for group in plan.pages}
        self._unasked = iter(plan.pages)

    def page(self, path: str) -> str | None:
        """The page at `path`, below the output folder; None where this plan has none that is right for the newest.

        Raises PouchError, CorruptStateError.
        """
        if self.part is not None and _NUMBERED.search(path):
            return None
        group = self._group(path)
        outputs = self._plan.outputs(group) if group is not None else ()
        if self.part is not None:
            return rendered(self._plan, self._theme, outputs, path, self.part.texts)
        with closing(Blobs(self._store)) as blobs:
            return rendered(self._plan, self._theme, outputs, path, Texts(blobs))

    def _group(self, path: str) -> Group | None:
        """The group with this path: one that is known, or the first that has it as soon as it is planned."""
        if path in self.group_keys:
            return self._by_key.get(self.group_keys[path])
        for group in self._unasked:
            paths = [output.path for output in self._plan.outputs(group)]
            self.group_keys.update(dict.fromkeys(paths, group.key))
            if path in paths:
                return group
        return None
