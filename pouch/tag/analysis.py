"""The analysis of an article: its language, its countries and its topics, each with the evidence for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from pouch.tag.aliases import Span
from pouch.tag.countries import Hit, find_hits
from pouch.tag.document import Document
from pouch.tag.gazetteer import Clue, Gazetteer, Kind, build_gazetteer
from pouch.tag.language import LANGUAGES, PLAIN_LANGUAGES, detect_language
from pouch.tag.learning import Model
from pouch.tag.matching import Matcher
from pouch.tag.roles import rate
from pouch.tag.topics import TopicMatcher
from pouch.vocabulary.vocabulary import Vocabulary


class Evidence(msgspec.Struct, frozen=True):
    """A span that made us suggest a term."""

    text: str  # as it stands in the article
    start: int  # counts characters in title + "\n" + text
    kind: Kind


class CountryTag(msgspec.Struct, frozen=True):
    """A country that the text names."""

    code: str
    role: Literal["primary", "mention"]
    score: float  # 0 to 1; primaries stand above mentions
    evidence: tuple[Evidence, ...]  # in order of place; empty where `home_country` alone speaks for it


class TopicTag(msgspec.Struct, frozen=True):
    """A topic that the text is about."""

    key: str
    root: str | None  # the top ancestor's IPTC code, if it has one
    score: float  # 0 to 1
    evidence: tuple[Evidence, ...]
    confidence: float = 0.0  # the probability that an editor gives the text this topic


class Analysis(msgspec.Struct, frozen=True):
    """The suggestions for one article, best first."""

    lang: str  # ISO 639-1
    lang_sure: bool
    countries: tuple[CountryTag, ...]
    topics: tuple[TopicTag, ...]


class Tagger:
    """Analyses articles against one vocabulary; caches its matchers by language.

    `model` is what the archive's entries have taught (`pouch.tag.archive.learned_topics`), if anything.
    """

    def __init__(self, vocabulary: Vocabulary, model: Model | None = None) -> None:
        self.vocabulary = vocabulary
        self.model = model
        self._preferred = frozenset({vocabulary.lang.partition("-")[0], *LANGUAGES, *PLAIN_LANGUAGES})
        self._languages: dict[str, tuple[Gazetteer, Matcher[Clue]]] = {}
        self._topics: dict[str, TopicMatcher] = {}

    def learn(self, model: Model | None) -> None:
        """Use what the archive's entries teach now."""
        if model is not self.model:
            self.model = model
            self._topics.clear()

    def analyse(
        self,
        title: str,
        text: str,
        *,
        lang: str | None = None,
        home_country: str | None = None,
        on: date | None = None,
    ) -> Analysis:
        """See `analyse`."""
        sure = True
        if not lang:
            lang, sure = detect_language(f"{title}\n{text}" if text else title, self._preferred)
        base = lang.partition("-")[0].partition("_")[0].lower()
        gazetteer, matcher = self._language(base)
        document = Document(title, text, gazetteer.boilerplate, gazetteer.credits)
        hits = find_hits(document, gazetteer, matcher, on)
        countries = tuple(
            CountryTag(rated.code, rated.role, round(rated.score, 3), tuple(_evidence(document, rated.hits)))
            for rated in rate(document, hits, home_country)
        )
        if base not in self._topics:
            self._topics[base] = TopicMatcher(base, self.vocabulary, self.model)
        topics = tuple(
            TopicTag(
                topic.key,
                topic.root,
                round(topic.score, 3),
                tuple(_spans(document, topic.spans)),
                round(topic.confidence, 3),
            )
            for topic in self._topics[base].suggest(document)
        )
        return Analysis(base, sure, countries, topics)

    def _language(self, lang: str) -> tuple[Gazetteer, Matcher[Clue]]:
        if lang not in self._languages:
            gazetteer = build_gazetteer(lang, self.vocabulary)
            self._languages[lang] = gazetteer, Matcher(gazetteer.clues, gazetteer.endings)
        return self._languages[lang]


def _evidence(document: Document, hits: Iterable[Hit]) -> Iterable[Evidence]:
    for hit in hits:
        start, end = document.span(hit.start, hit.end)
        yield Evidence(document.original[start:end], start, hit.kind)


def _spans(document: Document, spans: Iterable[Span]) -> Iterable[Evidence]:
    for start, end, kind in spans:
        start, end = document.span(start, end)
        yield Evidence(document.original[start:end], start, kind)


_LATEST: list[Tagger] = []
"""The tagger that was used last, if any."""


def _tagger_of(vocabulary: Vocabulary) -> Tagger:
    """The latest tagger, if the vocabulary is its own or says the same; else a new one.

    A worker of a cluster gets a copy of the vocabulary with each batch; a gazetteer takes as long as 200 articles.
    """
    latest = _LATEST[0] if _LATEST else None
    if latest is None or (
        latest.vocabulary is not vocabulary and latest.vocabulary.encoded() != vocabulary.encoded()
    ):
        latest = Tagger(vocabulary)
    latest.vocabulary = vocabulary
    _LATEST[:] = [latest]
    return latest


def analyse(
    title: str,
    text: str,
    vocabulary: Vocabulary,
    *,
    lang: str | None = None,
    home_country: str | None = None,
    on: date | None = None,
    model: Model | None = None,
) -> Analysis:
    """The analysis of an article.

    `lang` is a BCP 47 tag, detected where None. `home_country` is the code of the country whose own news this is: it
    is meant where nothing else is named. `on` is the article's date: leaders count only while in office. `model` is
    what the archive has learned. Positions in the evidence count characters in title + "\\n" + text.
    """
    tagger = _tagger_of(vocabulary)
    tagger.learn(model)
    return tagger.analyse(title, text, lang=lang, home_country=home_country, on=on)
