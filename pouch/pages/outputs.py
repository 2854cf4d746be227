"""An output: one file of the site, as its address, its template and its model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from pouch.archive.archive import Briefing
from pouch.digests import digest, encode
from pouch.errors import ContentError
from pouch.pages.models import Page, SitemapUrl
from pouch.problems import Problem


class Deferred(msgspec.Struct, frozen=True, gc=False):
    """A model that is made only where its page is: most pages of a large archive are fresh at most builds.

    Two deferred models with the same signature must be equal: it stands for the model in the page's fingerprint.
    """

    signature: bytes  # a digest of everything that decides the model
    make: Callable[[], Any]
    listed: SitemapUrl | None  # what the sitemap needs of the page; None where it is no page


class Output(msgspec.Struct, frozen=True, gc=False):
    """One file to be, decided purely: nothing is rendered yet."""

    path: str  # below the output folder, with forward slashes: "countries/ukraine/index.html"
    kind: str  # what makes it: "html" (any template), "feed", "copy" (of a file), "bundle" (the stylesheet),
    # or "index" (a part of the search index, which is a folder of files: this one names the others)
    template: str  # a template's name, a feed's format, or a file to copy
    model: Any  # a msgspec.Struct, plain through and through, or Deferred
    lang: str = ""  # of the interface: which SiteView and catalogue the template sees
    origin: str = ""  # the file or planner that asks for it, for messages


def deferred(page: Page, make: Callable[[], Page], *marks: bytes, shows: Iterable[Briefing]) -> Deferred:
    """A page that is to be completed by `make`; `marks` change with whatever `make` adds to `page`.

    `shows` are the briefings of which it has cards: it is as new as the newest change to one of them.
    """
    signature = digest(b"\0".join((encode(page), *marks)))
    listed = SitemapUrl(url=page.url, modified=last_change(shows), alternates=page.alternates)
    return Deferred(signature, make, listed)


def last_change(briefings: Iterable[Briefing]) -> str:
    """The day of the newest change to any of them, as ISO 8601 has it; empty where there is none."""
    newest = max((briefing.changed for briefing in briefings), default=None)
    return newest.date().isoformat() if newest else ""


def model_of(output: Output) -> Any:
    """An output's model, made if it was deferred."""
    return output.model.make() if isinstance(output.model, Deferred) else output.model


def path_of(address: str) -> str:
    """The file behind an address without the site's path: "/countries/" is "countries/index.html"."""
    relative = address.lstrip("/")
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative


def refuse_collisions(outputs: Iterable[Output]) -> list[Output]:
    """The outputs as a list; two for one file are a fault that names both (Zola reports both sources likewise).

    Raises ContentError. File names are compared without case, since some hosts and disks do.
    """
    taken: dict[str, Output] = {}
    problems = []
    kept = []
    for output in outputs:
        key = output.path.casefold()
        if key in taken:
            other = taken[key]
            problems.append(
                Problem(
                    path=output.origin or output.path,
                    line=0,
                    column=0,
                    code="address-collision",
                    message=f"/{output.path} is wanted by {other.origin} and by {output.origin}",
                    hint="change the slug of one of them",
                )
            )
            continue
        taken[key] = output
        kept.append(output)
    if problems:
        raise ContentError(problems)
    return kept
