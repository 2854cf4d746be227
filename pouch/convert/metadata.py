"""What a page says about its article: title, date, author, publisher, address, language."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml.html import HtmlElement

from pouch.convert.dates import date_line, find_date, parse_date
from pouch.convert.headings import byline
from pouch.convert.votes import plain
from pouch.entries.entry import Moment

_ARTICLES = re.compile(r"Article|Posting|Report|Review|Story|WebPage", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+(?:[|–—•·»›:/~]|-|::|<|>)\s+")


class Metadata(msgspec.Struct, frozen=True):
    """Facts about a page's article; None where the page does not say."""

    title: str | None = None
    date: Moment | None = None
    date_from: str | None = None  # "metadata", or "text" where only the visible page tells
    author: str | None = None
    site: str | None = None
    url: str | None = None
    lang: str | None = None


def metadata(tree: HtmlElement, items: Sequence[dict[str, Any]], url: str | None = None) -> Metadata:
    """The facts in a page's head, its JSON-LD (`items`), its microdata and its visible marks."""
    metas = _metas(tree)
    articles = [item for item in items if _ARTICLES.search(str(item.get("@type") or ""))]
    when, found_in = published(tree, metas, articles, url)
    return Metadata(
        title=title(tree, metas, articles),
        date=when,
        date_from=found_in,
        author=author(tree, metas, articles),
        site=_clean(metas.get("og:site_name")) or _publisher(articles),
        url=_address(tree, metas),
        lang=_language(tree, metas),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _clean(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    text = " ".join(entities.unescape(text).split())
    return text or None


# --- title ----------------------------------------------------------------------------------------------------


def title(tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]]) -> str | None:
    """The headline: what most of heading, head, Open Graph and JSON-LD agree on, without the site's name."""
    head = _clean(tree.findtext(".//title"))
    site = _clean(metas.get("og:site_name"))
    candidates: list[tuple[float, str]] = []
    first = [_clean(heading.text_content()) for heading in tree.iter("h1")]
    headings = [heading for heading in first if heading and len(heading) < 300]
    second = [_clean(heading.text_content()) for heading in tree.iter("h2")][:8]
    others = [_clean(item.get("headline")) for item in articles] + [
        _clean(metas.get("og:title")),
        _clean(metas.get("twitter:title")),
    ]
    known = [text for text in (*others, head) if text]
    for heading in headings:
        candidates.append((1.0 + _support(heading, known) + (0.5 if len(headings) == 1 else 0), heading))
    for number, text in enumerate(others):
        if text:
            text = _without_site(text, site)
            candidates.append((0.9 - number * 0.01 + 0.6 * _support(text, [*headings, *second, head]), text))
    candidates += [
        (0.4 + support, heading) for heading in second if heading and (support := _support(heading, known))
    ]
    if head:
        text = _without_site(head, site)
        candidates.append((0.5 + 0.5 * _support(text, [*headings, *second]), text))
    if site:
        candidates = [(score - (2 if plain(text) == plain(site) else 0), text) for score, text in candidates]
    return max(candidates, key=lambda item: item[0])[1] if candidates else None


def _support(text: str, known: Sequence[str | None]) -> float:
    """In how many of the other places the same words stand."""
    bare = plain(text)
    if len(bare) < 3:
        return -1.0
    return float(sum(bool(other) and bare in plain(other or "") for other in known))


def _without_site(text: str, site: str | None) -> str:
    parts = _SEPARATORS.split(text)
    if len(parts) == 1:
        return text
    if site:
        kept = [part for part in parts if plain(part) != plain(site)]
        if kept and len(kept) < len(parts):
            start = text.index(kept[0])
            return text[start : text.index(kept[-1], start) + len(kept[-1])]
    longest = max(parts, key=len)
    return longest if len(longest) > len(text) / 2 else text


# --- date -----------------------------------------------------------------------------------------------------

_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.created", "dc.date.created", "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date",
    "publication_date", "article.published", "cxenseparse:recs:publishtime", "datecreated",
)  # fmt: skip
_DATED = (
    "//*["
    + " or ".join(
        f"contains(@class,'{name}')"
        for name in ("published", "pubdate", "date", "byline", "entry-meta", "post-meta", "datum")
    )
    + "]"
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\D|$)")


def published(
    tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]], url: str | None = None
) -> tuple[Moment | None, str | None]:
    """When the page says that it was published, and where; the day alone where its time has no offset."""
    for found_in, given in _date_candidates(tree, metas, articles):
        if given and (moment := _moment(given)) is not None:
            return moment, found_in
    # Imported here: few pages need it.
    from htmldate import find_date as htmldate

    try:
        given = htmldate(tree, original_date=True, extensive_search=True, url=url)
    except Exception:  # a page on which it fails has no date that we could tell
        return None, None
    moment = _moment(given) if given else None
    return moment, "text" if moment else None


def _date_candidates(
    tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]]
) -> Iterator[tuple[str, str | None]]:
    for item in articles:
        yield "metadata", item.get("datePublished") if isinstance(item.get("datePublished"), str) else None
    for name in _DATE_METAS:
        yield "metadata", metas.get(name)
    for element in tree.xpath("//*[@itemprop='datePublished' or contains(@class,'dt-published')]"):
        yield "metadata", element.get("content") or element.get("datetime") or element.text_content()[:100]
    for found in _visible(tree):
        yield "text", found
    times = tree.xpath(
        "//time[@pubdate or contains(@class,'published') or contains(@class,'entry-date')]"
    ) or tree.xpath("//article//time | //main//time")
    for element in times[:3]:
        yield "metadata", element.get("datetime") or element.text_content()[:100]
    address = _address(tree, metas)
    if address and (in_url := _IN_URL.search(urlsplit(address).path)):
        yield "metadata", "-".join(in_url.groups())
    for element in tree.xpath(_DATED)[:12]:
        yield "metadata", element.get("title") if element.tag == "abbr" else None
        text = " ".join(element.text_content().split())
        yield "text", text if len(text) < 150 else None
    for element in tree.iter("time"):
        yield "metadata", element.get("datetime") or element.text_content()[:100]


def _visible(tree: HtmlElement) -> Iterator[str]:
    """The lines that do nothing but date the article, below or right above its headline."""
    heading = next(iter(tree.iter("h1")), None)
    if heading is None:
        return
    holder: Any = heading
    for _ in range(3):
        if holder.getparent() is None or holder.getparent().tag in ("body", "html"):
            break
        holder = holder.getparent()
    count = 0
    for element in holder.iter(
        "p", "div", "span", "time", "li", "small", "em", "strong", "td", "h2", "h3", "h4", "h5"
    ):
        if len(element) > 3 or count > 60:
            continue
        text = " ".join(element.text_content().split())
        if 6 <= len(text) <= 100:
            count += 1
            if (day := date_line(text)) is not None:
                yield day.isoformat()
                return


def _moment(given: str) -> Moment | None:
    given = " ".join(given.split())
    if (moment := parse_date(given)) is None and (found := find_date(given[:150])) is not None:
        moment = found[0]
    if moment is None and re.match(r"(?:19|20)\d\d-\d\d-\d\d", given):
        moment = parse_date(given[:10])
    if moment is None:
        return None
    day = moment.date() if isinstance(moment, datetime) else moment
    return moment if date(1990, 1, 1) <= day else None


# --- author ---------------------------------------------------------------------------------------------------

_AUTHOR_METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "citation_author",
    "dc.author",
    "creator",
)
_AUTHOR_MARKS = (
    "//*[@rel='author']",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[contains(@class,'vcard')]//*[contains(@class,'fn')]",
    "//*[contains(@class,'author-name') or contains(@class,'author__name')"
    " or contains(@class,'byline-name') or contains(@class,'authorname')]",
    "//*[contains(@class,'author') and not(contains(@class,'authors'))]//a",
    "//*[contains(@class,'byline') or contains(@class,'author') or contains(@class,'autor')]",
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d{2}|[→*:]|\b(?:profil|zeige|archiv|alle|beiträge|view all|posts|articles|mehr|more|read)\b"
    r"|^(?:admin|administrator|redaktion|redaction|editor|staff|webmaster|author|autor|user|guest|root|by|name|some|veröffentlicht|published|posted)$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment-?(?:list|body|author|meta|content|s?-area)|\bcomments?\b|commentlist|kommentar|sidebar",
    re.IGNORECASE,
)
# Two to four words of which the first and the last open with a capital.
_PERSON = re.compile(
    r"(?:(?:Dr|Prof)\. )*[^\W\d_a-zß-ÿ][\w.'’-]*(?: (?:[\w.'’-]+)){0,3} [^\W\d_a-zß-ÿ][\w.'’-]*(?:, .*)?"
)
_LEADS = re.compile(
    r"^(?:by|von|par|por|di|door|autor(?:in)?|author|verfasst von|geschrieben von|posted by|written by|publié par|text"
    r"|foto)\b\s*:?\s*",
    re.IGNORECASE,
)


def author(tree: HtmlElement, metas: dict[str, str], articles: Sequence[dict[str, Any]]) -> str | None:
    """Who the page says wrote it, as it spells the name; several are parted by commas.

    The page's publisher stands in many places where its author should; a person's name goes before it.
    """
    publisher = {
        plain(name)
        for name in (metas.get("og:site_name"), _publisher(articles), metas.get("application-name"))
        if name
    }
    candidates: list[tuple[float, str]] = []

    def add(weight: float, name: str | None) -> None:
        if name:
            bare = plain(name)
            if any(bare in known or known in bare for known in publisher if known and bare):
                weight -= 2
            if not _PERSON.fullmatch(name):
                weight -= 0.6
            candidates.append((weight, name))

    for item in articles:
        names = [name for name in map(_name, _people(item.get("author"))) if name]
        add(2.0, ", ".join(dict.fromkeys(names)))
    for mark in _AUTHOR_METAS:
        add(1.7, _name(metas.get(mark)))
    for number, path in enumerate(_AUTHOR_MARKS):
        for element in tree.xpath(path)[:6]:
            text = " ".join(element.text_content().split())
            if len(text) < 120 and not _elsewhere(element):
                add(1.9 - number * 0.1, _name(byline(text) or text))
    if candidates:
        return max(candidates, key=lambda item: item[0])[1]
    # Imported here: few pages need it.
    from trafilatura.metadata import extract_author

    try:
        return _name(extract_author(tree))
    except Exception:  # a page on which it fails names no author that we could tell
        return None


def _elsewhere(element: Any) -> bool:
    """Whether a mark stands among comments or beside the article: its name is another's."""
    while element is not None and element.tag != "body":
        if element.tag == "nav" or _ELSEWHERE.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            return True
        element = element.getparent()
    return False


def _people(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _people(item)
    elif isinstance(value, dict):
        yield value.get("name")
    else:
        yield value


def _name(given: Any) -> str | None:
    found = _clean(given[0] if isinstance(given, list) and given else given)
    if not found:
        return None
    text = _LEADS.sub("", found)
    text = re.split(r"\s+[|•·–—]\s+|,\s*\d|\s+(?:am|on|le|vom|el)\s+\d|\(", text, maxsplit=1)[0].strip(
        " ,;:|-–—"
    )
    if not 2 <= len(text) <= 80 or len(text.split()) > 9 or _NOT_A_NAME.search(text):
        return None
    return text


# --- the rest -------------------------------------------------------------------------------------------------


def _publisher(articles: Sequence[dict[str, Any]]) -> str | None:
    for item in articles:
        for name in _people(item.get("publisher")):
            if clean := _clean(name):
                return clean
    return None


def _address(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(
            ("http://", "https://")
        ):
            return str(link.get("href")).strip()
    found = metas.get("og:url", "")
    return found if found.startswith(("http://", "https://")) else None


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    from pouch.entries.languages import LanguageTagError, language_tag

    root = tree.getroottree().getroot()
    for given in (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        metas.get("content-language"),
        metas.get("og:locale"),
    ):
        if given and given.strip():
            try:
                return language_tag(given.split(",")[0].strip().replace("_", "-")).split("-")[0]
            except LanguageTagError:
                continue
    return None
