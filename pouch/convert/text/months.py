# ruff: noqa: E501  # right-to-left names are wider in columns than on screens
"""Names of months in the languages whose dates are read, and the calendars that count years otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

LANGUAGES = (
    "en", "fr", "de", "es", "it", "nl", "pt", "pl", "cs", "sk", "ru", "uk", "bg", "sl", "hr", "ro", "hu", "el", "tr",
    "sv", "da", "nb", "fi", "ca", "id", "nn", "et", "lv", "lt", "sr", "mk", "sq", "eu", "gl", "is", "ar", "he", "th", "hi",
    "sw", "vi",
)  # fmt: skip
"""Whose month names are read, from CLDR."""

# Spellings that CLDR has not, or has under another language first.
_OTHERS = {
    "sept": 9, "jänner": 1, "feber": 2, "juil": 7, "févr": 2, "mär": 3, "mrz": 3,
    # Syria, Lebanon, Iraq, Jordan, Palestine
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "نيسان": 4, "أيار": 5, "ايار": 5, "حزيران": 6, "تموز": 7, "آب": 8,
    "اب": 8, "أيلول": 9, "ايلول": 9, "تشرين الأول": 10, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
    "كانون الاول": 12,
    # Algeria, Tunisia, Morocco, and spellings without the signs over letters
    "جانفي": 1, "فيفري": 2, "أفريل": 4, "افريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "أوت": 8, "اوت": 8, "غشت": 8,
    "شتنبر": 9, "نونبر": 11, "دجنبر": 12, "ابريل": 4, "اغسطس": 8, "اكتوبر": 10,
    # Persian names of the months of our calendar
    "ژانویه": 1, "فوریه": 2, "مارس": 3, "آوریل": 4, "مه": 5, "ژوئن": 6, "ژوئیه": 7, "اوت ": 8, "سپتامبر": 9, "اکتبر": 10,
    "نوامبر": 11, "دسامبر": 12,
}  # fmt: skip

SOLAR_HIJRI = {
    "فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد": 5, "شهریور": 6, "مهر": 7, "آبان": 8, "آذر": 9, "دی": 10,
    "بهمن": 11, "اسفند": 12,
}  # fmt: skip
"""The months of Iran's calendar."""


@cache
def months() -> dict[str, int]:
    """The number of each name of a month, in small letters."""
    # Imported here: only conversion reads dates in words.
    from babel import Locale

    names: dict[str, int] = {}
    for language in LANGUAGES:
        calendar = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in calendar[context][width].items():
                    name = name.casefold().rstrip(".")
                    if len(name) > 2 and not any(sign.isdigit() or sign.isspace() for sign in name):
                        names.setdefault(name, number)
                        # Hebrew writes "in March" as one word.
                        if language == "he":
                            names.setdefault(f"ב{name}", number)
    names.update({name.strip(): number for name, number in _OTHERS.items()})
    return names


def from_buddhist(year: int) -> int:
    """The year of our era; Thailand counts 543 more. Years that can only be ours stay."""
    return year - 543 if 2450 <= year <= 2650 else year


def from_solar_hijri(year: int, month: int, day: int) -> date | None:
    """The day of our calendar that a date of Iran's names, for the years 1300 to 1498; None where there is no such day.

    The calendar's leap years of these two centuries leave the remainders below when they are divided by 33 (K. M. Borkowski,
    "The Persian calendar for 3000 years", 1996).
    """
    length = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if not 1300 <= year <= 1498 or not 1 <= month <= 12 or not 1 <= day <= length:
        return None
    days = sum(366 if _is_leap(one) else 365 for one in range(1300, year))
    passed = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date(1921, 3, 21) + timedelta(days + passed + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
