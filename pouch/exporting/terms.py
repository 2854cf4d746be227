"""The vocabulary as data: the countries and topics of briefings, with their names in the languages of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pouch.pages import addresses
from pouch.site import Site
from pouch.vocabulary.terms import Country, Topic
from pouch.vocabulary.vocabulary import Kind, Vocabulary


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
        counts = {"briefings": about[code], "mentions": mentions[code]}
        terms.append(_term("country", country, country.region, vocabulary, site) | counts)
    for key in sorted(topics.keys() | above):
        topic = vocabulary.topics[key]
        facts = {"iptc": topic.iptc, "briefings": topics[key]}
        terms.append(_term("topic", topic, topic.parent, vocabulary, site) | facts)
    return terms


def _term(
    kind: Kind, term: Country | Topic, parent: str | None, vocabulary: Vocabulary, site: Site
) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": term.key,
        "url": site.url + addresses.term(kind, term.slug),
        "labels": {lang: vocabulary.label(kind, term.key, lang) for lang in site.languages},
        "parent": parent,
    }
