"""A stub: the small HTML file from which Pagefind indexes an entry.

Only text goes in, escaped: no markup of an entry's reaches the index, whatever it is. What a reader is shown of a
result (title, day, words around the match) comes out of the index as text again, and the search page keeps it so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

from pouch.archive.archive import primary_subtag
from pouch.markdown.text import text_of
from pouch_search.folding import folded_words
from pouch_search.models import Stub

# Scripts without blanks between words: South-East Asian ones, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Pagefind's own marks in the text that it has parsed.
_PRIVATE = re.compile(r"___(?:END_)?PAGEFIND\w*")


def stub_html(stub: Stub, body: str) -> str:
    """The stub of an entry; `body` is its sanitised HTML.

    Its key points weigh twice, its title, the names of its terms, and words in the letters of other
    keyboards (`folding`) are metadata, which Pagefind searches too.
    """
    plain_body = text_of(body)
    typed = folded_words((stub.title, *stub.names, *stub.key_points, stub.summary, plain_body))
    facts = [
        _fact("meta", "title", stub.title),
        _fact("meta", "names", " ".join((*stub.names, stub.day[:4], *typed))),
        *(_fact("filter", "country", code) for code in stub.countries),
        *(_fact("filter", "topic", key) for key in stub.topics),
        _fact("filter", "year", stub.day[:4]),
        _fact("filter", "language", primary_subtag(stub.lang)),
    ]
    if stub.lang != primary_subtag(stub.lang):
        facts.append(_fact("filter", "tag", stub.lang))
    text = _text((stub.summary, plain_body))
    points = _text(stub.key_points)
    # Pagefind skips a page without words.
    words = "" if points or text else f"<p>{_text((stub.title,)) or '-'}</p>"
    if points:
        words = f'<p data-pagefind-weight="2">{points}</p>'
    if text:
        words += f"<p>{text}</p>"
    inside = f"<body data-pagefind-body>{''.join(facts)}{words}</body>"
    return f'<!doctype html><html lang="{escape(stub.lang)}">{inside}</html>'


def unspaced(text: str) -> list[str]:
    """The words of scripts without blanks, if any sign of theirs has a mark, as Thai vowels are.

    The search page looks for a query with such marks in the text itself, since an exact search passes over marks.
    """
    words = [word for word in text.split() if _UNSPACED.search(word)]
    has_marks = any(unicodedata.category(sign).startswith("M") for word in words for sign in word)
    return words if has_marks else []


def _fact(kind: str, name: str, value: str) -> str:
    return f'<i data-pagefind-{kind}="{name}[title]" title="{escape(_spaced(value))}"></i>'


def _text(pieces: Iterable[str]) -> str:
    return escape(_spaced(_PRIVATE.sub("", " ".join(piece for piece in pieces if piece))), quote=False)


def _spaced(text: str) -> str:
    """The text with each sign of a script without blanks as a word of its own, its marks with it.

    Segmenters for these scripts weigh fifty megabytes in the program and cannot run in the browser; a query is taken
    apart in the same way there (theme/static/search.js), and asked for as a phrase.
    """
    text = " ".join(text.split())
    if _UNSPACED.search(text) is None:
        return text
    pieces: list[str] = []
    alone = False  # whether the last letter is a word by itself
    for sign in text:
        if _UNSPACED.match(sign):
            alone = True
            pieces.append(sign if unicodedata.category(sign).startswith("M") else f" {sign}")
        elif alone and sign.isalnum():
            alone = False
            pieces.append(f" {sign}")
        else:
            pieces.append(sign)
    return " ".join("".join(pieces).split())
