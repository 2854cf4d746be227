"""Bytes to text: which encoding, or why this is no text at all."""

from __future__ import annotations

import codecs
import re

from pouch.tables import table

# Longest first: the mark of UTF-16 LE opens that of UTF-32 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_TABLES = table("pouch.convert.intake", "encodings")
_SIGNATURES = {start.encode("latin-1"): what for start, what in _TABLES["signatures"].items()}
_WRITTEN_IN: dict[str, list[str]] = _TABLES["written_in"]
_LABELS: dict[str, str] = _TABLES["labels"]

# Encodings in which articles still come. charset-normalizer knows ninety more, and on a short text some
# rare one of them often fits by chance.
_LIKELY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "iso8859_2", "iso8859_5",
    "iso8859_7", "iso8859_15", "mac_roman", "big5", "gb18030", "cp932", "euc_jp", "cp949",
]  # fmt: skip

_SHIFTING = frozenset(("iso-2022-jp", "iso-2022-kr", "hz-gb-2312"))

# Characters that no text holds: control characters except tab, line feed, form feed and carriage return.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)


LOST = "\ufffd"
"""The replacement character, which stands for bytes that spell none."""

MOST_STRAY = 2
"""Bad bytes that a page may hold and still be in the encoding that it declares, where nothing else tells."""

FEW_ZEROS = 1000
"""Characters of a page for each zero byte in it, at least."""


class NotText(ValueError):  # noqa: N818  # the name says the verdict, as UnicodeError's family does
    """The bytes are no text. The message says what they are, for the person who handed them in."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, else UTF-8, else what is declared, else what fits best.

    `declared` is the charset of a message's part or of a server's answer; a page declares its own in its head. Both
    count less than UTF-8 that is sound, because servers declare what somebody once configured.
    A few bytes that do not fit the encoding of all the others become U+FFFD each, as in browsers.
    Raises NotText where `data` is empty or binary.
    """
    if not data.strip():
        raise NotText("it is empty")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise NotText(f"it is {what}")
    text = _decoded(data, declared)
    if text.lstrip()[:1] == "<" and text.count("\x00") * FEW_ZEROS < len(text):
        # Such a page was cut together from text and a field of a database; browsers show it (HTML, 13.2.5).
        text = text.replace("\x00", LOST)
    controls = len(_CONTROLS.findall(text[:100_000]))
    if "\x00" in text or controls * 20 > len(text[:100_000]):
        raise NotText("it is binary, not text")
    if not text.strip():
        raise NotText("it is empty")
    return text


def lost_characters(text: str) -> tuple[int, int] | None:
    """The number of characters of a decoded text that bad bytes cost, and the line of the first; None without any."""
    count = text.count(LOST)
    return (count, text.count("\n", 0, text.index(LOST)) + 1) if count else None


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                if encoding != "utf-8-sig":
                    break
                return data.decode(encoding, "replace")
    in_head = _DECLARED.search(data, 0, 4096)
    names = [
        name for name in (declared, in_head.group(1).decode("ascii", "replace") if in_head else None) if name
    ]
    # A page whose head can be read so far has no encoding of two bytes, whatever it says (HTML, 13.2.3.2).
    encodings = [name for name in map(_encoding, names) if not name.startswith(("utf-16", "utf-32"))]
    # Those that are spelt in seven bits would pass for UTF-8.
    shifting = [encoding for encoding in encodings if encoding in _SHIFTING]
    others = [encoding for encoding in encodings if encoding not in _SHIFTING]
    for encoding in (*shifting, "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    if (text := _mostly_utf8(data, declares="utf-8" in encodings)) is not None:
        return text
    for encoding in others:
        if encoding != "utf-8" and (text := _mostly(data, encoding)) is not None:
            return text
    return _guessed(data)


def _mostly_utf8(data: bytes, *, declares: bool) -> str | None:
    """The text of bytes that are UTF-8 but for a few; None where other encodings may fit better.

    Text in another encoding hardly ever holds a sequence of UTF-8 by chance, so that each sound one is evidence.
    """
    text = data.decode("utf-8", "replace")
    bad = text.count(LOST) - data.count(LOST.encode())
    sound = sum(not character.isascii() for character in text) - text.count(LOST)
    return text if bad <= sound or (declares and bad <= sound + MOST_STRAY) else None


def _mostly(data: bytes, encoding: str) -> str | None:
    """The text of bytes that fit a declared encoding but for a few; None where too many do not."""
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return None
    bad = text.count(LOST)
    sound = sum(not character.isascii() for character in text) - bad
    return text if bad <= MOST_STRAY or bad * 10 <= sound else None


def _encoding(name: str) -> str:
    """Python's name of what a label means on the web (the WHATWG's Encoding Standard, 4.2)."""
    name = name.strip().strip("\"'").lower()
    return _LABELS.get(name.replace("_", "-"), name)


def _guessed(data: bytes) -> str:
    if b"\x00" in data:
        raise NotText("it is binary, not text")
    # Imported here: nearly every file is UTF-8 and never needs it.
    from charset_normalizer import from_bytes

    fits = from_bytes(data, cp_isolation=_LIKELY)
    best = fits.best()
    if best is None:
        raise NotText("it is binary, or in an encoding that cannot be told; save it as UTF-8")
    text = str(best)
    siblings = {fit.encoding: fit for fit in fits if fit.encoding in _WRITTEN_IN}
    if best.encoding in siblings and len(siblings) > 1:
        # The same bytes are letters in each: è is č, ñ is ń. Most words hold none of them and tell the language.
        from py3langid import classify

        language = classify(text)[0]
        for encoding, languages in _WRITTEN_IN.items():
            if encoding in siblings and language in languages:
                return str(siblings[encoding])
    return text
