"""/subscribe/: all feeds of the site, and an explanation of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from pouch.archive.briefing import Briefing, languages_apart
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.languages import own_name
from pouch.pages.models import FeedLink, Link
from pouch.pages.outputs import Output
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind
from pouch_feeds.formats import RSS
from pouch_feeds.page_models import FeedChoice, FeedGroup, SubscribePage
from pouch_feeds.publication import ORIGINALS
from pouch_feeds.slices import page_of, slice_terms

Languages = Mapping[str, Sequence[tuple[str, str]]]
"""By term that has items: the languages of these, each with the name of the feed that has it alone."""
_HEADINGS = {"country": messages.COUNTRIES, "topic": messages.TOPICS, "region": messages.REGIONS}


def plan_subscribe(view: View) -> Iterator[Group]:
    """The page in one interface language."""
    archive = view.archive
    terms = slice_terms(view)
    languages: dict[str, Languages] = {
        # A region has one feed, of all languages together.
        kind: dict.fromkeys(members, ()) if kind == "region" else _languages(view, members)
        for kind, members in (
            ("site", {"": archive.briefings}),
            ("country", archive.of_country),
            ("topic", archive.of_topic),
            ("region", archive.of_region if view.has("regions") else {}),
        )
    }
    yield Group(f"subscribe {view.lang}", partial(_subscribe, view.interface), (terms, languages))


def _languages(view: View, members: Mapping[str, Sequence[Briefing]]) -> Languages:
    languages: dict[str, list[tuple[str, str]]] = {key: [] for key, river in members.items() if river}
    for key, feeds in languages.items():
        river = members[key]
        if view.has("feed_languages"):
            apart = languages_apart(river)
            for lang in sorted({lang for briefing in river for lang in briefing.versions}):
                feeds.append((lang, RSS.file_name(lang if lang in apart else ORIGINALS)))
    return languages


def _subscribe(
    interface: Interface,
    terms: tuple[tuple[Kind, tuple[str, ...]], ...],
    languages: Mapping[str, Languages],
) -> Iterator[Output]:
    site = interface.site
    whole = _choice(interface, "", addresses.HOME, site.name, languages["site"])
    page = SubscribePage(
        **interface.head(
            addresses.SUBSCRIBE,
            interface.translate(messages.SUBSCRIBE),
            interface.translate(messages.SUBSCRIBE_TO).format(site=site.name),
            feeds=interface.site_feeds,
        ),
        whole=whole,
        groups=tuple(_group(interface, kind, keys, languages[kind]) for kind, keys in terms if keys),
        languages=tuple(
            Link(href=feed.href, label=own_name(feed.title), lang=feed.title) for feed in whole.languages
        ),
        opml=interface.root_href(addresses.OPML) if interface.has("opml") else "",
    )
    yield interface.output(addresses.SUBSCRIBE, "subscribe.html", page, origin="subscribe")


def _group(interface: Interface, kind: Kind, keys: Sequence[str], languages: Languages) -> FeedGroup:
    return FeedGroup(
        kind=kind,
        label=interface.translate(_HEADINGS[kind]),
        choices=tuple(
            _choice(
                interface,
                link.key,
                addresses.term(kind, interface.slug(kind, link.key)),
                link.label,
                languages,
                short=kind == "region",
            )
            for link in interface.sorted_terms(kind, keys)
        ),
    )


def _choice(
    interface: Interface, key: str, base: str, label: str, languages: Languages, *, short: bool = False
) -> FeedChoice:
    """A term has RSS alone where it has `short` feeds, or no items."""
    short = short or key not in languages
    return FeedChoice(
        key=key,
        href=interface.href(page_of(interface, base)),
        label=label,
        feeds=interface.short_feed(base, label) if short else interface.feeds(base, label),
        languages=tuple(
            FeedLink(href=interface.root_href(f"{base}{name}"), title=lang, type=RSS.media_type)
            for lang, name in languages.get(key, ())
        ),
    )
