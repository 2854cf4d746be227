"""A page's Content-Security-Policy, with the sources that the site's settings add (POUCH_CSP)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pouch.pages.models import SiteView

_LEADS = frozenset({"base-uri", "form-action"})
"""Directives about where a page may lead. They stand in a policy of their own."""


def policy(text: str, site: SiteView, part: str = "loads") -> str:
    """The policy `text` with the site's additions. `part`: "loads", what a page may load, or "leads", where to.

    A source is added to its directive once. Without that directive a fetch directive would follow `default-src`, which
    is 'none', so the new directive holds only what is added. 'none' is dropped beside any other source (CSP level 3,
    section 2.3.1).
    """
    return _policy(text, site.policy, part == "leads")


@lru_cache(maxsize=256)
def _policy(text: str, additions: Sequence[tuple[str, Sequence[str]]], leads: bool) -> str:
    directives: dict[str, list[str]] = {}
    for directive in text.split(";"):
        name, *sources = directive.split()
        directives.setdefault(name, []).extend(sources)
    for name, added in additions:
        if (name in _LEADS) == leads:
            directives[name] = _joined(directives.get(name, ()), added)
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _joined(sources: Iterable[str], added: Iterable[str]) -> list[str]:
    joined = list(dict.fromkeys((*sources, *added)))
    return [source for source in joined if source != "'none'"] if len(joined) > 1 else joined
