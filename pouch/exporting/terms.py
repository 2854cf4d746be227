"""The vocabulary as data: the countries and topics of briefings, with their names in the languages of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pouch.pages import addresses
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary


def terms_of(rows: Iterable[Mapping[str, Any]], vocabulary: Vocabulary, site: Site) -> list[dict[str, Any]]:
    """Countries by code, then topics by key with those above them; each says how many rows have it itself.

    Of `rows` only `countries`, `mentions` and `topics` are read.
    """
    about, mentions, topics = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        about.update(row["countries"])
        mentions.update(row["mentions"])
        topics.update(row["topics"])
    above = {ancestor for key in topics for ancestor in vocabulary.ancestors(key)}
    terms = []
    for code in sorted(about.keys() | mentions.keys()):
        country = vocabulary.countries[code]
        terms.append(
            {
                "kind": "country",
                "key": code,
                "url": site.url + addresses.term("country", country.slug),
                "labels": {lang: vocabulary.label("country", code, lang) for lang in site.languages},
                "parent": country.region,
                "briefings": about[code],
                "mentions": mentions[code],
            }
        )
    for key in sorted(topics.keys() | above):
        topic = vocabulary.topics[key]
        terms.append(
            {
                "kind": "topic",
                "key": key,
                "url": site.url + addresses.term("topic", topic.slug),
                "labels": {lang: vocabulary.label("topic", key, lang) for lang in site.languages},
                "parent": topic.parent,
                "iptc": topic.iptc,
                "briefings": topics[key],
            }
        )
    return terms
