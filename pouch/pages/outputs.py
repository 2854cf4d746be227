"""An output: one file of the site, decided before anything is rendered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import msgspec

from pouch.archive.archive import Briefing
from pouch.digests import digest, encode
from pouch.errors import ContentError
from pouch.pages.models import Model, Page, SitemapUrl
from pouch.problems import Problem
from pouch.site import Site


class Stores(Protocol):
    """The stores that a render function may use in addition to its model."""

    @property
    def site(self) -> Site:
        """The site's settings."""

    @property
    def bodies(self) -> Mapping[str, str]:
        """The sanitised HTML that models name by key."""

    @property
    def fragments(self) -> Mapping[str, bytes]:
        """Rendered fragments, by key."""


@runtime_checkable
class Bulk(Protocol):
    """Fragments that are fetched together sooner than one by one."""

    def all_of(self, keys: Sequence[str]) -> list[bytes]:
        """The fragments with these keys, in their order."""


def fragments_of(stores: Stores, keys: Sequence[str]) -> list[bytes]:
    """The rendered fragments with these keys, in their order."""
    fragments = stores.fragments
    return fragments.all_of(keys) if isinstance(fragments, Bulk) else [fragments[key] for key in keys]


Render = Callable[[Any, Stores], bytes]
"""A module-level function that makes a file's bytes from its model. It runs in a worker process."""
RenderFolder = Callable[[Any, Stores], Mapping[str, bytes]]
"""Likewise, for several files by name: see `Output.render_folder`."""


class Fragment(msgspec.Struct, frozen=True, gc=False):
    """A piece of outputs, mostly of an entry. It is rendered once, stored, and fetched by its key."""

    name: str  # what it is, such as "rss:full"
    of: str  # the entry's id, or what else names it among those of its name
    render: Render
    model: Model
    fragments: tuple[tuple[str, Fragment], ...] = ()  # (key, fragment): those that `render` asks for

    @property
    def key(self) -> str:
        """It changes when the model does. `of` stands in it, so that an outdated fragment is recognised."""
        return f"{self.name}:{self.of}:{digest(encode(self.model)).hex()}"


_EMPTY_OR_DOTS = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")


def names_no_file(path: str) -> bool:
    """Whether a path cannot be that of a file below the output folder: absolute, with `..`, or ending in a slash."""
    return _EMPTY_OR_DOTS.search(path) is not None


class Output(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One planned file. Exactly one of `template`, `render`, `render_folder` and `source` makes it."""

    path: str  # below the output folder, with forward slashes: "countries/ukraine/index.html"
    model: Any  # a Model: everything that its bytes depend on, apart from the template
    template: str = ""  # the name of a template, which sees the model as `page`
    render: Render | None = None
    render_folder: RenderFolder | None = None  # makes the file and others in its folder, the file itself last
    source: str = ""  # a file that is copied; its model holds a digest of the bytes
    lang: str = ""  # of the interface: which SiteView and translations the template sees
    origin: str = ""  # the content file or planner that asks for it, for messages
    modified: str = ""  # ISO date of the newest change that it shows, for the sitemap
    fragments: tuple[tuple[str, Fragment], ...] = ()  # (key, fragment): those that `render` asks for

    def __post_init__(self) -> None:
        """Raises ValueError in the planner's line: an output that cannot be made, or not where it should be."""
        if names_no_file(self.path):
            raise ValueError(
                f"an output's path must be that of a file below the output folder, as a/b.html, not {self.path!r}"
            )
        if not (self.template or self.render or self.render_folder or self.source):
            raise ValueError(f"the output {self.path} needs a template or a render function")
        if "<" in getattr(self.render or self.render_folder, "__qualname__", ""):
            # A worker process looks it up by its name.
            raise ValueError(f"the render function of {self.path} must stand at the top level of its module")

    @property
    def listed(self) -> SitemapUrl | None:
        """Its entry in the sitemap; None if it is not a page or must not be indexed."""
        page = self.model
        if not self.template or not isinstance(page, Page) or page.noindex:
            return None
        return SitemapUrl(url=page.url, modified=self.modified)


def last_change(briefings: Iterable[Briefing]) -> str:
    """The day of the newest change to any of them, in ISO 8601; empty without briefings."""
    newest = max((briefing.changed for briefing in briefings), default=None)
    return newest.date().isoformat() if newest else ""


def path_of(address: str) -> str:
    """The file behind an address without the site's path: "/countries/" is "countries/index.html"."""
    relative = address.lstrip("/")
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative


def place_of(path: str) -> str:
    """A path as hosts and disks compare it: some take upper and lower case, or a letter and its accent, as one."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def folders_of(places: Iterable[str]) -> set[str]:
    """Every folder above these paths."""
    folders: set[str] = set()
    waiting = {place.rpartition("/")[0] for place in places}
    while waiting:
        folders |= waiting
        waiting = {folder.rpartition("/")[0] for folder in waiting} - folders
    return folders - {""}


def refuse_collisions(outputs: Iterable[Output]) -> list[Output]:
    """The outputs as a list. Two outputs for one file are an error that names both (Zola reports both likewise).

    So is a file where another output needs a folder. Raises ContentError.
    """
    by_place: dict[str, Output] = {}
    problems = []
    for output in outputs:
        other = by_place.setdefault(place_of(output.path), output)
        if other is not output:
            problems.append(_collision(output, other, f"/{output.path} is wanted"))
    folders = folders_of(by_place)
    for place in sorted(folders & by_place.keys()):
        below = next(output for path, output in by_place.items() if path.startswith(f"{place}/"))
        what = f"/{by_place[place].path} is wanted as a file and as the folder of /{below.path},"
        problems.append(_collision(by_place[place], below, what))
    if problems:
        raise ContentError(problems)
    return list(by_place.values())


def _collision(output: Output, other: Output, what: str) -> Problem:
    # A file of the site is the easiest to rename.
    if other.source and not output.source:
        output, other = other, output
    names = [each.origin or each.path for each in (other, output)]
    if output.source:
        hint = "rename it, or give it another address in EXTRA_PATH_METADATA"
    elif any(name.endswith(".md") for name in names):
        hint = "change the slug of one of them"
    else:
        hint = "give one of them another address"
    message = f"{what} by {names[0]} and by {names[1]}"
    return Problem(names[1], 0, 0, "address-collision", message, hint)
