"""A small vocabulary and site, and entries made at random, for the tests of entries."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from pouch.content.entry import Archived, Correction, Entry, Image, Source
from pouch.content.fields import Context
from pouch.site import Site
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary
from tests import archives

TOPICS = {
    "war": Topic(key="war", slug="war", labels={"en": "War", "fr": "Guerre"}),
    "ceasefire": Topic(
        key="ceasefire",
        slug="ceasefire",
        labels={"en": "Ceasefire", "fr": "Cessez-le-feu"},
        aliases={"en": ("truce",)},
        parent="war",
    ),
    "flood": Topic(key="flood", slug="flood", labels={"en": "Flood", "fr": "Inondation"}),
}
PATH = "content/entries/2025/03/talks.md"


def a_site() -> Site:
    """A site in English and French, at the root of its domain."""
    return archives.a_site(timezone="Europe/Brussels", languages=("en", "fr"), plugins=())


@cache
def a_context() -> Context:
    """That site with three topics and every country."""
    vocabulary = Vocabulary(
        registry_countries(), TOPICS, registry_regions(), lang="en", languages=("en", "fr")
    )
    return Context(a_site(), vocabulary)


def in_file(*lines: str, body: str = "Text.") -> str:
    """A file with these lines of front matter after an id, a title and a date."""
    given = {line.partition(":")[0] for line in lines}
    usual = ("id: abcd", "title: Talks", "date: 2025-03-05", "countries: [UA]", "topics: [war]")
    kept = [line for line in usual if line.partition(":")[0] not in given]
    return "\n".join(("---", *kept, *lines, "---", "", body, ""))


# For properties that follow from another one, which is tested at length.
FEWER = settings(max_examples=max(1, settings.default.max_examples // 5)) if settings.default else settings()

# Every character that the format admits: no controls, no lone surrogates, no noncharacters.
_ADMITTED = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029"
)
TEXTS = (
    st.text(_ADMITTED, min_size=1, max_size=40)
    | st.sampled_from(["no", "on", "NO", "~", "null", "0123", "0o17", "1e3", ".5", "- a", "a: b", "a #b", "[x]", "%"])
).map(str.strip).filter(lambda text: any(c.isalnum() for c in text))  # fmt: skip
IDS = st.text(string.ascii_lowercase + string.digits + "-", min_size=4, max_size=32)
SLUGS = st.from_regex(r"[a-z]{3,8}(-[a-z0-9]{1,5}){1,2}", fullmatch=True)
MOMENTS = st.dates(date(1400, 1, 1), date(9998, 12, 31)) | st.builds(
    lambda moment, minutes: moment.replace(tzinfo=timezone(timedelta(minutes=minutes)) if minutes else UTC),
    st.datetimes(datetime(1400, 1, 2), datetime(9998, 12, 30)),  # noqa: DTZ001  # the zone comes with `minutes`
    st.integers(-23 * 60, 23 * 60),
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
    | st.text(_ADMITTED | st.just("\n"), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def _tuples(items: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=most, unique=True).map(tuple)


_ADDRESSES = st.from_regex(r"https://example\.org/[a-z]{1,5}\?b=c&d=%20#[a-z]{1,3}", fullmatch=True)
_ARCHIVED = st.builds(
    Archived,
    url=st.none() | _ADDRESSES,
    date=st.none() | MOMENTS,
    sha256=st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
).filter(lambda archived: archived != Archived())
_SOURCES = st.builds(
    Source,
    name=st.none() | TEXTS,
    title=st.none() | TEXTS,
    url=st.none() | _ADDRESSES,
    author=st.none() | TEXTS,
    published=st.none() | MOMENTS,
    archived=st.none() | _ARCHIVED,
)
_IMAGES = st.builds(
    Image,
    file=st.sampled_from(["images/a.jpg", "images/2025/Port, north.png", "images/été #1.webp"]),
    alt=TEXTS,
    caption=st.none() | TEXTS,
    credit=st.none() | TEXTS,
)


def _address(source: Source) -> object:
    """What no two sources of an entry share."""
    return source.url or source


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry that the format admits."""
    codes = draw(_tuples(st.sampled_from(["UA", "GB", "NO", "FR", "CI", "XK"])))
    split = draw(st.integers(0, len(codes)))
    status = draw(st.sampled_from(["draft", "published"]))
    formerly = draw(_tuples(SLUGS))
    sources = draw(
        st.lists(_SOURCES.filter(lambda source: source != Source()), max_size=3, unique_by=_address)
    )
    return Entry(
        id=draw(IDS),
        title=draw(TEXTS),
        date=draw(MOMENTS if status == "published" else st.none() | MOMENTS),
        publish_at=draw(st.none() | MOMENTS),
        updated=draw(st.none() | MOMENTS),
        lang=draw(st.none() | st.sampled_from(["fr", "no", "pt-BR", "zh-Hant-TW"])),
        summary=draw(st.none() | TEXTS),
        key_points=draw(_tuples(TEXTS)),
        countries=codes[:split],
        mentions=codes[split:],
        topics=draw(_tuples(st.sampled_from(sorted(TOPICS)))),
        source=sources[0] if sources else None,
        further_sources=tuple(sources[1:]),
        authors=draw(_tuples(TEXTS, 2)),
        image=draw(st.none() | _IMAGES),
        status=status,  # type: ignore[arg-type]  # one of the two
        slug=draw(st.none() | SLUGS.filter(lambda slug: slug not in formerly)),
        formerly=formerly,
        translation_of=draw(st.none() | IDS),
        corrections=tuple(draw(st.lists(st.builds(Correction, MOMENTS, TEXTS), max_size=2))),
        extra=draw(st.dictionaries(TEXTS, _VALUES, max_size=3)),
        body=draw(st.text(_ADMITTED | st.sampled_from("\n\t"), max_size=60)).strip("\n"),
    )
