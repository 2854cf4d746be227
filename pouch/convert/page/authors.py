"""The authors of a page's article, as the page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pouch.convert.page.headline import clean
from pouch.convert.page.marks import Marks
from pouch.convert.page.segments import Segment, plain
from pouch.convert.text.dates import find_date, weekdays, without_time
from pouch.convert.text.headings import byline, is_label, is_office, without_aside, words

NEAR = 7
"""Segments from the headline within which a line names the author."""

FAR = 100
"""The same for a line that nothing but names them, or that dates what it credits."""

LONGEST_CREDIT = 120
"""Characters of such a line."""

AUTHOR_METAS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl",
    "citation_author", "dc.author", "creator",
)  # fmt: skip
_AUTHOR = re.compile(r"byline|author|autor")
_PEOPLE = ("author-name", "author__name", "byline-name", "authorname")
MOST_NESTED = 5
"""Lists and objects inside each other that are read for a name."""

MOST_MARKED = 6
"""Elements looked at of each kind that names authors."""
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d{2}|[→*:]|\b(?:profil|zeige|archiv|alle|beiträge|view all|posts|articles|mehr|more|read)\b"
    r"|^[\w-]{3,}\.[a-z]{2,3}$|\b(?:gmbh|ag|inc|ltd|llc|e\. ?v|s\.a|sarl|s\.r\.l)\b\.?$"
    r"|\b(?:e-?mail|unsplash|drupal|wordpress|gesponserte|sponsored)\b"
    r"|^(?:staff (?:reports?|reporters?|writers?)|red|publisher|editor|creator|contributor)\.?$"
    r"|^(?:admin|administrator|reviews?|beitrag|staff|webmaster|author|autor|user|guest|root|by|name|some|veröffentlicht|published|posted)$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[^\W\d_]\w*\d{2,4}")
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:credits|copyright|site[-_]?footer)(?![a-z])|comment-?(?:list|body|author|meta|content|s?-area)|\bcomments?\b|commentlist|kommentar|sidebar",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[|·•–—»]|\s-\s")
_FOLLOWS = re.compile(
    r"\s(?:in|via|vom)\s|\s(?:am|on|at|le|el|il|em|op|um)\s*(?:\d|$)|\s(?i:illustration|fotos?|photos?)\b"
)
_AROUND = " ,;:|/-–—"
_ON = ("on", "at", "am", "um", "le", "el", "il", "op", "em")
# What a person is, behind the name: one word, where a second name would have two.
_OFFICE = re.compile(r",\s*[\w-]+$")
_OTHERS = re.compile(
    r"\s*(?:,|&|\band\b|\bet\b|\bund\b|\by\b|\be\b|\ben\b)\s*[^\W\d_a-zß-ÿ][\w.'’-]*\s[^\W\d_a-zß-ÿ]"
)
_HANDLE = re.compile(r"\s+@\w+$")
_NAMES = re.compile(
    r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|della|di|da|dos|du|la|le|van|von|der|den|zu|bin|ibn|al|el)"
    r"(?:(?:\s*[,/&]\s*|\s+(?:and|et|und|y|e|i|en)\s+|\s+)"
    r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|della|di|da|dos|du|la|le|van|von|der|den|zu|bin|ibn|al|el)){0,11}"
)
# Two to four words of which the first and the last open with a capital.
_PERSON = re.compile(
    r"(?:(?:Dr|Prof)\. )*[^\W\d_a-zß-ÿ][\w.'’-]*(?: (?:[\w.'’-]+)){0,3} [^\W\d_a-zß-ÿ][\w.'’-]*(?:, .*)?"
)
_SMALL_WORDS = frozenset((
    "de", "del", "della", "di", "da", "dos", "du", "la", "le", "les", "van", "von", "der", "den", "zu", "bin", "ibn",
    "al", "el", "and", "et", "und", "y", "e", "en", "i", "of", "for", "für", "from", "the", "pour", "per",
))  # fmt: skip
"""Words that stand in small letters within names of people and offices."""

SENTENCE = 2
"""Other words in small letters that make a text no name."""
_UNSPACED = re.compile(r",(?=[^\W\d_])")
"""A comma between two names that a program joined."""
_LEADS = re.compile(
    r"^(?:by|von|par|por|di|door|autor(?:in)?|author|verfasst von|geschrieben von|posted by|written by|publié par|text"
    r"|foto|über|about)\b\s*:?\s*",
    re.IGNORECASE,
)


def author(
    marks: Marks,
    metas: dict[str, str],
    articles: Sequence[dict[str, Any]],
    publishers: Sequence[str],
    segments: Sequence[Segment] = (),
    at: int | None = None,
    items: Sequence[dict[str, Any]] = (),
) -> str | None:
    """The author that the page names, in the page's spelling; several are separated by commas.

    `at`: the number of the headline among `segments`. A line below it that credits someone goes before
    what the page's head says, where a publisher or a software often stands in the author's place. `items` are all
    JSON-LD objects, to which an author may refer by `@id`. The publisher itself is no author.
    """
    publisher_names = [plain(name) for name in publishers]
    candidates = [(weight, name) for weight, name in _credits(segments, at) if name]
    stated = [*_in_head(metas, articles, items, publisher_names), *_in_marks(marks)]
    candidates += [(_weighed(weight, name, publisher_names), name) for weight, name in stated if name]
    if not candidates:
        return None
    best = max(candidates, key=lambda item: item[0])[1]
    # A list that opens with this name has the other authors too.
    longer = (
        name
        for _, name in candidates
        if plain(name).startswith(plain(best)) and _OTHERS.match(name, len(best))
    )
    return _UNSPACED.sub(", ", next(longer, best))


def _credits(segments: Sequence[Segment], at: int | None) -> Iterator[tuple[float, str | None]]:
    """The names in lines that credit someone, with their weight: beside the headline, and further below it."""
    if at is not None:
        near = [*segments[at + 1 : at + 1 + NEAR], *reversed(segments[max(0, at - 2) : at])]
        yield 2.8, next(filter(None, map(_credited, near)), None)
    start = 0 if at is None else at + 1
    below = segments[start : start + FAR]
    yield 1.9, _dated_credit(below)
    yield 1.75, next(filter(None, map(_labelled, below, below[1:])), None)
    yield 1.65, next(filter(None, (byline(segment.text) for segment in below)), None)


def _in_head(
    metas: dict[str, str],
    articles: Sequence[dict[str, Any]],
    items: Sequence[dict[str, Any]],
    publisher_names: Sequence[str],
) -> Iterator[tuple[float, str]]:
    """The names in the page's head. The publisher often stands there for an author whom nobody named."""
    by_id = {
        str(item["@id"]): item
        for item in items
        if item.get("@id") and ("name" in item or "familyName" in item)
    }
    for item in articles:
        names = [name for name in map(_name, people(item.get("author"), by_id)) if name]
        yield 2.0, ", ".join(dict.fromkeys(name for name in names if plain(name) not in publisher_names))
    for mark in AUTHOR_METAS:
        names = [name for name in map(_name, (metas.get(mark) or "").split("\n")) if name]
        stated = ", ".join(dict.fromkeys(names))
        yield 1.7, "" if plain(stated) in publisher_names else stated


def _in_marks(marks: Marks) -> Iterator[tuple[float, str | None]]:
    """The names in elements that the page marks as its author's."""
    for number, marked in enumerate(_marked(marks)):
        for element in marked[:MOST_MARKED]:
            text = " ".join(" ".join(element.itertext()).split())
            if len(text) < LONGEST_CREDIT and not _elsewhere(element):
                yield 1.9 - number * 0.1, _marked_name(element)


def _weighed(weight: float, name: str, publisher_names: Sequence[str]) -> float:
    """The weight of a name, less if it is part of the publisher's or no person's."""
    bare = plain(name)
    if any(bare in one or one in bare for one in publisher_names if one and bare):
        weight -= 2
    return weight if _PERSON.fullmatch(name) else weight - 0.6


def _marked(marks: Marks) -> Iterator[Sequence[Any]]:
    """The elements that name the author, in the order of the page, by the kind of mark, the surest kind first."""
    yield marks.authors
    authors = [element for element, name in marks.properties if name == "author"]
    yield _inside(authors, lambda element: element.get("itemprop") == "name")
    yield authors
    cards = [element for element, name in marks.classed if "vcard" in name]
    yield _inside(cards, lambda element: "fn" in (element.get("class") or ""))
    classed = [(element, name) for element, name in marks.classed if _AUTHOR.search(name)]
    yield [element for element, name in classed if any(one in name for one in _PEOPLE)]
    single = [element for element, name in classed if "author" in name and "authors" not in name]
    yield _inside(single, lambda element: element.tag == "a")
    yield [element for element, _ in classed]


def _marked_name(element: Any) -> str | None:
    """The names in an element that names the author: several links are several names, an office in a box is none."""
    links = [" ".join(link.text_content().split()) for link in element.iter("a")]
    names = list(dict.fromkeys(name for link in links if _PERSON.fullmatch(link) and (name := _name(link))))
    # A second link that contains the name leads to the person's account.
    names = [name for name in names if not any(other != name and other in name for other in names)]
    if len(names) > 1:
        return ", ".join(names)
    texts = [text for text in (" ".join(one.split()) for one in element.itertext()) if text]
    # Words that each stand alone are the parts of one name.
    if len(texts) > 1 and any(" " in text for text in texts):
        people_named = [
            text for text in texts if _PERSON.fullmatch(text) and not is_office(text) and _name(text)
        ]
        if len(people_named) == 1 and all(
            text in people_named or is_office(text) or is_label(text) or not text[0].isalpha()
            for text in texts
        ):
            return _name(people_named[0])
    text = " ".join(texts)
    whole = " ".join(element.text_content().split())
    return _name(byline(whole) or byline(text) or whole)


def _inside(outer: Sequence[Any], matches: Callable[[Any], bool]) -> list[Any]:
    """The elements inside of others, each once."""
    return list(
        dict.fromkeys(element for one in outer for element in one.iterdescendants() if matches(element))
    )


@cache
def _openers() -> re.Pattern[str]:
    """The openings of a credit: a byline's words, perhaps behind words that say that something was published."""
    openers = "|".join(re.escape(word) for word in sorted(words("byline"), key=len, reverse=True))
    before = "|".join(re.escape(word) for word in words("published"))
    return re.compile(rf"^(?:(?:{before})\s+)*(?:{openers})(?:\s*:\s*|\s+)(?P<name>\S.*)$", re.IGNORECASE)


def _credited(segment: Segment) -> str | None:
    """The names in a line that credits them."""
    text = _line(segment)
    if not text or len(text) > LONGEST_CREDIT:
        return None
    if day := find_date(text):
        text = f"{text[: day[1]]} | {text[day[2] :]}"
        if posted := _posted().match(text):
            return _as_credit(posted["name"], segment, sure=True)
    for part in _PARTS.split(without_time(text)):
        if (credit := _openers().match(part.strip())) and (name := _as_credit(credit["name"], segment)):
            return name
    return None


def _labelled(label: Segment, following: Segment) -> str | None:
    """The name below a line that is nothing but the label for it: "Author:"."""
    if not label.text.endswith((":", "：")) or label.text.rstrip(" :：").casefold() not in words("byline"):
        return None
    name = _name(following.text) if len(following.text) <= LONGEST_CREDIT else None
    return name if name and _PERSON.fullmatch(name) else None


def _dated_credit(segments: Sequence[Segment]) -> str | None:
    """The names in the first line that states a poster and a day, as forums and blogs have it."""
    for segment in segments:
        if len(segment.text) <= LONGEST_CREDIT and find_date(segment.text) and (name := _credited(segment)):
            return None if _elsewhere(segment.parent) else name
    return None


def _line(segment: Segment) -> str:
    """A segment on one line; a name that follows a word that opens a credit without a space is parted from it."""
    text = " ".join(segment.text.replace("\u00ad", "").split())
    opening = next((run.strip() for run, _ in segment.runs if run.strip()), "")
    if opening and text.startswith(opening) and _openers().match(f"{opening} x"):
        return f"{opening} {text[len(opening) :].lstrip()}"
    return text


def _as_credit(text: str, segment: Segment, *, sure: bool = False) -> str | None:
    """Names without what follows them; a word alone, or one in small letters, is a name only where it is a link."""
    links = [run.strip() for run, inline in segment.runs if any(element.tag == "a" for element in inline)]
    if linked := max((link for link in links if link and text.startswith(link)), key=len, default=""):
        rest = text[len(linked) :].lstrip()
        goes_on = rest.startswith((",", "&", "/", "and ", "et ", "und ", "y ", "e ", "en "))
        text = without_aside(text) if goes_on else linked
    text = _FOLLOWS.split(text, maxsplit=1)[0].strip(_AROUND)
    text = _published_at_end().sub("", text).strip(_AROUND)
    text = without_aside(text)
    if _PERSON.fullmatch(text.split(",")[0]):
        text = _OFFICE.sub("", text)
    name = _name(re.sub(r"(?<=\w\w)\.$", "", text), account=bool(linked) or sure)
    return name if name and (linked or sure or _NAMES.fullmatch(text)) else None


@cache
def _published_at_end() -> re.Pattern[str]:
    """Words at the end of a credit that belong to the date behind it."""
    last_words = "|".join(re.escape(word) for word in (*words("publishing"), *weekdays(), *_ON))
    return re.compile(rf"(?:\s+(?:{last_words})\W*)+$", re.IGNORECASE)


@cache
def _posted() -> re.Pattern[str]:
    """A line that says where something was published, and by whom, before its date."""
    verbs = "|".join(re.escape(word) for word in words("publishing"))
    return re.compile(
        rf"(?:{verbs})\s.*\s(?:by|von|par|por|di|door)\s+(?P<name>\S+(?:\s\S+){{0,2}}?)\s+(?:{'|'.join(_ON)}|\|)(?:\s|$)",
        re.IGNORECASE,
    )


def _elsewhere(element: Any) -> bool:
    """Whether a mark stands among comments or beside the article: its name is another's."""
    while element is not None and element.tag != "body":
        if element.tag == "nav" or _ELSEWHERE.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            return True
        element = element.getparent()
    return False


def people(value: Any, by_id: Mapping[str, dict[str, Any]] | None = None, depth: int = 0) -> Iterator[Any]:
    """The names in a JSON-LD value: a name, an object with a name or its parts, a reference, or a list of them."""
    if depth > MOST_NESTED:
        return
    if isinstance(value, list):
        for item in value:
            yield from people(item, by_id, depth + 1)
    elif isinstance(value, dict):
        parts = [value.get(part) for part in ("givenName", "additionalName", "familyName")]
        if value.get("name"):
            yield from people(value["name"], by_id, depth + 1)
        elif any(parts):
            yield " ".join(str(part) for part in parts if isinstance(part, str))
        elif by_id and (referred := by_id.get(str(value.get("@id")))) is not None and referred is not value:
            yield from people(referred, None, depth + 1)
    else:
        yield value


def _name(value: Any, *, account: bool = False) -> str | None:
    """A name without the words around it; None for any other text. `account`: the name may be a member's account."""
    name = clean(value[0] if isinstance(value, list) and value else value)
    if not name or is_label(name):
        return None
    name = without_aside(name)
    text = _HANDLE.sub("", _LEADS.sub("", name))
    text = re.split(r"\s+[|•·–—]\s+|,\s*\d|\s+(?:am|on|le|vom|el)\s+\d|\(", text, maxsplit=1)[0].strip(
        " ,;:|-–—"
    )
    small = [word for word in text.split() if word.islower() and word not in _SMALL_WORDS]
    if len(small) >= SENTENCE and " " in text and text[:1].isupper():
        return None
    if not 2 <= len(text) <= 80 or len(text.split()) > 9 or _NOT_A_NAME.search(text):
        return text if account and _ACCOUNT.fullmatch(text) else None
    return text
