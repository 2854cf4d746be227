"""Each entry's page, once: its chrome is in its own language where the interface has that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from urllib.parse import quote

from msgspec.structs import replace

from pouch.archive.briefing import Briefing
from pouch.archive.connections import SHOWN, Neighbours, neighbours_of, shared
from pouch.archive.records import ImageRecord, Record
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.identity import guid
from pouch.pages.interface import Interface, iso_day
from pouch.pages.languages import direction, own_name
from pouch.pages.models import Link
from pouch.pages.outputs import Output, last_change, path_of
from pouch.pages.periods import month_name
from pouch.pages.view import View
from pouch_archives.models import CorrectionView, Elsewhere, EntryPage, ImageView, Related, Thread

# Newspapers are read at about this rate (Brysbaert 2019, 238 words a minute for English non-fiction).
WORDS_A_MINUTE = 238


def plan_briefings(view: View) -> Iterator[Group]:
    """The entries whose page is in this interface language, a month's together."""
    archive = view.archive
    by_month: defaultdict[tuple[int, int], list[Briefing]] = defaultdict(list)
    # Ten thousand briefings have a handful of sets of languages.
    is_shown = cache(partial(_shows_any, view.interface))
    for briefing in archive.briefings:
        if is_shown(tuple(briefing.versions)):
            day = briefing.sort_key[0]
            by_month[day.year, day.month].append(briefing)
    for (year, month), members in by_month.items():
        yield Group(
            f"briefings {year}-{month:02} {view.lang}",
            partial(_outputs, view.interface),
            (members, archive.connections.around(members), _pairs(view, members)),
        )
    for briefing in archive.unpublished:
        if is_shown(tuple(briefing.versions)):
            alone = [briefing] * (2 * len(briefing.original.countries) + SHOWN)
            yield Group(
                f"waiting {briefing.original.path}",
                partial(_outputs, view.interface, waiting=True),
                ([briefing], alone, _pairs(view, [briefing])),
            )


def _versions(interface: Interface, briefing: Briefing) -> Iterator[Record]:
    """The versions of a briefing whose page is in this interface language."""
    for lang, record in briefing.versions.items():
        if _shows_any(interface, (lang,)):
            yield record


def _shows_any(interface: Interface, languages: Iterable[str]) -> bool:
    """Whether the page of a version in one of these languages is in this interface language."""
    site = interface.site
    return any((lang if lang in site.languages else site.lang) == interface.lang for lang in languages)


def _pairs(view: View, members: Iterable[Briefing]) -> list[tuple[str, str]]:
    """The pairs of these briefings' countries and topics that have a page."""
    if not view.has("pairs"):
        return []
    pairs = {
        (country, topic)
        for briefing in members
        for country in briefing.original.countries
        for topic in briefing.original.topics
    }
    return sorted(pairs & view.archive.of_pair.keys())


def _outputs(
    interface: Interface,
    members: Sequence[Briefing],
    around: Sequence[Briefing],
    pairs: Sequence[tuple[str, str]],
    *,
    waiting: bool = False,
) -> Iterator[Output]:
    """`around` is what `Connections.around` gives for `members`; `pairs` are those that have a page.

    `waiting`: no reader sees these yet, so the sitemap does not list them.
    """
    with_page = frozenset(pairs)
    for briefing, neighbours in neighbours_of(members, around):
        modified = last_change((briefing,))
        for record in _versions(interface, briefing):
            yield Output(
                path=path_of(addresses.briefing(record.slug)),
                template="entry.html",
                model=_page(interface, record, briefing, neighbours, with_page, noindex=waiting),
                lang=interface.lang,
                origin=record.path,
                modified=modified,
            )


def _page(
    interface: Interface,
    record: Record,
    briefing: Briefing,
    neighbours: Neighbours,
    with_page: Collection[tuple[str, str]],
    *,
    noindex: bool,
) -> EntryPage:
    original = briefing.original
    address = addresses.briefing(record.slug)
    day = record.date
    shown = record.publish_at
    assert day is not None
    assert shown is not None
    versions = interface.versions(briefing)
    return EntryPage(
        href=interface.root_href(address),
        url=interface.site.url + address,
        lang=interface.lang,
        title=record.title,
        description=record.summary or " ".join(record.key_points),
        trail=_trail(interface, original),
        noindex=noindex,
        social_card=interface.link("briefing card", record, default=None),
        alternates=versions,
        # Its row of data, which no page shows, is long.
        record=replace(record, row=""),
        id=guid(interface.site.site_id, record.id),
        content_lang=record.lang,
        content_dir=direction(record.lang),
        date=_shown(day, record.date_is_bare),
        published=shown.isoformat(),
        updated=_shown(record.updated, record.updated_is_bare) if record.updated else "",
        minutes=max(1, round(record.words / WORDS_A_MINUTE)),
        summary=record.summary if record.summary_is_own else "",
        body=record.body,
        countries=interface.terms("country", original.countries),
        mentions=interface.terms("country", original.mentions),
        topics=interface.terms("topic", original.topics),
        pairs=tuple(_pair_links(interface, original, with_page)),
        image=_image(interface, record.image) if record.image else None,
        corrections=_corrections(original, record),
        versions=versions,
        threads=tuple(_threads(interface, record, briefing, neighbours)),
        related=tuple(_related(interface, record, briefing, neighbours)),
        elsewhere=tuple(_elsewhere(interface, original)),
        markdown="" if noindex else interface.link("markdown", record.slug),
        extra=record.extra,
    )


def _pair_links(
    interface: Interface, original: Record, with_page: Collection[tuple[str, str]]
) -> Iterator[Link]:
    for country in original.countries:
        for topic in original.topics:
            if (country, topic) in with_page and (
                link := interface.link("pair", country, topic, default=None)
            ):
                yield link


def _corrections(original: Record, record: Record) -> tuple[CorrectionView, ...]:
    """The corrections of the original, which every version has, and the version's own; the oldest first."""
    views = [
        CorrectionView(date=moment, note=note, lang=each.lang, dir=direction(each.lang))
        for each in ((original,) if original is record else (original, record))
        for moment, note in each.corrections
    ]
    return tuple(sorted(views, key=lambda correction: correction.date))


def _elsewhere(interface: Interface, original: Record) -> Iterator[Elsewhere]:
    site, vocabulary = interface.site, interface.vocabulary
    countries = [code for code in original.countries if interface.term("country", code).href]
    for lang in site.languages if countries else ():
        if lang != interface.lang:
            yield Elsewhere(
                lang=lang,
                label=own_name(lang),
                dossiers=tuple(
                    Link(
                        href=site.path
                        + addresses.in_language(
                            addresses.term("country", interface.slug("country", code)), lang, site.lang
                        ),
                        label=vocabulary.label("country", code, lang),
                    )
                    for code in countries
                ),
            )


def _image(interface: Interface, image: ImageRecord) -> ImageView:
    address = f"/{quote(image.file)}"
    return ImageView(
        src=interface.root_href(address),
        url=interface.site.url + address,
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
        width=image.width,
        height=image.height,
    )


def _trail(interface: Interface, original: Record) -> tuple[Link, ...]:
    """From home to the month that a briefing is dated, where the archive has months."""
    if not interface.has("months"):
        return interface.home_trail
    assert original.date is not None  # only published entries are shown
    year, month = original.date.year, original.date.month
    return (
        *interface.home_trail,
        interface.link_to(addresses.ARCHIVE, interface.translate(messages.ARCHIVE)),
        interface.link_to(addresses.year(addresses.ARCHIVE, year), str(year)),
        interface.link_to(addresses.month(month, year), month_name(f"{year}-{month:02}", interface.lang)),
    )


def _shown(moment: datetime, bare: bool) -> str:
    """The moment as precisely as the editor wrote it: without a midnight that nobody wrote."""
    return moment.date().isoformat() if bare else moment.isoformat()


def _link(interface: Interface, record: Record, briefing: Briefing | None) -> Link | None:
    """A briefing in the language of the page's own text, where it has that version."""
    if briefing is None:
        return None
    there = briefing.version(record.lang)
    lang = "" if there.lang == interface.lang else there.lang
    return Link(href=interface.root_href(addresses.briefing(there.slug)), label=there.title, lang=lang)


def _threads(
    interface: Interface, record: Record, briefing: Briefing, neighbours: Neighbours
) -> Iterator[Thread]:
    for code, thread in zip(briefing.original.countries, neighbours.threads, strict=True):
        earlier, later = (_link(interface, record, other) for other in thread)
        if earlier or later:
            yield Thread(term=interface.term("country", code), earlier=earlier, later=later)


def _related(
    interface: Interface, record: Record, briefing: Briefing, neighbours: Neighbours
) -> Iterator[Related]:
    for other in neighbours.related:
        link = _link(interface, record, other)
        assert link is not None
        countries, topics = shared(briefing, other)
        yield Related(
            link=link,
            dir=direction(link.lang or interface.lang),
            date=iso_day(other.original),
            shared=(*interface.terms("country", countries), *interface.terms("topic", topics)),
        )
