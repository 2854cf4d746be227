"""Whole dates in articles, and lines that date one. What is missing of a date, such as its year, is never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from pouch.content.dates import parse_moment, write_moment
from pouch.content.entry import Moment
from pouch.convert.text.headings import plain, without_aside, words
from pouch.convert.text.months import LANGUAGES, SOLAR_HIJRI, from_buddhist, from_solar_hijri, months


def parse_date(text: str) -> Moment | None:
    """The date, or date-time with its offset, that `text` spells in ISO 8601; None where it spells none.

    A time without an offset is left out: whose time it is would be a guess.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        value = moment.replace(microsecond=0) if moment.tzinfo else moment.date()
        if len(text.strip()) == 10:
            value = moment.date()
        return parse_moment(write_moment(value))
    except ValueError:
        return None


MOST_CREDITED = 6
"""Words of names and offices beside a date."""
MOST_IN_A_PIECE = 5
"""Words of a piece beside a date: a name, a rubric, a number of comments."""
MOST_SIGNED = 4
"""Words of the name of who posted something."""

SHORT_LABEL = 40
"""Characters of a label over a date."""

_WORDS = re.compile(r"[^\W_]*[^\W\d_][^\W_]*")  # accounts have digits in their names
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20|1[34]|2[456])\d\d(?!\d)|\d\d年")
_DIGITS = str.maketrans(
    {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
)


@cache
def _spelt() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(name) for name in months()), key=len, reverse=True))
    hijri = "|".join(sorted(SOLAR_HIJRI, key=len, reverse=True))
    day = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th|er|º|°|ª)?"
    return re.compile(
        r"(?<![\d./-])(?P<year0>(?:19|20)\d\d)-(?P<month0>[01]\d)-(?P<day0>[0-3]\d)(?![\d-])"
        rf"|(?<![\w.]){day.format('day1')}(?:\.\s*|\s+)(?:de\s+|of\s+)?(?P<month1>{month})\.?,?\s+(?:de\s+|del\s+)?(?P<year1>(?:19|20)\d\d)\b"
        rf"|\b(?P<month2>{month})\.?\s+{day.format('day2')},?\s+(?P<year2>(?:19|20)\d\d)\b"
        r"|(?<![\w./-])(?P<day3>[0-3]?\d)\.\s?(?P<month3>[01]?\d)\.\s?(?P<year3>(?:19|20)\d\d)(?!\d|\.\d)"
        r"|(?<![\d./-])(?P<day4>[0-3]?\d)(?P<sign>/|-| \| )(?P<month4>[0-3]?\d)(?P=sign)"
        r"(?P<year4>(?:19|20)\d\d)(?![\d-])"
        r"|(?<![\d./-])(?P<year6>(?:19|20)\d\d)[/.](?P<month6>[01]?\d)[/.](?P<day6>[0-3]?\d)(?![\d/.])"
        rf"|(?<![\w.]){day.format('day7')}\s+(?P<month7>{month})\.?\s+(?:พ\.ศ\.\s*)?(?P<year7>2[456]\d\d)\b"
        rf"|(?<![\w.]){day.format('day8')}\s+(?P<month8>{hijri})\s+(?P<year8>1[34]\d\d)\b"
        # Year first: Hungarian and Lithuanian, then Latvian.
        rf"|(?<![\w.])(?P<year9>(?:19|20)\d\d)\.?\s+(?:m\.\s+)?(?P<month9>{month})\.?\s+{day.format('day9')}(?![\w:])"
        rf"|(?<![\w.])(?P<yearA>(?:19|20)\d\d)\.\s*gada\s+{day.format('dayA')}\.\s+(?P<monthA>{month})\b"
        rf"|(?<![\w.-])(?P<dayB>[0-3]?\d)-(?P<monthB>{month})-(?P<yearB>(?:19|20)\d\d)(?![\w-])"
        r"|\bngày\s+(?P<dayC>[0-3]?\d)\s+tháng\s+(?P<monthC>[01]?\d)\s+năm\s+(?P<yearC>(?:19|20)\d\d)\b"
        r"|(?P<year5>(?:19|20)\d\d)[年년]\s?(?P<month5>[01]?\d)[月월]\s?(?P<day5>[0-3]?\d)[日일]",
        re.IGNORECASE,
    )


class DateSpan(NamedTuple):
    """A date in a text, and the places where its spelling starts and ends."""

    day: date
    start: int
    end: int


@lru_cache(maxsize=2048)  # of a page, several rules ask about each line
def find_date(text: str) -> DateSpan | None:
    """The first whole date in `text`; None where there is none.

    03/05/2025 is no date: which of the two is the month would be a guess. 13/05/2025 and 05/13/2025 are.
    """
    if not text.isascii():
        text = text.replace("\u00a0", " ").replace("\u202f", " ").translate(_DIGITS)
    if not _YEAR.search(text):  # every spelling of a date has a year, and most texts have none
        return None
    for match in _spelt().finditer(text):
        parts = {name[:-1]: value for name, value in match.groupdict().items() if value and name != "sign"}
        spelt = parts["month"].casefold()
        day, year = int(parts["day"]), int(parts["year"])
        if match["year8"]:
            if (when := from_solar_hijri(year, SOLAR_HIJRI[spelt], day)) is not None:
                return DateSpan(when, match.start(), match.end())
            continue
        month = int(spelt) if spelt.isdigit() else months()[spelt]
        if match["year7"]:
            year = from_buddhist(year)
        if match["year4"]:
            if month > 12 >= day:
                month, day = day, month
            elif day <= 12 and day != month:
                continue
        try:
            return DateSpan(date(year, month, day), match.start(), match.end())
        except ValueError:
            continue
    return None


_TIME = re.compile(r"\b\d{1,2}\s?(?:[:.h]\s?\d{2}(?::\d{2})?|h\b)\s?(?:[ap]\.?\s?m\b\.?)?", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<day>[0-3]?\d\.[01]?\d\.)(?P<year>[0-3]\d)(?![\d.])")
_OFFSET = re.compile(r"\s[+-]\d{4}(?=\s)")
_ZONE = re.compile(r"\b(?:[A-Z]{1,2}[DS]?T|CES?T|EES?T|WES?T|UTC|GMT|[A-Z]{1,3}ST)(?:[+-]\d{1,2})?\b(?!\w)")
_ASIDE_WITH_YEAR = re.compile(r"\s*[(（][^()（）]*\d{4}[^()（）]*[)）]")
_PIECES = re.compile(r"\s+[|•·/–—-]\s+|\s*[|•·]\s*")
_ARTICLE = re.compile(r"[\s,]+(?:den|der|le|el|il|the|op|em|am|on|dnia|dne)$", re.IGNORECASE)
_SMALL = frozenset(
    ("de", "la", "le", "del", "di", "da", "an", "am", "der", "den", "and", "und", "et", "y", "e", "of")
)


@cache
def _short_spelt() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(name) for name in months()), key=len, reverse=True))
    return re.compile(
        rf"(?P<day>(?<![\w.])[0-3]?\d\.?\s+(?:de\s+)?(?:{month})\.?,?\s+(?:de\s+)?)['’]?(?P<year>[0-3]\d)(?=\W*$)",
        re.IGNORECASE,
    )


def _with_century(text: str) -> str:
    """A line of its own with its year in four digits: there 10.12.19 is a date; in prose it may be anything."""
    if _YEAR.search(text):
        return text
    return _short_spelt().sub(r"\g<day>20\g<year>", _SHORT_YEAR.sub(r"\g<day>20\g<year>", text))


def _with_day_together(text: str) -> str:
    """A line whose year may stand behind the time, as programs write it ("Jan 04 09:34 2021"), without the time."""
    return text if find_date(text) else _OFFSET.sub(" ", without_time(text))


def without_time(text: str) -> str:
    """`text` with each time of day as a space."""
    return _TIME.sub(" ", text)


@cache
def weekdays() -> frozenset[str]:
    """The names of the days of the week, and their short forms."""
    # Imported here: only conversion reads dates in words.
    from babel import Locale

    return frozenset(
        name.rstrip(".")
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(language).days["format"][width].values()
    )


@cache
def _dating_words() -> frozenset[str]:
    """Words of a line that dates its article, beside the date: "published", "on", weekdays."""
    date_words = (*_plainly("published"), *map(plain, weekdays()))
    # "segunda-feira" is two words to those who look for words.
    return frozenset(part for word in date_words for part in re.findall(r"[^\W\d_]+", word))


def date_line(text: str) -> date | None:
    """The date of a line that does nothing but date its article ("Published on 5 March 2025 at 10:22").

    None for every other line, for one that gives the date of an update only, and for prose that holds a date.
    """
    if len(text) > 100 or not _DIGIT.search(text):
        return None
    text = _with_day_together(_ZONE.sub(" ", _with_century(text)))
    if (date_span := find_date(text)) is None:
        return None
    if (published := _after_update(text, date_span)) is not None:
        return published
    when, start, end = date_span
    if (release := _release().match(text[:start])) is not None:
        text, start, end = text[release.end() :], start - release.end(), end - release.end()
    if (aside := _ASIDE_WITH_YEAR.match(text, end)) and not re.search(_updated(), aside.group()):
        return None  # the day of a birth, in another calendar too, or of a reign
    lowered = plain(text)
    for word in _plainly("updated"):
        if (at := lowered.find(word)) >= 0 and at < start:
            return None
    after = re.split(r"[|•·(–—]|" + _updated(), text[end:], maxsplit=1)[0]
    rest = without_time(f"{text[:start]} {after}")
    other_words = [word for word in re.findall(r"[^\W\d_]+", plain(rest)) if word not in _dating_words()]
    return when if not other_words else None


def _after_update(text: str, first: DateSpan) -> date | None:
    """The day of publication in a line that names the day of an update before it; `first` is that day."""
    update = re.search(_updated(), text)
    if update is None or update.start() > first.start:
        return None
    rest = text[first.end :].lstrip(" |•·,;–—-()")
    spelt = set(re.findall(r"[^\W\d_]+", plain(rest)))
    return date_line(rest) if spelt & _plainly("publishing") and len(rest) < len(text) else None


def place_line(text: str) -> date | None:
    """The date of a line that holds a place and a date and nothing else ("Bonn, den 5. März 2025")."""
    if len(text) > 80 or not _DIGIT.search(text):
        return None
    text = _with_century(text)
    if (date_span := find_date(text)) is None:
        return None
    when, start, end = date_span
    place = _ARTICLE.sub("", text[:start].rstrip(" ,:")).strip(" ,()")
    after = text[end:].strip(" .()")
    names = place.split()
    capitals = all(name[0].isupper() or not name[0].isalpha() or name in _SMALL for name in names)
    return when if 1 <= len(names) <= 5 and capitals and "," in text[: start + 1] and not after else None


def updated_line(text: str) -> bool:
    """Whether a line does nothing but say when its article was last changed ("Updated at 11:05, 9 March 2025")."""
    if len(text) > 100 or (date_span := find_date(text)) is None:
        return False
    if not (mark := re.search(_updated(), text, re.IGNORECASE)) or mark.start() > date_span.start:
        return False
    rest = without_time(text[: mark.start()] + text[mark.end() : date_span.start] + text[date_span.end :])
    return all(word in _dating_words() for word in re.findall(r"[^\W\d_]+", plain(rest)))


def credited_date(text: str) -> date | None:
    """The date of a line that may credit someone beside dating its article ("By Ann Author, 5 March 2025").

    The other words open with a capital or belong to a byline; there are few of them.
    """
    if len(text) > 100 or (date_span := find_date(text)) is None or re.search(_updated(), text):
        return None
    when, start, end = date_span
    rest = without_time(f"{text[:start]} {text[end:]}")
    if re.search(r"\d\d", rest):
        return None
    bylines = {word for opener in words("byline") for word in plain(opener).split()}
    other_words = [
        word for word in re.findall(r"[^\W\d_]+", rest) if plain(word) not in _dating_words() | bylines
    ]
    return (
        when if len(other_words) <= MOST_CREDITED and all(word[0].isupper() for word in other_words) else None
    )


@cache
def _release() -> re.Pattern[str]:
    openers = "|".join(re.escape(word) for word in sorted(words("press_release"), key=len, reverse=True))
    return re.compile(rf"(?:{openers})[\s,:|–—-]+(?:[^\W\d_]{{1,5}}\s+)?$", re.IGNORECASE)


def date_among_pieces(text: str) -> date | None:
    """The date in a line of short pieces beside a byline or a count ("Ann · 5 March 2025 · 7 comments")."""
    pieces = _PIECES.split(text.strip())
    if len(text) > 100 or len(pieces) < 2 or any(len(piece.split()) > MOST_IN_A_PIECE for piece in pieces):
        return None
    days = {day for piece in pieces if (day := date_line(piece)) is not None}
    if len(days) != 1 or re.search(_updated(), text) or not any(map(_is_an_articles, pieces)):
        return None
    return days.pop()


def _is_an_articles(piece: str) -> bool:
    """Whether a piece beside a date is what articles have, and events have not: a byline, a number of comments."""
    counted = re.match(r"\d+\s+(?P<noun>\D+)$", piece)
    return (
        plain(counted["noun"]) in _plainly("counted") if counted else _signed().fullmatch(piece) is not None
    )


_SIGNS = " |,·•»–—-"
_PARENTHESES = re.compile(r"\([^()]*\)")


@cache
def _signed() -> re.Pattern[str]:
    openers = "|".join(re.escape(word) for word in sorted(words("byline"), key=len, reverse=True))
    return re.compile(rf"(?:{openers})\s*:?\s+(?P<name>\S.*)", re.IGNORECASE)


@cache
def _published_at_end() -> re.Pattern[str]:
    beside = "|".join(re.escape(word) for word in sorted(_dating_words(), key=len, reverse=True))
    return re.compile(rf"(?:(?<![^\W\d_])(?:{beside})(?![^\W_])[\W\d_]*)+$", re.IGNORECASE)


def signed_date(text: str) -> date | None:
    """The date of a line that tells who posted something, and when ("Saved by mary on 5 March 2025").

    The name may be an account's in small letters, and stand behind the day; nothing but words of publication stands
    beside name, day and time.
    """
    text = _PARENTHESES.sub(" ", text).strip()
    if len(text) > 100 or (date_span := find_date(text)) is None or re.search(_updated(), text):
        return None
    when, start, end = date_span
    before = _published_at_end().sub("", text[:start]).strip(_SIGNS)
    after = without_time(text[end:]).strip(_SIGNS)
    for signature, beside in ((before, after), (after, before)):
        if (signed := _signed().fullmatch(signature)) and not _words_beside(beside):
            names = _words_beside(without_aside(signed["name"].rstrip(_SIGNS)))
            return when if 1 <= len(names) <= MOST_SIGNED else None
    return None


def _words_beside(text: str) -> list[str]:
    """The words of a text that do not belong to a line which dates its article."""
    return [word for word in _WORDS.findall(text) if plain(word) not in _dating_words()]


def published_label(text: str) -> bool:
    """Whether a line does nothing but announce the day of publication, which follows it ("Published on:")."""
    return bool(_plainly("publishing") & _words_of_label(text)) and _words_of_label(text) <= _dating_words()


def other_label(text: str, *, but_updates: bool = False) -> bool:
    """Whether a line announces what follows it, and that is no day of publication ("Available until:").

    `but_updates`: and no day of an update either.
    """
    if not text.rstrip().endswith((":", "：")) or (but_updates and re.search(_updated(), text)):
        return False
    return not _words_of_label(text) <= _dating_words()


def _words_of_label(text: str) -> frozenset[str]:
    is_label = len(text) <= SHORT_LABEL and not _DIGIT.search(text)
    return frozenset(re.findall(r"[^\W\d_]+", plain(text))) if is_label else frozenset()


def published_line(text: str) -> date | None:
    """The date of a line that says that it is the date of publication."""
    if len(text) > 100 or (when := date_line(text)) is None:
        return None
    spelt = set(re.findall(r"[^\W\d_]+", plain(text)))
    return when if spelt & _plainly("publishing") else None


@cache
def _plainly(kind: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words(kind))


@cache
def _updated() -> str:
    return "(?i:" + "|".join(re.escape(word) for word in words("updated")) + ")"


_PLACE = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*(?:[ ,/]+(?:le|the|am|den|el|il|op|em)\b)?[ ,./()-]*){1,6}")


def dateline(text: str) -> date | None:
    """The date in the dateline that opens a paragraph ("GENEVA, 5 March 2025 (Agency) – …"), if it is whole.

    It may stand in brackets: alone ("(5 March 2025) …"), or behind the place and a comma, or before a sign. Behind a
    name and without either it is rather the day of a birth.
    """
    head = text[:120]
    if (date_span := find_date(head)) is None:
        return None
    when, start, end = date_span
    before, after = head[:start].strip(), text[end:]
    place = before.removesuffix("(").rstrip()
    if place != before and after.startswith(")"):
        parted = not place or place.endswith(",") or re.match(r"\)\s?[-–—:.]+\s", after)
        return when if parted and (not place or _PLACE.fullmatch(f"{place} ")) else None
    follows = re.match(r"\s*(?:\([^)]{1,40}\)|/[^/]{1,40}/)?\s*[-–—:.]+\s", after)
    if not before or plain(before) in _dating_words() or not follows or not _PLACE.fullmatch(before + " "):
        return None
    return when
