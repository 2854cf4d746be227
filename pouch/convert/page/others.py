"""Elements of a page that belong to another text than its article: teasers, comments, quoted posts, the frame."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from lxml.html import HtmlElement

from pouch.convert.page.segments import Segment, plain
from pouch.tables import pattern

FULL_PARAGRAPH = 200
"""Characters of a paragraph that is surely an article's."""

MENU = 10
"""Links in the menus of a page's head."""

_OTHERS = pattern("pouch.convert.page", "names", "other_text")

# The parts of a page's frame that hold its name, and what their classes call them.
_NAMEPLATE = re.compile(
    r"\b(?:site|blog|page)[-_]?(?:title|name|logo|brand)|\b(?:logo|brand|branding|masthead|navbar-brand|wordmark)\b",
    re.IGNORECASE,
)


class Own(msgspec.Struct, frozen=True):
    """The elements around the headline, and what the page calls the blocks that they are of."""

    elements: frozenset[Any]
    blocks: frozenset[str]

    @classmethod
    def around(cls, segments: Sequence[Segment], at: int | None) -> Own:
        """The elements around the headline, segment number `at`; none where there is no headline.

        A box of the same `article` that has the headline once more is one about the article: its facts, as a column.
        """
        if at is None:
            return cls(frozenset(), frozenset())
        headline = segments[at].parent
        article = next(headline.iterancestors("article"), None)
        outside = set(headline.iterancestors())
        class_names = [
            name for element in (headline, *outside) for name in (element.get("class") or "").split()
        ]
        for segment in segments if article is not None else ():
            if segment.text == segments[at].text and next(segment.parent.iterancestors("a"), None) is None:
                around = set(segment.parent.iterancestors())
                outside |= around if article in around else set()
        return cls(frozenset(outside), frozenset(name.partition("__")[0] for name in class_names))


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STYLED = re.compile(r"teaser|promo|footer", re.IGNORECASE)


def is_anothers(element: Any, own: Own, *, beside: bool = False) -> bool:
    """Whether a mark stands in what is another text's: a teaser, a comment, a quoted post, the page's frame.

    What the elements around the headline are called says nothing of a part of them, and neither does the name of a
    block that the headline is a part of ("teaser__title" beside "teaser__date"). `beside`: for a line right below the
    headline, or one that says what it dates, the name of a teaser or footer without a heading is one of style alone.
    """
    while element is not None and element.tag not in ("body", "html", "article", "main"):
        if element in own.elements:
            return False
        if has_menu(element):
            return True
        styled = beside and next(element.iter(*_HEADINGS), None) is None
        if element.tag in ("aside", "nav", "blockquote", "a", "form") or (
            element.tag == "footer" and not styled
        ):
            return True
        names = [*(element.get("class") or "").split(), element.get("id") or ""]
        for name in names:
            shown_as = _STYLED.sub("", name) if styled else name
            if _OTHERS.search(shown_as) and name.partition("__")[0] not in own.blocks:
                return True
        element = element.getparent()
    return False


def has_menu(element: Any) -> bool:
    """Whether an element is a header with a menu, and without a paragraph of an article."""
    if element.tag != "header" or sum(1 for nav in element.iter("nav") for _ in nav.iter("a")) < MENU:
        return False
    return all(len(each.text_content()) < FULL_PARAGRAPH for each in element.iter("p"))


def is_nameplate(heading: HtmlElement) -> bool:
    """Whether a heading is the name of the site: all of it leads to the front page, or its class says so."""
    links = [link for link in heading.iter("a") if plain(link.text_content())]
    around = [heading, *heading.iterancestors("a", "header", "div")][:3]
    if sum(len(plain(link.text_content())) for link in links) == len(plain(heading.text_content())):
        outer = next((one for one in around if one.tag == "a"), None)
        links = [outer] if outer is not None else links
        if links and all(_leads_home(link.get("href") or "") for link in links):
            return True
    elif any(one.tag == "a" and _leads_home(one.get("href") or "") for one in around):
        return True
    return any(_NAMEPLATE.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in around[:2])


def _leads_home(address: str) -> bool:
    """Whether an address is that of a front page."""
    path = re.sub(r"^(?:https?:)?//[^/?#]+", "", address.strip())
    return (
        bool(address.strip())
        and re.fullmatch(r"(?:\.?/)?(?:index\.\w+|[a-z]{2}/?)?(?:[?#].*)?", path) is not None
    )
