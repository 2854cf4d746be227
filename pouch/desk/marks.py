"""The evidence for each proposal, as marks on the passages: countries, topics, the date and the author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from pouch.content.entry import Moment
from pouch.convert.text.dates import find_date
from pouch.desk.passages import Passage
from pouch.tag.analysis import Analysis, Evidence

Kind = Literal["country", "topic", "date", "author"]


class Mark(msgspec.Struct, frozen=True):
    """A piece of evidence in a passage."""

    passage: int  # its place in the list; -1: the title
    start: int  # in the passage's text, in UTF-16 units, as browsers count
    end: int
    kind: Kind
    key: str  # the country's code, the topic's key; what the field holds for a date and an author
    rule: str  # which kind of evidence it is: `pouch.tag.gazetteer.Kind`, or the role of the passage


class Reason(msgspec.Struct, frozen=True):
    """Why a term is proposed."""

    key: str
    role: str  # primary, mention or topic
    score: float  # 0 to 1; of a topic the probability that editors give the text this topic
    counts: dict[str, int]  # pieces of evidence by rule


def analysed_text(passages: Sequence[Passage]) -> tuple[str, list[tuple[int, int]]]:
    """The text that is analysed, a passage a line, and of each line (where it starts, its passage's place)."""
    lines, starts, at = [], [], 0
    for place, passage in enumerate(passages):
        if passage.text and not passage.rule and (not passage.field or passage.role == "key point"):
            starts.append((at, place))
            lines.append(passage.text)
            at += len(passage.text) + 1
    return "\n".join(lines), starts


def marks_of(
    analysis: Analysis, title: str, passages: Sequence[Passage], starts: Sequence[tuple[int, int]]
) -> Iterator[Mark]:
    """The evidence of an analysis, each piece where it stands."""
    evidence: list[tuple[Kind, str, Evidence]] = [
        *(("country", tag.code, one) for tag in analysis.countries for one in tag.evidence),
        *(("topic", tag.key, one) for tag in analysis.topics for one in tag.evidence),
    ]
    for kind, key, one in evidence:
        start = one.start - len(title) - 1
        if start < 0:
            if one.start + len(one.text) <= len(title):
                yield _mark(-1, title, one.start, len(one.text), kind, key, one.kind)
            continue
        at, place = max(each for each in starts if each[0] <= start)
        text = passages[place].text
        if start - at + len(one.text) <= len(text):
            yield _mark(place, text, start - at, len(one.text), kind, key, one.kind)


def fact_marks(passages: Sequence[Passage], author: str, moment: Moment | None) -> Iterator[Mark]:
    """The places that say who wrote the article and when: in the passages with that role, else in the first that do."""
    of_role = sorted(range(len(passages)), key=lambda place: passages[place].role not in ("byline", "date"))
    if author:
        for place in of_role:
            text = passages[place].text
            if (at := text.find(author)) >= 0:
                yield _mark(place, text, at, len(author), "author", author, passages[place].role or "text")
                break
    day = moment.date() if isinstance(moment, datetime) else moment
    if isinstance(day, date):
        for place in of_role:
            text = passages[place].text
            spelt = find_date(text)
            if spelt is not None and spelt[0] == day:
                rule = passages[place].role or "text"
                yield _mark(place, text, spelt[1], spelt[2] - spelt[1], "date", day.isoformat(), rule)
                break


def dates_in(passages: Sequence[Passage], most: int = 3) -> list[str]:
    """The first dates that the article names, as a date is written in front matter."""
    dates: dict[str, None] = {}
    for passage in passages:
        if len(dates) < most and (spelt := find_date(passage.text)) is not None:
            dates[spelt[0].isoformat()] = None
    return list(dates)


def reasons_of(analysis: Analysis) -> Iterator[Reason]:
    """The proposals of an analysis, best first."""
    for country in analysis.countries:
        yield Reason(country.code, country.role, country.score, _counts(country.evidence))
    # Of topics the confidence decides which a draft names.
    for topic in sorted(analysis.topics, key=lambda each: -each.confidence):
        yield Reason(topic.key, "topic", topic.confidence, _counts(topic.evidence))


def _counts(evidence: Sequence[Evidence]) -> dict[str, int]:
    counted: Mapping[str, int] = Counter(one.kind for one in evidence)
    return dict(counted)


def _mark(place: int, text: str, start: int, length: int, kind: Kind, key: str, rule: str) -> Mark:
    first, last = _units(text, start), _units(text, start + length)
    return Mark(place, first, last, kind, key, rule)


def _units(text: str, place: int) -> int:
    """The place in UTF-16 units of a place in characters."""
    return place + sum(ord(character) > 0xFFFF for character in text[:place])
