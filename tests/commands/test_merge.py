"""`pouch merge topic A B`, as an editor calls it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from pouch.editing.vocabulary_file import changed
from tests.commands.sites import entry, make_site, run

TOPICS = """\
# Ours.
[war]
labels = { en = "War", fr = "Guerre" }

# The pause of arms.
[truce]
slug = "truces"
formerly = ["lulls"]
labels = { en = "Truce", fr = "Trêve" }
aliases = { en = ["armistice"] }
parent = "war"

# Below it.
[truce-talks]
labels = { en = "Truce talks" }
parent = "truce"   # for now

[ceasefire]
labels = { en = "Ceasefire", fr = "Cessez-le-feu" }
aliases = { en = ["cease-fire"] }
"""
FILES = {
    "vocabulary/topics.toml": TOPICS,
    "entries/a.md": entry("aaaa", "title: A", "topics: [war, Trêve] # both"),
    "entries/b.md": entry("bbbb", "title: B", "topics:", "  - truce", "  - ceasefire"),
    "entries/c.md": entry("cccc", "title: C"),
    "dossiers/topics/truce.md": "---\npinned: [aaaa]\n---\n\nOn truces.\n",
    "dossiers/topics/truce.fr.md": "Des trêves.\n",
    "dossiers/topics/ceasefire.fr.md": "Des cessez-le-feu.\n",
}


def test_one_topic_of_two(tmp_path: Path) -> None:
    """Entries, children and dossiers follow, comments stay, and what the topic was called means the other one."""
    site = make_site(tmp_path, FILES)
    outcome = run(site, "merge", "topic", "Truce", "Cessez-le-feu")
    assert outcome.exit_code == 0, outcome
    content = site / "content"
    text = (content / "vocabulary/topics.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    assert list(tables) == ["war", "truce-talks", "ceasefire"]
    assert tables["ceasefire"]["formerly"] == ["lulls", "truces"]
    assert tables["ceasefire"]["aliases"] == {"en": ["cease-fire", "Truce", "armistice"], "fr": ["Trêve"]}
    assert tables["truce-talks"]["parent"] == "ceasefire"
    assert "# Below it.\n[truce-talks]" in text
    assert 'parent = "ceasefire"   # for now' in text
    assert FILES["entries/a.md"].replace("Trêve", "ceasefire") == (content / "entries/a.md").read_text(
        "utf-8"
    )
    assert FILES["entries/b.md"].replace("  - truce\n", "") == (content / "entries/b.md").read_text("utf-8")
    assert (content / "entries/c.md").read_text("utf-8") == FILES["entries/c.md"]
    assert (content / "dossiers/topics/ceasefire.md").read_text("utf-8") == FILES["dossiers/topics/truce.md"]
    french = (content / "dossiers/topics/ceasefire.fr.md").read_text("utf-8")
    assert french == "Des cessez-le-feu.\n\nDes trêves.\n"
    assert not list((content / "dossiers/topics").glob("truce*"))
    assert "2 entries changed" in outcome.stderr
    assert "addresses that stay alive: lulls, truces" in outcome.stderr
    assert run(site, "check").stdout == ""


def test_old_addresses_and_feeds_live_on(tmp_path: Path) -> None:
    """Pages lead to the topic that stays, and feeds go on with its items under their old addresses."""
    site = make_site(tmp_path, FILES)
    assert run(site, "build", "--jobs", "1").exit_code == 0
    ids = [item["id"] for item in json.loads((site / "output/topics/truces/feed.json").read_bytes())["items"]]
    assert run(site, "merge", "topic", "truce", "ceasefire").exit_code == 0
    assert run(site, "build", "--jobs", "1").exit_code == 0
    for old in ("truces", "lulls"):
        assert "/topics/ceasefire/" in (site / f"output/topics/{old}/index.html").read_text("utf-8")
        items = json.loads((site / f"output/topics/{old}/feed.json").read_bytes())["items"]
        assert {item["id"] for item in items} >= set(ids)


@pytest.mark.parametrize(
    ("gone", "stays", "parents"),
    [
        ("truce", "truce-talks", {"truce-talks": "war"}),
        ("truce-talks", "truce", {"truce": "war"}),
        ("war", "truce-talks", {"truce": None, "truce-talks": "truce"}),
    ],
)
def test_a_topic_goes_into_one_above_or_below_it(
    tmp_path: Path, gone: str, stays: str, parents: dict[str, str | None]
) -> None:
    """No topic comes to be its own ancestor."""
    site = make_site(tmp_path, {"vocabulary/topics.toml": TOPICS})
    assert run(site, "merge", "topic", gone, stays).exit_code == 0
    tables = tomllib.loads((site / "content/vocabulary/topics.toml").read_text("utf-8"))
    assert {key: tables[key].get("parent") for key in parents} == parents
    assert run(site, "check").exit_code == 0


def test_a_dry_run_shows_and_changes_nothing(tmp_path: Path) -> None:
    """The editor sees every line that would change."""
    site = make_site(tmp_path, FILES)
    before = {file: file.read_bytes() for file in site.rglob("*.*") if file.is_file()}
    outcome = run(site, "merge", "topic", "truce", "ceasefire", "--dry-run")
    assert "+topics: [war, ceasefire] # both" in outcome.stdout
    assert "-[truce]" in outcome.stdout
    assert "would be ceasefire: 2 entries" in outcome.stderr
    assert {file: file.read_bytes() for file in site.rglob("*.*") if file.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "files", "code", "message"),
    [
        (("truce", "armistice"), {}, 2, "are one topic, truce"),
        (("trüce", "nothing"), {}, 2, "no topic has the key, the slug or the name 'nothing'"),
        (("truse", "ceasefire"), {}, 2, "did you mean 'truce'?"),
        (
            ("truce", "ceasefire"),
            {"dossiers/topics/ceasefire.md": "Text.\n"},
            1,
            "content/dossiers/topics/truce.md: error: content/dossiers/topics/ceasefire.md is the introduction",
        ),
        (("truce", "ceasefire"), {"entries/x.md": "---\ntitle: [\n---\n"}, 1, "content/entries/x.md:"),
        (
            ("truce", "ceasefire"),
            {"vocabulary/topics.toml": TOPICS + "[x]\nparent = 'y'\n"},
            1,
            "unknown parent",
        ),
    ],
)
def test_what_cannot_be_merged_changes_nothing(
    tmp_path: Path, arguments: tuple[str, str], files: dict[str, str], code: int, message: str
) -> None:
    """The reason is told, and every file is as it was."""
    site = make_site(tmp_path, FILES | files)
    before = {file: file.read_bytes() for file in site.rglob("*.*") if file.is_file()}
    outcome = run(site, "merge", "topic", *arguments)
    assert (outcome.exit_code, message in outcome.stderr) == (code, True), outcome
    assert {file: file.read_bytes() for file in site.rglob("*.*") if file.is_file()} == before


@pytest.mark.parametrize(
    "aliases",
    [
        'aliases.en = ["cease-fire"]  # ours\naliases.de = [\n  "Waffenruhe",\n]\n',
        '\n[ceasefire.aliases]\nen = ["cease-fire"]  # ours\nde = [\n  "Waffenruhe",\n]\n',
    ],
)
def test_aliases_with_lines_of_their_own_stay_there(tmp_path: Path, aliases: str) -> None:
    """As in the topics that `pouch init` writes: what does not change keeps its lines, and a new language gets one."""
    topics = TOPICS.replace('aliases = { en = ["cease-fire"] }\n', aliases)
    site = make_site(tmp_path, FILES | {"vocabulary/topics.toml": topics})
    outcome = run(site, "merge", "topic", "truce", "ceasefire")
    assert outcome.exit_code == 0, outcome
    text = (site / "content/vocabulary/topics.toml").read_text("utf-8")
    assert tomllib.loads(text)["ceasefire"]["aliases"] == {
        "en": ["cease-fire", "Truce", "armistice"],
        "de": ["Waffenruhe"],
        "fr": ["Trêve"],
    }
    assert 'de = [\n  "Waffenruhe",\n]\n' in text
    assert "# ours" in text


def test_any_two_topics_of_a_new_site_can_be_merged(tmp_path: Path) -> None:
    """The standard list of topics is written in a way that the command can change."""
    from pouch.vocabulary.standard import topics_file

    site = make_site(tmp_path, {"vocabulary/topics.toml": topics_file().read_text("utf-8")})
    outcome = run(site, "merge", "topic", "ceasefire", "peace-talks")
    assert outcome.exit_code == 0, outcome
    assert run(site, "check").stdout == ""
    text = (site / "content/vocabulary/topics.toml").read_text("utf-8")
    assert max(map(len, text.splitlines())) < 250


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    """Whatever an editor's program writes, the command keeps."""
    site = make_site(tmp_path, FILES)
    for name in ("vocabulary/topics.toml", "entries/b.md"):
        file = site / "content" / name
        file.write_bytes(FILES[name].replace("\n", "\r\n").encode())
    assert run(site, "merge", "topic", "truce", "ceasefire").exit_code == 0
    for name in ("vocabulary/topics.toml", "entries/b.md"):
        data = (site / "content" / name).read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize("end", [",\n]", "\n]", "]", ", # more\n]"])
def test_the_lines_of_a_long_list_stay(end: str) -> None:
    """What is merged in stands on lines of its own, so that a reviewer sees it and nothing else."""
    before = f'[war]\naliases.en = [\n    "battle", "siege",\n    "front line"{end}\n'
    names = ["battle", "siege", "front line", "truce"]
    after = changed(before, Path("topics.toml"), {"war": {"aliases": {"en": names}}})
    assert tomllib.loads(after)["war"]["aliases"]["en"] == names
    if "#" not in end:
        assert after == '[war]\naliases.en = [\n    "battle", "siege",\n    "front line",\n    "truce",\n]\n'
