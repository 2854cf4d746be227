"""`pouch tag`: many articles, one line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pouch.commands.tag import command
from pouch.convert.page.htmlpage import structure
from pouch.errors import ContentError, EnvironmentFault
from tests.vocabulary.sites import site_with

TOPICS = '[war]\nlabels = { en = "War", fr = "Guerre" }\n'


def run(site: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(command, [*arguments, "--site", str(site)], input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(site_with(tmp_path, topics=TOPICS).root)


def test_jsonl(site: Path) -> None:
    """Each article of a JSONL file gives one line with its own id, language, title, countries and topics."""
    file = site / "articles.jsonl"
    file.write_text(
        '{"id": 7, "title": "War in Sudan", "text": "Chad sent aid.", "lang": "en", "date": "2023-05-01"}\n'
        '\n{"id": "b", "html": "<nav>Peru</nav><p>Norway &amp; <b>Iceland</b></p><script>France</script>"}\n',
        "utf-8",
    )
    first, second = lines(run(site, str(file), "--lang", "en"))
    assert (first["id"], first["lang"], first["title"]) == (7, "en", "War in Sudan")
    assert [c["code"] for c in first["countries"]] == ["SD", "TD"]
    assert first["countries"][0]["role"] == "primary"
    assert first["countries"][0]["evidence"] == [{"text": "Sudan", "start": 7, "kind": "name"}]
    assert [(t["key"], t["root"]) for t in first["topics"]] == [("war", None)]
    assert second["id"] == "b"
    assert [c["code"] for c in second["countries"]] == ["NO", "IS"]


def test_plain_text(site: Path) -> None:
    """A text file is one article, its first line the title; so is standard input."""
    file = site / "article.txt"
    file.write_text("\n\nGuerre au Soudan\n\nLe Tchad aide.\n", "utf-8")
    (result,) = lines(run(site, str(file)))
    assert (result["title"], result["lang"]) == ("Guerre au Soudan", "fr")
    (same,) = lines(run(site, "-", stdin=file.read_bytes()))
    assert same["countries"] == result["countries"]


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
<item><guid>one</guid><title>Port of Lima opens</title>
<description>&lt;p&gt;Peru has a new port.&lt;/p&gt;</description></item>
<item><guid>two</guid><title>Ferry to Oslo</title>
<description>&lt;p&gt;Norway buys a ferry.&lt;/p&gt;</description></item>
</channel></rss>"""
PAGE = """<html lang="en"><head><title>Bridge over the Congo</title></head><body><nav><a href="/">Home</a></nav><main>
<h1>Bridge over the Congo</h1><p>Engineers from Chad have measured the river for a bridge of four kilometres, the
longest of its kind, and handed in their plans on Monday.</p><p>Work may begin next year, the ministry of works in
N'Djamena said, once the money has been found and the harbour has been moved.</p></main>
<footer>Printed in Iceland</footer></body></html>"""
MAIL = """From: desk@example.org
To: readers@example.org
Subject: Talks in Bern
Date: Mon, 3 Mar 2025 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

Switzerland offers its help. The delegations of Peru and Norway have accepted it.
"""


def test_whatever_convert_reads(site: Path) -> None:
    """A folder of pages, messages, feeds and texts is tagged file by file; each line says whose it is."""
    inbox = site / "inbox"
    inbox.mkdir()
    for name, content in {
        "a.xml": FEED,
        "b.html": PAGE,
        "c.eml": MAIL,
        "d.txt": "Talks in Chad\nNo end.",
    }.items():
        (inbox / name).write_text(content, "utf-8")
    found = {line["id"]: line for line in lines(run(site, str(inbox), "--lang", "en"))}
    assert list(found) == ["one", "two", *(f"{inbox}/{name}" for name in ("b.html", "c.eml", "d.txt"))]
    codes = {Path(str(key)).name: {c["code"] for c in line["countries"]} for key, line in found.items()}
    assert codes["one"] == {"PE"}
    assert codes["two"] == {"NO"}
    assert "TD" in codes["b.html"]
    assert "IS" not in codes["b.html"]
    assert codes["c.eml"] == {"CH", "PE", "NO"}
    assert codes["d.txt"] == {"TD"}
    assert found[f"{inbox}/c.eml"]["title"] == "Talks in Bern"
    (matched,) = lines(run(site, f"{inbox}/*.txt"))
    assert matched["id"] == f"{inbox}/d.txt"


def test_what_is_tagged_of_a_page(site: Path) -> None:
    """Of a page it is the article that is tagged, and evidence is found where `convert` has it in its text."""
    file = site / "bridge.html"
    file.write_text(PAGE, "utf-8")
    (result,) = lines(run(site, str(file)))
    text = f"{result['title']}\n{structure(PAGE).plain()}"
    for country in result["countries"]:
        for one in country["evidence"]:
            assert text[one["start"] : one["start"] + len(one["text"])] == one["text"]


def test_headlines(site: Path) -> None:
    """A line with a title and no text is tagged by its title."""
    (result,) = lines(run(site, "-", "--lang", "en", stdin='{"id": 1, "title": "War in Sudan", "text": ""}'))
    assert [c["code"] for c in result["countries"]] == ["SD"]


def test_faults_do_not_stop_the_rest(site: Path) -> None:
    """Lines that are no article are all named with their numbers, the exit code is 1, and the others are tagged."""
    text = '{"id": 1, "text": "Norway"}\n{oops\n[1]\n{"id": 4}\n{"id": 5, "text": "Chad", "date": "soon"}\n'
    result = run(site, "-", stdin=text)
    assert [line["id"] for line in lines(result)] == [1, 5]
    assert isinstance(result.exception, ContentError)
    problems = result.exception.problems
    assert [(p.line, p.code) for p in problems] == [
        (2, "bad-json"),
        (3, "bad-article"),
        (4, "bad-article"),
        (5, "bad-date"),
    ]


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x7fELF\x00\x00\x01"])
def test_no_text(site: Path, content: bytes) -> None:
    """An empty or binary file is refused with a reason."""
    file = site / "x.txt"
    file.write_bytes(content)
    result = run(site, str(file))
    assert isinstance(result.exception, ContentError)
    assert result.stdout == ""


def test_order_and_bytes_do_not_depend_on_jobs(site: Path) -> None:
    """However many workers, the lines are the same in the same order."""
    text = "".join(
        json.dumps({"id": n, "text": f"Talks {n} in {('Norway', 'Chad', 'Peru')[n % 3]}."}) + "\n"
        for n in range(150)
    )
    one = run(site, "-", "--lang", "en", stdin=text)
    two = run(site, "-", "--lang", "en", "--jobs", "2", stdin=text)
    assert [line["id"] for line in lines(one)] == list(range(150))
    assert one.stdout == two.stdout


def test_wrong_usage(site: Path) -> None:
    """A file that is not there, or a home that is no country, is wrong usage."""
    assert isinstance(run(site, "nowhere.jsonl").exception, EnvironmentFault)
    assert run(site, "-", "--home-country", "Atlantis", stdin="x").exit_code == 2


def test_home_country(site: Path) -> None:
    """With a home country, an article that names none is about it."""
    (result,) = lines(run(site, "-", "--home-country", "United States", stdin='{"text": "Profits rose."}'))
    assert [(c["code"], c["role"]) for c in result["countries"]] == [("US", "primary")]
