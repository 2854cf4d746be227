"""Topics by the vocabulary's own words: labels and aliases found in the text, whatever the archive has learned.

A word counts more the fewer topics it suggests and the more words it has; in the title and the lead more than
further on; repeated, ever less. What speaks for a topic speaks for the topics above it too: the root that the
whole text speaks for most decides which topics come first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

import msgspec

from pouch.tag.document import Document
from pouch.tag.learning import Model
from pouch.tag.matching import Matcher
from pouch.vocabulary.vocabulary import Vocabulary

ENDINGS = {
    "en": ("", "s", "es", "'s"),
    "fr": ("", "s", "e", "es", "x"),
    "de": ("", "e", "en", "er", "es", "s", "n", "em"),
    "es": ("", "s", "es"),
    "it": ("", "i", "e", "a", "o"),
    "pt": ("", "s", "es"),
    "nl": ("", "en", "s", "e"),
}
TITLE, LEAD = 3.0, 1.6
"""What a word in the title and in the lead counts, beside 1 further on."""
HEADLINE = 1.5
"""Further points for the weightiest word in the title."""
LABEL = 1.3
"""What a topic's own name counts, beside 1 for an alias."""
PHRASE = 0.7
"""What each further word of a phrase adds: "ministre de la défense" says more than "ministre"."""
ROOT, STRONGEST = 0.8, 3
"""How much of what speaks for a root (its strongest topics) counts for each topic under it."""
MOST = 10
"""Topics suggested at most."""
LEAST = 0.2
"""Part of the best one's score that a topic needs to be suggested."""
HALF_TRUSTED = 10
"""Entries after which what a topic has learned counts half."""
STEEPNESS = 1.5
"""How soon a learned margin becomes a certainty."""
WORTH_SHOWING = 0.3
"""Learned certainty from which a topic is suggested without a word of the vocabulary."""
FARTHEST = -1.3
"""Learned margin from which at least the best topic is suggested, however unsurely."""


Span = tuple[int, int, Literal["alias", "learned"]]
"""Start and end in `Document.text`, and which source the evidence is from."""


class Word(msgspec.Struct, frozen=True):
    """What one word or phrase stands for."""

    keys: tuple[str, ...]  # topics that it suggests
    weight: float
    capitals: bool  # an abbreviation: only in capitals
    stem: bool = True


class Found(msgspec.Struct, frozen=True):
    """A topic with the places that suggest it."""

    key: str
    root: str | None  # the top ancestor's IPTC code
    score: float  # 0 to 1
    spans: tuple[Span, ...]


class TopicMatcher:
    """The vocabulary's words of one language, ready to be found, and what the archive has learned."""

    def __init__(self, lang: str, vocabulary: Vocabulary, model: Model | None = None) -> None:
        self.vocabulary = vocabulary
        self.model = model
        self.roots = {key: (key, *vocabulary.ancestors(key))[-1] for key in vocabulary.topics}
        words = dict(_words(lang, vocabulary))
        self._matcher = Matcher(words, ENDINGS.get(lang, ("",))) if words else None

    def suggest(self, document: Document) -> list[Found]:
        """The topics that a text's words and the archive's entries suggest, best first."""
        found = {topic.key: topic for topic in self._by_words(document)}
        if self.model is not None:
            self._add_learned(found, document, self.model)
        order = {key: place for place, key in enumerate(self.vocabulary.topics)}
        ranked = sorted(found.values(), key=lambda topic: (-topic.score, order[topic.key]))
        best = ranked[0].score if ranked else 0.0
        return [topic for topic in ranked[:MOST] if topic.score >= LEAST * best]

    def _by_words(self, document: Document) -> list[Found]:
        if self._matcher is None:
            return []
        spans: dict[str, list[Span]] = {}
        headlines: dict[str, float] = {}
        tallies: dict[str, dict[str, float]] = {}
        lead_start, lead_end = document.lead
        text = _lower(document.text)
        for word, start, end in self._matcher.find(text):
            if document.is_masked(start) or (word.capitals and not document.text[start:end].isupper()):
                continue
            place = 1.0
            if start < document.title_end:
                place = TITLE
            elif lead_start <= start < lead_end:
                place = LEAD
            surface = text[start:end]
            for key in word.keys:
                if start < document.title_end:
                    headlines[key] = max(headlines.get(key, 0.0), word.weight)
                spans.setdefault(key, []).append((start, end, "alias"))
                tally = tallies.setdefault(key, {})
                tally[surface] = tally.get(surface, 0.0) + place * word.weight
        own = {
            key: sum(math.log1p(points) for points in tally.values()) + HEADLINE * headlines.get(key, 0.0)
            for key, tally in tallies.items()
        }
        under: dict[str, list[float]] = {}
        for key in own:
            under.setdefault(self.roots[key], []).append(own[key])
        roots = {root: sum(sorted(points, reverse=True)[:STRONGEST]) for root, points in under.items()}
        return [
            self._found(key, 1 - math.exp(-(own[key] + ROOT * roots[self.roots[key]]) / 12), spans[key])
            for key in own
        ]

    def _add_learned(self, found: dict[str, Found], document: Document, model: Model) -> None:
        """Learned and cold add up: the more entries have taught a topic, the more their word counts."""
        title, text = document.text[: document.title_end], document.text[document.title_end + 1 :]
        margins = model.margins(title, text)
        lower = _lower(document.text)
        best = max(margins, key=lambda key: margins[key]) if margins else ""
        for key, number in zip(model.keys, model.numbers, strict=True):
            if key not in self.roots or key not in margins:
                continue
            trust = number / (number + HALF_TRUSTED)
            learned = trust / (1 + math.exp(-STEEPNESS * margins[key]))
            cold = found[key].score if key in found else 0.0
            score = 1 - (1 - cold * (1 - 0.8 * trust)) * (1 - learned)
            spans = list(found[key].spans) if key in found else []
            shown = learned >= WORTH_SHOWING or (key == best and margins[key] >= FARTHEST)
            if shown:
                spans += _places(lower, model.reasons(title, text, key), taken=spans)
            if key in found or shown:
                found[key] = self._found(key, score, sorted(spans))

    def _found(self, key: str, score: float, spans: list[Span]) -> Found:
        return Found(key, self.vocabulary.topics[self.roots[key]].iptc, score, tuple(spans))


def _places(lower: str, words: list[str], taken: list[Span]) -> list[Span]:
    """Where the words that the archive has taught first stand, less where other evidence stands already."""
    found: list[Span] = []
    for word in words:
        begin = word.removesuffix("-")
        place = re.search(
            rf"(?<!\w){re.escape(begin)}{'' if begin != word else chr(92) + 'b'}".replace(" ", r"\W+"), lower
        )
        if place:
            start, end = place.span()
            while end < len(lower) and lower[end].isalnum():
                end += 1
            if all(end <= other[0] or start >= other[1] for other in (*taken, *found)):
                found.append((start, end, "learned"))
    return found


def _words(lang: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Word]]:
    keys: dict[str, dict[str, float]] = {}
    capitals: dict[str, bool] = {}
    for topic in vocabulary.topics.values():
        label = topic.labels.get(lang)
        for word, weight in [
            *(((label, LABEL),) if label else ()),
            *((w, 1.0) for w in topic.aliases.get(lang, ())),
        ]:
            for form in _forms(word):
                keys.setdefault(form, {}).setdefault(topic.key, weight)
                short = word.isupper() and len(word) <= 5
                capitals[form] = capitals.get(form, True) and short
    for form, topics in keys.items():
        weight = max(topics.values()) / len(topics) * (1 + PHRASE * (form.count(" ") + form.count("-")))
        yield form, Word(tuple(topics), weight, capitals[form])


def _forms(word: str) -> Iterator[str]:
    plain = _lower(unicodedata.normalize("NFC", word).replace("’", "'").replace("\u2010", "-"))
    yield plain
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    if bare != plain and len(bare) >= 5:
        yield unicodedata.normalize("NFC", bare)


def _lower(text: str) -> str:
    """Lower case, one character for one."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
