"""Small archives for tests, from a few words each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from pouch.archive.archive import Archive
from pouch.archive.records import DossierRecord, PageRecord, Record, SourceRecord
from pouch.settings import ALL_FEATURES
from pouch.site import Site
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary

NOW = datetime(2026, 1, 1, tzinfo=UTC)

TOPICS = {
    "war": Topic(key="war", slug="war", labels={"en": "War", "fr": "Guerre"}),
    "ceasefire": Topic(
        key="ceasefire", slug="ceasefire", labels={"en": "Ceasefire", "fr": "Cessez-le-feu"}, parent="war"
    ),
    "trade": Topic(key="trade", slug="trade", labels={"en": "Trade", "fr": "Commerce"}),
}


def a_site(**changes: Any) -> Site:
    """A site's settings, some of them changed."""
    site = Site(
        root="/site",
        content="/site/content",
        output="/site/output",
        theme="/site/theme",
        name="Test archive",
        url="https://example.org",
        path="",
        timezone="UTC",
        lang="en",
        languages=("en",),
        site_id="8f14e45f-ceea-467f-a8d9-2d2a2f7e3a11",
        per_page=20,
        feed_items=50,
        slice_minimum=3,
        pair_share=1000,
        hub=None,
        features=ALL_FEATURES,
        plugins=(
            "pouch_archives",
            "pouch_taxonomies",
            "pouch_feeds",
            "pouch_search",
            "pouch_maps",
            "pouch_data",
            "pouch_cards",
            "pouch_digests",
            "pouch_sources",
        ),
        static_paths=(),
        static_addresses={},
    )
    return msgspec.structs.replace(site, **changes)


def a_record(id: str, date: str = "2025-03-05", **changes: Any) -> Record:  # noqa: A002  # the field's name
    """A published entry; `date` is an ISO date or date-time, in UTC unless it says otherwise.

    `source_name`, `source_url` and the like are those of its one source.
    """
    source = {name: changes.pop(name) for name in [*changes] if name.startswith("source_")}
    if source:
        changes["sources"] = (
            SourceRecord(**{name.removeprefix("source_"): text for name, text in source.items()}),
        )
    moment = datetime.fromisoformat(date)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    record = Record(
        id=id,
        path=f"content/entries/{id}.md",
        slug=id,
        title=f"Title of {id}",
        lang="en",
        published=True,
        date=moment,
        publish_at=moment,
        date_is_bare=True,
        updated=None,
        updated_is_bare=False,
        summary="A summary.",
        key_points=(),
        countries=("UA",),
        mentions=(),
        topics=("ceasefire",),
        sources=(),
        authors=(),
        formerly=(),
        translation_of=None,
        corrections=(),
        body="0" * 32,
        words=300,
    )
    return msgspec.structs.replace(record, **changes)


def an_archive(
    *records: Record,
    site: Site | None = None,
    dossiers: tuple[DossierRecord, ...] = (),
    pages: tuple[PageRecord, ...] = (),
    now: datetime = NOW,
) -> Archive:
    """The archive of these records, over three topics and every country."""
    site = site or a_site()
    vocabulary = Vocabulary(
        registry_countries(), TOPICS, registry_regions(), lang=site.lang, languages=site.languages
    )
    return Archive(site, vocabulary, records, dossiers, pages, now=now)
