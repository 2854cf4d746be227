"""What the archive has already is named, and not written twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pouch.convert.drafts.near_duplicates import ALIKE, text_signature
from tests.convert.sites import run, run_json, tree

STORY = """Harbour towns agree on a ferry timetable

Four harbour towns on the northern coast have agreed on one timetable for their ferries, after two winters in which
boats left minutes before the trains arrived. The timetable begins in April and holds for three years.

Until now each town had drawn up its own departures. Passengers who changed from the railway to a boat waited for up to
two hours, and farmers who sent fish and vegetables to the islands paid for a night in a cold store.

The railway company said that it would hold its last evening train for ten minutes where a boat is late. In return the
harbours publish delays on a common page, which the stations show beside the platforms.

Fishermen welcomed the plan. They asked that the quay in the smallest of the towns be repaired first, because only
small boats can land there at low tide, and because the ice plant stands behind it.

A council of the four mayors will look at the figures every autumn and may move single departures by a quarter of an
hour without asking the others.
"""
TITLE, BODY = STORY.split("\n\n", 1)


def convert(site: Path, folder: Path, *articles: dict[str, Any], options: tuple[str, ...] = ()) -> list[Any]:
    """(outcome's codes, path) of each article."""
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    wanted = ("duplicate", "similar", "same-id-other-text")
    return [
        ([problem["code"] for problem in line["problems"] if problem["code"] in wanted], line["path"])
        for line in run_json(site, *options, file)
    ]


FIRST = {"title": TITLE, "text": BODY, "url": "https://one.example/ferries"}
AT = "content/entries/drafts/harbour-towns-agree-on-a-ferry-timetable.md"


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        # The same text, wherever it stands and whatever its lines and its title are like.
        ({"url": "https://two.example/ferries"}, ["duplicate"]),
        ({"url": None, "text": BODY.replace("\n", " ").replace("  ", "\n\n")}, ["duplicate"]),
        ({"url": "https://two.example/f", "title": "One timetable for four harbours"}, ["duplicate"]),
        # The same story: words changed, a sentence added, a paragraph gone.
        ({"url": "https://two.example/", "text": BODY.replace("railway", "rail")}, ["duplicate"]),
        ({"url": "https://two.example/f", "text": BODY + "\nThe timetable was printed on 3 March.\n"}, ["duplicate"]),
        ({"url": "https://two.example/f", "text": BODY.rsplit("\n\n", 1)[0]}, ["duplicate"]),
        # The same address with another text.
        ({"text": "Something else altogether about a bridge. " * 20}, ["same-id-other-text"]),
        # Others.
        ({"url": "https://two.example/f", "text": BODY[: len(BODY) // 3] + "Elsewhere a bridge fell. " * 40}, []),
    ],
)  # fmt: skip
def test_one_story_is_written_once(
    site: Path, tmp_path: Path, second: dict[str, Any], codes: list[str]
) -> None:
    """In one run and against the archive alike: what is there is named with its file, and nothing is written."""
    article = {**FIRST, **second}
    expected = 1 if codes else 2
    assert convert(site, tmp_path, FIRST, article)[1][0] == codes
    assert len(tree(site / "content" / "entries")) == expected
    (found,) = convert(site, tmp_path, article)
    if codes:
        assert found == (codes, AT)
    assert len(tree(site / "content" / "entries")) == expected


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_other_figures_are_another_report(site: Path, tmp_path: Path, dry_run: tuple[str, ...]) -> None:
    """Where the figures of two like texts differ, it may be an update: it is written, and the first is named."""
    first = {**FIRST, "text": BODY.replace("three years", "3 years")}
    second = {**first, "url": "https://two.example/f", "text": BODY.replace("three years", "4 years")}
    told = convert(site, tmp_path, first, second, options=dry_run)
    assert [codes for codes, _ in told] == [[], ["similar"]]
    assert len({path for _, path in told}) == 2


def test_force_writes_it_all_the_same(site: Path, tmp_path: Path) -> None:
    """Whoever knows better says so, and gets an entry beside the other."""
    assert convert(site, tmp_path, FIRST)[0][1] == AT
    before = (site / AT).read_bytes()
    (told,) = convert(site, tmp_path, {**FIRST, "url": "https://two.example/f"}, options=("--force",))
    assert told[0] == ["similar"]
    assert told[1] != AT
    assert (site / AT).read_bytes() == before


def test_an_entry_by_hand_counts(site: Path, tmp_path: Path) -> None:
    """What an editor wrote, published and marked up is recognised, and what was deleted is forgotten."""
    by_hand = site / "content" / "entries" / "2025" / "03" / "ferries.md"
    by_hand.parent.mkdir(parents=True)
    marked = BODY.replace("one timetable", "[one **timetable**](https://one.example/x)")
    by_hand.write_text(f'---\nid: "by-hand"\ntitle: "Ferries"\ndate: 2025-03-05\n---\n\n{marked}', "utf-8")
    assert convert(site, tmp_path, FIRST) == [(["duplicate"], "content/entries/2025/03/ferries.md")]
    by_hand.unlink()
    assert convert(site, tmp_path, FIRST) == [([], AT)]


def test_a_message_says_which_and_how_alike(site: Path, tmp_path: Path) -> None:
    """The editor reads which file it is, how alike, and what to do."""
    convert(site, tmp_path, FIRST)
    (tmp_path / "again.txt").write_text(STORY.replace("minutes", "moments"), "utf-8")
    result = run(site, tmp_path / "again.txt")
    assert result.exit_code == 0
    assert f"the same story is {AT} already" in result.stderr
    assert "% alike" in result.stderr
    assert "--force writes it as an entry of its own" in result.stderr


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\x00 and then nothing", b"x" * 5000])
def test_a_damaged_index_is_made_anew(site: Path, tmp_path: Path, damage: bytes) -> None:
    """The index is a cache: whatever becomes of it, the files tell what is there."""
    convert(site, tmp_path, FIRST)
    index = site / ".pouch" / "articles.sqlite"
    index.write_bytes(damage or index.read_bytes()[: index.stat().st_size // 2])
    assert convert(site, tmp_path, {**FIRST, "url": "https://two.example/f"}) == [(["duplicate"], AT)]


def test_resemblance_is_a_share() -> None:
    """The estimate follows the share of changed words, in any script; short texts are alike where they are the same."""
    words = BODY.split()
    shares = []
    for changed in (0, 2, 5, 15, 40, len(words)):
        other = [
            f"word{at}x" if at % max(1, len(words) // (changed or 1)) == 0 else word
            for at, word in enumerate(words)
        ]
        shares.append(
            text_signature(TITLE, BODY).share(text_signature(TITLE, " ".join(other if changed else words)))
        )
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert shares[2] > ALIKE > shares[4]
    assert shares[-1] < 0.1
    chinese = "四个港口城镇就渡轮时刻表达成一致铁路公司表示如果船只晚点将让最后一班晚间列车等候十分钟" * 3
    assert text_signature("", chinese).share(text_signature("", chinese + "市长们每年秋天检查")) > ALIKE
    assert text_signature("a", "Too short.").share(text_signature("a", "Too short!")) == 1.0
    assert text_signature("a", "Too short.").share(text_signature("b", "Too short.")) == 0.0
