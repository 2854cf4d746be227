"""Who wrote a page's article, as the page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from pouch.convert.dates import find_date, without_time
from pouch.convert.headings import byline, words
from pouch.convert.headline import clean
from pouch.convert.marks import Marks
from pouch.convert.segments import Segment, plain

NEAR = 7
"""Segments from the headline within which a line names the author."""

LONGEST_CREDIT = 120
"""Characters of such a line."""

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
_AUTHOR = re.compile(r"byline|author|autor")
_PEOPLE = ("author-name", "author__name", "byline-name", "authorname")
MOST_MARKED = 6
"""Elements looked at of each kind that names authors."""
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d{2}|[→*:]|\b(?:profil|zeige|archiv|alle|beiträge|view all|posts|articles|mehr|more|read)\b"
    r"|^(?:admin|administrator|staff|webmaster|author|autor|user|guest|root|by|name|some|veröffentlicht|published|posted)$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment-?(?:list|body|author|meta|content|s?-area)|\bcomments?\b|commentlist|kommentar|sidebar",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[|·•–—»]|\s-\s")
_FOLLOWS = re.compile(
    r"\s(?:in|via|vom)\s|\s(?:am|on|at|le|el|il|em|op|um)\s*(?:\d|$)|\s(?i:illustration|fotos?|photos?)\b"
)
_NAMES = re.compile(
    r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|della|di|da|dos|du|la|le|van|von|der|den|zu|bin|ibn|al|el)"
    r"(?:(?:\s*[,/&]\s*|\s+(?:and|et|und|y|e|i|en)\s+|\s+)"
    r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|della|di|da|dos|du|la|le|van|von|der|den|zu|bin|ibn|al|el)){0,11}"
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


def author(
    marks: Marks,
    metas: dict[str, str],
    articles: Sequence[dict[str, Any]],
    publishers: Sequence[str],
    found: Sequence[Segment] = (),
    at: int | None = None,
) -> str | None:
    """Who the page says wrote it, as it spells the name; several are parted by commas.

    `at`: the number of the headline among the segments `found`. A line below it that credits someone goes before
    what the page's head says, where a publisher or a software often stands in the author's place.
    """
    known = [plain(name) for name in publishers]
    candidates: list[tuple[float, str]] = []

    def add(weight: float, name: str | None) -> None:
        if name:
            bare = plain(name)
            if any(bare in one or one in bare for one in known if one and bare):
                weight -= 2
            if not _PERSON.fullmatch(name):
                weight -= 0.6
            candidates.append((weight, name))

    if at is not None:
        add(2.8, _credited(found, at))
    for item in articles:
        names = [name for name in map(_name, people(item.get("author"))) if name]
        add(2.0, ", ".join(dict.fromkeys(names)))
    for mark in _AUTHOR_METAS:
        add(1.7, _name(metas.get(mark)))
    for number, marked in enumerate(_marked(marks)):
        for element in marked[:MOST_MARKED]:
            text = " ".join(element.text_content().split())
            if len(text) < LONGEST_CREDIT and not _elsewhere(element):
                add(1.9 - number * 0.1, _name(byline(text) or text))
    return max(candidates, key=lambda item: item[0])[1] if candidates else None


def _marked(marks: Marks) -> Iterator[Sequence[Any]]:
    """The elements that name the author, in the order of the page, by the kind of mark, the surest kind first."""
    yield marks.authors
    authors = [element for element, name in marks.properties if name == "author"]
    yield _inside(authors, lambda element: element.get("itemprop") == "name")
    yield authors
    cards = [element for element, name in marks.classed if "vcard" in name]
    yield _inside(cards, lambda element: "fn" in (element.get("class") or ""))
    named = [(element, name) for element, name in marks.classed if _AUTHOR.search(name)]
    yield [element for element, name in named if any(one in name for one in _PEOPLE)]
    single = [element for element, name in named if "author" in name and "authors" not in name]
    yield _inside(single, lambda element: element.tag == "a")
    yield [element for element, _ in named]


def _inside(outer: Sequence[Any], wanted: Callable[[Any], bool]) -> list[Any]:
    """The elements inside of others, each once."""
    return list(
        dict.fromkeys(element for one in outer for element in one.iterdescendants() if wanted(element))
    )


@cache
def _openers() -> re.Pattern[str]:
    """What opens a credit: a byline's words, perhaps behind words that say that something was published."""
    openers = "|".join(re.escape(word) for word in sorted(words("byline"), key=len, reverse=True))
    before = "|".join(re.escape(word) for word in words("published"))
    return re.compile(rf"^(?:(?:{before})\s+)*(?:{openers})(?:\s*:\s*|\s+)(?P<name>\S.*)$", re.IGNORECASE)


def _credited(found: Sequence[Segment], at: int) -> str | None:
    """The names in a line that credits them, near the headline."""
    near = [*found[at + 1 : at + 1 + NEAR], *reversed(found[max(0, at - 2) : at])]
    for segment in near:
        text = " ".join(segment.text.replace("\u00ad", "").split())
        if not text or len(text) > LONGEST_CREDIT:
            continue
        if day := find_date(text):
            text = f"{text[: day[1]]} | {text[day[2] :]}"
        for part in _PARTS.split(without_time(text)):
            if (credit := _openers().match(part.strip())) and (name := _as_credit(credit["name"], segment)):
                return name
    return None


def _as_credit(text: str, segment: Segment) -> str | None:
    """Names without what follows them; a word alone, or one in small letters, is a name only where it is a link."""
    links = [run.strip() for run, inline in segment.runs if any(element.tag == "a" for element in inline)]
    if linked := max((link for link in links if link and text.startswith(link)), key=len, default=""):
        rest = text[len(linked) :].lstrip()
        text = text if rest.startswith((",", "&", "/", "and ", "et ", "und ", "y ", "e ", "en ")) else linked
    text = _published_at_end().sub("", _FOLLOWS.split(text, maxsplit=1)[0]).strip(" ,;:|/-–—")
    name = _name(re.sub(r"(?<=\w\w)\.$", "", text))
    return name if name and (linked or _NAMES.fullmatch(text)) else None


@cache
def _published_at_end() -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word in words("publishing"))
    return re.compile(rf"\s+(?:{said})\s*$", re.IGNORECASE)


def _elsewhere(element: Any) -> bool:
    """Whether a mark stands among comments or beside the article: its name is another's."""
    while element is not None and element.tag != "body":
        if element.tag == "nav" or _ELSEWHERE.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            return True
        element = element.getparent()
    return False


def people(value: Any) -> Iterator[Any]:
    """The names in a JSON-LD value: a name, an object with a name, or a list of them."""
    if isinstance(value, list):
        for item in value:
            yield from people(item)
    elif isinstance(value, dict):
        yield from people(value.get("name"))
    else:
        yield value


def _name(given: Any) -> str | None:
    found = clean(given[0] if isinstance(given, list) and given else given)
    if not found:
        return None
    text = _LEADS.sub("", found)
    text = re.split(r"\s+[|•·–—]\s+|,\s*\d|\s+(?:am|on|le|vom|el)\s+\d|\(", text, maxsplit=1)[0].strip(
        " ,;:|-–—"
    )
    if not 2 <= len(text) <= 80 or len(text.split()) > 9 or _NOT_A_NAME.search(text):
        return None
    return text
