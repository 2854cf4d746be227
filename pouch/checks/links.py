"""Links within the site, compared with the addresses and anchors that the site publishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple
from urllib.parse import unquote

from pouch.markdown.links import has_scheme
from pouch.markdown.renderer import Link
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.wording import closest

BRIEFINGS = "/briefings/"
_SUGGESTED = 40
"""So many dead addresses get a suggestion in one run: each is compared with hundreds of others."""
_CANDIDATES = 5_000


class LinkSource(NamedTuple):
    """The fields of a file that the check needs."""

    path: str  # of the file
    links: tuple[Link, ...]
    anchors: tuple[str, ...]  # ids in its text


class Published:
    """The published addresses of the site, and the reasons why other addresses are missing."""

    def __init__(
        self,
        site: Site,
        paths: Collection[str],
        *,
        anchors: Mapping[str, Collection[str]],
        waiting: Mapping[str, str],
        terms: Mapping[str, str],
        ids_of: Callable[[str], Collection[str] | None],
    ) -> None:
        """All addresses are without the site's path.

        `paths`: of all outputs. `anchors`: address of a page with a text → the ids in that text. `waiting`: address of
        an entry that is not due → until when, in words. `terms`: address of a term's page → its name, published or not.
        `ids_of`: path of an output → the ids in that page, None where it has none.
        """
        self.site = site
        self.anchors = anchors
        self.waiting = waiting
        self.terms = terms
        self._paths = paths
        self._ids_of = cache(ids_of)
        self._suggestions: dict[str, str] = {}

    def has(self, address: str) -> bool:
        """Whether there is a page or file. Hosts lead `/about` on to `/about/`."""
        return self._path(address) is not None

    def anchors_of(self, address: str) -> Collection[str] | None:
        """The ids that a link to a published address can name; None where that cannot be known."""
        anchors = self.anchors.get(f"/{address.strip('/')}/")
        return self._ids_of(self._path(address) or "") if anchors is None else anchors

    def _path(self, address: str) -> str | None:
        """The path of the output at an address; None if there is none."""
        path = address.lstrip("/")
        page = f"{path.rstrip('/')}/index.html".lstrip("/")
        return path if path in self._paths else page if page in self._paths else None

    def why_not(self, address: str) -> tuple[str, str]:
        """Why the site has nothing at an address, and the likely cure."""
        parts = address.strip("/").split("/")
        start = 1 if parts[0] in self.site.languages[1:] else 0
        below = parts[start:]
        term = f"/{'/'.join(below[:2])}/"
        if term in self.terms and len(below) > 1:
            name = self.terms[term]
            if len(below) == 2:
                return f"{name!r} has no page yet, since no published briefing is about it", ""
            least, more = self.site.slice_minimum, ""
            if below[0] == "countries" and f"/topics/{below[2]}/" in self.terms:
                name = f"{name} and {self.terms[f'/topics/{below[2]}/']}"
                if self.site.pair_share:
                    more = f", in a large archive one in {self.site.pair_share:,} of all"
            elif not (below[2].isdigit() or len(below[2]) == 2):
                return "no page has this address", self._suggestion(address)
            return (
                f"{name}: such a page needs at least {least} briefings of its own{more}",
                "link to the term's page",
            )
        if (self.site.content_path / address.strip("/")).is_file():
            folder = address.strip("/").rpartition("/")[0].partition("/")[0] or address.strip("/")
            return "content/ has the file, and it is not published", f"add {folder!r} to STATIC_PATHS"
        what = "file" if "." in parts[-1] else "page"
        return f"no {what} of the site has this address", self._suggestion(address)

    def _suggestion(self, address: str) -> str:
        """The published address that is written most alike."""
        if address not in self._suggestions:
            if len(self._suggestions) >= _SUGGESTED:
                return ""
            parts = address.strip("/").split("/")
            candidates = [
                candidate
                for shape in {(parts[0], len(parts)), ("", len(parts))}
                for candidate in self._by_shape[shape]
            ]
            close = closest(address, candidates[:_CANDIDATES], 0.75)
            self._suggestions[address] = f"did you mean {close}?" if close else ""
        return self._suggestions[address]

    @cached_property
    def _by_shape(self) -> Mapping[tuple[str, int], list[str]]:
        """Published addresses by their first part and their number of parts; those of one part by their number too."""
        by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        for path in sorted(self._paths):
            address = f"/{path.removesuffix('index.html')}"
            parts = address.strip("/").split("/")
            by_shape[parts[0], len(parts)].append(address)
            if len(parts) < 3:
                by_shape["", len(parts)].append(address)
        return by_shape


def dead_links(sources: Iterable[LinkSource], published: Published) -> Iterator[Problem]:
    """A warning for every link to a page, file or anchor that readers will not find.

    What an entry's link to an entry has wrong whatever is published, `pouch.checks.site` reports.
    """
    for source in sources:
        for link in source.links:
            yield from _faults(source, link, published)


def _faults(source: LinkSource, link: Link, published: Published) -> Iterator[Problem]:
    location, _, fragment = link.address.partition("#")
    anchors: Collection[str] | None = source.anchors
    if location:
        address = unquote(location.partition("?")[0].removeprefix(published.site.path)) or "/"
        if address.startswith(BRIEFINGS) and address != BRIEFINGS:
            page = f"{BRIEFINGS}{address[len(BRIEFINGS) :].partition('/')[0]}/"
            if until := published.waiting.get(page):
                message = f"the link {link.target!r} leads to an entry that waits until {until}"
                hint = "readers find nothing there until then"
                yield _warning(source, link, "link-to-draft", message, hint)
                return
            if not published.has(page) and not has_scheme(link.target):
                return
        if not published.has(address):
            reason, hint = published.why_not(address)
            message = f"the link {link.target!r} leads nowhere: {reason}"
            yield _warning(source, link, "dead-link", message, hint or "correct or remove it")
            return
        if fragment:
            anchors = published.anchors_of(address)
    name = unquote(fragment)
    # Ids of our templates begin with a line; ":~:" opens a text fragment, and "top" is the top of any page.
    if not name or anchors is None or name in anchors or name.startswith(("_", ":~:")) or name == "top":
        return
    headings = [anchor for anchor in anchors if not anchor.startswith("_")]
    close = closest(name, headings)
    rule = "an anchor is a heading's text in small letters with hyphens"
    hint = f"did you mean #{close}?" if close else rule
    message = f"the link {link.target!r} leads to no heading: nothing there has the id {name!r}"
    yield _warning(source, link, "missing-anchor", message, hint)


def _warning(source: LinkSource, link: Link, code: str, message: str, hint: str) -> Problem:
    return Problem(source.path, link.line, 0, code, message, hint, Severity.WARNING)
