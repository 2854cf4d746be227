"""The pages that editors write in content/pages/, and the page for an address that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import partial

from pouch.archive.records import PageRecord
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.languages import direction
from pouch.pages.outputs import Output, path_of
from pouch.pages.view import View
from pouch_archives.models import NotFound, NotFoundPage, TextPage


def plan_pages(view: View) -> Iterator[Group]:
    """content/pages/: each page in each language that it is written in and that the interface has."""
    every = view.archive.pages
    own = [page for page in every if page.lang == view.lang]
    languages = {
        page.slug: sorted({other.lang for other in every if other.slug == page.slug}) for page in own
    }
    yield Group(f"pages {view.lang}", partial(_texts, view.interface), (own, languages))


def _texts(
    interface: Interface, pages: list[PageRecord], languages: dict[str, list[str]]
) -> Iterator[Output]:
    for page in pages:
        yield _text(interface, page, set(languages[page.slug]))


def _text(interface: Interface, page: PageRecord, languages: Set[str]) -> Output:
    address = addresses.page(page.slug)
    alternates = tuple(each for each in interface.alternates(address) if each.lang in languages)
    model = TextPage(
        **interface.head(
            address, page.title, page.description, alternates=alternates if len(languages) > 1 else ()
        ),
        body=page.body,
        content_lang=page.lang,
        content_dir=direction(page.lang),
    )
    return interface.output(address, "text.html", model, origin=page.path)


def _not_found(interface: Interface) -> NotFound:
    """That an address is not there, in the interface's language."""
    return NotFound(
        lang=interface.lang,
        dir=direction(interface.lang),
        title=interface.translate(messages.NOT_FOUND),
        home=interface.link_to(addresses.HOME, interface.translate(messages.HOME)),
    )


def plan_not_found(view: View) -> Iterator[Output]:
    """The page that a static host shows for an address that it does not have."""
    if not view.is_main:
        return
    interface = view.interface
    title = interface.translate(messages.NOT_FOUND)
    model = NotFoundPage(
        **interface.head(addresses.NOT_FOUND, title, section="", trail=(), alternates=(), noindex=True),
        elsewhere=tuple(_not_found(each) for each in view.interfaces.values() if each.lang != view.lang),
    )
    yield Output(
        path=path_of(addresses.NOT_FOUND),
        template="not_found.html",
        model=model,
        lang=interface.lang,
        origin="404",
    )
