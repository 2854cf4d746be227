"""The home page, the briefings, and the pages that an editor writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from pouch.archive.archive import Briefing, primary_subtag
from pouch.archive.records import PageRecord, Record
from pouch.plan import addresses, messages
from pouch.plan.connections import Connections, shared
from pouch.plan.identity import guid
from pouch.plan.languages import direction
from pouch.plan.models import (
    CorrectionView,
    EntryPage,
    HomePage,
    Link,
    NotFoundPage,
    Related,
    SourceView,
    TextPage,
    Thread,
)
from pouch.plan.numbered import numbered_outputs
from pouch.plan.outputs import Output, path_of
from pouch.plan.periods import month_name
from pouch.plan.views import Views, iso_day

# Newspapers are read at about this rate (Brysbaert 2019, 238 words a minute for English non-fiction).
WORDS_A_MINUTE = 238
# How many of the newest briefings decide which terms the home page names, and how many of each.
RECENT = 120
PROMINENT = 12


def plan_home(views: Views) -> Iterator[Output]:
    """The landing page of the site's river, and its numbered pages."""
    archive = views.archive
    members = archive.briefings
    recent = members[-RECENT:]
    countries = Counter(code for b in recent for code in b.original.countries)
    topics = Counter(key for b in recent for key in b.original.topics)
    address = views.address(addresses.HOME)
    title = views.site.name
    page = HomePage(
        href=views.href(addresses.HOME),
        url=views.url(addresses.HOME),
        lang=views.lang,
        title=title,
        description=views.translate(messages.LATEST).format(site=title),
        feeds=views.site_feeds,
        alternates=views.alternates(addresses.HOME),
        river=views.landing_river(members, addresses.HOME),
        countries=views.terms("country", _most(countries)),
        topics=views.terms("topic", _most(topics)),
    )
    yield Output(path_of(address), "html", "home.html", page, views.lang, "home")
    yield from numbered_outputs(
        views,
        members,
        addresses.HOME,
        title=views.translate(messages.BRIEFINGS),
        feeds=views.site_feeds,
    )


def _most(counts: Counter[str]) -> list[str]:
    """Keys by count, then by name: Counter's own order for ties is that of insertion."""
    return sorted(counts, key=lambda key: (-counts[key], key))[:PROMINENT]


def plan_briefings(all_views: dict[str, Views]) -> Iterator[Output]:
    """Each entry's page: once, its chrome in its own language where the interface has it."""
    first = next(iter(all_views.values()))
    connections = Connections(first.archive)
    for briefing in first.archive.briefings:
        for record in briefing.versions.values():
            views = all_views.get(primary_subtag(record.lang), first)
            yield _entry(views, record, connections)


def _entry(views: Views, record: Record, connections: Connections) -> Output:
    archive = views.archive
    briefing = archive.briefing_of[record.id]
    original = briefing.original
    address = addresses.briefing(record.slug)
    day = record.date
    shown = record.publish_at
    assert day is not None
    assert shown is not None
    versions = views.versions(record)
    pairs = [
        views.pair(
            country,
            topic,
            views.translate(messages.PAIR).format(
                country=views.term("country", country).label, topic=views.term("topic", topic).label
            ),
        )
        for country in original.countries
        for topic in original.topics
        if (country, topic) in archive.of_pair
    ]
    source = None
    if record.source_name or record.source_url or record.source_author:
        source = SourceView(
            name=record.source_name,
            url=record.source_url,
            author=record.source_author,
            published=record.source_published,
        )
    page = EntryPage(
        href=views.root_href(address),
        url=views.site.url + address,
        lang=views.lang,
        title=record.title,
        description=record.summary or " ".join(record.key_points),
        trail=_trail(views, original),
        alternates=versions,
        id=guid(views.site.site_id, record.id),
        content_lang=record.lang,
        content_dir=direction(record.lang),
        date=_shown(day, record.date_is_bare),
        published=shown.isoformat(),
        updated=_shown(record.updated, record.updated_is_bare) if record.updated else "",
        minutes=max(1, round(record.words / WORDS_A_MINUTE)),
        summary=record.summary,
        key_points=record.key_points,
        body=record.body,
        countries=views.terms("country", original.countries),
        mentions=views.terms("country", original.mentions),
        topics=views.terms("topic", original.topics),
        pairs=tuple(pairs),
        source=source,
        corrections=tuple(CorrectionView(date=moment, note=note) for moment, note in record.corrections),
        versions=versions,
        threads=tuple(_threads(views, record, briefing, connections)),
        related=tuple(_related(views, record, briefing, connections)),
    )
    return Output(path_of(address), "html", "entry.html", page, views.lang, record.path)


def _trail(views: Views, original: Record) -> tuple[Link, ...]:
    """From home to the month that a briefing is dated, where the archive has months."""
    home = Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME))
    if not views.site.has("months"):
        return (home,)
    assert original.date is not None  # only published entries are shown
    year, month = original.date.year, original.date.month
    return (
        home,
        Link(href=views.href(addresses.ARCHIVE), label=views.translate(messages.ARCHIVE)),
        Link(href=views.href(addresses.year(addresses.ARCHIVE, year)), label=str(year)),
        Link(
            href=views.href(addresses.month(month, year)),
            label=month_name(f"{year}-{month:02}", views.lang),
        ),
    )


def _shown(moment: datetime, bare: bool) -> str:
    """As precise as the editor was: a midnight that nobody wrote is not shown."""
    return moment.date().isoformat() if bare else moment.isoformat()


def _link(views: Views, record: Record, briefing: Briefing | None) -> Link | None:
    """A briefing in the language of the page's own text, where it has that version."""
    if briefing is None:
        return None
    there = briefing.version(record.lang)
    lang = "" if there.lang == views.lang else there.lang
    return Link(href=views.root_href(addresses.briefing(there.slug)), label=there.title, lang=lang)


def _threads(views: Views, record: Record, briefing: Briefing, connections: Connections) -> Iterator[Thread]:
    for code in briefing.original.countries:
        earlier, later = (_link(views, record, b) for b in connections.neighbours(briefing, code))
        if earlier or later:
            yield Thread(term=views.term("country", code), earlier=earlier, later=later)


def _related(views: Views, record: Record, briefing: Briefing, connections: Connections) -> Iterator[Related]:
    for other in connections.related(briefing):
        link = _link(views, record, other)
        assert link is not None
        countries, topics = shared(briefing, other)
        yield Related(
            link=link,
            dir=direction(link.lang or views.lang),
            date=iso_day(other.original),
            shared=(*views.terms("country", countries), *views.terms("topic", topics)),
        )


def plan_pages(all_views: dict[str, Views]) -> Iterator[Output]:
    """content/pages/: each page in each language that it is written in and that the interface has."""
    first = next(iter(all_views.values()))
    for page in first.archive.pages:
        views = all_views.get(page.lang)
        if views is not None:
            yield _text(views, page)


def _text(views: Views, page: PageRecord) -> Output:
    address = addresses.page(page.slug)
    others = {other.lang for other in views.archive.pages if other.slug == page.slug}
    model = TextPage(
        href=views.href(address),
        url=views.url(address),
        lang=views.lang,
        title=page.title,
        description=page.description,
        section=views.href(address),
        trail=(Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),),
        alternates=tuple(a for a in views.alternates(address) if a.lang in others) if len(others) > 1 else (),
        body=page.body,
        content_lang=page.lang,
        content_dir=direction(page.lang),
    )
    return Output(path_of(views.address(address)), "html", "text.html", model, views.lang, page.path)


def plan_not_found(views: Views) -> Iterator[Output]:
    """The page that a static host shows for an address that it does not have."""
    model = NotFoundPage(
        href=views.root_href(addresses.NOT_FOUND),
        url=views.site.url + addresses.NOT_FOUND,
        lang=views.lang,
        title=views.translate(messages.NOT_FOUND),
        description=views.translate(messages.NOT_FOUND),
        noindex=True,
    )
    yield Output(path_of(addresses.NOT_FOUND), "html", "not_found.html", model, views.lang, "404")
