"""One entry's page, rendered from its text in milliseconds: for an editor who is still writing it.

The same parser, planners and templates make it as in a build. The rest of the archive is that of a build, or loaded
once; an archive of the entries that its page can refer to is made for each text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Archive, Briefing
from pouch.archive.connections import CONSIDERED
from pouch.archive.records import Record
from pouch.engine.parsed_files import Parser
from pouch.engine.plan import Plan, views_of_archive
from pouch.engine.planners import planned_groups
from pouch.markdown.renderer import Renderer
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.outputs import Output, path_of
from pouch.pages.view import View
from pouch.problems import Problem
from pouch.theming.theme import Theme


class SinglePage(NamedTuple):
    """The page of one text, and what `check` says of that text."""

    path: str  # below the output folder; empty where the text has errors
    html: str  # likewise
    problems: tuple[Problem, ...]
    record: Record | None


class SinglePages:
    """Renders pages of single entries of one site. To follow changes of other files, make a new one."""

    def __init__(self, archive: Archive, theme: Theme, plan: Plan, *, as_published: bool = False) -> None:
        """`as_published`: show an entry as it will stand once it is published, else as a preview shows it now."""
        self.site = archive.site
        self.archive = archive
        self.theme = theme
        self._as_published = as_published
        self._views = plan.views
        self._plugins = plan.plugins
        self._interface = plan.interface
        self._parser = Parser(self.site, archive.vocabulary)

    @cached_property
    def _families(self) -> Mapping[str, Sequence[Record]]:
        """The published versions of each briefing, by the id of its original."""
        families: dict[str, list[Record]] = defaultdict(list)
        for record in self.archive.records:
            if record.published:
                families[record.translation_of or record.id].append(record)
        return families

    def address(self, path: str) -> str | None:
        """The path of the page of the entry at `path`, below the output folder; None without such an entry."""
        return self._addresses.get(path)

    def owner(self, page: str) -> str | None:
        """The id of the entry whose page has this path; None for a path that no entry has."""
        return self._owners.get(page)

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        return {path_of(addresses.briefing(record.slug)): record.id for record in self.archive.records}

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        return {record.path: path_of(addresses.briefing(record.slug)) for record in self.archive.records}

    @property
    def renderer(self) -> Renderer:
        """The renderer of bodies' Markdown."""
        return self._parser.renderer

    def page(self, path: str, text: str) -> SinglePage:
        """The page of the entry at `path`, relative to the site's folder, if its file held `text`.

        Raises EnvironmentFault for a fault in a template or plugin.
        """
        parsed, html = self._parser.parse("entry", path, text.encode("utf-8", "surrogatepass"))
        if parsed.entry is None:
            return SinglePage("", "", parsed.problems, None)
        record = self._published(parsed.entry) if self._as_published else parsed.entry
        records = [*self._around(record), record]
        small = Archive(self.site, self.archive.vocabulary, records, now=self.archive.now)
        briefing = small.briefing_of.get(record.id)
        # How many briefings a pair needs is a question of the whole archive.
        small.pairs_with_page = self.archive.pairs_of(briefing) if briefing else self.archive.of_pair.keys()
        views = views_of_archive(small, self.theme.translator, self._plugins, self._interface)
        lang = record.lang if record.lang in views else self.site.lang
        output = next(self._outputs(views[lang], record), None)
        if output is None:
            return SinglePage("", "", parsed.problems, parsed.entry)
        view = self._views[output.lang or self.site.lang]
        page = self.theme.render(output.template, output.model, view, {record.body: html.decode()})
        return SinglePage(output.path, page, parsed.problems, parsed.entry)

    def earlier(self, record: Record, most: int) -> list[Briefing]:
        """The newest briefings before an entry that share a primary country with it, those on its topics first."""
        shared: dict[int, Briefing] = {}
        for code in record.countries:
            river = self.archive.of_country.get(code, ())
            end = len(river)
            if record.date is not None:
                end = bisect_right(river, record.date, key=lambda briefing: briefing.sort_key[0])
            for briefing in river[max(end - 10 * most, 0) : end]:
                if record.id not in {version.id for version in briefing.versions.values()}:
                    shared[briefing.place] = briefing
        topics = set(record.topics)
        newest = sorted(shared.values(), key=lambda each: each.sort_key, reverse=True)
        return sorted(newest, key=lambda each: not topics & set(each.topics))[:most]

    def _around(self, record: Record) -> Iterator[Record]:
        """The other entries that the page can refer to.

        They are its versions in other languages, what stands beside it in the rivers of its countries, what and what
        its related briefings are chosen from.
        """
        original = self.archive.by_id.get(record.translation_of or "", record)
        family = self._families.get(record.translation_of or record.id, ())
        chosen = {version.id: version for version in family}
        now = self._published(original)
        place_of = Briefing(now, {now.lang: now}, ()).sort_key
        for code in original.countries:
            river = self.archive.of_country.get(code, ())
            place = bisect_left(river, place_of, key=lambda briefing: briefing.sort_key)
            beside = [*river[max(place - 2, 0) : place], *river[place : place + 2]]
            earlier = river[place - 1 :: -1] if place else ()
            for topic in original.topics:
                alike = (each for each in earlier if topic in each.original.topics)
                beside += islice(alike, CONSIDERED + 1)
            chosen.update(
                (version.id, version) for briefing in beside for version in briefing.versions.values()
            )
        for other in chosen.values():
            if other.id != record.id and other.slug != record.slug:
                yield other

    def _outputs(self, view: View, record: Record) -> Iterator[Output]:
        """The outputs of the plugins that are pages of this entry's file."""
        for plugin in self._plugins:
            for planner in plugin.pages:
                for group in planned_groups(plugin, planner, view):
                    if _shows(group, record):
                        for output in group.outputs():
                            if output.origin == record.path and output.template:
                                yield output

    def _published(self, record: Record) -> Record:
        """The record as it will be on the day on which it is published; one without a date would be dated today."""
        now = self.archive.now
        if record.published and record.publish_at is not None and record.publish_at <= now:
            return record
        today = now.astimezone(self.site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        shown = min(record.publish_at or today, today)
        bare = record.date_is_bare or record.date is None
        return msgspec.structs.replace(
            record, published=True, date=record.date or today, publish_at=shown, date_is_bare=bare
        )


def _shows(group: Group, record: Record) -> bool:
    """Whether an entry is among a group's inputs."""
    return any(record.id in version_ids for value in group.inputs for version_ids in _ids(value))


def _ids(value: object) -> Iterable[set[str]]:
    members = value if isinstance(value, list | tuple) else (value,)
    return (
        {version.id for version in each.versions.values()} for each in members if isinstance(each, Briefing)
    )
