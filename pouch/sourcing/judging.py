"""Judges what the answer of an address means for those who rely on the document.

Where there is a copy its text decides first: what most of it is still there is the document. What has another text is
asked whether it says that the document is gone, that a person must go on, or that the site pauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import html

from pouch.convert.intake.decoding import NotText, decode
from pouch.convert.intake.fetching import Fetched, FetchError
from pouch.sourcing.landing import is_home, loss_of, names_a_hub, names_the_same, stays_elsewhere, wall_of
from pouch.sourcing.notices import (
    Kind,
    Notice,
    amendment_of,
    headings_of,
    is_stub,
    new_address_in,
    notice_in,
    notice_of,
)
from pouch.sourcing.outline import Outline
from pouch.sourcing.patterns import phrase_in
from pouch.sourcing.texts import Document, compact, count_words, document_of

Verdict = Literal["there", "gone", "moved", "changed", "unreachable", "unseen"]
_VERDICTS: dict[Kind, Verdict] = {"gone": "gone", "wall": "unseen", "pause": "unreachable"}
_REFRESH = re.compile(r"\s*\d{1,2}(?:\.\d+)?\s*[;,]\s*(?:url\s*=)?\s*(.+)", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*["']([^"'\s]+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"'\s]+)["']"""
)
_LEADS_ON = re.compile(rb"refresh|\blocation\b", re.IGNORECASE)
_GONE = frozenset((404, 410))
_REFUSED = frozenset((401, 402, 403, 405, 406, 407, 418, 999))
_WAITING = 5
"""Words of a page whose script has not run yet, at most."""
_APPLICATION = """//body[.//script[@src] or //head//script[@src]][not(.//h1 or .//h2 or .//p or .//article)]
    //*[contains(local-name(), '-root') or contains(local-name(), '-app') or contains(@class, 'load')
    or contains(@class, 'spin') or @id='root' or @id='app' or @id='__next' or @id='__nuxt']"""
_SMALL = 50_000
"""Bytes of a page that says where its document is now, at most."""
_SHORT = 60
"""Words of a page that is no more than a notice."""
_LONG = 120
"""Words of running text that make a page a document, whatever its heading says. A sentence counts once."""
_SAME = 0.85
"""The share of a document's words that must still be there; what changes less is its frame."""
_LOST = 0.15
"""The share of a document's words below which another text stands in its place."""
_EXCERPT = 0.5
"""The share of a text's words that come from the copy, from which it is a piece of it."""
_MUTUAL = 0.5
"""The share of a page's words that another must have too to be the same page, where it has all of the other's."""
_PICTURES = re.compile(r"image/|video/|audio/")
_DOCUMENTS = re.compile(r"\.(pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|html?|txt)$", re.IGNORECASE)
_STUB = 0.7
"""The share of a document's length that its beginning has at most, where the rest is for those who pay."""


class Judgement(NamedTuple):
    """The judgement on a document."""

    verdict: Verdict
    reason: str = ""  # for people
    url: str = ""  # where it moved
    is_replaced: bool = False  # whether another text stands where the copy's stood
    is_doubtful: bool = False  # whether its words alone say so, and may be those of an article


def judge_failure(error: FetchError) -> Judgement:
    """Of an address that gave no document."""
    status, answer = error.status, error.answer
    if error.code == "robots" or status in _REFUSED or (answer is not None and _is_challenge(answer)):
        # Behind a wall, which is no loss of the document.
        return Judgement("unseen", str(error))
    if status == 451:
        # As a rule for whole continents (RFC 7725 means courts).
        says_where = answer is not None and bool(phrase_in("wall", " ".join(document_of(answer).sentences)))
        return Judgement("unseen" if says_where else "gone", str(error))
    if status in _GONE:
        return Judgement("gone", str(error))
    return Judgement("unreachable", str(error))


def judge(url: str, answer: Fetched, former: Fetched | None, titles: Sequence[str] = ()) -> Judgement:
    """Of an address that answered.

    `former` is an earlier copy: where its text is still there, nothing is lost. `titles` are those that the
    document may have.
    """
    if _is_challenge(answer):
        return Judgement("unseen", "its server wants to see that a person asks")
    if answer.hops and wall_of(url, answer.url):
        return Judgement("unseen", f"it leads to {answer.url}, where a person must go on")
    now = document_of(answer)
    before = document_of(former) if former is not None else None
    share = None
    if former is not None and before is not None:
        # Without text in it, as in a picture, other bytes are another document.
        share = 1.0 if former.data == answer.data else before.share_in(now)
    is_same = share is not None and share >= _SAME
    if not is_same and (loss := _loss(url, answer, now, before, share)):
        is_named = loss.is_doubtful and now.tree is not None and _has_title(now.tree, titles)
        return Judgement("there") if is_named else loss
    if answer.hops and stays_elsewhere(url, answer):
        return Judgement("moved", f"it has moved to {answer.url}", answer.url)
    if share is not None and not is_same:
        reason = f"{share:.0%} of the words of the copy are still there"
        return Judgement("changed", reason, is_replaced=share < _LOST)
    if before is not None and (words := _amendment(before, now)):
        return Judgement("changed", f"it says now: {words!r}")
    return Judgement("there")


def refreshed(answer: Fetched) -> str:
    """The address that a page leads to by itself: by a header, an element or a script; empty for any other answer."""
    matches = [_REFRESH.match(answer.headers.get("refresh", ""))]
    is_read = len(answer.data) < _SMALL or _LEADS_ON.search(answer.data)
    page = document_of(answer) if is_read else Document()
    if page.tree is not None:
        contents = page.tree.xpath(
            "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh'][not(ancestor::noscript)]/@content"
        )
        matches += [_REFRESH.match(str(content)) for content in contents]
        if page.words < _SHORT // 3:
            matches += [
                _SCRIPTED.search(str(script))
                for script in page.tree.xpath("//script/text() | //body/@onload")
            ]
    targets = [next(filter(None, match.groups()), "").strip("'\" ") for match in filter(None, matches)]
    if page.tree is not None and (address := new_address_in(Outline(page.tree))):
        targets.append(address)
    for words in targets:
        try:
            target = urljoin(answer.url, words)
        except ValueError:
            continue
        if target.startswith(("http://", "https://")):
            return target if target != answer.url else ""
    return ""


def says_the_same(answer: Fetched, other: Fetched) -> bool:
    """Whether two addresses give one text: a page that shows the newest document whole is no document."""
    one, two = (document_of(each) for each in (answer, other))
    return bool(one.sentences) and one.share_in(two) >= _SAME and two.share_in(one) >= _MUTUAL


def is_list(answer: Fetched) -> bool:
    """Whether an address gives a list of other documents, as a home page or a section is."""
    tree = document_of(answer).tree
    return tree is not None and Outline(tree).is_list


def _loss(
    url: str, answer: Fetched, now: Document, before: Document | None, share: float | None
) -> Judgement | None:
    """Of an answer that stands in for the document, by its address or by what it says; None for any other answer."""
    # A few of its sentences alone are its beginning.
    is_lost = share is not None and share < _LOST and (before is None or now.share_from(before) < _EXCERPT)
    if answer.hops and (what := loss_of(url, answer.url)):
        return Judgement("gone", f"it leads to {answer.url}, {what}")
    if not answer.data.strip():
        return Judgement("gone", "it answers with nothing")
    if _PICTURES.match(answer.media_type or "") and (
        _DOCUMENTS.search(urlsplit(url).path) or _was_text(before)
    ):
        return Judgement("gone", f"it answers with {answer.media_type} in place of the document")
    stated = _stated(answer, now, before, is_lost=is_lost)
    if stated is not None:
        return stated
    if now.tree is not None and (what := _stand_in(url, answer, Outline(now.tree), is_lost=is_lost)):
        return Judgement("gone", what)
    if answer.hops and is_lost and before is not None and before.words:
        return Judgement("gone", f"it leads to {answer.url}, where another text stands")
    if is_lost and now.tree is not None and now.length < _SHORT:
        words = " ".join(now.sentences)[:80]
        return Judgement("gone", f"its text is not there; the page says no more than {words!r}")
    return None


def _stated(answer: Fetched, now: Document, before: Document | None, *, is_lost: bool) -> Judgement | None:
    """Of what an answer says itself."""
    if now.tree is None:
        words = _words_of_text(answer, now)
        if words is None:
            return Judgement("unreachable", "it says that it sends text, and sends what is none")
        is_another_kind = is_lost and before is not None and before.tree is not None
        # What programs send to programs is no article.
        is_loose = before is not None or bool(re.search(r"json|xml", answer.media_type or ""))
        notice = notice_in(words, now.sentences, is_lost=is_loose) if words else None
        if notice is None and words and is_another_kind:
            notice = Notice("gone", words)
        return _of_notice(notice) if notice else None
    if before is not None and now.words < _STUB * before.words and is_stub(now.tree):
        return Judgement("unseen", "the page shows its beginning; the rest is for subscribers")
    # Without a copy, a long text under such a heading may be about pages that are not found.
    outline = Outline(now.tree)
    is_read = before is not None or min(now.words, outline.words) < _LONG
    notice = notice_of(outline, now.sentences, is_lost=is_lost) if is_read else None
    if notice is None:
        return _of_shell(now.tree, now) if is_lost or before is None else None
    return _of_notice(notice)


def _of_notice(notice: Notice) -> Judgement:
    kind, words, is_sure = notice
    if kind == "gone":
        reason = f"the server says it is there, and the page says {words!r}"
        return Judgement("gone", reason, is_doubtful=not is_sure)
    # A wall says nothing about the document, even where others pass.
    return Judgement(_VERDICTS[kind], f"the page says {words!r}", is_doubtful=kind == "pause" and not is_sure)


def _stand_in(url: str, answer: Fetched, outline: Outline, *, is_lost: bool) -> str:
    """The reason why a list or the page of a section stands in place of a document; or empty."""
    if outline.is_list and is_lost:
        return "a list of other documents stands in its place"
    if (
        outline.is_list
        and not is_home(url)
        and any(is_home(urljoin(url, each)) for each in outline.canonical)
    ):
        return "its server gives its home page in its place"
    if answer.hops and not names_the_same(url, answer.url) and not names_a_hub(url):
        if outline.is_list:
            return f"it leads to {answer.url}, a list of other documents"
        if names_a_hub(answer.url):
            return f"it leads to {answer.url}, the page of a section"
    return ""


def _was_text(before: Document | None) -> bool:
    return before is not None and before.words > 0


def _has_title(tree: html.HtmlElement, titles: Sequence[str]) -> bool:
    """Whether one of some titles is the page's: its words, in a heading."""
    headings = [compact(heading).casefold() for heading in headings_of(tree)]
    return any(
        count_words(title) > 2 and any(compact(title).casefold() in heading for heading in headings)
        for title in titles
    )


def _of_shell(tree: html.HtmlElement, now: Document) -> Judgement | None:
    """Of a page without text: a script or a frame makes it, or it is empty."""
    is_waiting = count_words(" ".join(now.sentences)) <= _WAITING and bool(tree.xpath(_APPLICATION))
    if now.everything and not is_waiting and not phrase_in("loading", " ".join(now.sentences)):
        return None
    if tree.xpath("//script[@src or string-length(.) > 40] | //iframe | //form"):
        return Judgement("unseen", "its text is made by a script, which programs do not run")
    return Judgement("gone", "the page is empty")


def _amendment(before: Document, now: Document) -> str:
    """The words in which a document says now, and did not before, that it was corrected or withdrawn; or empty."""
    added = [line for line in now.sentences if compact(line) not in before.everything]
    headings = headings_of(now.tree) if now.tree is not None else []
    old_headings = headings_of(before.tree) if before.tree is not None else []
    notes, old_notes = (_notes(document.tree) for document in (now, before))
    added += [line for line in notes if line not in old_notes]
    return amendment_of([*added, *(line for line in headings if line not in old_headings)])


def _notes(tree: html.HtmlElement | None) -> list[str]:
    """The texts that stand beside an article, within it."""
    notes = tree.xpath("(//article | //main)//aside") if tree is not None else []
    return [" ".join(str(note.text_content()).split()) for note in notes]


def _is_challenge(answer: Fetched) -> bool:
    """Whether a guard of the server answers, which lets in only browsers that run its script."""
    headers = answer.headers
    if "cf-mitigated" in headers or "x-amzn-waf-action" in headers:
        return True
    is_error = answer.status == 202 or answer.status >= 400
    return is_error and answer.status not in _GONE and bool(phrase_in("wall", _title(answer)))


def _title(answer: Fetched) -> str:
    match = re.search(rb"<title[^>]{0,200}>([^<]{0,200})", answer.data, re.IGNORECASE)
    return match[1].decode("utf-8", "replace") if match else ""


def _words_of_text(answer: Fetched, now: Document) -> str | None:
    """A short answer of plain text, JSON, XML or PDF on one line; empty for any other; None if it is no text."""
    kind = answer.media_type or ""
    if now.sentences and now.length < _SHORT and answer.data[:1024].lstrip().startswith(b"%PDF-"):
        return " ".join(now.sentences)
    if not re.match(r"text/|application/(.*\+)?(json|xml)", kind):
        return ""
    try:
        words = " ".join(decode(answer.data[:20_000], answer.charset).split())
    except NotText:
        return None
    return words if len(answer.data) < 2000 and count_words(words) < _SHORT else ""
