"""Subscribers of years: real feed readers that poll a real host while the archive is edited, renamed and moved.

Each briefing is shown once, whatever we change; the readers keep the addresses that they were given at first.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from audit.findings import Finding
from audit.host import Host
from audit.readers import FeedReader, LibraryReader, Newsboat, Shown
from pouch.content.entry import Correction
from pouch.editing.edit import set_keys
from pouch.engine.build import build
from pouch.site import Site, load_site

# Terms, entries and a draft of the sample archive.
FOLLOWED = (
    *(f"{base}{name}" for base in ("", "countries/ukraine/", "topics/ceasefire/")
      for name in ("feed.xml", "atom.xml", "feed.json", "feed.fr.xml", "feed.en.xml")),
    "countries/ukraine/mentions.xml", "countries/ukraine/ceasefire/feed.xml", "regions/europe/feed.xml",
)  # fmt: skip
ENTRY = "entries/2025/03/jeddah-talks-thirty-day-ceasefire.md"
SLUG = "jeddah-talks-thirty-day-ceasefire"
DRAFT = "entries/drafts/antarctic-treaty-consultations.md"
NOTE = "The second paragraph named another host."


class Desk:
    """The editors: a copy of the site's content, and what they do to it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.root = folder / "site"
        self.output = folder / "output"
        shutil.copytree(site.content, self.root / "content")
        shutil.copy(Path(site.root) / "pelicanconf.py", self.root)
        self.changes: dict[str, str] = {}

    def publish(self, **changes: str) -> None:
        """Build, with these settings from now on."""
        self.changes |= changes
        site = load_site(self.root, output=self.output)
        build(msgspec.structs.replace(site, **self.changes))

    def pouch(self, *arguments: str) -> None:
        """A command of ours."""
        command = [sys.executable, "-m", "pouch", *arguments, "--site", str(self.root)]
        subprocess.run(command, check=True, capture_output=True)

    def edit(self, **keys: object) -> None:
        """Set keys in the front matter of ENTRY."""
        file = self.root / "content" / ENTRY
        file.write_text(set_keys(file.read_text("utf-8"), keys), "utf-8")

    def write_more(self) -> None:
        """Add to the text of ENTRY."""
        file = self.root / "content" / ENTRY
        file.write_text(file.read_text("utf-8") + "\nA last paragraph.\n", "utf-8")


def _steps(desk: Desk, host: Host) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "a rebuild", lambda: shutil.rmtree(desk.root / ".pouch")
    yield "an edit", desk.write_more
    yield "another title", lambda: desk.edit(title="Ukraine says yes", summary="In other words.")
    yield "a correction", lambda: desk.edit(corrections=(Correction(date=date(2025, 6, 1), note=NOTE),))
    yield "another date", lambda: desk.edit(date=date(2025, 3, 12))
    yield "a renamed entry", lambda: desk.pouch("rename", "entry", SLUG, "jeddah")
    yield "a renamed topic", lambda: desk.pouch("rename", "topic", "ceasefire", "truces")
    yield "a renamed country", lambda: desk.pouch("rename", "country", "UA", "ukraina")
    yield "a country renamed again", lambda: desk.pouch("rename", "country", "UA", "oukraina")
    yield "another name and a hub", lambda: desk.publish(name="The Satchel", hub="https://hub.example/")
    yield "another domain", lambda: desk.publish(url=f"http://localhost:{host.port}")


def judge(site: Site) -> list[Finding]:
    """What the readers show twice, do not show, or show otherwise than it is meant."""
    with tempfile.TemporaryDirectory(prefix="pouch-subscribers-") as name:
        folder = Path(name)
        desk = Desk(site, folder)
        desk.output.mkdir()
        readers: tuple[FeedReader, ...] = (LibraryReader(folder), Newsboat(folder))
        with Host(desk.output, folder) as host:
            return list(_years(desk, host, readers))


def _years(desk: Desk, host: Host, readers: tuple[FeedReader, ...]) -> Iterator[Finding]:
    desk.publish(url=host.url, path="")
    for reader, path, items in _poll(host, readers):
        for complaint in [items] if isinstance(items, str) else _first(desk, path, items):
            yield Finding(reader, path, complaint)
    host.statuses()
    # newsboat asks without conditions when it has just been started.
    list(_poll(host, readers[:1]))
    statuses = host.statuses()
    if set(statuses) != {"304"}:
        yield Finding("host", "", f"feeds that did not change were sent again: {dict(statuses)}")
    for step, change in _steps(desk, host):
        change()
        desk.publish()
        if complaint := host.reload():
            yield Finding("nginx", "redirects.map", complaint)
        for reader, path, items in _poll(host, readers):
            for complaint in [items] if isinstance(items, str) else _later(path, items, step):
                yield Finding(reader, path, f"after {step}: {complaint}")
    for path, target in ((f"briefings/{SLUG}/", "briefings/jeddah/"),
                         ("fr/countries/ukraine/ceasefire/", "fr/countries/oukraina/truces/")):  # fmt: skip
        with urllib.request.urlopen(f"{host.url}/{path}") as answer:  # noqa: S310  # our own host
            if not answer.url.endswith(target):
                yield Finding("nginx", path, f"leads to {answer.url}")
    yield from _arrival(desk, host, readers)


def _arrival(desk: Desk, host: Host, readers: tuple[FeedReader, ...]) -> Iterator[Finding]:
    """An article of years ago that is published today arrives, once, where it belongs."""
    desk.pouch("publish", str(desk.root / "content" / DRAFT), "--date", "2019-07-01")
    desk.publish()
    for reader, path, items in _poll(host, readers):
        if not isinstance(items, str):
            new = sum(item.new for item in items)
            expected = int(path in ("feed.xml", "atom.xml", "feed.json", "feed.en.xml"))
            if new != expected:
                yield Finding(reader, path, f"{new} new items, where an old article has been published")


def _poll(host: Host, readers: tuple[FeedReader, ...]) -> Iterator[tuple[str, str, list[Shown] | str]]:
    for reader in readers:
        addresses = [f"{host.url}/{path}" for path in FOLLOWED if path.endswith(reader.endings)]
        for address, items in reader.poll(addresses).items():
            yield reader.name, address.removeprefix(f"{host.url}/"), items


def _first(desk: Desk, path: str, items: list[Shown]) -> Iterator[str]:
    """At its first poll a reader has every item as the JSON feed, which needs no parser but json, tells it."""
    document = desk.output / path
    twin = document.with_name(document.name.replace("atom", "feed")).with_suffix(".json")
    if not items:
        yield "no item"
    if not twin.is_file() or document.name == "mentions.xml":
        return
    meant = {item["id"]: item for item in json.loads(twin.read_bytes())["items"]}
    if sorted(item.id for item in items) != sorted(meant):
        yield "other items than those of the feed"
        return
    for item in items:
        there = meant[item.id]
        moment = datetime.fromisoformat(there["date_published"]).astimezone(UTC).isoformat()[:19]
        if (item.title, item.published) != (there["title"], moment):
            yield f"{item.title!r} of {item.published}, not {there['title']!r} of {moment}"
        if item.content.strip() != there["content_html"].strip():
            yield f"{item.title!r} has another content"


def _later(path: str, items: list[Shown], step: str) -> Iterator[str]:
    """Nothing that a reader had already comes as new, and a correction arrives in its place."""
    for item in items:
        if item.new:
            yield f"{item.title!r} comes as new"
    if step == "a correction" and path == "feed.xml" and not any(NOTE in item.content for item in items):
        yield "the correction is not in the item"
