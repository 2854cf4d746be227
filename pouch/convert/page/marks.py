"""Elements of a page whose attributes name the fact that they hold, collected once for all callers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec
from lxml import etree
from lxml.html import HtmlElement

# Parts of the names of classes that dates and authors go by.
_FACTS = re.compile(r"published|pubdate|date|entry-meta|post-meta|datum|byline|author|autor|vcard")
_CLASSED = etree.XPath("//*[@class]")
_PROPERTIES = etree.XPath("//*[@itemprop]")
_CREATED = etree.XPath(
    "//*[@content][contains(@property, 'dateCreated') or contains(@property, 'datePublished')]"
)
_BY = etree.XPath("//*[@rel='author']")


class Marks(msgspec.Struct):
    """Elements in the order of the page, each with what marks it."""

    classed: list[tuple[Any, str]]  # by its class
    properties: list[tuple[Any, str]]  # by its property in microdata
    times: list[Any]
    created: list[Any]  # by a property in RDFa that gives the day of the text or of a part of it
    authors: list[Any]  # links to who wrote it

    @classmethod
    def of(cls, tree: HtmlElement) -> Marks:
        """The marks of a page."""
        classed: Any = _CLASSED(tree)
        properties: Any = _PROPERTIES(tree)
        created: Any = _CREATED(tree)
        by: Any = _BY(tree)
        classes = ((element, element.get("class")) for element in classed)
        return cls(
            [(element, name) for element, name in classes if _tells_a_fact(name)],
            [(element, element.get("itemprop")) for element in properties],
            list(tree.iter("time")),
            [element for element in created if element.tag != "meta"],
            by,
        )


@lru_cache(maxsize=8192)
def _tells_a_fact(name: str) -> bool:
    return _FACTS.search(name) is not None
