"""Dates in front matter: a bare date, or a date-time with its offset (RFC 3339, section 5.6)."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from pouch.characters import without_lookalikes
from pouch.content.entry import Moment

DATE_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT_PATTERN = (
    DATE_PATTERN + r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)? ?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?"
)

_date = re.compile(DATE_PATTERN, re.ASCII)
_moment = re.compile(MOMENT_PATTERN, re.ASCII)
_naive = re.compile(DATE_PATTERN + r"[Tt ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?", re.ASCII)
_loose = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", re.ASCII)
_day_first = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})[-/.]([0-9]{4})", re.ASCII)
_part = re.compile(r"([0-9]{4})(?:[-/.]?([0-9]{2}))?", re.ASCII)
_short_year = re.compile(r"[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}", re.ASCII)
_words = re.compile(r"[^\W\d_]+|[0-9]+")
_of_ordinals = frozenset({"st", "nd", "rd", "th", "er", "de", "del", "of", "the", "le"})

# Feeds and UTC conversion need room on both sides; a briefing before the printing press is a typing error.
_FIRST_YEAR, _LAST_YEAR = 1400, 9998
_FORM = "write a date such as 2025-03-05, or a time with its offset such as 2025-03-05T09:00+01:00"


class MomentError(ValueError):
    """A text that is no moment; `hint` says how to fix it."""

    def __init__(self, message: str, hint: str, fixed: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.fixed = fixed  # the date that it can only mean; empty where that is open


@lru_cache(maxsize=4096)
def parse_moment(text: str) -> Moment:
    """The date, or the aware date-time, that `text` writes. Raises MomentError."""
    try:
        if _date.fullmatch(text):
            value: Moment = date.fromisoformat(text)
        elif _moment.fullmatch(text):
            value = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "").upper())
        else:
            raise _explain(text)
    except MomentError:
        raise
    except ValueError as error:
        raise MomentError(f"{text!r} is not in the calendar", _calendar_hint(text)) from error
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise MomentError(f"the year of {text!r} cannot be", f"years run from {_FIRST_YEAR} to {_LAST_YEAR}")
    return value


def _explain(text: str) -> MomentError:
    if _naive.fullmatch(text):
        return MomentError(
            f"{text!r} has no offset",
            f"add it, such as {text.replace(' ', 'T')}+01:00, or leave only the date",
        )
    if match := _loose.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        try:
            correct_date = date(year, month, day)
            if _FIRST_YEAR <= year <= _LAST_YEAR:
                message = f"{text!r} is not written as year-month-day with two digits each"
                return MomentError(message, f"write {correct_date}", str(correct_date))
        except ValueError:
            pass
    if match := _day_first.fullmatch(text):
        message = f"{text!r} is not written as year-month-day"
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        # Points stand between a day and its month; behind a stroke either may come first, unless it is past 12.
        ways = [(second, first)] if match[2] == "." else [(second, first), (first, second)]
        days = {likely for month, day in ways if (likely := _day(year, month, day))}
        if len(days) == 1:
            return MomentError(message, f"write {days.pop()}")
        return MomentError(message, f"write {' or '.join(map(str, sorted(days)))}" if days else _FORM)
    if day_in_words := _in_words(text):
        return MomentError(
            f"{text!r} is not written as year-month-day", f"write {day_in_words}", str(day_in_words)
        )
    if match := _part.fullmatch(text):
        missing = "the day" if match[2] else "the month and the day"
        return MomentError(
            f"{text!r} is not a whole date", f"add {missing}, such as {match[1]}-{match[2] or '03'}-05"
        )
    if _short_year.fullmatch(text):
        return MomentError(f"{text!r} is not a date", "write the year with four digits, such as 2025-03-05")
    usual = without_lookalikes(text)
    if usual != text and usual.isascii():
        try:
            parse_moment(usual)
        except MomentError as error:
            return MomentError(f"{text!r} is not a date", error.hint, error.fixed)
        return MomentError(f"{text!r} is not a date", f"write {usual}", usual)
    return MomentError(f"{text!r} is not a date", _FORM)


def _calendar_hint(text: str) -> str:
    year, month, day = (int(part) for part in text[:10].split("-"))
    if not 1 <= month <= 12:
        return "months run from 01 to 12"
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return f"years run from {_FIRST_YEAR} to {_LAST_YEAR}"
    days = monthrange(year, month)[1]
    if 1 <= day <= days:
        return "hours run from 00 to 23, minutes and seconds from 00 to 59"
    return f"{month_name[month]} {year} has {days} days"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _in_words(text: str) -> date | None:
    """The date that a day, a month's name in one of the interface's languages and a year make."""
    numbers, months = list[int](), set[int]()
    for word in _words.findall(text.lower()):
        if word.isdigit():
            numbers.append(int(word))
        elif (month := _months().get(word)) is not None:
            months.add(month)
        elif word not in _of_ordinals:
            return None
    if len(months) != 1 or len(numbers) != 2:
        return None
    return _day(max(numbers), months.pop(), min(numbers))


@cache
def _months() -> dict[str, int]:
    """Names of months, short ones too, in lower case and without their point → 1 to 12."""
    from babel.dates import get_month_names  # Only a fault asks: Babel takes a while to load.

    return {
        name.lower().rstrip("."): month
        for lang in ("en", "fr", "de", "es")
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, locale=lang).items()
    }


def write_moment(moment: Moment) -> str:
    """The text that `parse_moment` reads back."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    text = moment.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """The moment in UTC; a bare date is 00:00 in `zone`."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    return moment.astimezone(UTC)


def day_of(moment: Moment | None) -> date | None:
    """The day of a date, or of a date-time as its own offset has it."""
    return moment.date() if isinstance(moment, datetime) else moment


def shown(moment: datetime, zone: ZoneInfo) -> str:
    """An instant as people read it, on the site's clock: the day alone where it is midnight."""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d}" if not (local.hour or local.minute) else f"{local:%Y-%m-%d %H:%M} ({zone.key})"
