"""Topics by the vocabulary's own words: labels and aliases that occur in the text.

A word counts more the fewer topics it suggests and the more words it has; in the title and the lead more than
further on; repeated, ever less. What speaks for a topic speaks for the topics above it too: the root that the
whole text speaks for most decides which topics come first.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import msgspec

from pouch.tables import table
from pouch.tag.document import Document, lower
from pouch.tag.inflection import other_forms
from pouch.tag.matching import Matcher
from pouch.vocabulary.terms import Topic, above

SHORTEST_STEMS = {"fr": {"s": 4, "x": 4, "e": 5, "es": 5}}
"""Letters that a word needs before an ending, where shorter ones become other words: "foi", "fois"; "port", "porte"."""
UNACCENTED = 200
"""Characters of a text without one accent from which it has lost its accents."""
MOSTLY = 0.5
"""Share of a language's aliases with a capital from which capitals are no sign of a name, as in German."""
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

Span = tuple[int, int, Literal["alias", "learned"]]
"""Start and end in `Document.text`, and which source the evidence is from."""


class Word(msgspec.Struct, frozen=True):
    """The topics of one word or phrase."""

    keys: tuple[str, ...]  # topics that it suggests
    weight: float
    length: int  # letters, without an ending
    capitals: bool  # an abbreviation: only in capitals
    capital: bool  # a name: only with a capital
    capitals_at: tuple[int, ...]  # letters that have lost an accent as a capital may: "chef d'Etat"
    bare: bool  # written without its accents: only in capitals, or in a text that has no accents
    stem: bool = True


class AliasMatcher:
    """A matcher for the words of `topics` in one language."""

    def __init__(self, lang: str, topics: Mapping[str, Topic]) -> None:
        self._lines = {key: above(key, topics) for key in topics}
        self.roots = {key: line[-1] if line else key for key, line in self._lines.items()}
        self._doubtful = doubtful_words(lang) | {lower(name) for _, name, doubtful in _names() if doubtful}
        self._shortest = SHORTEST_STEMS.get(lang, {})
        words = dict(_words(lang, topics))
        self._matcher = Matcher(words, table("pouch.tag", "endings").get(lang, [""])) if words else None

    def weigh(self, document: Document) -> dict[str, tuple[float, list[Span]]]:
        """Score (0 to 1) and places of each topic with a word in the text."""
        if self._matcher is None:
            return {}
        spans: dict[str, list[Span]] = {}
        headlines: dict[str, float] = {}
        tallies: dict[str, dict[str, float]] = {}
        lead_start, lead_end = document.lead
        text = document.lowered
        accented = len(text) < UNACCENTED or not text.isascii()
        for word, start, end in self._matcher.find(text):
            if document.is_masked(start) or not self._is_meant(word, document.text[start:end], accented):
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
        self._drop_doubtful(tallies, headlines, spans)
        own = {
            key: sum(math.log1p(points) for points in tally.values()) + HEADLINE * headlines.get(key, 0.0)
            for key, tally in tallies.items()
        }
        under: dict[str, list[float]] = {}
        for key in own:
            under.setdefault(self.roots[key], []).append(own[key])
        roots = {root: sum(sorted(points, reverse=True)[:STRONGEST]) for root, points in under.items()}
        return {
            key: (1 - math.exp(-(own[key] + ROOT * roots[self.roots[key]]) / 12), spans[key]) for key in own
        }

    def _is_meant(self, word: Word, surface: str, accented: bool) -> bool:
        """Whether a surface is the vocabulary's word and not another word of the same letters.

        "Mondial" is a championship, "mondial" is worldwide; "MARCHE" may be "marché", "marche" is not; "fois" is no
        plural of "foi".
        """
        if (word.capitals or (word.bare and accented)) and not surface.isupper():
            return False
        if word.capital and not surface[0].isupper():
            return False
        if accented and not all(surface[at].isupper() for at in word.capitals_at):
            return False
        return word.length >= self._shortest.get(surface[word.length :].lower(), 0)

    def _drop_doubtful(
        self,
        tallies: dict[str, dict[str, float]],
        headlines: dict[str, float],
        spans: dict[str, list[Span]],
    ) -> None:
        """Removes topics that only words of two meanings suggest, unless a topic above or below has a sure word."""
        if not self._doubtful:
            return
        sure = {key for key, tally in tallies.items() if not self._doubtful.issuperset(tally)}
        related = {above for key in sure for above in self._lines[key]}
        for key in [key for key in tallies if key not in sure]:
            if key not in related and not sure.intersection(self._lines[key]):
                del tallies[key], spans[key]
                headlines.pop(key, None)


@cache
def _names() -> tuple[tuple[str, str, bool], ...]:
    """The world's proper names: the key of the standard topic, the name, and whether it has a second meaning."""
    rows = table("pouch.tag", "names").items()
    return tuple((key, name.removesuffix("?"), name.endswith("?")) for key, names in rows for name in names)


def doubtful_words(lang: str) -> frozenset[str]:
    """The words of two meanings of a language."""
    return frozenset(table("pouch.tag", "doubtful").get(lang, ()))


def _words(lang: str, topics: Mapping[str, Topic]) -> Iterator[tuple[str, Word]]:
    keys: dict[str, dict[str, float]] = {}
    shapes: dict[str, list[tuple[bool, bool, bool]]] = {}
    unaccented: dict[str, tuple[int, ...]] = {}
    aliases = [alias for topic in topics.values() for alias in topic.aliases.get(lang, ())]
    names = sum(alias[:1].isupper() for alias in aliases) < MOSTLY * len(aliases)
    for topic in topics.values():
        label = topic.labels.get(lang)
        for word, weight, is_label in [
            *(((label, LABEL, True),) if label else ()),
            *((alias, 1.0, False) for alias in topic.aliases.get(lang, ())),
        ]:
            abbreviation = word.isupper() and len(word) <= 5
            name = names and not is_label and word[:1].isupper() and " " not in word
            for inflected in (word, *other_forms(lang, word)):
                for form, bare, at in _forms(inflected):
                    keys.setdefault(form, {}).setdefault(topic.key, weight)
                    shapes.setdefault(form, []).append((abbreviation, name, bare))
                    unaccented[form] = at if unaccented.get(form, at) else ()
    for key, name, _ in _names():
        if key in topics:
            form = lower(name.replace("’", "'"))
            if topics[key].key not in keys.setdefault(form, {}):
                keys[form][key] = 1.0
                shapes.setdefault(form, []).append((name.isupper() and len(name) <= 5, True, False))
                unaccented[form] = ()
    for form, topic_weights in keys.items():
        weight = (
            max(topic_weights.values())
            / len(topic_weights)
            * (1 + PHRASE * (form.count(" ") + form.count("-")))
        )
        capitals, capital, bare = (all(each) for each in zip(*shapes[form], strict=True))
        yield form, Word(tuple(topic_weights), weight, len(form), capitals, capital, unaccented[form], bare)


def _forms(word: str) -> Iterator[tuple[str, bool, tuple[int, ...]]]:
    """A word in lower case, then without accents: whether letters within words lack one, else which first letters."""
    plain = lower(unicodedata.normalize("NFC", word).replace("’", "'").replace("\u2010", "-"))
    yield plain, False, ()
    letters = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    bare = unicodedata.normalize("NFC", letters)
    if bare != plain and len(bare) >= 5:
        changed = [at for at in range(len(bare)) if bare[at] != plain[at]] if len(bare) == len(plain) else []
        first = tuple(at for at in changed if not at or not plain[at - 1].isalpha())
        only_first = bool(changed) and len(first) == len(changed)
        yield bare, not only_first, first if only_first else ()
