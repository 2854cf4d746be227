"""What entries must agree on among themselves."""

from __future__ import annotations

import pytest

from pouch.checks.entries import EntryKey, cross_check, key_of
from pouch.content.parse import read_text
from tests.content.samples import a_context, in_file

DAY = 86_400.0


def key(name: str, **more: object) -> EntryKey:
    """An entry in the file NAME.md, published on day 10 in English unless it says otherwise."""
    given = {
        "id": f"id-{name}",
        "path": f"{name}.md",
        "slug": name,
        "lang": "en",
        "publish_at": 10 * DAY,
        **more,
    }
    return EntryKey(**given)  # type: ignore[arg-type]  # a table of what differs


LINES = {"id": 2, "slug": 5, "formerly": 6, "translation_of": 7}
FRENCH = {"lang": "fr", "translation_of": "id-a"}

# Entries → (file, line, code) of each problem.
CASES: list[tuple[str, list[EntryKey], list[tuple[str, int, str]]]] = [
    ("nothing in common", [key("a"), key("b")], []),
    ("one id", [key("a"), key("b", id="id-a", lines=LINES)], [("b.md", 2, "duplicate-id")]),
    ("one id thrice", [key("a"), key("b", id="id-a"), key("c", id="id-a")],
     [("b.md", 1, "duplicate-id"), ("c.md", 1, "duplicate-id")]),
    ("one slug", [key("a"), key("b", slug="a", lines=LINES)], [("b.md", 5, "slug-taken")]),
    ("a slug that another had", [key("a", formerly=("b",), lines=LINES), key("b")], [("a.md", 6, "slug-taken")]),
    ("two that had one slug", [key("a", formerly=("x",)), key("b", formerly=("x",), lines=LINES)],
     [("b.md", 6, "slug-taken")]),
    ("a version", [key("a"), key("b", **FRENCH)], []),
    ("a version that came later", [key("a"), key("b", **FRENCH, publish_at=11 * DAY)], []),
    ("a version that came first", [key("a"), key("b", **FRENCH, publish_at=9 * DAY, lines=LINES)],
     [("b.md", 7, "translation-early")]),
    ("a version of a draft", [key("a", status="draft"), key("b", **FRENCH)], [("b.md", 1, "translation-early")]),
    ("a draft of a version", [key("a", status="draft"), key("b", **FRENCH, status="draft", publish_at=None)], []),
    ("a version of nothing", [key("b", **FRENCH)], [("b.md", 1, "unknown-translation")]),
    ("a version of itself", [key("a", translation_of="id-a")], [("a.md", 1, "translation-of-itself")]),
    ("a version of a version", [key("a"), key("b", **FRENCH), key("c", lang="de", translation_of="id-b")],
     [("c.md", 1, "translation-chain")]),
    ("a version in the same language", [key("a"), key("b", translation_of="id-a")],
     [("b.md", 1, "translation-language")]),
    ("two versions in one language", [key("a"), key("b", **FRENCH), key("c", **FRENCH)],
     [("c.md", 1, "translation-language")]),
    ("an original with faults of its own", [key("a", broken=True, publish_at=None), key("b", **FRENCH)], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("originals", "hint"),
    [
        ({"a": None, "b": "a", "c": "b", "d": "c"}, "name the original: translation_of: id-a"),
        ({"a": "b", "b": "a"}, "remove the line there"),
        ({"a": "b", "b": "c", "c": "a", "d": "a"}, "remove the line there"),
    ],
)
def test_the_hint_of_a_chain_does_not_lead_to_the_next_fault(
    originals: dict[str, str | None], hint: str
) -> None:
    """It names the entry at the chain's end, and where all name each other, says that one has to stop."""
    languages = dict(zip(originals, ("en", "fr", "de", "es"), strict=False))
    entries = [
        key(name, lang=languages[name], translation_of=f"id-{other}" if other else None)
        for name, other in originals.items()
    ]
    chains = [problem for problem in cross_check(entries) if problem.code == "translation-chain"]
    assert chains
    assert all(hint in problem.hint for problem in chains)


@pytest.mark.parametrize(
    ("entries", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_disagreements(entries: list[EntryKey], expected: list[tuple[str, int, str]]) -> None:
    """Each disagreement is told once, at the file that comes later, whatever order they were read in."""
    for order in (entries, entries[::-1]):
        assert [(p.path, p.line, p.code) for p in cross_check(order)] == expected


def test_the_file_at_hand_is_the_one_that_is_named() -> None:
    """Someone who checks one file hears of its clash with another, even where the other's name comes later."""
    entries = [key("a"), key("b", id="id-a")]
    assert [p.path for p in cross_check(entries, last={"a.md"})] == ["a.md"]


def test_the_key_of_an_entry() -> None:
    """An entry with faults still has its id and slugs, so that others can be compared with it."""
    context = a_context()
    path = "content/entries/talks.md"
    whole = key_of(read_text(in_file("formerly: [old]"), path, context), context.site)
    broken = key_of(read_text(in_file("formerly: [old]", "lang: french"), path, context), context.site)
    lost = key_of(read_text("---\nid: [\n---\n", path, context), context.site)
    assert whole is not None
    assert broken is not None
    assert (whole.id, whole.slug, whole.formerly, whole.lang) == ("abcd", "talks", ("old",), "en")
    # 5 March 2025, 00:00 in Brussels
    assert whole.publish_at == 1_741_129_200
    assert (broken.id, broken.slug, broken.formerly, broken.broken) == ("abcd", "talks", ("old",), True)
    assert lost is None


@pytest.mark.parametrize("slug", ["a", "formerly-a"])
def test_a_slug_in_the_place_of_an_id_brings_the_id(slug: str) -> None:
    """An editor knows an entry by its address; the message has what to write."""
    entries = [key("a", formerly=("formerly-a",)), key("b", lang="fr", translation_of=slug)]
    (problem,) = cross_check(entries)
    assert problem.hint == "it is the slug of a.md; write its id, id-a"
