"""The vocabulary as data: the countries and topics of briefings, with their names in the languages of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pouch.pages import addresses
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


def terms_of(rows: Iterable[Mapping[str, Any]], vocabulary: Vocabulary, site: Site) -> list[dict[str, Any]]:
    """Countries by code, then topics by key with those above them; each says how many rows have it itself.

    Of `rows` only `countries`, `mentions` and `topics` are read.
    """
    rows = list(rows)
    countries = sorted({code for row in rows for code in (*row["countries"], *row["mentions"])})
    topics = {key for row in rows for key in row["topics"]}
    topics |= {above for key in topics for above in vocabulary.ancestors(key)}
    terms = []
    for code in countries:
        country = vocabulary.countries[code]
        terms.append(
            {
                "kind": "country",
                "key": code,
                "url": site.url + addresses.term("country", country.slug),
                "labels": {lang: vocabulary.label("country", code, lang) for lang in site.languages},
                "parent": country.region,
                "briefings": sum(code in row["countries"] for row in rows),
                "mentions": sum(code in row["mentions"] for row in rows),
            }
        )
    for key in sorted(topics):
        topic = vocabulary.topics[key]
        terms.append(
            {
                "kind": "topic",
                "key": key,
                "url": site.url + addresses.term("topic", topic.slug),
                "labels": {lang: vocabulary.label("topic", key, lang) for lang in site.languages},
                "parent": topic.parent,
                "iptc": topic.iptc,
                "briefings": sum(key in row["topics"] for row in rows),
            }
        )
    return terms
