"""Judges what the answer of an address means for those who rely on the document."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from lxml import etree, html

from pouch.convert.intake.decoding import decode
from pouch.convert.intake.fetching import Fetched, FetchError

Verdict = Literal["there", "gone", "moved", "changed", "unreachable", "unseen"]
_PERMANENT = frozenset((301, 308))
_GONE = frozenset((404, 410, 451))
# What pages say that stand in for one that is gone, with status 200, in their title or first heading.
_APOLOGIES = re.compile(
    r"^404\b|\b(error|erreur|fehler|http)\b\W{0,3}404\b|\b404\b\W{0,3}(error|erreur|fehler)"
    r"|\b(page|article|document|content|site|story)\b.{0,30}"
    r"\b(not (be )?found|no longer|does ?n.t exist|unavailable|removed)"
    r"|\b(could|can)( ?not|n.t) (be )?(find|found|locate)|\bnot found\b|introuvable|n.existe (plus|pas)"
    r"|nicht gefunden|existiert nicht|no (se )?(ha )?(sido )?encontrad|no existe|non trovata|não encontrad"
    r"|niet gevonden|nie znaleziono|не найден|не знайден|未找到|不存在|見つかりません",
    re.IGNORECASE,
)
_HOME = re.compile(r"(/[a-z]{2})?(/|/index\.\w+|/home)?", re.IGNORECASE)
_SHORT = 60
"""Words of a page that is no more than an apology."""
_SAME = 0.85
"""The share of a document's words that must still be there; what changes less is its frame."""


class Judgement(NamedTuple):
    """The judgement on a document."""

    verdict: Verdict
    reason: str = ""  # for people
    url: str = ""  # where it moved


def judge_failure(error: FetchError) -> Judgement:
    """Of an address that gave no document."""
    if error.status in _GONE:
        return Judgement("gone", str(error))
    if error.code == "robots":
        return Judgement("unseen", str(error))
    if error.status in (401, 402, 403):
        # Behind a wall, which is no loss of the document.
        return Judgement("unseen", str(error))
    if error.code == "redirects":
        return Judgement("gone", str(error))
    return Judgement("unreachable", str(error))


def judge(url: str, answer: Fetched, former: bytes | None) -> Judgement:
    """Of an address that answered. `former` are the bytes of an earlier copy."""
    page = _page(answer)
    if page is not None and (apology := _apology(page)):
        return Judgement("gone", f"the server says it is there, and the page says {apology!r}")
    if answer.hops and _is_home(answer.url) and not _is_home(url):
        return Judgement("gone", f"it leads to {answer.url}, a home page")
    if answer.hops and _stays_elsewhere(url, answer):
        return Judgement("moved", f"it has moved to {answer.url}", answer.url)
    if former is not None and former != answer.data:
        share = _share(former, answer.data)
        if share < _SAME:
            return Judgement("changed", f"{share:.0%} of the words of the copy are still there")
    return Judgement("there")


def says_the_same(answer: Fetched, other: Fetched) -> bool:
    """Whether two addresses give one text."""
    return bool(_sentences(answer.data)) and _share(answer.data, other.data) >= _SAME


def _stays_elsewhere(url: str, answer: Fetched) -> bool:
    """Whether every redirect says that it is for good, and leads to more than another spelling of the address."""
    permanent = all(hop.status in _PERMANENT for hop in answer.hops)
    return permanent and _plain(url) != _plain(answer.url)


def _plain(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and bool(_HOME.fullmatch(parts.path))


def _page(answer: Fetched) -> html.HtmlElement | None:
    kind = answer.media_type or ""
    if "html" not in kind and not (not kind and b"<html" in answer.data[:2000].lower()):
        return None
    return _tree(answer.data)


def _tree(data: bytes) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(decode(data))
    except (etree.ParserError, ValueError):
        return None


def _apology(page: html.HtmlElement) -> str:
    """The title or heading that says that the document is not there, or a short page's text; empty where none does."""
    texts = [str(text) for text in page.xpath("//title/text() | (//h1)[1]//text()")]
    whole = " ".join(page.text_content().split())
    if len(whole.split()) < _SHORT:
        texts.append(whole)
    for text in texts:
        if _APOLOGIES.search(text):
            return " ".join(text.split())[:80]
    return ""


def _share(former: bytes, data: bytes) -> float:
    """The share of the words of a document, by sentences of its paragraphs, that a newer one still has."""
    before, now = _sentences(former), set(_sentences(data))
    total = sum(len(sentence.split()) for sentence in before)
    if not total:
        # No text in either: a PDF, a picture. Other bytes are another document.
        return 1.0 if not now and former == data else 0.0
    return sum(len(sentence.split()) for sentence in before if sentence in now) / total


def _sentences(data: bytes) -> list[str]:
    tree = _tree(data)
    if tree is None:
        return []
    for part in tree.xpath(
        "//script | //style | //nav | //header | //footer | //aside | //form | //noscript"
    ):
        part.drop_tree()
    paragraphs = [" ".join(each.text_content().split()) for each in tree.xpath("//p | //h1 | //blockquote")]
    texts = paragraphs or [" ".join(tree.text_content().split())]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?…。])\s+", text) if sentence]
