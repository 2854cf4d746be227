"""Fragments: what a macro prints for the same arguments, kept.

A card stands on two dozen pages: its country's, its topics', its month's, the home page. Macros see nothing but
their arguments and the language, so the second time costs a look-up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from pouch.pages.models import SiteView

MOST = 20_000
"""Fragments kept at most, each of one or two kilobytes: some 30 MB in a worker."""


class Fragments:
    """The fragments of one theme."""

    def __init__(self, language: Callable[[], object]) -> None:
        """`language` says which catalogue the page that is being rendered speaks from."""
        self._language = language
        self._kept: dict[tuple[object, ...], Markup] = {}

    def kept(self, macro: Callable[..., Markup], *args: Any) -> Markup:
        """What `macro(*args)` prints. Arguments are hashable: models, texts, numbers.

        A SiteView stands for its language: one theme serves one site.
        """
        key = (
            macro,
            self._language(),
            *[argument.lang if isinstance(argument, SiteView) else argument for argument in args],
        )
        fragment = self._kept.get(key)
        if fragment is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            fragment = self._kept[key] = macro(*args)
        return fragment
