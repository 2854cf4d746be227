"""Each entry's page. There are as many as entries, so a page's model is made only where the page is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from pouch.archive.archive import Archive, Briefing
from pouch.archive.records import Record
from pouch.digests import digest, encode
from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.connections import Connections, shared
from pouch.pages.identity import guid
from pouch.pages.languages import direction
from pouch.pages.models import (
    CorrectionView,
    EntryPage,
    Link,
    Related,
    SitemapUrl,
    SourceView,
    Thread,
)
from pouch.pages.outputs import Deferred, Output, last_change, path_of
from pouch.pages.periods import month_name
from pouch.pages.views import Views, iso_day

# Newspapers are read at about this rate (Brysbaert 2019, 238 words a minute for English non-fiction).
WORDS_A_MINUTE = 238


def plan_briefings(
    all_views: Mapping[str, Views], connections: Connections | None = None
) -> Iterator[Chapter]:
    """Each entry's page, a month's together: once, its chrome in its own language where the interface has it."""
    archive = next(iter(all_views.values())).archive
    connections = connections or Connections(archive)
    signatures = _Signatures(archive, connections)
    by_month: defaultdict[tuple[int, int], list[Briefing]] = defaultdict(list)
    for briefing in archive.briefings:
        day = briefing.sort_key[0]
        by_month[day.year, day.month].append(briefing)
    for (year, month), members in by_month.items():
        yield Chapter(
            f"briefings {year}-{month:02}",
            mark_of(*_looked_at(archive, connections, members)),
            partial(_outputs, all_views, members, connections, signatures),
        )


def _looked_at(
    archive: Archive, connections: Connections, members: Sequence[Briefing]
) -> tuple[list[Briefing], list[bool]]:
    """What these briefings' pages look at: every briefing that they show, and which of their pairs have a page."""
    shown = [*members, *connections.around(members)]
    pairs = archive.of_pair
    if not pairs:
        return shown, []
    originals = [briefing.original for briefing in members]
    return shown, [
        (c, t) in pairs for original in originals for c in original.countries for t in original.topics
    ]


def _outputs(
    all_views: Mapping[str, Views],
    members: Sequence[Briefing],
    connections: Connections,
    signatures: _Signatures,
) -> Iterator[Output]:
    first = next(iter(all_views.values()))
    url = first.site.url
    for briefing in members:
        modified = last_change((briefing,))
        for lang, record in briefing.versions.items():
            views = all_views.get(lang, first)
            address = addresses.briefing(record.slug)
            listed = SitemapUrl(url=url + address, modified=modified, alternates=views.versions(record))
            model = Deferred(
                signatures.of(views, record, briefing),
                partial(_page, views, record, briefing, connections),
                listed,
            )
            yield Output(path_of(address), "html", "entry.html", model, views.lang, record.path)


class _Signatures:
    """Everything that `_page` takes its facts from, as bytes; a property test holds that nothing is missing.

    They are made at every build for every page, so what one page shows of another is made once.
    """

    def __init__(self, archive: Archive, connections: Connections) -> None:
        self._settings = digest(encode(archive.site))
        self._pairs = archive.of_pair
        self._connections = connections
        self._links: dict[str, bytes] = {}
        self._stories: dict[str, bytes] = {}

    def of(self, views: Views, record: Record, briefing: Briefing) -> bytes:
        """The signature of the page of `record`, a version of `briefing`."""
        original = briefing.original
        # A briefing's mark has all that its versions say; which of them the page is of tells its id.
        marks = [
            self._settings,
            briefing.mark,
            record.id.encode(),
            views.terms_mark("country", original.countries),
            views.terms_mark("country", original.mentions),
            views.terms_mark("topic", original.topics),
        ]
        if pairs := self._pairs:
            marks += [b"1" if (c, t) in pairs else b"0" for c in original.countries for t in original.topics]
        for thread in self._connections.threads(briefing):
            for other in thread:
                marks.append(self._link(other.version(record.lang)) if other else b"-")
        for other in self._connections.related(briefing):
            marks += (self._link(other.version(record.lang)), self._story(other.original))
        return digest(b"\0".join(marks))

    def _link(self, record: Record) -> bytes:
        mark = self._links.get(record.id)
        if mark is None:
            mark = self._links[record.id] = encode((record.slug, record.lang, record.title))
        return mark

    def _story(self, original: Record) -> bytes:
        """When and what about: why a briefing is related to others."""
        mark = self._stories.get(original.id)
        if mark is None:
            facts = (iso_day(original), original.countries, original.topics)
            mark = self._stories[original.id] = encode(facts)
        return mark


def _page(views: Views, record: Record, briefing: Briefing, connections: Connections) -> EntryPage:
    archive = views.archive
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
    return EntryPage(
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
    for code, thread in zip(briefing.original.countries, connections.threads(briefing), strict=True):
        earlier, later = (_link(views, record, other) for other in thread)
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
