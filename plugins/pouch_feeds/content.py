"""The texts of an entry for feeds: plain text without forbidden characters, and HTML with absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, urlsplit, urlunsplit

from pouch.characters import all_forbidden, find_forbidden
from pouch.markdown.sanitise import ALIGNMENTS, absolute_html
from pouch.markdown.tags import Tag, replace_tags
from pouch_feeds.models import FeedSource, ItemModel

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])([^<>]*)>?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_URI = re.compile(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*")
_URI_SAFE = "!#$%&'()*+,/:;=?@~"


def clean(text: str) -> str:
    """Text without the characters that no feed may hold."""
    if find_forbidden(text) is None:
        return text
    return "".join(text[start:end] for start, end in _between(text))


def _between(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in all_forbidden(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """One line of plain text that no feed reader can take for HTML.

    RSS 2.0 leaves open whether a title is HTML, so readers guess: references are resolved, and angle brackets that
    look like a tag become ‹ and ›. Every format carries the same words.
    """
    text = clean(text)
    if "&" in text:
        # A reference to no character, such as &#0;, would come out as U+FFFD.
        text = clean(_ENTITY.sub(lambda match: unescape(match[0]).replace("\ufffd", ""), text))
    if "<" in text:
        text = _MARKUP.sub(_in_brackets, text)
    return " ".join(text.split())


def _in_brackets(tag: re.Match[str]) -> str:
    closing = "›" if tag[0].endswith(">") else ""
    return f"‹{tag[1]}{closing}"


def uri(address: str) -> str:
    """An address in ASCII (RFC 3987, section 3.1): host in Punycode, everything else percent-encoded."""
    return address if _URI.fullmatch(address) else _mapped(address)


@lru_cache(maxsize=4096)
def _mapped(address: str) -> str:
    parts = urlsplit(clean(address).strip())
    host = parts.netloc
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    # Brackets stand around an IPv6 address and nowhere else (RFC 3986, section 3.2.2).
    host = quote(host, safe=f"{_URI_SAFE}[]")
    return urlunsplit((parts.scheme, host, *(quote(part, safe=_URI_SAFE) for part in parts[2:])))


def summary_html(item: ItemModel) -> str:
    """Key points, then the summary; the title where an entry has neither."""
    html = _points(_leading_points(item))
    if item.summary:
        html += f"<p>{escape(clean(item.summary), quote=False)}</p>"
    return _directed(item, html or f"<p>{escape(plain(item.title), quote=False)}</p>")


def summary_text(item: ItemModel) -> str:
    """The summary of an item as plain text, a line for each point."""
    lines = [f"• {' '.join(clean(point).split())}" for point in _leading_points(item)]
    if item.summary:
        lines.append(clean(item.summary))
    return "\n".join(lines) or plain(item.title)


@lru_cache(maxsize=4)
def full_html(item: ItemModel, body: str) -> str:
    """Picture, key points, the body, the corrections and the sources. `body` is sanitised HTML.

    Kept for the last item: its formats are built one after another.
    """
    body = absolute_html(body, item.url)
    parts = [
        _picture(item),
        _points(item.key_points),
        replace_tags(body, _aligned) if "align-" in body else body,
    ]
    for day, note in item.corrections:
        label = f"{escape(item.correction_label)}, {escape(day)}"
        parts.append(f"<p><strong>{label}:</strong> {escape(clean(note), quote=False)}</p>")
    if item.sources:
        sources = "; ".join(_source(source) for source in item.sources)
        parts.append(f"<p>{escape(item.source_label)}: {sources}</p>")
    return _directed(item, clean("\n".join(part for part in parts if part)))


def _aligned(tag: Tag) -> str | None:
    """The cell of a table, its side as an attribute: feed readers have none of our stylesheets, and drop `style`."""
    attributes = {name: value or "" for name, value in tag.attributes}
    side = attributes.pop("class", "").removeprefix("align-")
    if not tag.opens or tag.name not in ("td", "th") or side not in ALIGNMENTS:
        return None
    attributes["align"] = side
    rendered = (f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag.name}{''.join(rendered)}>"


def _leading_points(item: ItemModel) -> Sequence[str]:
    """The key points of a summary. Beside the full text, which opens with all of them, one is enough, and none where
    the editor has summed it up.
    """
    if not item.body:
        return item.key_points
    return () if item.summary else item.key_points[:1]


def _points(points: Sequence[str]) -> str:
    if not points:
        return ""
    return f"<ul>{''.join(f'<li>{escape(clean(point), quote=False)}</li>' for point in points)}</ul>"


def _picture(item: ItemModel) -> str:
    if item.image is None:
        return ""
    image = f'<img src="{escape(uri(item.image.url))}" alt="{escape(clean(item.image.alt))}">'
    caption = escape(plain(item.image.caption), quote=False)
    return f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _source(source: FeedSource) -> str:
    """A document: its title or, without one, its publisher, with a link to it."""
    name, title = escape(plain(source.name), quote=False), escape(plain(source.title), quote=False)
    shown = title or name
    if source.url:
        shown = f'<a href="{escape(uri(source.url))}">{shown or escape(uri(source.url))}</a>'
    return f"{shown}, {name}" if title and name else shown


def _directed(item: ItemModel, html: str) -> str:
    """The text in an element with its direction, since feed readers ignore the feed's."""
    return f'<div lang="{escape(item.lang)}" dir="rtl">{html}</div>' if item.dir == "rtl" else html
