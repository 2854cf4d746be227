"""`pouch tag`: many articles, one line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pouch.commands.tag import command
from pouch.errors import ContentError
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


def test_faults_do_not_stop_the_rest(site: Path) -> None:
    """Lines that are no article are all named with their numbers, the exit code is 1, and the others are tagged."""
    text = '{"id": 1, "text": "Norway"}\n{oops\n[1]\n{"id": 4}\n{"id": 5, "text": "Chad", "date": "soon"}\n'
    result = run(site, "-", stdin=text)
    assert [line["id"] for line in lines(result)] == [1, 5]
    assert isinstance(result.exception, ContentError)
    problems = result.exception.problems
    assert [(p.line, p.code) for p in problems] == [
        (2, "bad-line"),
        (3, "bad-line"),
        (4, "no-text"),
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
    assert run(site, "nowhere.jsonl").exit_code == 2
    assert run(site, "-", "--home-country", "Atlantis", stdin="x").exit_code == 2


def test_home_country(site: Path) -> None:
    """With a home country, an article that names none is about it."""
    (result,) = lines(run(site, "-", "--home-country", "United States", stdin='{"text": "Profits rose."}'))
    assert [(c["code"], c["role"]) for c in result["countries"]] == [("US", "primary")]
