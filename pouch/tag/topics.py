"""Topics by the vocabulary's own words: labels and aliases found in the text, whatever the archive has learned.

A word counts more the fewer topics it suggests and the more words it has; in the title and the lead more than
further on; repeated, ever less. What speaks for a topic speaks for the topics above it too: the root that the
whole text speaks for most decides which topics come first.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

import msgspec

from pouch.tag.document import Document
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
"""Part of the best one's points that a topic needs to be suggested."""


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
    spans: tuple[tuple[int, int], ...]


class TopicMatcher:
    """The vocabulary's words of one language, ready to be found."""

    def __init__(self, lang: str, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.roots = {key: (key, *vocabulary.ancestors(key))[-1] for key in vocabulary.topics}
        words = dict(_words(lang, vocabulary))
        self._matcher = Matcher(words, ENDINGS.get(lang, ("",))) if words else None

    def suggest(self, document: Document) -> list[Found]:
        """The topics that a text's words suggest, best first."""
        if self._matcher is None:
            return []
        spans: dict[str, list[tuple[int, int]]] = {}
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
                spans.setdefault(key, []).append((start, end))
                tally = tallies.setdefault(key, {})
                tally[surface] = tally.get(surface, 0.0) + place * word.weight
        own = {
            key: sum(math.log1p(points) for points in tally.values()) + HEADLINE * headlines.get(key, 0.0)
            for key, tally in tallies.items()
        }
        return self._ranked(own, spans)

    def _ranked(self, own: dict[str, float], spans: dict[str, list[tuple[int, int]]]) -> list[Found]:
        under: dict[str, list[float]] = {}
        for key in own:
            under.setdefault(self.roots[key], []).append(own[key])
        roots = {root: sum(sorted(found, reverse=True)[:STRONGEST]) for root, found in under.items()}
        points = {key: own[key] + ROOT * roots[self.roots[key]] for key in own}
        order = {key: place for place, key in enumerate(self.vocabulary.topics)}
        best = max(points.values(), default=0.0)
        ranked = sorted(points, key=lambda key: (-points[key], order[key]))
        return [
            Found(
                key,
                self.vocabulary.topics[self.roots[key]].iptc,
                1 - math.exp(-points[key] / 12),
                tuple(spans[key]),
            )
            for key in ranked[:MOST]
            if points[key] >= LEAST * best
        ]


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
