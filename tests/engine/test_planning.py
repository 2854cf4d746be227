"""A group's inputs decide its outputs: what an edit does not touch is not planned, and would not have changed."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.archive import archive as archive_module
from pouch.archive.archive import Archive
from pouch.archive.briefing import Briefing
from pouch.archive.records import DossierRecord, ImageRecord, PageRecord, Record, SourceRecord
from pouch.engine.plan import Plan
from pouch.pages.groups import Group
from pouch.pages.rivers import PAGES_A_GROUP
from pouch.settings import ALL_FEATURES, FURTHER_FEATURES
from pouch_archives.home import RECENT
from tests.archives import a_record, a_site, an_archive
from tests.plans import plan_of

IDS = ("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff")


# Whatever is edited, each country and topic keeps an entry: else other pages come or go, and everything is planned.
ANCHORS = [
    a_record(
        f"anchor-{code.lower()}",
        "2024-05-04",
        countries=(code,),
        mentions=("KE",),
        topics=("ceasefire", "trade"),
    )
    for code in ("UA", "GB", "FR")
]
DATES = tuple(
    datetime(year, month, day, tzinfo=UTC) for year, month, day in ((2025, 1, 1), (2025, 1, 2), (2024, 5, 5))
)
# What a field may hold where its type alone does not say it.
CHOICES: dict[str, tuple[object, ...]] = {
    "date": DATES,
    "publish_at": DATES,
    "slug": ("", "-other"),
    "lang": ("en", "fr"),
    "countries": (("UA",), ("UA", "GB"), ("GB", "FR")),
    "mentions": ((), ("KE",), ("KE", "UA")),
    "topics": (("war",), ("ceasefire", "trade"), ("trade",)),
    "formerly": ((), ("once",)),
    "translation_of": (None, "aaaa"),
    "published": (True, True, False),
    "sources": (
        (),
        (
            SourceRecord(name="Post", url="https://post.example/a", published="2024-01-01"),
            SourceRecord(title="B"),
        ),
    ),
    "image": (None, ImageRecord("images/a.png", "A quay", width=4, height=3)),
    "corrections": ((), (("2025-02-01", "It was two."),)),
}
FIXED = {"id", "path"}  # what an entry is, and where: other values are another entry


def values_of(annotation: Any) -> tuple[object, ...]:
    """Two or more values of a type, so that a field that is added tomorrow is varied from then on."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        inner = [each for each in get_args(annotation) if each is not type(None)]
        empty = (None,) if type(None) in get_args(annotation) else ()
        return (*empty, *values_of(inner[0]))
    if origin is tuple:
        return ((), tuple(values_of(get_args(annotation)[0])[:1]))
    if origin is dict:
        return ({}, {"key": "value"})
    plain: dict[Any, tuple[object, ...]] = {
        str: ("One", "Two"),
        bool: (True, False),
        int: (100, 1000),
        datetime: DATES,
    }
    if annotation in plain:
        return plain[annotation]
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        hints = get_type_hints(annotation)
        return tuple(
            annotation(**{name: values_of(hint)[which] for name, hint in hints.items()}) for which in (0, -1)
        )
    return (msgspec.UNSET,)


def choices(model: type[msgspec.Struct]) -> dict[str, tuple[object, ...]]:
    """What each field of a record may hold."""
    return {
        name: CHOICES.get(name) or values_of(hint)
        for name, hint in get_type_hints(model).items()
        if name not in FIXED
    }


FIELDS = choices(Record)
Facts = dict[tuple[str, str], Any]


def drawn() -> st.SearchStrategy[Facts]:
    """What a few entries say, by id and field."""
    return st.fixed_dictionaries(
        {(name, field): st.sampled_from(values) for name in IDS for field, values in FIELDS.items()}
    )


def entries_of(facts: Facts) -> list[Record]:
    entries = list(ANCHORS)
    for name in IDS:
        fields = {field: facts[name, field] for field in FIELDS}
        fields["slug"] = f"{name}{fields['slug']}"
        fields["formerly"] = tuple(f"{name}-{word}" for word in fields["formerly"])
        if name == "aaaa":
            fields["translation_of"] = None
        entries.append(msgspec.structs.replace(a_record(name), **fields))
    return entries


DOSSIERS = (
    DossierRecord("content/dossiers/countries/KE.md", "country", "KE", "en", ("bbbb", "dddd"), (), "d"),
)
PAGES = (PageRecord("content/pages/about.md", "about", "en", "About", "p", "What this is."),)


def archive_of(
    entries: Iterable[Record],
    *,
    dossiers: Iterable[DossierRecord] = DOSSIERS,
    pages: Iterable[PageRecord] = PAGES,
    **changes: Any,
) -> Archive:
    site = a_site(
        **{"per_page": 1, "languages": ("en", "fr"), "features": (*ALL_FEATURES, *FURTHER_FEATURES)} | changes
    )
    return an_archive(*entries, site=site, dossiers=tuple(dossiers), pages=tuple(pages))


def contents(plan: Plan) -> dict[str, tuple[bytes, object]]:
    """By group: its mark, and everything that a build makes of it."""
    found: dict[str, tuple[bytes, object]] = {}
    for group in plan.groups:
        outputs = plan.outputs(group)
        shown = [(o.path, o.template, o.render, o.lang, o.model, o.listed) for o in outputs]
        assert group.key not in found
        found[group.key] = plan.mark(group), shown
    return found


# What decides which rivers an entry is in: an edit of it reaches pages that do not show the entry.
MEMBERSHIP = ("countries", "mentions", "topics", "published", "date")
PLACES = st.tuples(
    st.sampled_from(IDS), st.one_of(st.sampled_from(tuple(FIELDS)), st.sampled_from(MEMBERSHIP))
)
BASE: Facts = {(name, field): values[0] for name in IDS for field, values in FIELDS.items()}


@st.composite
def edits(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """What entries say before and after an edit of one or two fields, or of one entry from top to bottom.

    Most archives are plain but for a few fields of one entry, of which one is edited: there a single entry decides
    whether a feed or a page exists at all.
    """
    if draw(st.integers(0, 2)):
        name = draw(st.sampled_from(IDS))
        special = draw(st.sets(st.sampled_from(MEMBERSHIP), min_size=2))
        before = BASE | {(name, field): draw(st.sampled_from(FIELDS[field])) for field in sorted(special)}
        edited = {(name, draw(st.sampled_from(sorted(special))))}
    else:
        before = draw(drawn())
        edited = draw(st.sets(PLACES, min_size=1, max_size=2))
    if draw(st.integers(0, 7)) == 0:
        name = draw(st.sampled_from(IDS))
        edited = {(name, field) for field in FIELDS}
    after = before | {place: draw(st.sampled_from(FIELDS[place[1]])) for place in sorted(edited)}
    return before, after


def test_every_field_of_a_record_is_varied() -> None:
    """A field that is added tomorrow is edited by the tests below without being told to them."""
    assert set(FIELDS) == set(Record.__struct_fields__) - FIXED
    assert {field: values for field, values in FIELDS.items() if len(set(map(repr, values))) < 2} == {}


@pytest.mark.parametrize("record", [*DOSSIERS, *PAGES], ids=lambda record: type(record).__name__)
def test_every_group_sees_dossiers_and_pages_whole(record: DossierRecord | PageRecord) -> None:
    """Whatever a dossier or a page says otherwise, no group that might show it is skipped."""
    before = plan_of(archive_of(ANCHORS)).surroundings
    others = {"key": "FR", "lang": "fr", "slug": "contact", "path": "content/other.md"}
    for field, hint in get_type_hints(type(record)).items():
        value = others.get(field) or next(
            (each for each in values_of(hint) if each != getattr(record, field)), None
        )
        changed = msgspec.structs.replace(
            record, **({"kind": "topic", "key": "war"} if field == "kind" else {field: value})
        )
        dossiers = [changed] if isinstance(changed, DossierRecord) else DOSSIERS
        pages = [changed] if isinstance(changed, PageRecord) else PAGES
        archive = archive_of(ANCHORS, dossiers=dossiers, pages=pages)
        assert plan_of(archive).surroundings != before, field


@settings(max_examples=3 * settings().max_examples)
@given(edits())
def test_equal_marks_mean_equal_groups(edit: tuple[Facts, Facts]) -> None:
    """Nothing that a group's pages or feeds show is missing from its mark, so nothing stale is left standing."""
    before, after = (plan_of(archive_of(entries_of(facts))) for facts in edit)
    if before.surroundings != after.surroundings:
        return
    old, new = contents(before), contents(after)
    for key in old.keys() & new.keys():
        if old[key][0] == new[key][0]:
            assert old[key][1] == new[key][1], key


def briefings_in(value: object) -> Iterator[Briefing]:
    """Every briefing among a group's inputs."""
    if isinstance(value, Briefing):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from briefings_in(each)


class _Sealed(Archive):
    """An archive that nobody may ask any more."""

    def __getattribute__(self, name: str) -> Any:
        if name in ("__class__", "__dict__"):
            return super().__getattribute__(name)
        raise AssertionError(f"a group asks the archive for {name}, which is not among its inputs")


@given(drawn())
def test_a_group_reads_only_its_inputs(facts: Facts) -> None:
    """A planner that looks at a briefing which its group does not name, or at the archive, is caught here."""
    read: set[int] = set()

    class Recorded(Briefing):
        __slots__ = ()

        def __getattribute__(self, name: str) -> Any:
            if not name.startswith("__"):
                read.add(id(self))
            return super().__getattribute__(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive_module, "Briefing", Recorded)
        archive = archive_of(entries_of(facts))
        plan = plan_of(archive)
        groups = plan.groups
    archive.__class__ = _Sealed
    for group in groups:
        own = {id(briefing) for briefing in briefings_in(group.inputs)}
        read.clear()
        list(group.outputs())
        assert read <= own, group.key


def marks(entries: Iterable[Record], **changes: Any) -> dict[str, bytes]:
    plan = plan_of(archive_of(entries, **changes))
    return {group.key: plan.mark(group) for group in plan.groups}


def test_an_edit_touches_few_groups() -> None:
    """A new paragraph in one of sixty briefings on six countries plans that one's country, topic and month again."""
    countries = ("FR", "GB", "UA", "US", "KE", "BR")
    topics = ("war", "trade")
    entries = {
        f"e{n:03}": a_record(
            f"e{n:03}", f"2024-{n % 12 + 1:02}-03", countries=(countries[n % 6],), topics=(topics[n % 2],)
        )
        for n in range(60)
    }
    before = marks(entries.values())
    edited = a_record("e000", "2024-01-03", countries=("FR",), topics=("war",), body="another")
    after = marks((entries | {"e000": edited}).values())
    assert before.keys() == after.keys()
    touched = {key for key in before if before[key] != after[key]}
    assert {"country FR en", "topic war fr", "briefings 2024-01 en", "feeds country FR"} <= touched
    for untouched in ("GB", "UA", "US", "KE", "BR", "trade"):
        assert not [key for key in touched if untouched in key.split()]


def a_month_apart(*topics: str, per_page: int) -> Plan:
    """Briefings on Ukraine, one a month from January 2022, with these topics."""
    entries = [
        a_record(f"m{n:03}", f"{2022 + n // 12}-{n % 12 + 1:02}-03", topics=(topic,))
        for n, topic in enumerate(topics)
    ]
    return plan_of(an_archive(*entries, site=a_site(per_page=per_page, features=ALL_FEATURES)))


@pytest.mark.parametrize(
    ("before", "added", "per_page", "touched"),
    [
        # A third briefing on the war makes a pair's page, to which the first leads, far back as it is.
        (["war", *["trade"] * 8, "war"], ["war"], 20, "briefings 2022-01 en"),
        # The newest full page led to the landing page, and now leads to the next.
        (["trade"] * (PAGES_A_GROUP + 1), ["trade"], 1, "home en pages 1"),
        # A year's page leads to every other year.
        (["trade"] * 12, ["trade"], 20, "archive 2022 en"),
    ],
)
def test_what_comes_later_touches_what_leads_to_it(
    before: list[str], added: list[str], per_page: int, touched: str
) -> None:
    """A page far from a new entry is planned again where it gets a link by it."""
    old = contents(a_month_apart(*before, per_page=per_page))[touched]
    new = contents(a_month_apart(*before, *added, per_page=per_page))[touched]
    assert old[0] != new[0]
    assert old[1] != new[1]


def test_a_feed_that_ends_touches_the_pages_that_name_it() -> None:
    """Three entries on a country, one to a page: when the only one that mentioned it does so no longer, its old
    numbered pages must not go on naming the feed of mentions.
    """
    entries = [a_record(f"e{n}", f"2025-01-0{n}", countries=("UA",)) for n in (1, 2, 3)]
    mentioning = a_record("e4", "2025-01-04", countries=("FR",), mentions=("UA",))
    silent = a_record("e4", "2025-01-04", countries=("FR",))
    old, new = (marks([*entries, each]) for each in (mentioning, silent))
    assert old["country UA en pages 1"] != new["country UA en pages 1"]


def test_a_country_that_gets_a_page_is_seen_by_every_group() -> None:
    """Pages that only name it lead there from then on."""
    first = a_record("aaaa", "2025-01-01", countries=("FR",), topics=("trade",))
    before, after = (
        plan_of(archive_of([first, a_record("bbbb", "2025-01-02", countries=(code,), topics=("trade",))]))
        for code in ("FR", "BR")
    )
    assert before.surroundings != after.surroundings


def test_the_map_shows_what_is_older_than_its_year() -> None:
    """A briefing of long ago changes one number of the map, and nothing that is newest."""
    recent = [*ANCHORS, a_record("aaaa", "2026-01-01")]
    old = a_record("bbbb", "2021-01-01", countries=("FR",))
    before, after = (contents(plan_of(archive_of(each, dossiers=()))) for each in (recent, [*recent, old]))
    assert before["map en"][1] != after["map en"][1]
    assert before["map en"][0] != after["map en"][0]


def test_the_home_page_leads_to_the_newest_numbered_page() -> None:
    """A briefing of long ago, beyond all that the home page shows, moves what it leads to."""
    recent = [a_record(f"r{n:03}", f"2025-01-{n % 28 + 1:02}", topics=("trade",)) for n in range(RECENT + 1)]
    old = a_record("bbbb", "2021-01-01", topics=("trade",))
    home_marks = []
    for entries in (recent, [*recent, old]):
        plan = plan_of(archive_of(entries, dossiers=()))
        home_marks += [plan.mark(group) for group in plan.groups if group.key == "home en"]
    assert len(set(home_marks)) == 2


def test_a_topics_first_briefing_is_seen_by_every_group() -> None:
    """Its page then exists in further languages too, so pages of all groups lead to another address."""
    trade = [a_record("aaaa", "2025-01-01", topics=("trade",))]
    before, after = (
        plan_of(archive_of([*trade, a_record("bbbb", "2025-01-02", topics=topics)], dossiers=()))
        for topics in (("trade",), ("trade", "war"))
    )
    assert before.surroundings != after.surroundings


def test_groups_have_keys_of_their_own() -> None:
    """Two groups of one name would take each other's place in the state."""
    plan = plan_of(archive_of(ANCHORS))
    keys = [group.key for group in plan.groups]
    assert len(keys) == len(set(keys))
    assert all(isinstance(group, Group) for group in plan.groups)
