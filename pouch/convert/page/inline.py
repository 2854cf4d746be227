"""A segment's markup as Markdown: links, emphasis and code survive, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from pouch.convert.page.redirects import direct_address
from pouch.convert.page.segments import Segment
from pouch.convert.page.wordpages import refers_to_comment
from pouch.convert.text.markdown import escape
from pouch.convert.text.repairs import repair
from pouch.convert.text.report import Repair

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_UNSAFE = str.maketrans(
    {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", '"': "%22", "\n": "", "\t": ""}
)


# The sign of a link from a note back to where it is referred to, with the selectors of how it is drawn.
_BACK = re.compile(r"\s*[↩↑↵⏎⤴^\ufe0e\ufe0f]+\s*")


_LETTER = re.compile(r"[^\W_]")


class Piece(msgspec.Struct, frozen=True):
    """Text with one set of marks."""

    text: str
    strong: bool = False
    em: bool = False
    code: bool = False
    raised: str | None = None  # "sup" or "sub"
    href: str | None = None


def pieces(segment: Segment, base: str | None) -> tuple[list[Piece], list[Repair]]:
    """A segment's text, repaired, by its marks; spaces as a browser shows them. `base` resolves its links."""
    inline_pieces: list[Piece] = []
    repairs: list[Repair] = []
    space = True
    for text, inline in segment.runs:
        text = _SPACE.sub(" ", text)
        if space and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        space = text.endswith(" ")
        marks = {element.tag for element in inline}
        link = next((element for element in reversed(inline) if element.tag == "a"), None)
        if link is not None and _in_page(link) and _BACK.fullmatch(text):
            repairs.append(Repair(segment.index, text.strip(), "", "back-link"))
            continue
        if link is not None and refers_to_comment(link, text):
            repairs.append(Repair(segment.index, text.strip(), "", "comment-reference"))
            continue
        piece = Piece(
            text,
            strong=bool(marks & {"b", "strong"}),
            em=bool(marks & {"i", "em", "cite"}),
            code="code" in marks,
            raised=next((tag for tag in ("sup", "sub") if tag in marks), None),
            href=None if link is None or _in_page(link) else address(link.get("href"), base),
        )
        if inline_pieces and msgspec.structs.replace(piece, text="") == msgspec.structs.replace(
            inline_pieces[-1], text=""
        ):
            piece = msgspec.structs.replace(piece, text=inline_pieces.pop().text + piece.text)
        inline_pieces.append(piece)
    if inline_pieces:
        inline_pieces[-1] = msgspec.structs.replace(
            inline_pieces[-1], text=inline_pieces[-1].text.rstrip(" ")
        )
    if (
        len(inline_pieces) > 1
        and len(inline_pieces[0].text) == 1
        and inline_pieces[0].text.isalpha()
        and inline_pieces[1].text[:1].isalpha()
    ):
        # A large first letter.
        first, second = inline_pieces[:2]
        inline_pieces[0] = msgspec.structs.replace(first, strong=second.strong, em=second.em)
    for number, piece in enumerate(inline_pieces):
        repaired, changes = repair(piece.text, segment.index)
        if changes:
            repairs += changes
            inline_pieces[number] = msgspec.structs.replace(piece, text=repaired)
    return _smoothed([piece for piece in inline_pieces if piece.text]), repairs


def _smoothed(inline_pieces: list[Piece]) -> list[Piece]:
    """Pieces without a letter get the marks that their neighbours share: a bold space has no meaning."""
    smooth: list[Piece] = []
    for number, piece in enumerate(inline_pieces):
        if not piece.href and not _LETTER.search(piece.text):
            beside = inline_pieces[max(0, number - 1) : number] + inline_pieces[number + 1 : number + 2]
            if beside:
                # Signs may lose a mark, but gain none: a comma parts two names that are marked each by itself.
                blank = not piece.text.strip()
                strong = (blank or piece.strong) and all(one.strong for one in beside)
                em = (blank or piece.em) and all(one.em for one in beside)
                piece = msgspec.structs.replace(piece, strong=strong, em=em)
        if smooth and msgspec.structs.replace(piece, text="") == msgspec.structs.replace(smooth[-1], text=""):
            piece = msgspec.structs.replace(piece, text=smooth.pop().text + piece.text)
        smooth.append(piece)
    return smooth


def _in_page(link: Any) -> bool:
    """Whether a link leads to an anchor of its own page, which an entry does not have."""
    return (link.get("href") or "").strip().startswith("#")


def plain(inline_pieces: Sequence[Piece]) -> str:
    """The text without its marks."""
    return "".join(piece.text for piece in inline_pieces).strip()


def markdown(inline_pieces: Sequence[Piece]) -> str:
    """The text with its marks as Markdown."""
    if all(piece.strong for piece in inline_pieces if _LETTER.search(piece.text)):
        # What is bold throughout is a style of its block, not emphasis.
        inline_pieces = [msgspec.structs.replace(piece, strong=False) for piece in inline_pieces]
    return _linked(inline_pieces).strip()


def _linked(inline_pieces: Sequence[Piece]) -> str:
    parts = []
    for href, group in groupby(inline_pieces, key=lambda piece: piece.href):
        inner = _marked(list(group))
        if href and inner.strip():
            before, text, after = _split(inner)
            # A bracket inside would end the text of the link.
            text = re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
            parts.append(f"{before}[{text}]({href}){after}")
        else:
            parts.append(inner)
    return "".join(parts)


def _marked(inline_pieces: Sequence[Piece]) -> str:
    """Emphasis around, strong text inside it: marks of two kinds never meet."""
    parts = []
    for em, group in groupby(inline_pieces, key=lambda piece: piece.em):
        inner = "".join(_strong(list(group)))
        before, text, after = _split(inner)
        parts.append(f"{before}*{text}*{after}" if em and text else inner)
    return "".join(parts)


def _strong(inline_pieces: Sequence[Piece]) -> Iterator[str]:
    for (strong, code, raised, in_link), group in groupby(
        inline_pieces, key=lambda piece: (piece.strong, piece.code, piece.raised, bool(piece.href))
    ):
        before, text, after = _split("".join(piece.text for piece in group))
        if not text:
            yield before
        elif code and "`" not in text:
            yield f"{before}`{text}`{after}"
        else:
            mark = "**" if strong else ""
            escaped = escape(text, in_link=in_link)
            shown = f"<{raised}>{escaped}</{raised}>" if raised else escaped
            yield f"{before}{mark}{shown}{mark}{after}"


def _split(text: str) -> tuple[str, str, str]:
    """Spaces before, text, spaces after, no-break ones too: emphasis marks must touch a word."""
    inner = text.strip()
    if not inner:
        return text, "", ""
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]


def address(href: str | None, base: str | None) -> str | None:
    """A link's address as Markdown can hold it; None where it is relative to nothing, or runs something."""
    if not href:
        return None
    try:
        full = direct_address(urljoin(base or "", href.strip()))
        parts = urlsplit(full)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "mailto") or (parts.scheme != "mailto" and not parts.netloc):
        return None
    return full.translate(_UNSAFE)
