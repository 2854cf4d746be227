"""Saved messages: `.eml` newsletters, folders of them (mbox), and web pages saved whole (MHTML, RFC 2557).

Python's email package reads them.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from pouch.content.addresses import web_address
from pouch.content.entry import Source
from pouch.convert.intake.article import Article, Refusal, refuse
from pouch.convert.intake.decoding import NotText, decode
from pouch.convert.text.markup import parse_markup, text_of_markup
from pouch.tables import pattern

NOTE = 400
"""Characters below which what stands over a forwarded message is a covering note, and no article."""

LONGEST_HEADER = 10_000
"""Characters of a header that is read; parsing them takes time that grows with their square."""

DEEPEST = 5
"""Messages inside messages that are opened."""

_HEADER = re.compile(rb"[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
# A message that a mailer or a browser saved has at least two of these (RFC 5322, 3.6; RFC 2045, 4).
_TELLING = (b"mime-version:", b"from:", b"date:", b"received:", b"message-id:", b"return-path:", b"subject:")
# What only a message has that was sent: to whom, by which way, how to answer it or to leave its list.
_DELIVERED = ("To", "Cc", "Bcc", "Message-ID", "Received", "Return-Path", "Delivered-To", "Reply-To", "Sender",
              "DKIM-Signature", "List-Unsubscribe", "List-Id")  # fmt: skip
_PASSED_ON = pattern("pouch.convert.intake", "mail", "passed_on")
_HANDED_ON = pattern("pouch.convert.intake", "mail", "handed_on")
_ISSUE = pattern("pouch.convert.intake", "mail", "issue")


def is_message(data: bytes) -> bool:
    """Whether bytes open with the headers of a message."""
    at, header_names = 0, set()
    while (header := _HEADER.match(data, at, 64_000)) and at < 64_000:
        name = header.group().partition(b":")[0].lower() + b":"
        header_names.add(name)
        at = header.end()
    return len(header_names.intersection(_TELLING)) >= 2 and (
        b"mime-version:" in header_names or b"from:" in header_names
    )


def read_message(data: bytes, origin: str) -> Iterator[Article | Refusal]:
    """The articles of a message: its own, and where messages are attached to it, theirs."""
    # The mark of UTF-8, which some editors set, would hide the first header.
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=default)
    if _is_page(message, origin):
        yield _page(message, origin)
    else:
        yield from _messages(message, origin, 0)


def read_mailbox(data: bytes, origin: str) -> Iterator[Article | Refusal]:
    """The articles of a folder of messages (mbox, RFC 4155), in its order; each has its Message-ID as input id."""
    with TemporaryDirectory(prefix="pouch-") as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(data)  # the standard library reads files alone
        box = mailbox.mbox(path, create=False)
        try:
            keys = list(box.iterkeys())
            for key in keys:
                message = box.get_bytes(key)
                identity = _header(message_from_bytes(message, policy=default), "Message-ID")
                for article in read_message(message, origin):
                    yield msgspec.structs.replace(article, input_id=identity)
        finally:
            box.close()
    if not keys:
        yield refuse(origin, 0, "not-text", "it is a folder of messages, and holds none")


# --- pages ----------------------------------------------------------------------------------------------------


def _is_page(message: EmailMessage, origin: str) -> bool:
    """Whether a message is a page that a browser saved, and no letter."""
    if _header(message, "Snapshot-Content-Location"):
        return True
    if message.get_content_type() not in ("multipart/related", "text/html"):
        return False
    # Older browsers wrote no such header; they name themselves as the sender, or nobody ("<Saved by …>").
    if any(_header(message, name) for name in _DELIVERED):
        return False
    sender = _header(message, "From")
    if sender is None or "@" not in sender:
        return sender is not None or not origin.lower().endswith(".eml")
    root = _first_html(message)
    return root is not None and _header(root, "Content-Location") is not None


def _page(message: EmailMessage, origin: str) -> Article | Refusal:
    """The page of an MHTML file. Its Date is when it was saved, which dates no article."""
    root = _first_html(message)
    if root is None:
        return refuse(origin, 0, "not-text", "it is a saved page without a page in it", "save it again")
    try:
        page = _text(root)
    except NotText as error:
        return refuse(origin, 0, "not-text", f"its page: {error}")
    places = (
        _header(message, "Snapshot-Content-Location"),
        _header(root, "Content-Location"),
        _header(message, "Content-Location"),
    )
    url = next(filter(None, map(web_address, places)), None)
    return Article(origin, html=page, url=url, headline=_header(message, "Subject"), images=_images(message))


def _first_html(message: EmailMessage) -> EmailMessage | None:
    start_id = message.get_param("start")
    pages = [
        part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    start_pages = (part for part in pages if start_id and _header(part, "Content-ID") == start_id)
    return next(start_pages, pages[0] if pages else None)


# --- letters --------------------------------------------------------------------------------------------------


def _messages(message: EmailMessage, origin: str, depth: int) -> Iterator[Article | Refusal]:
    attached = list(_attached(message)) if depth < DEEPEST else []
    try:
        own = _letter(message, origin)
    except NotText as error:
        own = None
        if not attached:
            yield refuse(origin, 0, "not-text", str(error))
    if own is not None and attached and _is_note(own):
        # It only forwards what is attached, so the message says where that is.
        note_text = " ".join(_visible(own).split())
        note = f"the words over the attached message were left out: {note_text[:100]!r}"
        own = None
    else:
        note = None
    if own is not None:
        yield own
    for number, inner in enumerate(attached):
        for article in _messages(inner, origin, depth + 1):
            if note is not None and number == 0 and isinstance(article, Article):
                article = article.with_warning("covering-note", note, "copy them if readers need them")
                note = None
            yield article


def _letter(message: EmailMessage, origin: str) -> Article:
    """The article of one message: its HTML part, else its text. Raises NotText where it has neither."""
    bodies = []
    for kind in ("text/html", "text/plain"):
        for part in _parts(message):
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                try:
                    bodies.append((kind, _text(part)))
                    break
                except NotText:
                    continue
    if not bodies:
        raise NotText("the message has no text: neither an HTML part nor a plain one")
    kind, text = bodies[0]
    raw_subject = _header(message, "Subject") or ""
    subject = _PASSED_ON.sub("", raw_subject, count=1).strip() or None
    html = kind == "text/html"
    source = _sender(message)
    return Article(
        origin,
        html=text if html else None,
        text=None if html else text,
        title=None if html and _has_headline(text, source, subject) else subject,
        headline=subject,
        date=_date(message),
        source=source,
        whole=html,
        letter=True,
        handed_on=_HANDED_ON.match(raw_subject) is not None,
        images=_images(message) if html else (),
    )


def _has_headline(page: str, source: Source | None, subject: str | None) -> bool:
    """Whether a letter's page has a headline of its own, and no more than the name of the newsletter.

    That is the sender's, the page's title without the subject's words, or an issue's with its number.
    """
    tree = parse_markup(page)
    heading = tree.find(".//h1")
    text = _letters("" if heading is None else "".join(heading.itertext()))
    if not text:
        return False
    names = [
        _letters(source.name) if source and source.name else "",
        _letters(tree.findtext(".//title") or ""),
    ]
    if any(name and (text in name or name in text) for name in names) and text != _letters(subject or ""):
        return False
    return _ISSUE.search("".join(heading.itertext())) is None


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a message, those of attached messages left out."""
    if message.get_content_type() == "message/rfc822":
        return
    if message.is_multipart():
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _parts(part)
    else:
        yield message


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    if not message.is_multipart():
        return
    for part in message.iter_parts():
        if not isinstance(part, EmailMessage):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
                yield inner[0]
        else:
            yield from _attached(part)


def _text(part: EmailMessage) -> str:
    """A part's text, its transfer encoding and its charset undone. Raises NotText."""
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def _images(message: EmailMessage) -> tuple[tuple[str, bytes], ...]:
    """The images of a message by what its page can call them: their Content-ID, or where they stood (RFC 2557, 5)."""
    images: list[tuple[str, bytes]] = []
    for part in _parts(message):
        if part.get_content_maintype() != "image":
            continue
        name, place = _header(part, "Content-ID"), _header(part, "Content-Location")
        names = [f"cid:{name.strip('<>')}"] if name else []
        if names or place:
            data = part.get_payload(decode=True)
            images += [(one, data) for one in (*names, place) if one and isinstance(data, bytes)]
    return tuple(images)


def _is_note(article: Article) -> bool:
    return len(_visible(article)) < NOTE


def _visible(article: Article) -> str:
    # Enough to distinguish a note from an article.
    return text_of_markup(article.html, " ") if article.html else article.text or ""


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's text, its encoded words undone; None where it has none, or one that no parser can read."""
    if any(len(raw) > LONGEST_HEADER for key, raw in message.raw_items() if key.lower() == name.lower()):
        return None
    try:
        value = message[name]
        return " ".join(str(value).split()) or None if value is not None else None
    except (ValueError, IndexError, LookupError, AttributeError, TypeError):
        # The parser of structured headers fails on some that break the grammar.
        return None


def _date(message: EmailMessage) -> str | None:
    value = _header(message, "Date")
    try:
        when = parsedate_to_datetime(value) if value else None
    except (ValueError, TypeError, OverflowError):
        return None
    # Without a zone (or with -0000, RFC 5322, 3.3) only the day is known.
    if when is None:
        return None
    return when.isoformat() if when.tzinfo else when.date().isoformat()


def _sender(message: EmailMessage) -> Source | None:
    """The name in From; where it is an address alone, the address's domain, for people's own addresses are theirs."""
    if _header(message, "From") is None:
        return None
    try:
        addresses = message["From"].addresses if message["From"] is not None else ()
    except (ValueError, IndexError, LookupError, AttributeError, TypeError):
        return None
    for address in addresses:
        name = " ".join(address.display_name.split()).strip("\"'") or address.domain
        if name and "@" not in name:
            return Source(name=name)
        if name:
            return Source(name=name.rpartition("@")[2])
    return None
