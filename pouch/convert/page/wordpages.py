"""Pages that word processors save: Word, Google Docs, LibreOffice. They have no site around their text.

Comments of colleagues stand below the text and are linked from it; they are no notes of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml.html import HtmlElement

from pouch.convert.page.segments import Segment

_GENERATORS = re.compile(r"microsoft word|libreoffice|openoffice|abiword|pages \d|mammoth", re.IGNORECASE)
_TITLES = re.compile(r"(?:^|\s)(?:MsoTitle|title|Title|western-title)(?:\s|$)")
# What Google Docs, Word and LibreOffice call a comment, and the sign in the text that refers to it.
_COMMENT = re.compile(
    r"#?(?:cmnt(?:_ref)?\d+|_?_?(?:msocom|com|msoanchor|sdcomment|sdannotation)_?\d+(?:anc|sym)?)"
)
_COMMENT_CLASS = re.compile(r"Mso(?:CommentText|CommentSubject)|msocomtxt|comment-?annotation", re.IGNORECASE)


def is_word_page(tree: HtmlElement) -> bool:
    """Whether a word processor saved the page."""
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").lower() in ("generator", "progid") and _GENERATORS.search(
            meta.get("content") or ""
        ):
            return True
        if (meta.get("content") or "").lower() == "word.document":
            return True
    body = tree.find("body")
    return body is not None and "doc-content" in (body.get("class") or "").split()


def document_title(tree: HtmlElement) -> HtmlElement | None:
    """The paragraph that the word processor's style calls the title; None where there is none."""
    return next(
        (
            one
            for one in tree.iter("p")
            if _TITLES.search(one.get("class") or "") and one.text_content().strip()
        ),
        None,
    )


def is_comment(segment: Segment) -> bool:
    """Whether a segment is a colleague's comment below the text."""
    element: Any = segment.parent
    while element is not None and element.tag not in ("body", "html"):
        if _COMMENT_CLASS.search(element.get("class") or "") or _COMMENT.fullmatch(element.get("id") or "-"):
            return True
        element = element.getparent()
    return any(
        element.tag == "a"
        and any(_COMMENT.fullmatch(element.get(name) or "-") for name in ("id", "name"))
        and not refers_to_comment(element, text)
        for text, inline in segment.runs[:2]
        for element in inline
    )


def refers_to_comment(link: Any, text: str) -> bool:
    """Whether a link in the text leads to a comment: Google Docs' "[a]", Word's "[JD1]"."""
    href = link.get("href") or ""
    leads = _COMMENT.fullmatch(href.rpartition("#")[2]) is not None and "#" in href
    return leads and "ref" not in href and "anchor" not in href and len(text.strip()) < 12


# Parts of the addresses that lead to comments, and of the classes of these.
_COMMENTS = {"href": ("cmnt", "msocom", "sdcomment"), "class": ("MsoComment", "msocomtxt", "annotation")}


def _holds_comments(tree: HtmlElement) -> bool:
    """Whether an element of the page has such an address or class."""
    for attribute, parts in _COMMENTS.items():
        # Looked for in all of them at once, which takes a quarter of the time of an XPath expression.
        values = "\n".join([element.get(attribute) or "" for element in tree.iter()])
        if any(part in values for part in parts):
            return True
    return False


def comments(tree: HtmlElement, segments: Sequence[Segment]) -> set[int]:
    """The numbers of the segments that are comments, by their marks, with the rest of each comment's box."""
    if not _holds_comments(tree):
        return set()  # nearly every page: looking at each segment would take a twentieth of its time
    numbers: set[int] = set()
    boxes: set[Any] = set()
    for number, segment in enumerate(segments):
        if is_comment(segment):
            numbers.add(number)
            boxes.add(segment.parent.getparent())
        elif segment.parent.getparent() in boxes and segment.parent.getparent().tag == "div":
            numbers.add(number)
    return numbers
