"""Checks across the files of a site, which `pouch check` and `pouch build` share."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from pouch.checks.entries import EntryKey, cross_check, id_hint
from pouch.content.entry import stem_of
from pouch.markdown.links import has_scheme
from pouch.markdown.renderer import Link
from pouch.problems import Problem, Severity
from pouch.site import Site

_SLUGS = "`pouch list` shows the slugs"


class DossierKey(NamedTuple):
    """The fields of a dossier that cross-file checks need."""

    path: str
    kind: str
    key: str
    lang: str
    pinned: tuple[str, ...]
    pinned_line: int


class PageKey(NamedTuple):
    """The fields of a page that cross-file checks need."""

    path: str
    slug: str
    lang: str


def disagreements(
    site: Site,
    entries: Iterable[EntryKey],
    dossiers: Iterable[DossierKey],
    pages: Iterable[PageKey],
    links: Iterable[tuple[str, Link]],
    last: Collection[str] = (),
) -> Iterator[Problem]:
    """Every fault that shows only when files are compared; `links` are (path of the file, link).

    Where two entries are at odds, one of `last` (paths) is named rather than another.
    """
    entries, dossiers, pages = list(entries), list(dossiers), list(pages)
    yield from cross_check(entries, last=last)
    yield from _same_twice((dossier.path, dossier[1:4]) for dossier in dossiers)
    yield from _same_twice((page.path, page[1:3]) for page in pages)
    by_id = {entry.id: entry for entry in entries}
    for dossier in dossiers:
        for pinned in dossier.pinned:
            if (entry := by_id.get(pinned)) is not None and entry.is_draft:
                message = f"the pinned entry {pinned!r}, {entry.path}, is a draft, so readers do not see it"
                hint = "publish it, or remove it from `pinned`"
                yield Problem(
                    dossier.path, dossier.pinned_line, 0, "pinned-draft", message, hint, Severity.WARNING
                )
            elif entry is None:
                message = f"no entry has the id {pinned!r}"
                yield Problem(
                    dossier.path, dossier.pinned_line, 0, "unknown-entry", message, id_hint(pinned, entries)
                )
    yield from _broken_links(links, entries, [*pages, *dossiers], site)


def _same_twice(pages: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """Files that would be one page: the last of `what` is their language."""
    first: dict[tuple[str, ...], str] = {}
    for path, what in pages:
        other = first.setdefault(what, path)
        if other != path:
            message = f"{other} is the same page in {what[-1]!r} already"
            hint = "keep one of them, or give one another language"
            yield Problem(path, 0, 0, "given-twice", message, hint)


def _broken_links(
    links: Iterable[tuple[str, Link]],
    entries: Iterable[EntryKey],
    others: Iterable[PageKey | DossierKey],
    site: Site,
) -> Iterator[Problem]:
    """Links to entries that are not there, or that readers cannot open."""
    by_stem: dict[str, EntryKey] = {}
    by_slug: dict[str, EntryKey] = {}
    files: dict[str, EntryKey | PageKey | DossierKey] = {other.path: other for other in others}
    for entry in entries:
        by_stem[stem_of(entry.path)] = entry
        files[entry.path] = entry
        for slug in (*entry.formerly, entry.slug):
            by_slug[slug] = entry
    start = f"{site.path}/briefings/"
    for path, link in links:
        # An address with a scheme is one of ours only under one SITEURL: `pouch.checks.links` warns of it.
        if not link.address.startswith(start) or has_scheme(link.target):
            continue
        slug = unquote(link.address[len(start) :]).partition("#")[0].partition("/")[0]
        if not slug:
            continue
        target = by_slug.get(slug)
        named_file = files.get(_file_named(link, path)) if link.to_entry else None
        if named_file is not None and named_file is not target:
            message = f"the link {link.target!r} leads to a file whose address is another"
            yield Problem(
                path, link.line, 0, "broken-link", message, f"write {_address_of(named_file, site)}"
            )
        elif target is not None:
            if target.is_draft:
                message = f"the link {link.target!r} leads to a draft, which readers cannot open"
                hint = "publish it, or remove the link"
                yield Problem(path, link.line, 0, "link-to-draft", message, hint, Severity.WARNING)
        elif (file := by_stem.get(slug)) is not None:
            message = f"the link {link.target!r} leads to a file whose address is another"
            yield Problem(path, link.line, 0, "broken-link", message, f"write /briefings/{file.slug}/")
        else:
            yield Problem(
                path, link.line, 0, "broken-link", f"the link {link.target!r} leads to no entry", _SLUGS
            )


def _file_named(link: Link, path: str) -> str:
    """The path, from the site's folder, of the file that a link in the file `path` names."""
    target = unquote(link.target.partition("#")[0]).replace("{filename}", "")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _address_of(file: EntryKey | PageKey | DossierKey, site: Site) -> str:
    if isinstance(file, EntryKey):
        return f"/briefings/{file.slug}/"
    if isinstance(file, PageKey):
        return f"/{file.slug}/" if file.lang == site.lang else f"/{file.lang}/{file.slug}/"
    if file.kind == "home":
        return "/" if file.lang == site.lang else f"/{file.lang}/"
    if file.kind == "digest":
        return "the address of the digest's page"
    return (
        "the address of the country's page" if file.kind == "country" else "the address of the topic's page"
    )
