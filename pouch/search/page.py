"""/search/: the page on which the index is searched, in each interface language."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pouch.pages import addresses, messages
from pouch.pages.models import Link, SearchPage
from pouch.pages.outputs import Output, path_of
from pouch.pages.views import Views
from pouch.search.planner import archive_leaves, folder_of


def plan_search_page(views: Views) -> Iterator[Output]:
    """The page in one interface language. It changes when what one can narrow by does, not with every entry."""
    site, archive, say = views.site, views.archive, views.translate
    folders = [
        views.root_href(folder_of(leaf.bits, first=number == 0))
        for number, leaf in enumerate(archive_leaves(archive))
    ]
    years = {briefing.sort_key[0].year for briefing in archive.briefings}
    languages = {lang for briefing in archive.briefings for lang in briefing.versions}
    ways = []
    if "pouch_taxonomies" in site.plugins:
        ways += [(addresses.COUNTRIES, messages.COUNTRIES), (addresses.TOPICS, messages.TOPICS)]
    if site.has("months"):
        ways.append((addresses.ARCHIVE, messages.ARCHIVE))
    page = SearchPage(
        href=views.href(addresses.SEARCH),
        url=views.url(addresses.SEARCH),
        lang=views.lang,
        title=say(messages.SEARCH),
        description=say(messages.SEARCH_IN).format(site=site.name),
        section=views.href(addresses.SEARCH),
        trail=(Link(href=views.href(addresses.HOME), label=say(messages.HOME)),),
        alternates=views.alternates(addresses.SEARCH),
        index=folders[0] if folders else "",
        shards=tuple(folders[1:]),
        countries=views.sorted_terms("country", archive.of_country),
        # Results link to countries, not to topics.
        topics=tuple(
            msgspec.structs.replace(link, href="") for link in views.sorted_terms("topic", archive.of_topic)
        ),
        years=tuple(str(year) for year in sorted(years, reverse=True)),
        languages=tuple(sorted(languages)),
        ways=tuple(Link(href=views.href(address), label=say(message)) for address, message in ways),
        script=views.root_href(addresses.SEARCH_SCRIPT),
    )
    path = path_of(views.address(addresses.SEARCH))
    yield Output(path, "html", "search.html", page, views.lang, "search")
