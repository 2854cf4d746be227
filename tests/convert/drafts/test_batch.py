"""Batches: what a kill, a dying worker and a second run do, and that none of it loses or doubles an article."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pouch.convert.drafts import drafting
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.convert.drafts.batch import BatchOptions, convert
from pouch.convert.drafts.drafting import Options
from pouch.convert.drafts.writing import Writer
from pouch.convert.intake.article import Article
from pouch.errors import EnvironmentFault
from pouch.site import load_site
from tests.convert.sites import ENGLISH, make_site, run, run_json, tree
from tests.held import held

TITLE, BODY = ENGLISH.split("\n\n", 1)


def lines(folder: Path, count: int) -> Path:
    """A JSONL file of articles, one in ten of which is another's twin, one in ten of one title, some no article."""
    file = folder / "articles.jsonl"
    with file.open("w", encoding="utf-8") as written:
        for number in range(count):
            told = number - 7 if number % 10 == 9 else number
            title = TITLE if number % 10 == 3 else f"Report {told}"
            value = {
                "title": title,
                "text": f"{BODY}\n\nReport {told} of the observers.",
                "date": "2025-03-05",
            }
            written.write(json.dumps(value) + "\n" if number % 25 else "{broken\n")
    return file


@pytest.mark.slow
def test_a_batch_goes_on_after_a_kill(tmp_path: Path) -> None:
    """Killed midway, as often as may be, the same command ends with the files of a run that nobody disturbed."""
    source, jobs = lines(tmp_path, 100), "2"
    whole = make_site(tmp_path / "whole")
    undisturbed = run(whole, "--jobs", "1", source)
    assert undisturbed.exit_code == 1
    site = make_site(tmp_path / "site")
    entries = site / "content" / "entries"
    expected = tree(whole / "content" / "entries")
    for times in (10, 40):
        arguments = ("convert", "--site", str(site), "--jobs", jobs, str(source))
        with held(
            site, Writer.put, *arguments, times=times, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as batch:
            batch.process.kill()
            batch.wait_for_all()
        assert 0 < len(list(entries.rglob("*.md"))) < len(expected)
    resumed = run(site, "--jobs", jobs, source)
    assert resumed.exit_code == 1
    assert {name: data for name, data in tree(entries).items() if not name.endswith(".tmp")} == expected
    # Every fault is told again, with its line.
    faults = [line for line in undisturbed.stderr.splitlines() if "[bad-json]" in line]
    assert len(faults) == 100 // 25
    assert [line for line in resumed.stderr.splitlines() if "[bad-json]" in line] == faults


def test_a_second_run_does_nothing_twice(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands as it was written is not even read again; what was edited, or was no article, is looked at anew."""
    source = lines(tmp_path, 30)
    run(site, source)
    before = tree(site)
    edited = sorted((site / "content" / "entries").rglob("*.md"))[0]
    edited.write_text(edited.read_text("utf-8").replace("quiet", "calm"), "utf-8")
    seen: list[int] = []
    whole = drafting.draft

    def counting(article: Article, *rest: object) -> object:
        seen.append(article.line)
        return whole(article, *rest)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(drafting, "draft", counting)
    result = run(site, source)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 30
    # The edited one, and the twins, which were never written.
    assert len(seen) == 1 + 3
    edited.write_bytes(before[edited.relative_to(site).as_posix()])
    entries = {name: data for name, data in before.items() if name.startswith("content/")}
    assert {name: data for name, data in tree(site).items() if name.startswith("content/")} == entries


def test_one_run_at_a_time(site: Path, tmp_path: Path) -> None:
    """Two runs in one site would write one article twice: the second says so, and does nothing."""
    article = tmp_path / "a.txt"
    article.write_text(ENGLISH, "utf-8")
    loaded = load_site(site)
    with ArchiveIndex(loaded):
        with pytest.raises(EnvironmentFault, match="another pouch convert is at work"):
            run(site, article)
        run(site, "--dry-run", article)
    assert run(site, article).exit_code == 0


class Mortal(Article, frozen=True):
    """An article whose arrival ends the process that it arrives in, as one that takes all memory would."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os._exit, (9,)


def test_a_worker_that_dies_takes_one_article_with_it(site: Path) -> None:
    """The article that ends its process twice is refused, and every other one is converted, in its order."""
    # Workers are forks of this process: what it has loaded, none of them loads again.
    run(site, "--dry-run", "-", stdin=ENGLISH.encode())
    articles = [Article("-", n, text=f"{ENGLISH}\nNote {n}.") for n in range(1, 16)]
    poisoned = [*articles[:12], Mortal("-", 13, text="x"), *articles[13:]]
    results = list(convert(poisoned, Options(), load_site(site), BatchOptions(jobs=2)))
    assert [result.line for result in results] == list(range(1, 16))
    assert [result.line for result in results if result.outcome != "written"] == [13]
    assert "died" in results[12].problems[0].message


def test_faults_are_told_at_the_end(site: Path, tmp_path: Path) -> None:
    """A fault among many articles is found at the end of stderr with its line, and the exit code is 1."""
    result = run(site, lines(tmp_path, 30))
    told = result.stderr.splitlines()
    assert [line.split(":")[1] for line in told if "[bad-json]" in line] == ["1", "26"]
    assert told[-1].startswith("2 errors")
    assert result.exit_code == 1
    assert len(run_json(site, tmp_path / "articles.jsonl")) == 30


def test_progress_is_for_terminals(site: Path, tmp_path: Path) -> None:
    """A terminal sees a bar, what is printed goes where the person sends it, and a pipe sees no bar at all."""
    source = lines(tmp_path, 20)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pouch", "convert", "--site", str(site), str(source)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    # The end of a terminal that nobody holds any more is an error on Linux.
    with contextlib.suppress(OSError):
        while read := os.read(ours, 65536):
            shown += read
    os.close(ours)
    assert process.stdout is not None
    told = process.stdout.read().decode()
    process.wait()
    assert "Converting" in shown.decode()
    assert told.count(": written: ") == len(tree(site / "content" / "entries"))
    assert ": written: " not in shown.decode()
    quiet = run(site, source)
    assert "Converting" not in quiet.stdout + quiet.stderr
