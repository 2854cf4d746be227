"""One document → its articles: what it is by its name, its media type and its first signs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pouch.convert.intake import jsonl
from pouch.convert.intake.article import Article, Refusal, out_of_bounds, refuse
from pouch.convert.intake.decoding import NotText, decode, lost_characters
from pouch.wording import counted

LARGEST = 50_000_000
"""Bytes of a document; a larger one is something else. Saved pages hold their pictures."""

JSONL = (".jsonl", ".ndjson")
_HTML = (".html", ".htm", ".xhtml", ".shtml")
_MAIL = (".eml", ".mht", ".mhtml")
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_PLAIN = (".txt", ".text", *_MARKDOWN)
_MBOX = (".mbox", ".mbx")
_MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")
_OFFICE = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

_JSONL_TYPES = ("application/x-ndjson", "application/jsonl", "application/jsonlines")
_MAIL_TYPES = ("message/rfc822", "multipart/related", "application/x-mimearchive")
_HTML_TYPES = ("text/html", "application/xhtml+xml")

# Of a line, [^\n] takes the carriage return too: with `\r?` beside it every line could be read in two ways.
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*[\w\"' -]{1,40}:(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|$)"
)
# How a page opens, or a piece of one that was pasted.
_MARKUP = re.compile(
    r"(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|main|article"
    r"|section|header|div|p|h[1-6]|ul|ol|table|figure|blockquote)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)


def read_document(
    data: bytes,
    origin: str,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    headlines: bool = False,
) -> Iterator[Article | Refusal]:
    """The articles of a document, or the Refusal that says why it holds none.

    `media_type` and `charset` are what a server says of it, `url` is where it was fetched; `headlines`: see
    `read_jsonl`.
    """
    try:
        yield from _read(data, origin, media_type, charset, url, headlines)
    except Exception as error:  # what is wrong with one document must not end the batch
        message = f"it cannot be read: {type(error).__name__}: {str(error)[:200]}"
        yield refuse(
            origin, 0, "failed", message, "save it again, or as text; if it is sound, please report it"
        )


def _read(
    data: bytes, origin: str, media_type: str | None, charset: str | None, url: str | None, headlines: bool
) -> Iterator[Article | Refusal]:
    name = origin.lower()
    if len(data) > LARGEST:
        yield refuse(origin, 0, "too-large", f"it has more than {LARGEST // 1_000_000} MB, no article has")
        return
    if (
        name.endswith(JSONL)
        or media_type in _JSONL_TYPES
        or jsonl.is_article(data.lstrip().partition(b"\n")[0])
    ):
        yield from jsonl.read_jsonl(io.BytesIO(data), origin, headlines=headlines)
        return
    if data[:1024].lstrip().startswith(_OFFICE):
        from pouch.convert.intake.office import read_office

        yield from _sound(read_office(data.lstrip(), origin, url))
        return
    if name.endswith(_MBOX) or media_type == "application/mbox" or is_mbox(data):
        from pouch.convert.intake.mail import read_mailbox

        yield from _sound(read_mailbox(data, origin))
        return
    if name.endswith(_MAIL) or media_type in _MAIL_TYPES or (not name.endswith(_PLAIN) and _is_message(data)):
        from pouch.convert.intake.mail import read_message

        if not data.strip():
            yield refuse(origin, 0, "not-text", "it is empty")
            return
        yield from _sound(read_message(data, origin))
        return
    try:
        text = decode(data, charset)
    except NotText as error:
        yield refuse(origin, 0, "not-text", str(error))
        return
    if text.lstrip("\ufeff \t\r\n")[:1] in ("<", "{"):
        # Imported here: texts are no feeds.
        from pouch.convert.intake.syndication import is_feed, read_feed

        if is_feed(text):
            yield from _sound(read_feed(text, origin, url))
            return
    if name.endswith(_MARKDOWN) or media_type in _MARKDOWN_TYPES or has_front_matter(text):
        from pouch.convert.intake.clips import read_clip

        yield from _sound([read_clip(text, origin, url)])
        return
    yield from _sound([_article(text, origin, media_type, url)])


def is_mbox(data: bytes) -> bool:
    """Whether bytes open as a folder of messages does: "From ", a sender and a time (RFC 4155), then a header."""
    return re.match(rb"From \S+ .*\d{2}:\d{2}.*\r?\n(?:>?From |[A-Za-z-]{2,40}:)", data) is not None


def has_front_matter(text: str) -> bool:
    """Whether a text opens with fields between two lines of dashes, as notes and clips in Markdown do."""
    return _FRONT_MATTER.match(text.lstrip("\ufeff")[:20_000]) is not None


def _is_message(data: bytes) -> bool:
    if not re.match(rb"(?:\xef\xbb\xbf)?[A-Za-z][!-9;-~]{1,76}:", data):
        return False
    # Imported here: the email package takes as long as everything else together.
    from pouch.convert.intake.mail import is_message

    return is_message(data.removeprefix(b"\xef\xbb\xbf"))


def _article(text: str, origin: str, media_type: str | None, url: str | None) -> Article | Refusal:
    if (
        origin.lower().endswith(_HTML)
        or media_type in _HTML_TYPES
        or _MARKUP.match(text[:4000].lstrip("\ufeff"))
    ):
        return Article(origin, html=text, url=url)
    if text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return refuse(origin, 0, "not-article", "it is XML, and neither a page nor a feed")
    if media_type in ("application/json", "application/feed+json") or origin.lower().endswith(".json"):
        hint = "articles come one object a line, in a file named .jsonl"
        return refuse(origin, 0, "not-article", "it is JSON, and neither an article nor a JSON Feed", hint)
    return Article(origin, text=text, url=url)


def _sound(articles: Iterator[Article | Refusal] | list[Article | Refusal]) -> Iterator[Article | Refusal]:
    """The texts, of which those longer than any article are refused."""
    for article in articles:
        if isinstance(article, Article) and (
            message := out_of_bounds(article.text or article.html or "", html=article.html is not None)
        ):
            yield refuse(article.origin, 0, "too-large", message, input_id=article.input_id)
        else:
            yield _with_losses(article) if isinstance(article, Article) else article


def _with_losses(article: Article) -> Article:
    """The article, with a warning where bytes of it could not be decoded."""
    if (lost := lost_characters(article.text or article.html or "")) is None:
        return article
    count, line = lost
    signs = counted(count, "character stands", "characters stand")
    message = (
        f"{signs} as “�”, for bytes that are not valid in its encoding; the first in line {line} of the input"
    )
    hint = "compare with the original and write the characters that belong there"
    return article.with_warning("bad-bytes", message, hint)
