"""The lines of a letter that are not its text: covering notes, heads of forwarded messages, greetings, closings.

The person who forwards a letter is not its source, and what is private in it must not be published. The words are data:
data/letters.toml; the signature after "-- " is RFC 3676's, section 4.3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from pouch.content.entry import Moment
from pouch.convert.text.dates import find_date
from pouch.convert.text.headings import plain
from pouch.tables import any_of
from pouch.tables import words as table_words

NOTE = 400
"""Characters below which what stands over another message is a covering note, and no letter of its own."""

FULL_PARAGRAPH = 120
LONGEST_CONTACT = 100
"""Characters of a line that says who someone is or how to reach them."""

LONGEST_FRAME = 500
"""Characters of a paragraph that tells of the newsletter."""

MOST_SIGNED = 15
"""Lines of a signature."""

MOST_HEAD = 14
"""Lines of the head of a message that is handed on."""

_KEY = re.compile(r"\W*(?P<key>[^\W\d_][^:：]{0,24}?)\s*[:：]\s*\**\s*(?P<value>.*?)\**\s*")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_DASHES = re.compile(r"[\s\-_=*>—–]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00|\(0|0)[\d\s()/.-]{6,}\d")


class Forwarded(msgspec.Struct, frozen=True):
    """The head of a message that is handed on."""

    sender: str | None = None  # the name, else the domain of the address
    date: Moment | None = None
    subject: str | None = None


class Letter(msgspec.Struct, frozen=True):
    """The lines of a letter that are not its text, by number from 0, each with its rule; and the original sender."""

    dropped: Mapping[int, str]
    lines: Sequence[str]  # as the message that is handed on has them, without the marks of a quotation
    forwarded: Forwarded | None = None


@cache
def _words(kind: str) -> tuple[str, ...]:
    plain_words = dict.fromkeys(map(plain, table_words("pouch.convert.text", "letters", kind)))
    return tuple(sorted(plain_words, key=len, reverse=True))


@cache
def _plain_words(kind: str) -> frozenset[str]:
    return frozenset(_words(kind))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(_words(kind))})(?!\w)")


def read_letter(lines: Sequence[str], *, handed_on: bool = False) -> Letter:
    """The lines of a letter that are its text. `handed_on`: its subject says that it hands another message on.

    A message is handed on where the words over it are few or its subject says so; otherwise it is quoted, and the
    letter above it is the text.
    """
    shown = list(lines)
    dropped: dict[int, str] = {}
    forwarded = None
    end = len(shown)
    start = 0
    while (head := _head(shown, start)) is not None:
        mark, first, last, header = head
        above = sum(len(shown[number].strip()) for number in range(start, mark))
        below = sum(len(line.strip()) for line in shown[last + 1 :])
        if below >= FULL_PARAGRAPH and (above < NOTE or handed_on or forwarded is not None):
            dropped.update(dict.fromkeys(range(start, mark), "covering-note"))
            dropped.update(dict.fromkeys(range(mark, last + 1), "message-head"))
            if _QUOTE.match(shown[first]):
                shown[last + 1 :] = [_QUOTE.sub("", line, count=1) for line in shown[last + 1 :]]
            forwarded, start = header, last + 1
            continue
        end = mark
        break
    end = min(end, _answered(shown, start, end))
    dropped.update(dict.fromkeys(range(end, len(shown)), "quoted-message"))
    _drop_ends(shown, start, end, dropped)
    return Letter(
        {number: rule for number, rule in dropped.items() if lines[number].strip()}, shown, forwarded
    )


def _head(lines: Sequence[str], start: int) -> tuple[int, int, int, Forwarded] | None:
    """The head of the next message: where its mark, its first and its last line stand, and what it says.

    A head names the sender, and two of day, subject and addressees, in any order.
    """
    for first in range(start, len(lines)):
        if (kind := _key(lines[first])) is None:
            continue
        last, keys = first, {kind: _value(lines[first])}
        for number in range(first + 1, min(first + MOST_HEAD, len(lines))):
            if not _QUOTE.sub("", lines[number], count=1).strip():
                if len(keys) > 2:
                    break
                continue  # Apple Mail's HTML parts the lines of a head
            kind = _key(lines[number])
            if kind is None or (kind in keys and kind != "to"):
                if number > last + 1 or len(keys) > 2:
                    break
                continue  # a long list of addresses goes on in the next line
            keys.setdefault(kind, _value(lines[number]))
            last = number
        if len(keys) > 2 and "from" in keys:
            return _mark_above(lines, start, first), first, last, _forwarded(keys)
    return None


def _mark_above(lines: Sequence[str], start: int, first: int) -> int:
    """The line that says that a message follows, right above its head; else the head's first line."""
    for number in range(first - 1, max(start, first - 4) - 1, -1):
        text = plain(_DASHES.sub(" ", lines[number])).strip(" :")
        if text in _plain_words("forwarded") or (
            text and any(text.startswith(mark) for mark in _words("forwarded"))
        ):
            return number
        if text and _DASHES.sub("", lines[number]):
            break
    rule = first - 1
    return rule if rule >= start and lines[rule].strip() and not _DASHES.sub("", lines[rule]) else first


def _key(line: str) -> str | None:
    """The key of a head that a line opens with."""
    if (match := _KEY.fullmatch(_QUOTE.sub("", line, count=1))) is None or not match["value"]:
        return None
    key = plain(match["key"])
    return next((kind for kind in ("from", "subject", "date", "to") if key in _plain_words(kind)), None)


def _value(line: str) -> str:
    match = _KEY.fullmatch(_QUOTE.sub("", line, count=1))
    return match["value"].strip() if match else ""


def _forwarded(keys: Mapping[str, str]) -> Forwarded:
    sender = keys["from"]
    name = re.split(r"\s*[<\[(]", sender, maxsplit=1)[0].strip(" \"'“”")
    if not name or "@" in name:
        address = _ADDRESS.search(sender)
        name = address.group().rpartition("@")[2] if address else ""
    day = find_date(keys.get("date", ""))
    return Forwarded(name or None, day[0] if day else None, keys.get("subject") or None)


def _answered(lines: Sequence[str], start: int, end: int) -> int:
    """The place where the message that a letter answers begins: "On Thursday, … wrote:", and quoted lines below it."""
    for number in range(start, end):
        text = plain(lines[number])
        below = next((line for line in lines[number + 1 : end] if line.strip()), "")
        wrote = len(text) < 200 and (_pattern("wrote").search(text) is not None)
        if wrote and lines[number].rstrip().endswith((":", "：")) and _QUOTE.match(below):
            return number
    return end


def _drop_ends(lines: Sequence[str], start: int, end: int, dropped: dict[int, str]) -> None:
    """Marks the greeting, the closing with the signature, lines about how to reach someone, and notices at the end."""
    texts = [number for number in range(start, end) if lines[number].strip()]
    for number in texts:
        if _is_notice(lines[number]):
            dropped[number] = "confidentiality"
    _drop_frame(lines, texts, dropped)
    if texts and _is_greeting(lines[texts[0]]):
        dropped[texts[0]] = "greeting"
    for number in texts:
        rest = [one for one in texts if one > number]
        if lines[number].rstrip("\r\n") in ("-- ", "--") and _is_signature(lines, rest, dropped):
            dropped.update(dict.fromkeys([number, *rest], "signature"))
            return
        if _is_closing(lines[number]) and _is_signature(lines, _until_text(lines, rest), dropped):
            tail = _until_text(lines, rest)
            dropped.update(dict.fromkeys([number, *(one for one in tail if one not in dropped)], "closing"))
    last = max((number for number in texts if len(lines[number].strip()) >= FULL_PARAGRAPH), default=None)
    if last is not None:
        for number in texts:
            if number > last and number not in dropped and _is_contact(lines[number]):
                dropped[number] = "contact"


def _drop_frame(lines: Sequence[str], texts: Sequence[int], dropped: dict[int, str]) -> None:
    """Marks what a newsletter says of itself, above and below its text: how to leave it, where to read it."""
    full = [
        number
        for number in texts
        if len(lines[number].strip()) >= FULL_PARAGRAPH and not is_frame(lines[number])
    ]
    for number in texts:
        if is_frame(lines[number]) and (not full or not full[0] < number < full[-1]):
            dropped.setdefault(number, "newsletter-frame")


def is_frame(line: str) -> bool:
    """Whether a line is what a newsletter says of itself: how to leave it, why it came, where to read it."""
    return len(line) < LONGEST_FRAME and _pattern("frame").search(plain(line)) is not None


def _until_text(lines: Sequence[str], rest: Sequence[int]) -> list[int]:
    """The lines below a closing up to the next that is text: long, an item of a list, or a heading over either."""
    tail: list[int] = []
    for at, number in enumerate(rest):
        line = lines[number].strip()
        following = lines[rest[at + 1]].strip() if at + 1 < len(rest) else ""
        opens = line[:1] in "•-*–" and not _is_contact(line)
        heads = len(following) >= FULL_PARAGRAPH and not _is_notice(following) and not _is_contact(line)
        if (len(line) >= FULL_PARAGRAPH and not _is_notice(line)) or opens or heads:
            break
        tail.append(number)
    return tail


def _is_signature(lines: Sequence[str], rest: Sequence[int], dropped: Mapping[int, str]) -> bool:
    """Whether lines are few and short, as those are that say who wrote."""
    own = [lines[number].strip() for number in rest if number not in dropped]
    return len(own) <= MOST_SIGNED and all(len(line) < FULL_PARAGRAPH or _is_contact(line) for line in own)


def _is_greeting(line: str) -> bool:
    text = plain(line).rstrip("!,. ")
    if text in _plain_words("greeting"):
        return True
    opening = next(
        (word for word in _words("greeting") if text.startswith((f"{word} ", f"{word},"))),
        None,
    )
    return opening is not None and len(text) < 60 and line.rstrip().endswith((",", "!", ":", "،"))


def _is_closing(line: str) -> bool:
    """Whether a line is a closing formula, perhaps with a name behind: "Best, Jo"."""
    text = plain(line).rstrip("!,. ")
    if text in _plain_words("closing"):
        return True
    opening, comma, name = text.partition(",")
    return bool(comma) and opening.strip() in _plain_words("closing") and 0 < len(name.split()) <= 3


def _is_notice(line: str) -> bool:
    """Whether a paragraph is a notice that a message is meant for its addressee alone."""
    text = plain(line)
    return (
        _pattern("message").search(text) is not None
        and any(re.search(rf"(?<!\w){re.escape(word)}", text) for word in _words("confidential"))
        and _is_about_message(text)
    )


def _is_about_message(text: str) -> bool:
    """Whether a paragraph opens with the message that holds it, as a notice does; a report opens with another."""
    opening = " ".join(text.split()[:12])
    speaks = any(re.match(rf"\W*{re.escape(word)}(?!\w)", text) for word in _words("this"))
    return speaks and _pattern("message").search(opening) is not None


def _is_contact(line: str) -> bool:
    """Whether a short line says how to reach someone."""
    text = " ".join(line.split())
    if len(text) > LONGEST_CONTACT or text.rstrip()[-1:] in ("!", "?", "…"):
        return False
    reach = _ADDRESS.search(text) or _PHONE.search(text)
    return reach is not None or (
        _pattern("contact").match(plain(text)) is not None and len(text.split()) <= 4
    )
