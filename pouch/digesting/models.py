"""The models of a digest's page and mail."""

from __future__ import annotations

from pouch.pages.models import Card, Dossier, Link, Model, Page, TermLink


class DigestGroup(Model, frozen=True, kw_only=True):
    """The briefings on a continent."""

    heading: TermLink | None  # None: on no country
    cards: tuple[Card, ...]  # newest first


class DigestPage(Page, frozen=True, kw_only=True):
    """/digests/2025-w20/, and what a mail is made of."""

    week: str  # "2025-W20"
    first: str  # ISO date of its Monday
    last: str  # of its Sunday
    note: Dossier | None  # of content/digests/2025-W20.md; what it pins stands here and in no group
    groups: tuple[DigestGroup, ...]
    count: int
    newer: Link | None = None  # the digest after this one
    older: Link | None = None


class DigestsPage(Page, frozen=True, kw_only=True):
    """/digests/: all of them, newest first."""

    digests: tuple[tuple[Link, str, str, int], ...]  # link, first and last day, number of briefings


class Mail(Model, frozen=True, kw_only=True):
    """A digest as a mail; its addresses are absolute."""

    title: str
    digest: DigestPage
    language: str
    online: str  # the address of what it is about: the digest's page, a dossier, or the site
    left_out: int = 0  # briefings for which there was no room
    brief: bool = False  # without summaries, for the same reason
