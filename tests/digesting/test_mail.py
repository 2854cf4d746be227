"""A digest as a mail: what mail programs need, within what they take."""

from __future__ import annotations

import re
from email.message import EmailMessage

from pouch.content.weeks import Week
from pouch.digesting.mail import MOST, fitted, inlined, message
from pouch.digesting.models import DigestGroup, DigestPage, Mail
from pouch.pages.models import Card
from tests.archives import a_site


def a_mail(count: int, title: str = "Title") -> Mail:
    cards = tuple(
        Card(
            href=f"/briefings/{n}/", title=f"{title} {n}", lang="en", dir="ltr", date="2025-05-12",
            summary="A summary of some length. " * 12, key_points=(), countries=(), topics=(), source="",
        )
        for n in range(count)
    )  # fmt: skip
    digest = DigestPage(
        href="/digests/2025-w20/", url="https://example.org/digests/2025-w20/", lang="en", title="Week 20",
        description="", week="2025-W20", first="2025-05-12", last="2025-05-18", note=None, count=count,
        groups=(DigestGroup(heading=None, cards=cards[:5]), DigestGroup(heading=None, cards=cards[5:])),
    )  # fmt: skip
    return Mail(title="Test: Week 20", digest=digest, language="en", online="https://example.org/")


def written(mail: Mail) -> EmailMessage:
    texts = [
        f"<p>{card.title}{'' if mail.brief else card.summary}</p>"
        for group in mail.digest.groups
        for card in group.cards
    ]
    html = f"<html><body>{''.join(texts)}{mail.left_out}</body></html>"
    return message(mail, html, "".join(texts), Week(2025, 20), a_site(), "2025-W20/en")


def test_a_mail_is_never_cut_off() -> None:
    """Summaries go first, then the last briefings, and the mail says how many."""
    whole, _ = fitted(a_mail(20), written)
    assert (whole.brief, whole.left_out) == (False, 0)
    brief, _ = fitted(a_mail(1000), written)
    assert (brief.brief, brief.left_out) == (True, 0)
    for title in ("Title", "Название", "標題", "=&="):
        short, made = fitted(a_mail(9000, title), written)
        assert short.brief
        assert 0.8 * MOST < len(made.as_bytes()) <= MOST < 100_000
        shown = sum(len(group.cards) for group in short.digest.groups)
        assert shown + short.left_out == 9000


def test_rules_go_into_the_elements() -> None:
    """Mail programs that know no style sheet see them; the dark scheme stays for those that do."""
    rules = "p { color: #111111; } @media (prefers-color-scheme: dark) { p { color: #eeeeee !important; } }"
    html = inlined(f"<html><head><style>{rules}</style></head><body><p>A</p></body></html>")
    assert re.search(r'<p style="color: ?#111111;?">A</p>', html)
    assert "prefers-color-scheme" in html


def test_the_message_follows_from_the_archive_alone() -> None:
    """The same bytes each time; digests of one week for other readers have other identifiers."""
    site, week = a_site(), Week(2025, 20)
    mail = a_mail(1)
    one = message(mail, "<p>é</p>", "é\n", week, site, "2025-W20/en")
    assert one.as_bytes() == message(mail, "<p>é</p>", "é\n", week, site, "2025-W20/en").as_bytes()
    assert one["Date"] == "Mon, 19 May 2025 00:00:00 +0000"
    assert one["From"] == "Test archive <digest@example.org>"
    assert one["Message-ID"] != message(mail, "", "", week, site, "2025-W20/fr")["Message-ID"]
    assert one.as_bytes().isascii()
    assert max(map(len, one.as_bytes().split(b"\r\n"))) <= 998
