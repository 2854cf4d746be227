"""Links within the site that lead nowhere: those of all files and settings, compared with the outputs of a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pouch.archive.archive import Archive
from pouch.checks.links import LinkSource, Published, dead_links
from pouch.content.dates import shown
from pouch.engine.other_links import description_links, dossier_links, settings_links
from pouch.engine.page_ids import PageIds
from pouch.engine.parsed_files import ParsedFile
from pouch.pages import addresses
from pouch.problems import Problem


def dead_links_of(
    archive: Archive,
    parsed: Mapping[str, ParsedFile],
    paths: Collection[str],
    ids_of: PageIds,
    of: Collection[str] | None = None,
) -> list[Problem]:
    """A warning for each link to a page, file or anchor that is not among the outputs at `paths`.

    `parsed`: all files; `of`: the paths of those whose links are checked, None for all, with those of settings and
    vocabulary. A preview publishes what no reader sees, so it reports none.
    """
    site = archive.site
    if site.preview:
        return []
    sources = [
        LinkSource(each.path, each.links, each.anchors)
        for each in parsed.values()
        if each.links and (of is None or each.path in of)
    ]
    sources += (source for source in dossier_links(archive) if of is None or source.path in of)
    problems: list[Problem] = []
    if of is None:
        settings, problems = settings_links(site)
        sources += (settings, *description_links(archive))
    if not any(source.links for source in sources):
        return problems
    published = Published(
        site,
        paths,
        anchors=dict(_anchors(archive, parsed.values())),
        waiting={
            addresses.briefing(record.slug): shown(record.publish_at, site.zone)
            for record in archive.waiting
            if record.publish_at is not None
        },
        terms=dict(_terms(archive)),
        ids_of=ids_of,
    )
    return [*problems, *dead_links(sources, published)]


def _anchors(archive: Archive, parsed: Iterable[ParsedFile]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages that show the text of a file in its own language, and the ids in that text."""
    site = archive.site
    for each in parsed:
        if each.entry is not None:
            yield addresses.briefing(each.entry.slug), each.anchors
        elif each.page is not None:
            lang = each.page.lang if each.page.lang in site.languages else site.lang
            yield addresses.in_language(addresses.page(each.page.slug), lang, site.lang), each.anchors


def _terms(archive: Archive) -> Iterator[tuple[str, str]]:
    """The address that each term's page has or would have, and the term's name."""
    vocabulary, lang = archive.vocabulary, archive.site.lang
    for code, country in vocabulary.countries.items():
        yield addresses.term("country", country.slug), vocabulary.label("country", code, lang)
    for key, topic in vocabulary.topics.items():
        yield addresses.term("topic", topic.slug), vocabulary.label("topic", key, lang)
    for number, region in vocabulary.regions.items():
        yield addresses.term("region", region.slug), vocabulary.label("region", number, lang)
