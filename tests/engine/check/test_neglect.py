"""What `pouch check --strict` tells beside faults."""

from __future__ import annotations

from pathlib import Path

from tests.commands.sites import entry, make_site, run


def test_topics_without_entries_and_translations_with_other_terms(tmp_path: Path) -> None:
    """Both are no fault, so that only --strict tells them; a parent of a topic in use is in use."""
    files = {
        "entries/a.md": entry("aaaa", "topics: [ceasefire]"),
        "entries/b.md": entry("bbbb", "lang: fr", "translation_of: aaaa", "topics: [war]", body="Texte."),
        "entries/c.md": entry(
            "cccc", "lang: de", "translation_of: aaaa", "topics: [ceasefire]", body="Etwas."
        ),
    }
    site = make_site(tmp_path, files)
    assert run(site, "check").stdout == ""
    outcome = run(site, "check", "--strict")
    assert outcome.exit_code == 0
    assert outcome.stdout.splitlines() == [
        "content/entries/b.md:8: warning: `topics` is not that of the original, content/entries/a.md, whose terms "
        "the briefing has; write topics: [ceasefire] [translation-terms]",
        "content/vocabulary/topics.toml:8: warning: no entry is on the topic 'flood', nor on one under it; remove it, "
        "or merge it into another with `pouch merge topic` [empty-topic]",
    ]


def test_many_topics_without_entries_are_one_line(tmp_path: Path) -> None:
    """A new archive has the whole list of topics, which must not hide what is wrong with an entry."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa")})
    with (site / "content/vocabulary/topics.toml").open("a") as topics:
        topics.write("".join(f"[topic-{number}]\n" for number in range(12)))
    (line,) = run(site, "check", "--strict").stdout.splitlines()
    assert (
        "content/vocabulary/topics.toml: warning: no entry is on 14 of 15 topics: ceasefire, flood, topic-0"
        in line
    )


def test_an_entry_without_a_topic_is_an_error(tmp_path: Path) -> None:
    """It is on no topic's page and in no topic's feed."""
    outcome = run(make_site(tmp_path, {"entries/a.md": entry("aaaa", "topics: []")}), "check", "--strict")
    assert outcome.exit_code == 1
    assert "error: no topic: the entry is on no topic's page" in outcome.stdout
