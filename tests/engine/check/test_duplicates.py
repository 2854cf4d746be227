"""Entries that are probably one are told, also after an edit, and versions of one briefing are not."""

from __future__ import annotations

from pathlib import Path

from tests.commands.sites import entry, make_site, run

PARAGRAPH = (
    "The port reopened on Monday after the storm that had closed it for nine days, the authority said. Three ships "
    "left before noon with grain for the south. Insurers had asked for an inspection of the quays, which divers "
    "finished on Sunday night. Cranes of the northern pier are still out of order and wait for parts. The railway to "
    "the port was cleared a day earlier, and wagons arrived in the first hours and were unloaded by hand."
)
OTHER = (
    "Farmers in the delta sowed later than usual this spring, after rain that flooded the lower fields and kept "
    "machines off them. The cooperative bought seed from abroad, and hopes that harvest and prices will make up for "
    "the cost. Its members voted for a loan, and the bank has agreed to wait with the first payment until autumn. "
    "Younger growers would rather plant trees, which need less water and bring money only after several years."
)


def told(site: Path) -> list[str]:
    """Lines of `pouch check` that speak of pairs, without what the case is not about."""
    return [
        line for line in run(site, "check").stdout.splitlines() if "near-dup" in line or "same-so" in line
    ]


def test_nearly_one_text_is_told_at_the_later_file(tmp_path: Path) -> None:
    """Another title and a changed word make no other story; another text does, and so does another language."""
    files = {
        "entries/2025/03/a.md": entry("aaaa", "title: A", body=PARAGRAPH),
        "entries/2025/04/b.md": entry("bbbb", "title: B", body=PARAGRAPH.replace("grain", "wheat")),
        "entries/2025/05/c.md": entry("cccc", "title: C", body=OTHER),
        "entries/drafts/d.md": entry("dddd", "lang: fr", "translation_of: cccc", "status: draft", body=OTHER),
    }
    site = make_site(tmp_path, files)
    [line] = told(site)
    assert line.startswith("content/entries/2025/04/b.md:9: warning: the text is nearly that of")
    assert "content/entries/2025/03/a.md;" in line
    assert told(site) == [line], "a second check, with nothing changed, tells it too"
    (site / "content/entries/2025/04/b.md").write_text(entry("bbbb", "title: B", body="Another."), "utf-8")
    assert told(site) == []
    assert run(site, "list", "--duplicates").stdout == ""


def test_one_source_address_is_told_once(tmp_path: Path) -> None:
    """The same address in another spelling; a home page is no document, and versions of a briefing share theirs."""
    source = "source: {name: Post, url: 'https://post.example/a%s'}"
    files = {
        "entries/a.md": entry("aaaa", "title: A", source % "", body="One."),
        "entries/b.md": entry("bbbb", "title: B", source % "?utm_source=x", body="Two."),
        "entries/b2.md": entry(
            "bbb2", "title: B2", "source: {name: P, url: 'http://www.Post.example/a/'}", body="Further."
        ),
        "entries/c.md": entry(
            "cccc", "title: C", "source: {title: Q, url: 'https://post.example/'}", body="Three."
        ),
        "entries/d.md": entry(
            "dddd", "title: D", "source: {title: R, url: 'https://post.example/'}", body="Four."
        ),
        "entries/e.md": entry(
            "eeee", "title: E", "lang: fr", "translation_of: aaaa", source % "", body="Un."
        ),
    }
    site = make_site(tmp_path, files)
    assert [line.partition(";")[0] for line in told(site)] == [
        "content/entries/b.md:7: warning: the source's address is that of content/entries/a.md too",
        "content/entries/b2.md:7: warning: the source's address is that of content/entries/a.md too",
    ]
    rows = run(site, "list", "--duplicates").stdout.splitlines()
    assert [row.split("\t")[0] for row in rows] == ["aaaa", "bbb2", "bbbb"]


def test_texts_are_compared_while_a_conversion_is_under_way(tmp_path: Path) -> None:
    """The index may be in another command's hands: a check neither waits nor leaves the pairs out."""
    from pouch.convert.drafts.archive_index import ArchiveIndex
    from pouch.site import load_site

    files = {f"entries/{name}.md": entry(name * 4, f"title: {name}", body=PARAGRAPH) for name in "ab"}
    site = make_site(tmp_path, files)
    with ArchiveIndex(load_site(site)):
        assert len(told(site)) == 1
