"""Characters that no entry may hold, and text as one line."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

# Controls (tab and line feed apart), lone surrogates and noncharacters: XML 1.0, section 2.2, and the
# HTML standard's "control character" and "noncharacter" parse errors. A feed or page with one is ill-formed.
_PLANE_ENDS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]")
# The same in UTF-8, as searches that start from a literal byte: fifty times faster on a clean text.
_FINE = bytes(byte for byte in range(256) if byte in b"\t\n" or (byte >= 0x20 and byte != 0x7F))
_SUSPECTS = (
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xed[\xa0-\xbf]"),
    re.compile(rb"\xef\xb7[\x90-\xaf]"),
    re.compile(rb"\xbf[\xbe\xbf]"),
)
# YAML 1.1 counts these as line breaks, YAML 1.2 and every editor do not: line numbers would be wrong.
LINE_SEPARATORS = re.compile("[\u2028\u2029]")
_BREAKS = re.compile(r"\s*[\n\x85\u2028\u2029]\s*")

CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
"""A line that git leaves in a file whose merge is not resolved."""
UNRESOLVED = (
    "a marker of a merge conflict that is not resolved",
    "keep one of the two versions, and delete the lines of <, = and >",
)
"""What is said of it, and the cure."""

_ANY_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Numeric references of HTML; their semicolon may be missing.
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")


def find_forbidden(text: str) -> re.Match[str] | None:
    """The first character of `text` that no entry may hold."""
    data = text.encode("utf-8", "surrogatepass")
    if not data.translate(None, _FINE) and (text.isascii() or not any(p.search(data) for p in _SUSPECTS)):
        return None
    return _FORBIDDEN.search(text)


def all_forbidden(text: str) -> list[re.Match[str]]:
    """Each of them."""
    return list(_FORBIDDEN.finditer(text)) if find_forbidden(text) else []


def without_void_references(html: str) -> str:
    """HTML without numeric references to characters that no entry may hold, or to none: `&#0;`, `&#xFFFE;`.

    The HTML standard reads 128 to 159 as Windows-1252 (section 13.2.5.80); those stay.
    """
    return _REFERENCE.sub(_unless_void, html) if "&#" in html else html


def _unless_void(reference: re.Match[str]) -> str:
    digits = (reference[1] or reference[2]).lstrip("0")
    code = int(digits, 16 if reference[1] else 10) if 0 < len(digits) <= 7 else 0
    fine = 0x80 <= code <= 0x9F or (0 < code <= 0x10FFFF and not _FORBIDDEN.match(chr(code)))
    return reference[0] if fine else ""


def name_of(character: str) -> str:
    """`U+000B (vertical tab)` in the way messages name a character that cannot be shown."""
    kind = {"Cs": "lone surrogate", "Cn": "noncharacter"}.get(
        unicodedata.category(character), "control character"
    )
    return f"U+{ord(character):04X} ({kind})"


def shown_name(character: str) -> str:
    """`U+2011 (non-breaking hyphen)`: the name of a character that people cannot tell from another."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'unnamed character').lower()})"


# What a terminal obeys (ECMA-48: C0 and C1 controls), and what turns the order of signs around (Unicode's bidirectional
# embeddings, overrides and isolates; "Trojan Source", 2021). Tab and line feed are as they are.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Text that no terminal takes for an order: its control characters as `\u001b`, which JSON reads back."""
    if text.isprintable():
        return text
    return _UNSHOWABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


_INVISIBLE = (0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_LOOKALIKES = {
    ord(sign): "-" for sign in "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
} | dict.fromkeys(_INVISIBLE, "")


# Letters of Greek and Cyrillic that look like a Latin one (Unicode Technical Standard 39, confusables).
_TWINS = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd",
    "ABESIJKMHOPCTXaeopcyxsijABEZHIKMNOPTYXov",
)
# A word of both scripts is a slip: no language writes one word in two alphabets.
_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[\u0370-\u04ff])\w+")


def without_lookalikes(text: str) -> str:
    """Text with the usual characters in place of those that look like them or are invisible.

    They are NFKC's, hyphens, and Greek or Cyrillic letters within a word of Latin ones.
    """
    text = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).strip()
    return text if text.isascii() else _MIXED.sub(lambda word: word[0].translate(_TWINS), text)


def unusual(text: str) -> str:
    """The first character that is invisible or looks like an ordinary one; empty where there is none."""
    if text.isascii():
        return ""
    mixed = {sign for word in _MIXED.findall(text) for sign in word if ord(sign) in _TWINS}
    return next((s for s in text if s in mixed or (not s.isascii() and without_lookalikes(s).isascii())), "")


def one_line(text: str) -> str:
    """Plain text without white space at its ends, line breaks as spaces."""
    text = text.strip()
    return _BREAKS.sub(" ", text) if not text.isprintable() else text


def holds_sign(text: str) -> str:
    """The words that a message adds where a text has an invisible character, or one that looks like another."""
    sign = unusual(text)
    return f": it holds {shown_name(sign)}" if sign else ""


def is_blank(text: str) -> bool:
    """Whether nothing in it can be seen: white space and invisible characters only."""
    return not text[:1].isalnum() and not any(
        unicodedata.category(character)[0] not in "ZC" for character in text
    )


def resolve_references(text: str) -> str:
    """Plain text with HTML's character references as the characters that they stand for; unknown ones stay."""
    resolved = _ANY_REFERENCE.sub(_character, text)
    return resolved if resolved.isprintable() or not text.isprintable() else text


def first_reference(text: str) -> str:
    """The first of them, as it is written; empty where there is none."""
    return next((match[0] for match in _ANY_REFERENCE.finditer(text) if _character(match) != match[0]), "")


def _character(match: re.Match[str]) -> str:
    reference = match[0]
    return html.unescape(reference) if reference[1] == "#" else html5.get(reference[1:], reference)
