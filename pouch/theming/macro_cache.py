"""A cache of what macros print, behind the template filter `cached`.

A card stands on two dozen pages: those of its country, topics and month, the home page. A macro sees only its
arguments and the language, so its second call with the same arguments can be a lookup.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from pouch.pages.models import Card, SiteView
from pouch.theming.catalogues import current_catalogue

MAX_TEXTS = 30_000
"""Cached texts of half a kilobyte each, together about 20 MB in a worker. A full cache is emptied."""


class MacroCache:
    """The printed macros of one theme."""

    def __init__(self) -> None:
        self._texts: dict[tuple[object, ...], Markup] = {}

    def print(self, macro: Callable[..., Markup], *args: Any) -> Markup:
        """The text of `macro(*args)`. Arguments are hashable: models, texts, numbers.

        A SiteView is compared by language, since one theme serves one site, and a card by its digest.
        """
        parts: list[object] = [macro, current_catalogue.get()]
        for argument in args:
            kind = type(argument)
            if kind is Card:
                parts.append(argument.digest or argument)
            elif kind is SiteView:
                parts.append(argument.lang)
            else:
                parts.append(argument)
        key = tuple(parts)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= MAX_TEXTS:
                self._texts.clear()
            text = self._texts[key] = macro(*args)
        return text
