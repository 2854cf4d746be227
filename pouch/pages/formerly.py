"""Former addresses stay (DESIGN.md, "Addresses"): pages redirect to the new address, feeds are copied.

It works on planned outputs, so a term has everything at its old addresses that it has at the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Protocol, runtime_checkable

import msgspec

from pouch.archive.archive import Archive
from pouch.pages.models import Model, Page, RedirectPage
from pouch.pages.outputs import Output


@runtime_checkable
class Copied(Protocol):
    """A model whose output is copied to former addresses, as feeds are: their readers do not follow redirects."""

    def at_former_folder(self, folder: str) -> Model:
        """The model for a copy below `folder`, the absolute address of a former folder."""


Move = tuple[str, str]
"""The old and the new href of a page."""


def moves_in(outputs: Iterable[Output]) -> Iterator[Move]:
    """The moves of the redirects among these outputs."""
    for output in outputs:
        if isinstance(output.model, RedirectPage):
            yield output.model.href, output.model.target


class Former:
    """Former slugs, by what has them now."""

    def __init__(self, archive: Archive) -> None:
        self._site = archive.site
        vocabulary = archive.vocabulary
        self._languages = set(archive.site.languages[1:])
        self._countries = {c.slug: c.formerly for c in vocabulary.countries.values() if c.formerly}
        self._topics = {t.slug: t.formerly for t in vocabulary.topics.values() if t.formerly}
        self._entries = {record.slug: record.formerly for record in archive.by_id.values() if record.formerly}
        self._any = bool(self._countries or self._topics or self._entries)

    def outputs(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """The pages and feeds among `outputs` once more, at their former addresses.

        Redirects of a page are noindex; a feed's copy has the same items and ids, and names its own old address, as its
        readers know it.
        """
        if not self._any:
            return
        for output in outputs:
            model = output.model
            for path in self._paths(output.path):
                if isinstance(model, Copied):
                    folder = f"{self._site.url}/{path.rpartition('/')[0]}/"
                    yield msgspec.structs.replace(output, path=path, model=model.at_former_folder(folder))
                elif output.template and isinstance(model, Page):
                    redirect = _redirect(path, model, self._site.path)
                    yield msgspec.structs.replace(output, path=path, template="redirect.html", model=redirect)

    def _paths(self, path: str) -> Iterator[str]:
        """The paths at which an output also stood: every mix of a country's and a topic's slugs, new and old."""
        parts = path.split("/")
        start = 1 if parts[0] in self._languages else 0
        rest = parts[start:]
        # "countries/<slug>/…", with one more folder for a pair; no slug is a year or a number.
        if len(rest) < 3:
            return
        places = {
            "countries": (self._countries, self._topics),
            "topics": (self._topics,),
            "briefings": (self._entries,),
        }.get(rest[0], ())
        choices: list[tuple[str, ...]] = [(part,) for part in parts]
        for place, slugs in enumerate(places, start + 1):
            if place + 1 < len(parts):
                choices[place] = (parts[place], *slugs.get(parts[place], ()))
        mixes = product(*choices)
        next(mixes)  # the live address itself
        for mix in mixes:
            yield "/".join(mix)


def _redirect(path: str, page: Page, site_path: str) -> RedirectPage:
    return RedirectPage(
        href=f"{site_path}/{path.removesuffix('index.html')}",
        url=page.url,
        lang=page.lang,
        title=page.title,
        description=page.description,
        feeds=page.feeds,
        noindex=True,
        target=page.href,
    )
