"""Topics of a text from two sources, whose scores add up: the vocabulary's words, and the archive's entries."""

from __future__ import annotations

import math
import re

import msgspec

from pouch.tag.aliases import AliasMatcher, Span
from pouch.tag.confidence import Candidate, confidences
from pouch.tag.document import Document
from pouch.tag.fields import are_standard, fields_of
from pouch.tag.learning import Model
from pouch.vocabulary.vocabulary import Vocabulary

MOST = 10
"""Topics suggested at most."""
LEAST = 0.2
"""Part of the best one's score that a topic needs to be suggested."""
HALF_TRUSTED = 10
"""Entries after which what a topic has learned counts half."""
STEEPNESS = 1.5
"""How soon a learned margin becomes a certainty."""
WORTH_SHOWING = 0.5
"""Learned certainty from which a topic is suggested although no term of the vocabulary occurs."""
FARTHEST = -1.3
"""Learned margin from which at least the best topic is suggested, however unsurely."""


class SuggestedTopic(msgspec.Struct, frozen=True):
    """A topic with the places that suggest it."""

    key: str
    root: str | None  # the top ancestor's IPTC code
    score: float  # 0 to 1
    spans: tuple[Span, ...]
    margin: float | None = None  # learned
    trust: float = 0.0  # in what was learned
    confidence: float = 0.0  # the probability that an editor gives the text this topic


class TopicMatcher:
    """A matcher for the vocabulary's words of one language, combined with the learned topics."""

    def __init__(self, lang: str, vocabulary: Vocabulary, model: Model | None = None) -> None:
        self.lang = lang
        self.vocabulary = vocabulary
        self.model = model
        self.aliases = AliasMatcher(lang, vocabulary.topics)
        self._standard = model is not None and are_standard(vocabulary.topics)

    def suggest(self, document: Document) -> list[SuggestedTopic]:
        """The topics that a text's words and the archive's entries suggest, best first."""
        weighed = self.aliases.weigh(document)
        by_key = {key: self._suggested(key, score, spans) for key, (score, spans) in weighed.items()}
        if self.model is not None:
            fields = fields_of(document, self.lang, weighed if self._standard else None)
            self._add_learned(by_key, document, self.model, fields)
        order = {key: place for place, key in enumerate(self.vocabulary.topics)}
        ranked = sorted(by_key.values(), key=lambda topic: (-topic.score, order[topic.key]))
        best = ranked[0].score if ranked else 0.0
        suggested = [topic for topic in ranked[:MOST] if topic.score >= LEAST * best]
        sure = confidences(document, self.candidates(suggested), learned=self.model is not None)
        return [
            msgspec.structs.replace(topic, confidence=one) for topic, one in zip(suggested, sure, strict=True)
        ]

    def candidates(self, topics: list[SuggestedTopic]) -> list[Candidate]:
        """Suggested topics as they are rated."""
        return [
            Candidate(self.aliases.roots[each.key], each.score, each.spans, each.margin, each.trust)
            for each in topics
        ]

    def _add_learned(
        self, by_key: dict[str, SuggestedTopic], document: Document, model: Model, fields: tuple[float, ...]
    ) -> None:
        """Add learned scores to those by words: the more entries a topic has, the more the learned score counts."""
        title, text = document.text[: document.title_end], document.text[document.title_end + 1 :]
        reading = model.read(title, text, fields)
        margins = reading.margins()
        lowered = document.lowered
        best = max(margins, key=lambda key: margins[key]) if margins else ""
        for key, number in zip(model.keys, model.numbers, strict=True):
            if key not in self.vocabulary.topics or key not in margins:
                continue
            trust = number / (number + HALF_TRUSTED)
            certainty = 1 / (1 + math.exp(-STEEPNESS * margins[key]))
            learned = trust * certainty
            cold = by_key[key].score if key in by_key else 0.0
            score = 1 - (1 - cold * (1 - 0.8 * trust)) * (1 - learned)
            spans = list(by_key[key].spans) if key in by_key else []
            shown = certainty >= WORTH_SHOWING or (key == best and margins[key] >= FARTHEST)
            if shown:
                spans += _places(lowered, reading.reasons(key), occupied=spans)
            if spans:
                topic = self._suggested(key, score, sorted(spans))
                by_key[key] = msgspec.structs.replace(topic, margin=margins[key], trust=trust)

    def _suggested(self, key: str, score: float, spans: list[Span]) -> SuggestedTopic:
        root = self.vocabulary.topics[self.aliases.roots[key]].iptc
        return SuggestedTopic(key, root, score, tuple(spans))


def _places(text: str, words: list[str], occupied: list[Span]) -> list[Span]:
    """The first occurrences of learned words, without those that overlap other evidence."""
    spans: list[Span] = []
    for word in words:
        if place := re.search(rf"\b{re.escape(word)}\b", text):
            start, end = place.span()
            if all(end <= other[0] or start >= other[1] for other in (*occupied, *spans)):
                spans.append((start, end, "learned"))
    return spans
