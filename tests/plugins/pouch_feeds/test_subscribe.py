"""/subscribe/ offers every feed that there is, and none that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pouch.archive.archive import Archive
from pouch.pages.models import FeedLink, Page
from pouch.pages.outputs import Output
from pouch.site import Site
from pouch_archives.home import plan_home
from pouch_feeds.page_models import FeedChoice, SubscribePage
from pouch_feeds.subscribe import plan_subscribe
from pouch_taxonomies.taxonomies import plan_countries, plan_pairs, plan_regions, plan_topics
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, plan_of, view_of
from tests.plugins.pouch_feeds.documents import feed_outputs

SITE = a_site(languages=("en", "fr"), url="https://example.org/x", path="/x", per_page=2)


def archive(site: Site = SITE) -> Archive:
    return an_archive(
        *[a_record(f"e{n:03}", f"202{max(n, 2)}-03-01", mentions=("US",)) for n in range(5)],
        a_record("ffff", lang="fr", countries=("CI",), topics=("trade",)),
        site=site,
    )


def subscribe(site: Site = SITE, lang: str = "en") -> SubscribePage:
    (output,) = outputs_of(plan_subscribe(view_of(archive(site), lang)))
    page = output.model
    assert isinstance(page, SubscribePage)
    return page


def offered(choices: list[FeedChoice]) -> Iterator[FeedLink]:
    for choice in choices:
        yield from choice.feeds
        yield from choice.languages


def all_choices(page: SubscribePage) -> list[FeedChoice]:
    return [page.whole, *(choice for group in page.groups for choice in group.choices)]


def feed_paths(site: Site = SITE) -> set[str]:
    return {f"{site.path}/{output.path}" for output in feed_outputs(archive(site))}


@pytest.mark.parametrize(
    "site",
    [
        SITE,
        a_site(features=()),
        a_site(features=("feed_languages", "regions")),
        a_site(plugins=("pouch_archives", "pouch_feeds")),
    ],
)
def test_every_address_on_the_page_is_a_feed(site: Site) -> None:
    """Whatever the site has switched off, nothing that a reader takes away from here is a 404."""
    page = subscribe(site)
    addresses = {feed.href for feed in offered(all_choices(page))}
    assert addresses <= feed_paths(site)
    # Months, mentions and pairs have their own ways in.
    plain = re.compile(rf"{site.path}/((countries|topics|regions)/[^/]+/)?feed\.xml")
    assert {path for path in feed_paths(site) if plain.fullmatch(path)} <= addresses
    assert page.opml == (f"{site.path}/opml.xml" if site.has("opml") else "")


def test_terms_are_named_and_ordered_in_the_reader_s_language() -> None:
    """Côte d'Ivoire stands under C, Cessez-le-feu before Commerce; languages call themselves by their own names."""
    page = subscribe(lang="fr")
    assert page.href == "/x/fr/subscribe/"
    countries, topics, regions = page.groups
    assert [choice.label for choice in countries.choices] == ["Côte d’Ivoire", "États-Unis", "Ukraine"]
    assert [choice.label for choice in topics.choices] == ["Cessez-le-feu", "Commerce", "Guerre"]
    assert countries.choices[0].href == "/x/fr/countries/cote-d-ivoire/"
    assert countries.choices[0].feeds[0].href == "/x/countries/cote-d-ivoire/feed.xml"
    assert [feed.title for feed in countries.choices[0].languages] == ["fr"]
    assert all(len(choice.feeds) == 1 for choice in regions.choices)
    assert [(link.lang, link.label) for link in page.languages] == [("en", "English"), ("fr", "français")]


def test_a_site_without_feeds_has_no_such_page() -> None:
    """Nothing to subscribe to, nothing to promise."""
    plan = plan_of(archive(a_site(plugins=("pouch_archives",))))
    assert not [path for path in map(str, (o.path for o, _ in plan.everything())) if "subscribe" in path]
    assert not [link for link in plan.views["en"].nav if "subscribe" in link.href]


def pages(site: Site) -> Iterator[Output]:
    for lang in site.languages:
        views = view_of(archive(site), lang)
        for plan in (plan_home, plan_countries, plan_topics, plan_regions, plan_pairs):
            yield from outputs_of(plan(views))
        yield from outputs_of(plan_subscribe(views))


def test_every_feed_that_a_page_announces_is_there() -> None:
    """Autodiscovery never leads a reader's program nowhere, in either interface language."""
    there = feed_paths()
    announced = 0
    for output in pages(SITE):
        page = output.model
        assert isinstance(page, Page)
        for feed in page.feeds:
            announced += 1
            assert feed.href in there, output.path
    assert announced > 100


def test_pages_announce_their_own_feeds() -> None:
    """A country's page leads to the country's feeds and to that of its mentions; so do its years and further pages."""
    found = {output.path: [feed.href for feed in output.model.feeds] for output in pages(SITE)}
    own = ["/x/countries/ukraine/feed.xml", "/x/countries/ukraine/atom.xml", "/x/countries/ukraine/feed.json"]
    assert found["countries/ukraine/index.html"] == own
    assert found["countries/ukraine/page/1/index.html"] == own
    assert found["fr/countries/ukraine/2022/index.html"] == own
    assert found["countries/ukraine/war/index.html"] == ["/x/countries/ukraine/war/feed.xml"]
    assert found["countries/united-states/index.html"][-1] == "/x/countries/united-states/mentions.xml"
    assert found["countries/united-states/mentions/index.html"] == ["/x/countries/united-states/mentions.xml"]
