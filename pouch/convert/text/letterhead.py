"""Lines above the headline of a text: the head of a release, a series, an issuer, a channel's name.

The words are data: data/letterheads.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pouch.convert.text.dates import date_line, find_date, place_line
from pouch.convert.text.headings import byline, plain
from pouch.tables import any_of, words

LONGEST_LINE = 120
"""Characters of a line of a letterhead."""

MOST_ISSUER_WORDS = 9
"""Words of an issuer's name."""

MOST_CHANNEL_WORDS = 6
"""Words of a channel's name."""

_NUMBERED = (
    r"(?:\W*(?:no|nr|n|núm|num|č|№|n°|nº|n\.º|número|numéro|numero|ausgabe|issue)\b\W*|\W*)\d[\d/.\-–]*\W*"
)
_LETTERS = re.compile(r"[^\W_]+")
# The line below a messenger's post: its channel's handle, or the number of views.
_HANDLE = re.compile(r"(?:@|(?:https?://)?t\.me/)(?P<handle>\w{4,})/?")
_ADDRESS = re.compile(r"(?:https?://\S+|www\.\S+|\S+@\S+\.\w+)")
_BOLD = re.compile(r"(?P<mark>\*\*|__|[*_~])(?P<text>\S(?:.*\S)?)(?P=mark)")


def _any(kind: str) -> str:
    return any_of(words("pouch.convert.text", "letterheads", kind))


@cache
def _release() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_any('release')})(?!\w)(?P<rest>.*)")


@cache
def _series() -> re.Pattern[str]:
    named = rf"(?<!\w)(?:{_any('series')})(?!\w)"
    return re.compile(rf"(?:.*[\s–—|:,-])?{named}{_NUMBERED}(?:[–—|·,(]?\s*(?P<rest>.*))?")


@cache
def _issuer() -> re.Pattern[str]:
    # A word of German or Dutch is as often the end of a longer one: "Außenministerium".
    return re.compile(rf"(?<!\w)(?:\w{{2,}})?(?:{_any('issuer')})(?!\w)")


@cache
def _views() -> re.Pattern[str]:
    return re.compile(rf"\W*\d[\d.,\s]*[kmb]?\s*(?:{_any('views')})(?!\w).{{0,40}}", re.IGNORECASE)


def is_release_mark(text: str) -> bool:
    """Whether a line is the head of a release: "PRESS RELEASE No. 87/2025", perhaps with its issuer or its date."""
    lowered = plain(text)
    if len(text) > LONGEST_LINE or not (mark := _release().fullmatch(lowered)):
        return False
    rest = mark["rest"]
    if (day := find_date(rest)) is not None:
        rest = rest[: day[1]] + rest[day[2] :]
    rest = re.sub(rf"^{_NUMBERED}", " ", rest)
    # What goes on behind a colon or in other words is a headline of its own: "Communiqué sur la pêche".
    return len(_LETTERS.findall(rest)) <= 1 or (
        rest.lstrip()[:1] in "|–—-,(" and _issuer().search(rest) is not None
    )


def is_series(text: str) -> bool:
    """Whether a line names a series and its number: "Institute for River Trade – Policy Brief 12"."""
    if len(text) > LONGEST_LINE or text.rstrip()[-1:] in "?!":
        return False
    match = _series().fullmatch(plain(text))
    if match is None:
        return False
    rest = match["rest"] or ""
    return (
        not rest
        or (find_date(rest) is not None and len(rest) < 40)
        or re.fullmatch(r"[\w\s]*\d{4}\W*", rest) is not None
    )


def is_issuer(text: str) -> bool:
    """Whether a line reads as the name of a ministry, an institute or an office: few words, none of them a verb's."""
    names = text.split()
    return (
        len(names) <= MOST_ISSUER_WORDS
        and text.rstrip()[-1:] not in ".!?:;"
        and _issuer().search(plain(text)) is not None
        and sum(name[:1].isupper() or not name[:1].isalpha() for name in names) * 2 >= len(names)
    )


def is_post_foot(text: str) -> bool:
    """Whether a line tells how often a post was seen ("12.4K views · 08:12"), or is its channel's handle."""
    text = " ".join(text.split())
    return len(text) < 60 and (_views().fullmatch(text) or _HANDLE.fullmatch(text)) is not None


def handles(lines: Sequence[str]) -> set[str]:
    """The names of channels that stand in lines of their own, in small letters."""
    matches = (_HANDLE.fullmatch(line.strip()) for line in lines)
    return {match["handle"].casefold().replace("_", "") for match in matches if match}


def is_channel(text: str, lines: Sequence[str]) -> bool:
    """Whether a text's first line is the name of the channel that it was posted in.

    `lines` are the others: they hold the channel's handle or the times that the post was seen.
    """
    name = "".join(_LETTERS.findall(text)).casefold()
    if not name or len(text.split()) > MOST_CHANNEL_WORDS or text.rstrip()[-1:] in ".!?":
        return False
    names = handles(lines)
    if any(name in handle or handle in name for handle in names if len(handle) > 3):
        return True
    return any(is_post_foot(line) for line in lines)


def over_headline(lines: Sequence[str], rest: Sequence[str]) -> int:
    """The number of a text's opening lines that stand over its headline; 0 where the first line is it.

    `lines` are those before the first full paragraph, `rest` those after. A line is passed over where it marks a
    release, names a series or a channel, or dates what follows; an issuer's name where such a line stands beside it.
    A line that may be the headline always remains.
    """
    kinds = [_kind(line, lines, rest, number) for number, line in enumerate(lines)]
    if not any(kind in ("mark", "channel") for kind in kinds) and not (
        len(kinds) > 2 and kinds[0] == "issuer" and kinds[1] == "date"
    ):
        return 0
    count = 0
    while count < len(kinds) and kinds[count] is not None:
        count += 1
    if count < len(kinds):
        return count
    # Every line is of the head: the first that only its words made an issuer is the headline after all.
    return next((number for number in reversed(range(count)) if kinds[number] == "issuer"), 0)


def _kind(line: str, lines: Sequence[str], rest: Sequence[str], number: int) -> str | None:
    """The kind of a line that is not a headline; None if it may be one."""
    if is_release_mark(line) or is_series(line):
        return "mark"
    if date_line(line) or place_line(line):
        return "date"
    if byline(line) or _ADDRESS.fullmatch(line.strip()):
        return "date"
    if is_issuer(line):
        return "issuer"
    if not number and len(lines) > 1 and is_channel(line, rest):
        return "channel"
    return None


def without_marks(text: str) -> str | None:
    """A line without the signs by which messengers write all of it bold or italic; None where it has none."""
    match = _BOLD.fullmatch(text.strip())
    if match is None or match["mark"] in match["text"]:
        return None
    return match["text"]
