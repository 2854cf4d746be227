"""Plans the feeds of a site and their items. A pure function of each build: it renders no element.

Membership and addresses follow DESIGN.md, "Addresses"; the archive documents are those of RFC 5005, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from ipaddress import ip_address
from itertools import groupby
from urllib.parse import urlsplit

import msgspec

from pouch.archive.briefing import Briefing, languages_apart
from pouch.checks.registry import checks
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.outputs import Output, path_of
from pouch.pages.view import View
from pouch.problems import Problem
from pouch.site import SETTINGS_FILE
from pouch_feeds.formats import FORMATS, RSS, FeedFormat
from pouch_feeds.items import Form, Items, Version
from pouch_feeds.models import FeedModel
from pouch_feeds.opml import opml_outputs
from pouch_feeds.publication import ORIGINALS, archive_documents, in_publication_order, versions_of
from pouch_feeds.slices import (
    Slice,
    description,
    feed_id,
    full_slices,
    page_of,
    summary_slices,
    terms_with_items,
    title,
)
from pouch_feeds.texts import FeedTexts

SHORT = 20
"""How many items the feeds of pairs, regions and mentions hold, and the JSON Feeds of countries and topics."""


def plan_feeds(view: View) -> Iterator[Group]:
    """The feeds of a site."""
    yield from _Planner(view).groups(view)


def check_address(view: View) -> Iterator[Problem]:
    """Feeds need a SITEURL that subscribers can reach."""
    if not view.site.url:
        message = "SITEURL is empty, so that feeds have no absolute addresses and readers cannot follow them"
        hint = 'set it, such as SITEURL = "https://briefings.example"'
        yield checks()["no-siteurl"].problem(SETTINGS_FILE, message, hint=hint)
    elif not view.site.preview and _is_local(urlsplit(view.site.url).hostname or ""):
        message = (
            f"SITEURL is {view.site.url}, an address that only this machine can reach, and all feeds carry it"
        )
        hint = "set the address of the published site, in publishconf.py or here"
        yield checks()["local-siteurl"].problem(SETTINGS_FILE, message, hint=hint)


def _is_local(host: str) -> bool:
    """Whether a host name or address is that of the local machine (RFC 6761, section 6.3)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


class _Planner:
    """Plans groups of feeds. It knows the interfaces, not the archive: briefings come as the groups' inputs."""

    def __init__(self, view: View) -> None:
        self.interface = view.interface
        self.interfaces = view.interfaces
        self.texts = FeedTexts(view.interfaces, view.translator)
        self.site = view.site
        self.items = Items(self.interface, self.texts)
        self.formats = tuple(each for each in FORMATS if each.is_wanted(self.interface))

    def groups(self, view: View) -> Iterator[Group]:
        """The newest of each slice, and its archive documents; the short feeds of a country's pairs together."""
        for part in full_slices(view):
            yield from self._full_groups(part)
        for key, parts in groupby(summary_slices(view), lambda part: (part.kind, part.keys[0])):
            facts, rivers = [], []
            for part in parts:
                members = in_publication_order(ORIGINALS, part.members)
                rivers.append(members[-SHORT:])
                facts.append((part.alone(), len(members) <= SHORT))
            yield Group(" ".join(("feeds", *key)), self._short, (facts, *rivers))
        if view.has("opml"):
            originals = (briefing.original for briefing in view.archive.briefings)
            changed = self.items.newest_change(originals)
            yield Group("opml", partial(opml_outputs, self.interface), (terms_with_items(view), changed))

    def _full_groups(self, part: Slice) -> Iterator[Group]:
        """The current documents of every edition of a slice are a group, each archive document is another."""
        name = " ".join(("feeds", part.kind, *part.keys))
        apart = languages_apart(part.members) if self.interface.has("feed_languages") else ()
        facts, rivers = [], []
        for edition in (ORIGINALS, *apart):
            members = in_publication_order(edition, part.members)
            count, size = len(members), self.site.feed_items
            if self.interface.has("feed_archives"):
                documents = archive_documents(count, size)
                start = documents * size
            else:
                documents, start = 0, max(0, count - size)
            facts.append((edition, documents, start == 0))
            rivers.append(members[start:])
            for number in range(1, documents + 1):
                inputs = (part.alone(), edition, number, members[(number - 1) * size : number * size])
                yield Group(f"{name} {edition} {number}", self._archive_document, inputs)
        yield Group(name, self._current, (part.alone(), facts, *rivers))

    def _current(
        self, part: Slice, facts: Sequence[tuple[str, int, bool]], *rivers: Sequence[Briefing]
    ) -> Iterator[Output]:
        """The newest items of every edition, in every format. `facts` say of each edition how many archive documents
        it has, and whether it is complete without; `rivers` are its newest briefings, oldest first.
        """
        for (edition, documents, complete), members in zip(facts, rivers, strict=True):
            newest = versions_of(edition, members)
            head = msgspec.structs.replace(self._head(part, edition, newest), complete=complete)
            for feed_format in self._formats(part.kind, edition, newest):
                # What leads to no older items shows as many as programs need that ask now and then.
                shown, archived = newest[: self.site.feed_items if part.kind == "site" else SHORT], 0
                if feed_format.has_archives:
                    shown, archived = newest, documents
                yield self._output(part, feed_format, edition, 0, head, shown, previous=archived)

    def _archive_document(
        self, part: Slice, edition: str, number: int, members: Sequence[Briefing]
    ) -> Iterator[Output]:
        """One document of an edition's archive, in every format that has an archive.

        It holds its items in a sentence or two: an entry stands in the archives of the site, of all its countries and
        topics and of what is above them, and a text there eight times over in two formats is a third of a large site.

        It names the document before it and the current one, but not the document after it (`next-archive`), which is
        not there when it is first written: its bytes change only when an entry in it does.
        """
        versions = versions_of(edition, members)
        head = self._head(part, edition, versions)
        for feed_format in self._formats(part.kind, edition, versions):
            if feed_format.has_archives:
                document = partial(self._output, part, feed_format, edition, number, head, versions)
                yield document(form="shortest", previous=number - 1)

    def _formats(self, kind: str, edition: str, versions: Sequence[Version]) -> tuple[FeedFormat, ...]:
        """RSS alone for one language, and for a term that has no item yet."""
        return self.formats if edition == ORIGINALS and (versions or kind == "site") else (RSS,)

    def _short(self, facts: Sequence[tuple[Slice, bool]], *rivers: Sequence[Briefing]) -> Iterator[Output]:
        """`rivers` are the newest briefings of each slice, in the order of `facts`, which say whether these are all."""
        for (part, complete), members in zip(facts, rivers, strict=True):
            newest = versions_of(ORIGINALS, members)
            head = msgspec.structs.replace(self._head(part, ORIGINALS, newest), complete=complete)
            yield self._output(part, RSS, ORIGINALS, 0, head, newest, form="short")

    def _head(self, part: Slice, lang: str, versions: Sequence[Version]) -> FeedModel:
        """The fields that a feed's documents share; addresses and items are added later."""
        interface = self.interfaces.get(lang, self.interface)
        texts = self.texts.of(lang or self.site.lang)
        about = interface.url(addresses.SUBSCRIBE)
        return FeedModel(
            title=title(part, interface, texts, lang),
            description=description(part, interface, texts),
            note=texts.say(messages.FEED_NOTE).format(url=about),
            author=self.site.name,
            lang=lang or self.site.lang,
            id=feed_id(part, self.site.site_id, lang),
            updated=self._updated(versions),
            self_url="",
            page_url=interface.url(page_of(interface, part.base)),
            about_url=about,
            icon=self.site.url + addresses.ICON,
            hub=self.site.hub or "",
            items=(),
        )

    def _updated(self, versions: Sequence[Version]) -> str:
        of = self.items.updated.of
        return max([of(version.record) for version in versions])[1] if versions else ""

    def _output(
        self,
        part: Slice,
        feed_format: FeedFormat,
        edition: str,
        number: int,
        head: FeedModel,
        versions: Sequence[Version],
        *,
        form: Form = "full",
        previous: int = 0,
    ) -> Output:
        """The document `number` of an edition's archive, or its current one for 0; `previous` is the one before."""

        def address(document: int) -> str:
            return f"{part.base}{feed_format.file_name(edition, document, part.stem)}"

        url = self.site.url
        fragments = tuple([self.items.fragment(feed_format, version, form) for version in versions])
        model = msgspec.structs.replace(
            head,
            self_url=url + address(number),
            current=url + address(0) if number else "",
            previous=url + address(previous) if previous else "",
            items=tuple([key for key, _ in fragments]),
        )
        return Output(
            path=path_of(address(number)),
            render=feed_format.render,
            model=model,
            lang=head.lang,
            origin=f"feed of {part.base}",
            fragments=fragments,
        )
