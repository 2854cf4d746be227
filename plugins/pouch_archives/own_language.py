"""/archive/<language>/: all briefings that have a version in the interface's language, so that readers keep to it
without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing, languages_apart, primary_subtag
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.languages import name_of
from pouch.pages.models import Link, RiverPage
from pouch.pages.outputs import Output, last_change
from pouch.pages.pagination import landing
from pouch.pages.rivers import Numbering, landing_river, numbered_groups
from pouch.pages.view import View


def own_language(interface: Interface) -> Link | None:
    """The way to the page, in a site of several languages; None where there is none."""
    if len(interface.site.languages) < 2 or not interface.has("months"):
        return None
    language = name_of(primary_subtag(interface.lang), interface.lang)
    label = interface.translate(messages.ALL_IN).format(language=language)
    return interface.link_to(_base(interface), label)


def plan_own_language(view: View) -> Iterator[Group]:
    """The page of this interface's language, and its numbered pages."""
    interface, lang = view.interface, primary_subtag(view.lang)
    link = own_language(interface)
    if link is None:
        return
    members = [briefing for briefing in view.archive.briefings if lang in briefing.versions]
    # Where all is in that language, the site's own feed is the feed.
    apart = lang in languages_apart(view.archive.briefings)
    feeds = interface.language_feed(addresses.HOME, interface.site.name, lang) if apart else ()
    numbering = Numbering(
        base=_base(interface),
        title=link.label,
        feeds=feeds,
        trail=(
            *interface.home_trail,
            interface.link_to(addresses.ARCHIVE, interface.translate(messages.ARCHIVE)),
        ),
        section=interface.href(addresses.ARCHIVE),
        shown=view.lang,
        alone=True,
    )
    newest = landing(members, view.site.per_page)
    key = f"archive in {view.lang}"
    inputs = (newest, len(members), numbering, last_change(members))
    yield Group(key, partial(_landing, interface), inputs)
    yield from numbered_groups(interface, members, key, numbering)


def _landing(
    interface: Interface, newest: Sequence[Briefing], count: int, numbering: Numbering, modified: str
) -> Iterator[Output]:
    page = RiverPage(
        **interface.head(
            numbering.base,
            numbering.title,
            section=numbering.section,
            trail=numbering.trail,
            feeds=numbering.feeds,
            alternates=(),
        ),
        kind="language",
        terms=(),
        river=landing_river(interface, newest, count, numbering),
    )
    yield interface.output(numbering.base, "river.html", page, origin="archive", modified=modified)


def _base(interface: Interface) -> str:
    return addresses.language(addresses.ARCHIVE, primary_subtag(interface.lang))
