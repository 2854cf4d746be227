"""A site at one moment, as far as two of them are compared: what it holds, and what decides each of its files."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.checks.entries import EntryKey
from pouch.code import engine_digest
from pouch.digests import digest, encode
from pouch.engine.compare import Fingerprints
from pouch.engine.fingerprint import Fingerprint
from pouch.engine.load import Loader
from pouch.engine.report import Report
from pouch.engine.scan import require_folders, scan
from pouch.engine.state import State, folder_of
from pouch.engine.steps import make_plan
from pouch.pages import addresses
from pouch.site import Site
from pouch.workers import default_jobs


class Term(NamedTuple):
    """A term as the archive shows it everywhere."""

    address: str
    names: tuple[str, ...]  # in each interface language
    place: str  # the topic above it, or the region around it


class Planned(NamedTuple):
    """An output, as far as two plans can be compared by it."""

    kind: str  # one of KINDS
    fingerprint: Fingerprint


class Text(NamedTuple):
    """A file of content/ with a text in it."""

    kind: str  # "entry", "dossier" or "page"
    path: str  # relative to the site's folder
    contents: bytes  # a digest
    title: str
    address: str  # below SITEURL, whether or not readers see it yet
    key: EntryKey | None = None  # of an entry
    record: Record | None = None  # likewise


class Side(NamedTuple):
    """A site at one moment: what it holds, and what decides each of its files."""

    site: Site
    terms: Mapping[str, Term]  # by "kind key"
    outputs: Mapping[str, Planned]  # by path
    texts: Mapping[str, Text]  # by path
    items: Mapping[str, Mapping[str, frozenset[str]]]  # path of a feed → id of an entry → what it shows of it
    versions: Mapping[str, frozenset[str]]  # id of an entry that readers see → ids of its briefing's versions


def planned(site: Site, lender: Site, now: datetime, folder: Path) -> Side:
    """A site's plan. What the last build of `lender` parsed is parsed again only where it differs."""
    require_folders(site)
    engine = engine_digest()
    # Where a site lies decides nothing that is read from it, so that a checkout elsewhere can borrow too.
    home = {name: getattr(lender, name) for name in ("root", "content", "output")}
    settings = digest(encode(msgspec.structs.replace(site, **home))).hex()
    with State(folder, engine, clean=True) as state:
        state.borrow_parsed(folder_of(lender) / "state.sqlite", engine)
        scanned = scan(site, state.stamps(), time.time_ns())
        loader, archive, theme, plan = make_plan(
            site, state, default_jobs(), Report(), scanned, settings, now, {}
        )
    fingerprints = Fingerprints(plan, theme)
    outputs, items = {}, {}
    for output, planned_as_feed in plan.everything():
        is_feed = planned_as_feed and not _is_data(output.path)
        kind = "feeds" if is_feed else "pages" if output.path.endswith(".html") else "files"
        outputs[output.path] = Planned(kind, fingerprints.of(output, encode(output.model)))
        if is_feed and output.fragments:
            shown: dict[str, set[str]] = {}
            for key, fragment in output.fragments:
                shown.setdefault(fragment.of, set()).add(key)
            items[output.path] = {entry_id: frozenset(keys) for entry_id, keys in shown.items()}
    versions = {
        version.id: frozenset(each.id for each in briefing.versions.values())
        for briefing in archive.briefings
        for version in briefing.versions.values()
    }
    return Side(site, dict(_terms(archive)), outputs, dict(_texts(loader, archive)), items, versions)


def _texts(loader: Loader, archive: Archive) -> Iterator[tuple[str, Text]]:
    site, vocabulary = archive.site, archive.vocabulary
    for path, parsed in loader.parsed.items():
        if (entry := parsed.entry) is not None:
            address = addresses.briefing(entry.slug)
            yield path, Text("entry", path, parsed.contents, entry.title, address, parsed.key, entry)
        elif (dossier := parsed.dossier) is not None:
            if dossier.kind == "home":
                address, title = addresses.HOME, site.name
            elif dossier.kind == "digest":
                address, title = addresses.digest(dossier.key), dossier.title or dossier.key
            else:
                term = (vocabulary.countries if dossier.kind == "country" else vocabulary.topics)[dossier.key]
                address = addresses.term(dossier.kind, term.slug)
                title = vocabulary.label(dossier.kind, dossier.key, dossier.lang)
            address = addresses.in_language(address, dossier.lang, site.lang)
            yield path, Text("dossier", path, parsed.contents, title, address)
        elif (page := parsed.page) is not None:
            address = addresses.in_language(addresses.page(page.slug), page.lang, site.lang)
            yield path, Text("page", path, parsed.contents, page.title, address)


def _terms(archive: Archive) -> Iterator[tuple[str, Term]]:
    """Every topic, and each country that has a page."""
    vocabulary, languages = archive.vocabulary, archive.site.languages
    for code in archive.countries:
        country = vocabulary.countries[code]
        names = tuple(dict.fromkeys(vocabulary.label("country", code, lang) for lang in languages))
        yield f"country {code}", Term(addresses.term("country", country.slug), names, country.region or "")
    for key, topic in vocabulary.topics.items():
        names = tuple(dict.fromkeys(vocabulary.label("topic", key, lang) for lang in languages))
        yield f"topic {key}", Term(addresses.term("topic", topic.slug), names, topic.parent or "")


def _is_data(path: str) -> bool:
    """Whether a file that is spliced of items is no feed that anybody follows."""
    return path.endswith(".json") and not path.endswith("/feed.json") and path != "feed.json"
