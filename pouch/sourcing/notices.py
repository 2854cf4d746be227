"""Notices that pages show in place of a document: it is gone, a person must sign in or prove to be one, the site
pauses. The phrases are those of common web servers and publishing systems.

A page whose document is known to be lost is read loosely: one word is enough. Without a copy a headline may be about
sailors who were not found, so that a sentence counts for sure only where it says of the document itself, at its
beginning, that it is not there (`removals`), and the page says little else. Other phrases leave a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

from lxml import html

from pouch.sourcing.landing import leads_to_a_document
from pouch.sourcing.outline import Outline
from pouch.sourcing.patterns import phrase_in, phrases_in
from pouch.sourcing.removals import is_specific, may_be_removal, removal_in
from pouch.sourcing.texts import count_words

Kind = Literal["gone", "wall", "pause"]
_STUB_NAMES = ("paywall", "regwall", "subscriber", "subscribe-wall", "members-only", "metered", "piano-offer")
_STUB_MARKS = " | ".join(
    (
        *(f"//*[contains(@class, '{name}') or contains(@id, '{name}')]" for name in _STUB_NAMES),
        """//script[contains(@type, 'ld+json')]
           [contains(translate(., 'FALSE "', 'false'), 'isaccessibleforfree:false')]""",
    )
)
_SHORT = 60
"""Words of a line that is a notice, at most; and of the other text of a page whose line is a notice as a whole."""
_FEW = 40
"""Words of the other text of a page that has a notice which goes on."""
_MUCH = 150
"""Words of the other text of a page whose heading and first sentences are both notices."""
_LITTLE = 25
"""Words of a page that says next to nothing."""
_BARE = 3
"""Words of a line that says no more than that something is not found."""
_EITHER = re.compile(
    r"\b(or|oder|ou|o|lub|nebo|или|або|eller|tai|vagy|of|veya)\b|または|または|或|혹은|또는|أو|یا"
)
"""A page that guesses what has become of a document."""
_FIRST = 12
"""Lines of the running text that may be a notice."""
_CONSENTS = 3
"""Different words of consent that make a page one that asks for it."""
_BETS = 4
"""Different words of gambling that make a page one that lives on it."""


_ADDRESSES = re.compile(r"\byou|\bplease\b|\bbitte\b|\bmerci de\b|\bsie\b|\bvous\b", re.IGNORECASE)


class Notice(NamedTuple):
    """The kind of a notice, and its words."""

    kind: Kind
    words: str  # at most 80 characters
    is_sure: bool = True  # whether they can hardly be those of an article


def notice_of(outline: Outline, text: Sequence[str], *, is_lost: bool) -> Notice | None:
    """The notice that a page shows in place of a document; None if it shows none.

    The title, the first headings and what is marked as an error are read, then the sentences of `text`, if the page has
    few. `is_lost`: a copy shows that the document was another one.
    """
    if removal := removal_of(outline.headings, outline.sentences):
        return removal
    lines = outline.headings
    body = " ".join(text)
    first = (lines or [body])[0][:80]
    if loss := _general_loss(outline):
        return loss
    is_brief = outline.words < _SHORT or count_words(body) < _SHORT
    if outline.is_marked and is_brief:
        return Notice("gone", first)
    if len(phrases_in("consent", body)) >= _CONSENTS and (is_lost or is_brief):
        return Notice("wall", body[:80])
    bets = " ".join((*lines, body))
    if len(phrases_in("gambling", bets)) >= _BETS:
        return Notice("gone", first, is_sure=bool(phrase_in("offer", bets)))
    if is_brief:
        return _brief_notice(outline, [*lines, *(text or outline.without_scripts)], is_lost=is_lost)
    for kind, says in _KINDS if is_lost else (("gone", _says_gone),):
        if words := next((line for line in lines if says(line, is_lost)), None):
            return Notice(kind, words[:80], is_sure=is_lost or _is_sure(kind, words))
    if is_lost and outline.asks_for_password:
        return Notice("wall", "a form to sign in")
    return None


def _brief_notice(outline: Outline, everything: Sequence[str], *, is_lost: bool) -> Notice | None:
    for kind, says in _KINDS:
        for line in everything:
            if says(line, is_lost):
                is_vacant = says is _is_vacant and _is_surely_vacant(everything)
                return Notice(kind, line[:80], is_sure=is_lost or is_vacant or _is_sure(kind, line))
    if outline.asks_for_password:
        return Notice("wall", "a form to sign in")
    if is_lost and any(phrase_in("error", line) for line in everything):
        return Notice("pause", everything[0][:80])
    own_lines = [line for line in everything if not phrase_in("newsletter", line)]
    if is_lost and (match := phrase_in("sign_in", " ".join(own_lines))):
        return Notice("wall", match[0])
    return None


def removal_of(headings: Sequence[str], sentences: Sequence[str]) -> Notice | None:
    """The line that says of the document itself that it is not there, where little else is said."""
    lines = [*headings, *sentences[:_FIRST]]
    removals = {line: removal for line in lines if (removal := removal_in(line)) and not _is_for_now(line)}
    if not removals:
        return None
    others = sum(count_words(line) for line in sentences if line not in removals)
    most = _SHORT if "whole" in removals.values() else _FEW
    if any(removals.get(line) == "whole" for line in headings) and any(
        line in removals for line in sentences[:2]
    ):
        most = _MUCH
    is_sure = any(removal == "whole" for removal in removals.values()) or others < _FEW // 2
    is_sure = is_sure or any(line in removals for line in headings)
    is_sure = is_sure and any(removal != "told" for removal in removals.values())
    return Notice("gone", next(iter(removals))[:80], is_sure) if others < most else None


def _general_loss(outline: Outline) -> Notice | None:
    """The notice of a page that says next to nothing, in general terms, and most of it about the loss of a document."""
    sentences = outline.sentences
    if not 0 < outline.words <= _LITTLE or any(map(_is_for_now, (*outline.headings, *sentences))):
        return None
    losses = [sentence for sentence in sentences if may_be_removal(sentence)]
    if 2 * sum(map(count_words, losses)) < outline.words or any(map(is_specific, sentences)):
        return None
    return Notice("gone", losses[0][:80])


def headings_of(page: html.HtmlElement) -> list[str]:
    """The title, the first headings, and what is marked as an error, each on one line, the long ones left out."""
    return Outline(page).headings


def new_address_in(outline: Outline) -> str:
    """The address where a page says that its document is now, the only one that it links; or empty."""
    links = [link for link in outline.links if leads_to_a_document(link)]
    if outline.words >= _FEW or len(links) != 1:
        return ""
    lines = [*outline.headings, *outline.sentences]
    says_so = any(
        phrase_in("moved", line) and removal_in(line) and not _EITHER.search(line) for line in lines
    )
    return links[0] if says_so else ""


def is_stub(page: html.HtmlElement) -> bool:
    """Whether a page shows the beginning of a document, and the rest to those who pay."""
    return bool(page.xpath(_STUB_MARKS)) or bool(phrase_in("stub", str(page.text_content())))


def amendment_of(lines: Sequence[str]) -> str:
    """The first of a document's new lines that says it was corrected or withdrawn, cut at 80 characters; else empty."""
    return next((line[:80] for line in lines if phrase_in("amended", line)), "")


def notice_in(text: str, sentences: Sequence[str], *, is_lost: bool) -> Notice | None:
    """The notice that a text without markup is."""
    if removal := removal_of([], [text]) or removal_of([], sentences):
        return removal
    kind = next((kind for kind, says in _KINDS if says(text, is_lost)), None)
    return Notice(kind, text[:80], is_sure=is_lost or _is_sure(kind, text)) if kind else None


def _is_for_now(line: str) -> bool:
    """Whether a line says that a person must go on, or that the document is missing for a while only."""
    return bool(phrase_in("wall", line) or phrase_in("temporary", line) or phrase_in("pause", line))


def _is_sure(kind: Kind, line: str) -> bool:
    if kind == "wall":
        return True
    if kind == "pause":
        # What has a date is an announcement.
        if phrase_in("technical", line):
            return True
        site, pause = phrase_in("site", line), phrase_in("pause", line) or phrase_in("fault", line)
        if not pause or re.search(r"\d", line.removeprefix("500")):
            return False
        return 2 * len(pause[0]) > len(line) or bool(site and site.start() <= pause.start())
    return count_words(line) <= _BARE + 2


def _is_surely_vacant(lines: Sequence[str]) -> bool:
    """Whether a page says that nobody uses its address, in a line that says nothing else."""
    return any(phrase_in("vacant", line) and count_words(line) <= 3 * _BARE for line in lines)


def _says_gone(line: str, is_lost: bool) -> bool:
    if not phrase_in("gone", line) or phrase_in("temporary", line):
        return False
    return (
        is_lost
        or count_words(" ".join(re.findall(r"[^\W\d_]+", line))) < _BARE
        or bool(phrase_in("page", line))
    )


def _says_wall(line: str, is_lost: bool) -> bool:
    if not phrase_in("wall", line):
        return False
    return is_lost or count_words(line) <= 4 * _BARE or bool(_ADDRESSES.search(line))


def _says_of_page(kind: str, line: str, is_lost: bool) -> bool:
    match = phrase_in(kind, line)
    if match is None or is_lost:
        return match is not None
    return (
        match.start() < 2
        or count_words(line) <= _BARE
        or bool(phrase_in("page", line) or phrase_in("site", line))
    )


def _is_vacant(line: str, _: bool) -> bool:
    return phrase_in("vacant", line) is not None


_KINDS: tuple[tuple[Kind, Callable[[str, bool], bool]], ...] = (
    ("gone", _is_vacant),
    ("wall", _says_wall),
    ("pause", partial(_says_of_page, "pause")),
    ("gone", _says_gone),
    ("pause", partial(_says_of_page, "fault")),
)
"""The more specific come first: a page that shuts out a country's readers also says that something is not available."""
