"""What the search index costs: to make, to make again after an edit, and to ask for the first time.

    python -m benchmarks.search --size 10000 --folder /tmp/search

Beside it, in the same run and over the same pages: Pagefind by itself, told to index the built site. Bytes are those
that a static host sends to Chromium, headers aside: text compressed by gzip, the index as it lies.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import click
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.corpus import write_corpus
from benchmarks.measure import Cost, machine, run
from benchmarks.pagefind import find_pagefind
from pouch.code import engine_digest
from pouch.engine.state import State, folder_of
from pouch.site import Site, load_site
from tests.browser import chromium

SETTINGS = """\
from pouch.settings import *
SITENAME = "Bench"
SITEURL = "https://bench.example"
POUCH_SITE_ID = "0b5e8f53-2c1e-4a47-9a0d-6f4f4a7d1c90"
POUCH_FEATURES = ["search"]
"""
TEXT = {".html", ".css", ".js", ".json", ".svg"}
# Known words, one that stands in no text, words in most texts, words spelt wrongly, a name of several words.
QUERIES = (
    "grain corridor",
    "Ukraine",
    "ministry",
    "Allemagne",
    "Ukraine Lebanon chrysanthemums",
    "ministry government talks chrysanthemums",
    "ministery governmnt",
    "president said that the agreement would",
    "World Health Organization",
)
PLAIN = """\
<!doctype html><html lang="en"><title>x</title><script type="module">
const pagefind = await import("/plain/pagefind.js");
const query = new URLSearchParams(location.search).get("q");
const found = await pagefind.search(query);
await Promise.all(found.results.slice(0, 10).map((each) => each.data()));
document.body.append(`${found.results.length} found`);
document.body.className = "done";
</script><body></body></html>
"""


class Host(ThreadingHTTPServer):
    """A static host that counts what it sends."""

    sent = 0
    requests = 0


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, text compressed."""

    server: Host

    def do_GET(self) -> None:
        """One file, or the index of a folder."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in TEXT:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.server.sent += len(data)
        self.server.requests += 1

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Host]:
    """`folder` on a free port of this machine."""
    host = Host(("127.0.0.1", 0), lambda *args: Handler(*args, directory=str(folder)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield host
    host.shutdown()
    host.server_close()


def first_answers(host: Host, path: str, done: str) -> dict[str, tuple[int, int]]:
    """Bytes and requests by query, each asked by a browser that has nothing yet, until it has an answer."""
    traffic = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        for query in QUERIES:
            with browser.new_context() as context:
                page: Page = context.new_page()
                host.sent = host.requests = 0
                page.goto(f"http://127.0.0.1:{host.server_address[1]}{path}?q={quote(query)}")
                expect(page.locator(done).first).to_be_attached(timeout=120_000)
                page.wait_for_load_state("networkidle")
                traffic[query] = host.sent, host.requests
        browser.close()
    return traffic


def size_of(folder: Path) -> tuple[int, int]:
    """Bytes and files below a folder."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return sum(sizes), len(sizes)


def shards_of(site: Site) -> set[str]:
    """The stored shards of a site's index, by key."""
    with State(folder_of(site), engine_digest()) as state:
        return state.fragment_keys({"search shard"})


def edited(content: Path) -> None:
    """One entry says something else."""
    file = sorted(content.rglob("*.md"))[len(list(content.rglob("*.md"))) // 2]
    file.write_text(file.read_text("utf-8") + "\nA sentence more, on a grain corridor.\n", "utf-8")


@click.command()
@click.option("--size", type=click.IntRange(min=10), default=10_000, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), required=True)
@click.option("--cores", type=int, default=2, show_default=True)
def main(size: int, folder: Path, cores: int) -> None:
    """Measure over SIZE entries, made below FOLDER where they are missing."""
    corpus, settings = folder / "corpus", folder / "pelicanconf.py"
    if not corpus.exists():
        write_corpus(size, corpus)
    settings.write_text(SETTINGS, "utf-8")
    output = folder / "output"
    index = output / "search" / "index"
    build: list[object] = [sys.executable, "-m", "pouch", "build", "--site", corpus, "--settings", settings]
    build += ["--output", output]

    def pouch(*more: object) -> Cost:
        return run([*build, *more], corpus, cores=cores)

    shutil.rmtree(output, ignore_errors=True)
    whole = pouch("--clean")
    shutil.rmtree(index)
    cold = pouch()
    site = load_site(corpus, settings, output)
    shards = shards_of(site)
    edited(corpus / "content" / "entries")
    edit = pouch()
    again = len(shards_of(site) - shards)
    index_size = size_of(index)
    plain = folder / "plain-index"
    shutil.rmtree(plain, ignore_errors=True)
    program = find_pagefind()
    peer = run([program, "--site", output, "--output-path", plain, "--silent"], folder, cores=cores)
    plain_size = size_of(plain)
    with served(output) as host:
        ours = first_answers(host, "/search/", ".search__answer:not([hidden])")
        # Into the served folder only now, so that neither indexes the other.
        shutil.copytree(plain, output / "plain", dirs_exist_ok=True)
        (output / "plain.html").write_text(PLAIN, "utf-8")
        theirs = first_answers(host, "/plain.html", "body.done")
    shutil.rmtree(output / "plain")
    (output / "plain.html").unlink()
    print(f"{size:,} entries, {machine()}\n")
    print("| | Pouch | Pagefind over the built site |\n|---|---:|---:|")
    for name, mine, other in (
        ("whole site with its index", f"{whole.wall:.1f} s", ""),
        ("the index alone, cold", _told(cold), _told(peer)),
        ("after an edit of one entry", _told(edit), _told(peer)),
        ("shards joined again after it", f"{again} of {len(shards)}", ""),
        ("size", _weighed(index_size), _weighed(plain_size)),
        *((f"first results for “{query}”", _sent(ours[query]), _sent(theirs[query])) for query in QUERIES),
    ):
        print(f"| {name} | {mine} | {other} |")


def _told(cost: Cost) -> str:
    return f"{cost.wall:.1f} s ({cost.cpu:.1f} s CPU)"


def _weighed(size: tuple[int, int]) -> str:
    return f"{size[0] / 1e6:.1f} MB, {size[1]:,} files"


def _sent(traffic: tuple[int, int]) -> str:
    return f"{traffic[0] / 1000:.0f} kB, {traffic[1]} requests"


if __name__ == "__main__":
    main()
