"""A digest as a mail: HTML with its styles in the elements, and the same as plain text.

Mail programs drop style sheets, so css-inline puts styles into the elements; the dark scheme stays in a style element,
for those that read it. Gmail cuts a message off at 102 kB.
"""

from __future__ import annotations

import base64
import hashlib
import quopri
from collections.abc import Callable
from datetime import datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

import msgspec

from pouch.content.weeks import Week
from pouch.digesting.models import DigestGroup, Mail
from pouch.pages import messages
from pouch.pages.messages import Translate
from pouch.pages.models import SiteView
from pouch.site import Site
from pouch.theming.filters import absolute, day, days

MOST = 96_000
"""Bytes of the message as it is sent, both forms included: below 100 kB with the headers that a mailer adds."""


def fitted(mail: Mail, write: Callable[[Mail], EmailMessage]) -> tuple[Mail, EmailMessage]:
    """The mail and its message, within MOST: without summaries if need be, then without its last briefings."""
    for brief in (False, True):
        mail = msgspec.structs.replace(mail, brief=brief)
        written = write(mail)
        if len(written.as_bytes()) <= MOST:
            return mail, written
    while len(written.as_bytes()) > MOST and mail.digest.groups:
        mail = _shorter(mail)
        written = write(mail)
    return mail, written


def _shorter(mail: Mail) -> Mail:
    """The mail without the last tenth of its briefings."""
    groups = list(mail.digest.groups)
    dropped = max(1, sum(len(group.cards) for group in groups) // 10)
    left = dropped
    while left and groups:
        cards = groups[-1].cards
        shown = cards[: max(0, len(cards) - left)]
        left -= len(cards) - len(shown)
        groups[-1:] = [DigestGroup(heading=groups[-1].heading, cards=shown)] if shown else []
    digest = msgspec.structs.replace(mail.digest, groups=tuple(groups))
    return msgspec.structs.replace(mail, digest=digest, left_out=mail.left_out + dropped - left)


def inlined(html: str) -> str:
    """The page with its rules in its elements; rules for the dark scheme stay, since no element can hold them."""
    from css_inline import CSSInliner

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(html)


def plain_text(mail: Mail, note: str, site: SiteView, say: Translate) -> str:
    """The digest in lines of plain text; `note` is the editor's note as text."""
    digest = mail.digest
    lines = [mail.title, days(digest.first, digest.last, site.lang), ""]
    if note:
        lines += [note, ""]
    groups = [(group.heading.label if group.heading else "", group.cards) for group in digest.groups]
    if digest.note:
        groups.insert(0, ("", digest.note.pinned))
    for heading, cards in groups:
        if heading and len(digest.groups) > 1:
            lines += [heading, "-" * len(heading), ""]
        for card in cards:
            lines.append(f"* {card.title}")
            about = [day(card.date, site.lang), *[term.label for term in card.countries]]
            lines.append(f"  {', '.join(about)}")
            if not mail.brief:
                lines += [f"  - {point}" for point in card.key_points]
                lines += [f"  {card.summary}"] if card.summary and not card.key_points else []
            lines += [f"  {absolute(card.href, site)}", ""]
    if mail.left_out:
        lines += [say(messages.MORE_ON_SITE).format(count=mail.left_out), ""]
    lines.append(f"{say(messages.READ_ON_SITE)}: {mail.online}")
    return "\n".join(lines) + "\n"


def message(mail: Mail, html: str, text: str, week: Week, site: Site, name: str) -> EmailMessage:
    """The message. Everything in it follows from the archive: the date is the Monday after the week.

    `name` tells digests of one week apart, for its Message-ID. A mailer sets To and the headers for leaving the list.
    """
    host = urlsplit(site.url).hostname or "localhost"
    contact = (
        site.look.contact if "@" in site.look.contact and "/" not in site.look.contact else f"digest@{host}"
    )
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(display_name=site.name, addr_spec=contact)
    made["Subject"] = mail.title
    monday = week.last + timedelta(days=1)
    made["Date"] = format_datetime(datetime.combine(monday, time(), site.zone))
    seal = hashlib.sha256(f"{site.site_id}/digest/{name}".encode()).hexdigest()[:32]
    made["Message-ID"] = f"<{seal}@{host}>"
    made["X-Unsent"] = "1"  # Outlook opens it as a draft
    made.set_content(text, cte=_encoding(text))
    made.add_alternative(html, subtype="html", cte=_encoding(html))
    made["Content-Language"] = mail.language
    made.set_boundary(f"=_{seal}")
    return made


def _encoding(text: str) -> str:
    """The shorter of the two: quoted-printable takes nine bytes for a letter of Greek or Chinese."""
    data = text.encode()
    is_longer = len(quopri.encodestring(data)) > len(base64.encodebytes(data))
    return "base64" if is_longer else "quoted-printable"
