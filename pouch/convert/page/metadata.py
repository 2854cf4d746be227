"""The metadata of a page's article: title, date, author, publisher, address, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from lxml.html import HtmlElement

from pouch.content.entry import Moment
from pouch.content.languages import LanguageTagError, language_tag
from pouch.convert.page.authors import AUTHOR_METAS, author, people
from pouch.convert.page.headline import clean, headline, site_in_title, stands_at, without_day
from pouch.convert.page.marks import Marks
from pouch.convert.page.published import published
from pouch.convert.page.segments import Segment

_ARTICLES = re.compile(r"Article|Posting|Report|Review|Story|WebPage", re.IGNORECASE)


class Metadata(msgspec.Struct, frozen=True):
    """Facts about a page's article; None where the page does not say."""

    title: str | None = None
    date: Moment | None = None
    date_from: str | None = None  # "metadata", or "text" if the visible page states it
    author: str | None = None
    site: str | None = None
    url: str | None = None
    lang: str | None = None


def metadata(
    tree: HtmlElement,
    items: Sequence[dict[str, Any]],
    segments: Sequence[Segment],
    url: str | None = None,
    title: str | None = None,
) -> Metadata:
    """The facts in a page's head, its JSON-LD (`items`), its microdata and its visible `segments`.

    `url` and `title` are those of the article's input.
    """
    metas = _metas(tree)
    own_name = (metas.get("og:site_name") or "").partition(" | ")[0]  # some add what they are about
    articles = [item for item in items if _ARTICLES.search(str(item.get("@type") or ""))]
    # What a page says of itself comes after what it says of its article.
    articles.sort(key=lambda item: "WebPage" in str(item.get("@type")))
    publisher = _publisher(articles)
    program = metas.get("application-name")
    if program == (tree.findtext(".//title") or "").strip():
        program = None  # the name of the page
    publishers = [name for name in (own_name, publisher, program) if name]
    title = title or headline(tree, metas, articles, segments, publishers)
    at = stands_at(segments, title) if title else None
    address = _address(tree, metas)
    marks = Marks.of(tree)
    when, date_from = published(tree, marks, metas, articles, segments, at, url or address)
    if title and when is not None:
        title = without_day(title, when.date() if isinstance(when, datetime) else when)
    return Metadata(
        title=title,
        date=when,
        date_from=date_from if when is not None else None,
        author=author(marks, metas, articles, publishers, segments, at, items),
        site=clean(own_name) or publisher or site_in_title(tree, url or address, title, segments),
        url=address,
        lang=_language(tree, metas),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    contents: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and content.strip():
            name, content = name.strip().lower(), content.strip()
            if name in AUTHOR_METAS and content not in contents.get(name, content).split("\n"):
                contents[name] += f"\n{content}"  # each author may have an element
            contents.setdefault(name, content)
    return contents


def _publisher(articles: Sequence[dict[str, Any]]) -> str | None:
    for item in articles:
        for name in people(item.get("publisher")):
            if one := clean(name):
                return one
    return None


def _address(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(
            ("http://", "https://")
        ):
            return str(link.get("href")).strip()
    address = metas.get("og:url", "")
    return address if address.startswith(("http://", "https://")) else None


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    for tag in (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        metas.get("content-language"),
        metas.get("og:locale"),
    ):
        if tag and tag.strip():
            try:
                return language_tag(tag.split(",")[0].strip().replace("_", "-")).split("-")[0]
            except LanguageTagError:
                continue
    return None
