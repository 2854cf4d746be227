"""`pouch tag --entries`, as an editor calls it: where a new topic fits, and that it is written after a look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pouch.commands.tag import command
from tests.commands.sites import TOPICS, Outcome, entry, make_site, run

RAILWAYS = """
[economy]
labels = { en = "Economy" }

[railways]
labels = { en = "Railways", fr = "Chemins de fer" }
aliases = { en = ["train", "rail freight"] }
parent = "economy"

[rail-strikes]
labels = { en = "Rail strikes" }
parent = "railways"
"""
TRAINS = (
    "The railways carry grain again. Each train to the port takes forty wagons, and rail freight costs less."
)
FILES = {
    "vocabulary/topics.toml": TOPICS + RAILWAYS,
    "entries/grain.md": entry(
        "aaaa", "title: Railways carry grain", "topics: [war, economy] # both", body=TRAINS
    ),
    "entries/strike.md": entry("bbbb", "title: Railways on strike", "topics: [rail-strikes]", body=TRAINS),
    "entries/has.md": entry("cccc", "title: Railways grow", "topics:", "  - railways", body=TRAINS),
    "entries/trains.md": entry("dddd", "title: A train a day", "topics:", "  - flood", body=TRAINS),
    "entries/chemins.md": entry(
        "eeee", "title: Chemins de fer", "lang: fr", "translation_of: aaaa", body="Chemins de fer."
    ),
    "entries/talks.md": entry("ffff", body="They met."),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a new topic that no entry but one has."""
    return make_site(tmp_path, FILES)


def entries_of(outcome: Outcome) -> list[str]:
    """The entries that are proposed."""
    assert outcome.exit_code == 0, outcome
    return [line.split()[0] for line in outcome.stdout.splitlines() if line.startswith("content/")]


def test_a_new_topic_is_proposed_and_written(site: Path) -> None:
    """Not where it or one below it is, nor to translations; it takes the place of one above it; comments stay."""
    outcome = run(site, "tag", "--entries", "--topic", "Railways")
    assert sorted(entries_of(outcome)) == ["content/entries/grain.md", "content/entries/trains.md"]
    assert "topics: [war, economy] → [war, railways]" in outcome.stdout
    assert "topics: [flood] → [flood, railways]" in outcome.stdout
    assert "rail freight" in outcome.stdout
    assert "railways fits 2 entries" in outcome.stderr
    assert all((site / "content" / path).read_text("utf-8") == text for path, text in FILES.items())

    assert entries_of(run(site, "tag", "--entries", "--topic", "railways", "--apply", "dddd"))
    changed = {path for path, text in FILES.items() if (site / "content" / path).read_text("utf-8") != text}
    assert changed == {"entries/trains.md"}
    assert "  - flood\n  - railways\n" in (site / "content/entries/trains.md").read_text("utf-8")

    assert entries_of(run(site, "tag", "--entries", "--topic", "railways", "--apply")) == [
        "content/entries/grain.md"
    ]
    assert "topics: [war, railways] # both\n" in (site / "content/entries/grain.md").read_text("utf-8")
    assert entries_of(run(site, "tag", "--entries", "--topic", "railways")) == []
    assert run(site, "check").exit_code == 0


def test_entries_are_tagged_again(site: Path) -> None:
    """A line of JSON for each entry that is named, with the terms that it has and those that its text suggests."""
    outcome = CliRunner().invoke(
        command, ["--site", str(site), "--entries", "grain", "content/entries/trains.md"]
    )
    lines = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [(line["id"], line["path"]) for line in lines] == [
        ("aaaa", "content/entries/grain.md"), ("dddd", "content/entries/trains.md")
    ]  # fmt: skip
    assert lines[0]["has"] == {"countries": ["UA"], "mentions": [], "topics": ["war", "economy"]}
    assert "railways" in [topic["key"] for topic in lines[0]["topics"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--topic", "war"], "need --entries"),
        (["--entries", "--apply"], "needs --topic"),
        ([], "name a SOURCE"),
        (["--entries", "--topic", "railroads"], "railways"),
        (["--entries", "none"], "no entry has the id"),
    ],
)
def test_wrong_usage_is_answered(site: Path, arguments: list[str], said: str) -> None:
    """With what is missing, or what was probably meant."""
    outcome = run(site, "tag", *arguments)
    assert (outcome.exit_code, said in outcome.stderr) == (2, True), outcome
