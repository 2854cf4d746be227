"""Judges what the answer of an address means for those who rely on the document."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree, html

from pouch.convert.intake.decoding import decode
from pouch.convert.intake.fetching import Fetched, FetchError
from pouch.sourcing.notices import notice_of, says_gone

Verdict = Literal["there", "gone", "moved", "changed", "unreachable", "unseen"]
# A form around the whole page, as ASP.NET has it, is no frame.
_FRAME = """//head | //script | //style | //nav | //header | //footer | //aside | //noscript
            | //form[not(.//h1) and count(.//p) < 3]"""
_REFRESH = re.compile(r"\s*\d{1,2}(?:\.\d+)?\s*[;,]\s*url\s*=\s*(.+)", re.IGNORECASE)
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("‘’‚‹›", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—―", "-")
    | dict.fromkeys("\u00ad\u200b")
)
_PERMANENT = frozenset((301, 308))
_GONE = frozenset((404, 410, 451))
_HOME = re.compile(
    r"(/[a-z]{2}([-_][a-z]{2,4})?)?(/?|/(index|home|homepage|default|start|startseite|accueil|inicio|main)(\.\w+)?/?)",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"(page|pagina|seite)?[-_]?(404|410|not[-_]?found|errors?|fehler|erreurs?|errore|missing|gone)[-_]?(page|seite|404)?(\.\w+)?",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"(site)?-?(search|suche|recherche|rechercher|buscar|busca|ricerca|cerca|zoeken)(\.\w+)?", re.IGNORECASE
)
_WALL = re.compile(
    r"(log|sign)[-_]?in|sso|o?auth2?|authorize|consent|cookies?([-_]\w+)?|gdpr|privacy[-_]gate|captcha",
    re.IGNORECASE,
)
# What addresses of one document may end in and do without.
_ENDING = re.compile(r"amp|print|(index|default)\.\w+|\d{1,2}|[a-z]{2}", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|source", re.IGNORECASE)
_SHORT = 60
"""Words of a page that is no more than a notice."""
_LONG = 120
"""Words of running text that make a page a document, whatever its heading says. A sentence counts once."""
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
    """Of an address that answered.

    `former` are the bytes of an earlier copy: where its text is still there, nothing is lost.
    """
    if not answer.data.strip():
        return Judgement("gone", "it answers with nothing")
    share = 1.0 if former == answer.data else _share(former, answer.data) if former is not None else None
    is_same = share is not None and share >= _SAME
    if not is_same and (lost := _lost(url, answer, has_copy=former is not None)):
        return lost
    if answer.hops and _stays_elsewhere(url, answer):
        return Judgement("moved", f"it has moved to {answer.url}", answer.url)
    if share is not None and not is_same:
        return Judgement("changed", f"{share:.0%} of the words of the copy are still there")
    return Judgement("there")


def refreshed(answer: Fetched) -> str:
    """The address that a page leads to by itself, with http-equiv="refresh"; empty for any other answer."""
    page = _page(answer)
    if page is None:
        return ""
    for content in page.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        match = _REFRESH.match(str(content))
        if match and (target := urljoin(answer.url, match[1].strip("'\" "))).startswith(
            ("http://", "https://")
        ):
            return target if target != answer.url else ""
    return ""


def _lost(url: str, answer: Fetched, *, has_copy: bool) -> Judgement | None:
    """Of an answer that stands in for the document, by its address or by what it says; None for any other answer."""
    if answer.hops:
        folders = [part for part in urlsplit(answer.url).path.split("/") if part]
        if any(_WALL.fullmatch(part) for part in folders if part not in urlsplit(url).path.split("/")):
            return Judgement("unseen", f"it leads to {answer.url}, where a person must go on")
        for is_it, what in (
            (_is_home(answer.url) and not _is_home(url), "a home page"),
            (any(_ERROR.fullmatch(part) for part in folders), "a page for errors"),
            (any(_SEARCH.fullmatch(part) for part in folders), "a search"),
            (_is_above(answer.url, url), "a page above it"),
        ):
            if is_it:
                return Judgement("gone", f"it leads to {answer.url}, {what}")
    page = _page(answer)
    if page is None:
        words = _words_of_text(answer)
        return (
            Judgement("gone", f"the server says it is there, and says {words!r}")
            if says_gone(words)
            else None
        )
    text = " ".join(dict.fromkeys(_sentences(answer.data)))
    # Without a copy, a long text under such a heading may be about pages that are not found.
    notice = notice_of(page, text, _SHORT) if has_copy or len(text.split()) < _LONG else None
    if notice is None:
        return None
    kind, words = notice
    if kind == "gone":
        return Judgement("gone", f"the server says it is there, and the page says {words!r}")
    if kind == "wall":
        return Judgement("unseen", f"the page says {words!r}")
    return Judgement("unreachable", f"the page says {words!r}")


def says_the_same(answer: Fetched, other: Fetched) -> bool:
    """Whether two addresses give one text."""
    return bool(_sentences(answer.data)) and _share(answer.data, other.data) >= _SAME


def _stays_elsewhere(url: str, answer: Fetched) -> bool:
    """Whether every redirect says that it is for good, and leads to more than another spelling of the address."""
    permanent = all(hop.status in _PERMANENT for hop in answer.hops)
    return permanent and _plain(url) != _plain(answer.url)


def _plain(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), query


def _is_home(url: str) -> bool:
    """Whether this is the first page of a site, perhaps of a language; `?p=123` is a document."""
    parts = urlsplit(url)
    return not re.search(r"\d", parts.query) and bool(_HOME.fullmatch(parts.path))


def _is_above(target: str, url: str) -> bool:
    """Whether a redirect leads to a folder that the address was in, beyond another spelling of the address."""
    host, path, query = _plain(target)
    own_host, own_path, _ = _plain(url)
    if host != own_host or query or not own_path.startswith(f"{path}/"):
        return False
    return not all(_ENDING.fullmatch(part) for part in own_path.removeprefix(f"{path}/").split("/"))


def _words_of_text(answer: Fetched) -> str:
    """A short answer of plain text, JSON or XML on one line; empty for any other."""
    is_text = re.match(r"text/|application/(.*\+)?(json|xml)", answer.media_type or "")
    words = " ".join(decode(answer.data).split()) if is_text and len(answer.data) < 2000 else ""
    return words if len(words.split()) < _SHORT else ""


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


def _share(former: bytes, data: bytes) -> float:
    """The share of the words of a document, by sentences of its paragraphs, that a newer one still has."""
    before, now = _sentences(former), _compact(_text(_body(data)))
    total = sum(len(sentence.split()) for sentence in before)
    if not total:
        # No text in either: a PDF, a picture. Other bytes are another document.
        return 1.0 if not now and former == data else 0.0
    return sum(len(sentence.split()) for sentence in before if _compact(sentence) in now) / total


def _compact(text: str) -> str:
    """The text without its typography: blanks, and the shapes of quotation marks and dashes."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY).split())


def _body(data: bytes) -> html.HtmlElement | None:
    """The page without its frame."""
    tree = _tree(data)
    for part in tree.xpath(_FRAME) if tree is not None else ():
        part.drop_tree()
    return tree


def _text(tree: html.HtmlElement | None) -> str:
    return str(tree.text_content()) if tree is not None else ""


def _sentences(data: bytes) -> list[str]:
    tree = _body(data)
    paragraphs = tree.xpath("//p | //h1 | //blockquote") if tree is not None else []
    texts = [" ".join(each.text_content().split()) for each in paragraphs] or [" ".join(_text(tree).split())]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?…。])\s+", text) if sentence]
