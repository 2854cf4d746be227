"""The bench's corpus: the same everywhere, and made of entries that an editor could have written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import write_corpus

ROOT = Path(__file__).parents[2]


def texts(folder: Path) -> dict[str, str]:
    """Every file of a corpus by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """120 entries."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(120, folder)
    return folder


def test_a_corpus_is_the_same_on_every_machine(corpus: Path, tmp_path: Path) -> None:
    """Two people who measure the same size measure the same bytes, whatever their hash seed and time zone."""
    command = [sys.executable, "-m", "benchmarks.corpus", "120", str(tmp_path)]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    assert texts(tmp_path) == texts(corpus)


def test_a_small_corpus_is_the_beginning_of_a_large_one(corpus: Path, tmp_path: Path) -> None:
    """Times at two sizes are about more of the same, not about other texts; another seed gives others."""
    write_corpus(30, tmp_path / "small")
    write_corpus(30, tmp_path / "other", seed=2)
    whole = texts(corpus)
    small = texts(tmp_path / "small")
    entries = {path for path in small if "/entries/" in path}
    assert len(entries) == 30
    assert small.items() <= whole.items()
    assert not entries & texts(tmp_path / "other").keys()


def test_its_entries_pass_the_check(corpus: Path, tmp_path: Path) -> None:
    """What is measured is the work on good entries, not the reporting of faults."""
    shutil.copytree(corpus / "content", tmp_path / "content")
    shutil.copytree(ROOT / "benchmarks" / "profile", tmp_path, dirs_exist_ok=True)
    command = [sys.executable, "-m", "pouch", "check", "--site", str(tmp_path)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_has_the_shape_of_real_briefings(corpus: Path) -> None:
    """Reading costs what it costs in life: length, paragraphs and the marks in them are those of an archive."""
    bodies = [text.split("---\n", 2)[2] for path, text in texts(corpus).items() if path.endswith(".md")]
    words = sum(len(body.split()) for body in bodies) / len(bodies)
    assert 420 < words < 500
    for mark in ("\n## ", "](https://", "\n- ", "\n> ", "\n|---", "[^1]: ", "**", " *"):
        assert any(mark in body for body in bodies), mark
