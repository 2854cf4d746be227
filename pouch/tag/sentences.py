"""Candidate key points: the sentences of a text that say most of it, chosen without a model.

An extractive summary over the features that news has: where a sentence stands (Edmundson, "New Methods in Automatic
Extracting", JACM 1969), how much it shares with the title, and how central its words are to the text (SumBasic:
Nenkova and Vanderwende, "The Impact of Frequency on Summarization", 2005). A sentence that repeats a chosen one loses
(MMR: Carbonell and Goldstein, SIGIR 1998). Only whole sentences of the text are returned; nothing is rewritten.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, islice

import msgspec

MOST = 3
"""Candidates at most."""
CONSIDERED = 300
"""Sentences of a text that are compared; what matters stands before."""
SHORTEST, LONGEST = 40, 320
"""Characters of a candidate; in a script without blanks a third of that."""
OPENING = 300
"""Characters, at most, of a paragraph that stands for a summary."""
TITLE, PLACE, NUMBER = 0.6, 0.5, 0.1
"""What the title's words, the place in the text and a number count, beside the words' frequency as 1."""
REPEATED = 0.5
"""Share of common words from which two sentences say the same."""
PREFIX = 6
"""Letters that two words share if they are forms of one word."""

# A full stop, question or exclamation mark, the signs that may close it, then a blank and the start of a sentence.
# One set of signs opens all of it: the search passes over every other character at once.
_END = re.compile(
    r"""[.!?…؟۔।。！？\n](?:(?<=[.!?…؟۔।])[.!?…؟۔।]*["'”’»)\]]*(?=\s+["'“‘«„(\[¿¡]*[^\W_a-zß-öø-ÿ])"""
    r"""|(?<=[。！？])[。！？]*["”’」』）]*|(?<=\n)\n*)"""
)
# A full stop after a single letter, a title or a day's number ends no sentence: "J. Doe", "U.S. forces", "Dr. Doe".
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|[^\W\d_]\.[^\W\d_]|\d{1,2}|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|St|Rev"
    r"|Mme|Mlle|Hr|Sr|Sra|Dra|Srta|Sig|Dott|Nr|No|no|art|Art|vs|ca|bzw|usw|etc|г|ул|св|им|рр?|ул|tzv|sv|św|ul|al)\.$"
)
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ASCII_STEM = re.compile(rf"([a-z]{{4,{PREFIX}}})[a-z]*")
_OPENING_QUOTE = tuple("\"'“‘«„「『–—-•*")
# A sentence that opens with one of these speaks of something in the sentence before it.
_POINTS_BACK_BY_LANG = {
    "en": "he she it they his her its their this that these those such there here but and so however meanwhile",
    "fr": "il elle ils elles ce cet cette ces cela celui celle ceux celles ceci son sa ses leur leurs mais or et donc",
    "de": "er sie es dies dieser diese dieses jener jene dort dazu dabei damit doch aber und ihr ihre sein seine",
    "es": "él ella ellos ellas este esta esto estos estas ese esa eso esos aquel pero y su sus así",
    "it": "egli lui lei loro esso essa essi questo questa questi queste quello quella ciò ma e suo sua tale",
    "pt": "ele ela eles elas este esta isto isso esse essa esses essas aquele mas e seu sua",
    "nl": "hij zij ze het dit dat deze die maar en zijn haar hun daar",
    "bg": "той тя те то това този тази тези но и",
    "ru": "он она они оно это этот эта эти но и его её их",
    "uk": "він вона вони воно це цей ця ці але і та його її їх",
    "pl": "on ona ono oni one to ten ta ci te jego jej ich ale i",
    "cs": "on ona ono oni to ten ta ti toto tento tato tyto jeho její jejich ale a",
    "sl": "on ona ono oni to ta ti te njegov njen njihov toda in",
}
_POINTS_BACK = {lang: frozenset(words.split()) for lang, words in _POINTS_BACK_BY_LANG.items()}
_MARKUP = re.compile(r"^(?:#{1,6} |[|>]|!\[|\d+[.)] |[-*+•] )")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a text, in positions of that text."""

    text: str
    start: int
    end: int


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order; a line break ends one. Lines of Markdown that are no prose are left out."""
    start = 0
    for end in chain(_ends(text), [len(text)]):
        part = text[start:end]
        stripped = part.strip()
        if stripped and not _MARKUP.match(stripped):
            begin = start + len(part) - len(part.lstrip())
            yield Sentence(stripped, begin, begin + len(stripped))
        start = end


def _ends(text: str) -> Iterator[int]:
    for end in _END.finditer(text):
        if end[0].startswith(".") and _ABBREVIATED.search(text, max(0, end.start() - 12), end.start() + 1):
            continue
        yield end.end()


def opening(paragraph: str, near: int = OPENING) -> str:
    """The first sentences of a paragraph, `near` characters or fewer; one long sentence may be a third longer.

    What has no end of a sentence there is cut between two words and ends with an ellipsis.
    """
    if len(paragraph) <= near:
        return paragraph
    ends = [sentence.end for sentence in split_sentences(paragraph)]
    before = [end for end in ends if near // 3 <= end <= near]
    after = [end for end in ends if near < end <= near + near // 3]
    if before or after:
        return paragraph[: (before[-1:] or after)[0]]
    # In a script without blanks the cut may be anywhere.
    cut = paragraph.rfind(" ", near // 2, near)
    return f"{paragraph[: cut if cut > 0 else near].rstrip(' ,;:–—-')} …"


def candidate_key_points(
    title: str, text: str, lang: str, *, most: int = MOST, without: Collection[str] = ()
) -> tuple[str, ...]:
    """At most `most` whole sentences that say most of a text, in the order of the text.

    `text` has one line for each paragraph and no markup. `without` are texts that stand beside it already, such as
    the summary: their content is not proposed again. A text of fewer than `most` + 2 sentences gives none.
    """
    sentences = list(islice(split_sentences(text), CONSIDERED))
    if len(sentences) < most + 2:
        return ()
    words = [_words(sentence.text) for sentence in sentences]
    frequency = Counter(chain.from_iterable(words))
    centrality = {word: math.log1p(times - 1) for word, times in frequency.items()}
    title_words = _words(title)
    scores: dict[int, float] = {}
    for place, (sentence, sentence_words) in enumerate(zip(sentences, words, strict=True)):
        if sentence_words and _stands_alone(sentence.text, lang):
            # An exact sum: the order of a set's words is another in each process.
            total = math.fsum(map(centrality.__getitem__, sentence_words))
            central = total / math.sqrt(len(sentence_words))
            shared = len(sentence_words & title_words) / math.sqrt(len(title_words) or 1)
            number = NUMBER * (_DIGIT.search(sentence.text) is not None)
            scores[place] = central / 2 + TITLE * shared + PLACE / (1 + place / 3) + number
    chosen: list[int] = []
    stated_words = [_words(one) for one in without]
    for place in sorted(scores, key=lambda place: (-scores[place], place)):
        if any(
            _repeats(words[place], other) for other in (*stated_words, *(words[other] for other in chosen))
        ):
            continue
        chosen.append(place)
        if len(chosen) == most:
            break
    return tuple(sentences[place].text for place in sorted(chosen))


def _stands_alone(sentence: str, lang: str) -> bool:
    scale = 3 if _UNSPACED.search(sentence) else 1
    if not SHORTEST <= len(sentence) * scale <= LONGEST:
        return False
    opening = _WORD.search(sentence)
    if opening is None or opening[0].lower() in _POINTS_BACK.get(lang, ()):
        return False
    return sentence.endswith((".", "。", "۔", "।", "…")) or (
        scale > 1 and not sentence.startswith(_OPENING_QUOTE)
    )


def _words(text: str) -> frozenset[str]:
    """The words of four letters and more, cut to their first letters; pairs of signs in a script without blanks."""
    folded = text.lower()
    if not folded.isascii():
        folded = _NOT_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", folded))
    if folded.isascii():
        return frozenset(_ASCII_STEM.findall(folded))
    words = _WORD.findall(folded)
    if not _UNSPACED.search(folded):
        return frozenset([word[:PREFIX] for word in words if len(word) >= 4])
    stems: set[str] = set()
    for word in words:
        if _UNSPACED.search(word):
            stems.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= 4:
            stems.add(word[:PREFIX])
    return frozenset(stems)


def _without_marks(signs: re.Match[str]) -> str:
    return "".join(sign for sign in signs[0] if not unicodedata.combining(sign))


def _repeats(words: frozenset[str], other: frozenset[str]) -> bool:
    return len(words & other) >= REPEATED * (min(len(words), len(other)) or 1)
