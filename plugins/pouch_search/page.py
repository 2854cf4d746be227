"""/search/: the page on which the index is searched, in each interface language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from pouch.checks.registry import checks
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.models import Link
from pouch.pages.outputs import Output
from pouch.pages.view import View
from pouch.problems import Problem
from pouch.site import SETTINGS_FILE
from pouch_search.forms import installed_form
from pouch_search.page_models import SearchPage
from pouch_search.program import find
from pouch_search.shards import archive_folders


def is_searchable(interface: Interface) -> bool:
    """Whether the site has a search: a feature of the site, with pages to find, and Pagefind installed."""
    return interface.has("search") and interface.link("briefing", "") != "" and find() is not None


def search_link(interface: Interface) -> str:
    """The address of the search page; empty where the site has none."""
    return interface.href(addresses.SEARCH) if is_searchable(interface) else ""


def check_program(view: View) -> Iterator[Problem]:
    """The search needs Pagefind's program, and an index in a form that we know."""
    if not view.has("search"):
        return
    if find() is None:
        message = "Pagefind's program is not installed here, so the site is built without its search"
        hint = 'pip install pagefind-bin, or leave "search" out of POUCH_FEATURES'
        yield checks()["no-search-program"].problem(SETTINGS_FILE, message, hint=hint)
    elif not (form := installed_form(view.site.root)).is_known:
        message = f"Pagefind {form.version} writes its search index in a form that this version of Pouch does not know"
        yield checks()["unknown-search-index"].problem(SETTINGS_FILE, message)


def plan_search_page(view: View) -> Iterator[Group]:
    """The page in one interface language. It changes when its filters change, not with every entry."""
    if not is_searchable(view.interface):
        return
    archive = view.archive
    folders = archive_folders(archive.briefing_of)
    years = sorted({briefing.sort_key[0].year for briefing in archive.briefings}, reverse=True)
    languages = sorted({lang for briefing in archive.briefings for lang in briefing.versions})
    countries, topics = sorted(archive.of_country), sorted(archive.of_topic)
    yield Group(
        f"search page {view.lang}",
        partial(_search_page, view.interface),
        (folders, years, languages, countries, topics),
    )


def _search_page(
    interface: Interface,
    folders: Sequence[str],
    years: Sequence[int],
    languages: Sequence[str],
    countries: Sequence[str],
    topics: Sequence[str],
) -> Iterator[Output]:
    """`folders` are the addresses of the index's shards."""
    say = interface.translate
    hrefs = [interface.root_href(folder) for folder in folders]
    ways = [
        Link(href=interface.href(address), label=say(label)) for address, label in interface.link("indexes")
    ]
    if months := interface.link("months"):
        ways.append(Link(href=months, label=say(messages.ARCHIVE)))
    page = SearchPage(
        **interface.head(
            addresses.SEARCH, say(messages.SEARCH), say(messages.SEARCH_IN).format(site=interface.site.name)
        ),
        index=hrefs[0] if hrefs else "",
        shards=tuple(hrefs[1:]),
        countries=interface.sorted_terms("country", countries),
        # Results link to countries, not to topics.
        topics=tuple(
            msgspec.structs.replace(link, href="") for link in interface.sorted_terms("topic", topics)
        ),
        years=tuple(map(str, years)),
        languages=tuple(languages),
        ways=tuple(ways),
        script=interface.root_href(addresses.SEARCH_SCRIPT),
    )
    yield interface.output(addresses.SEARCH, "search.html", page, origin="search")
