"""The text of HTML that comes without a page: of a feed's item, of a letter, of an extractor's result."""

from __future__ import annotations

from typing import Any

from lxml import etree


def parse_markup(html: str) -> Any:
    """The tree of a piece of HTML, without comments and without elements that are never shown."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(f"<body>{html}</body>".encode("utf-8", "replace"), parser)
    if tree is None:
        return etree.Element("html")
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return tree


def text_of_markup(html: str, between: str) -> str:
    """The text of a piece of HTML, with `between` where one element or another begins or ends."""
    return between.join(parse_markup(html).itertext())
