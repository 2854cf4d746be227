"""What the archive already holds: the ids, slugs and source addresses that are taken. Read from heads of files only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pouch.entries.identity import canonical_address

_HEAD = 8192
_FIELD = re.compile(r"^(id|slug|formerly|source):[ \t]*(.*?)[ \t]*(?:#.*)?$", re.MULTILINE)
_URL = re.compile(r"""\burl:\s*["']?(https?://[^\s"'},]+)""")
_SLUGS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Held(msgspec.Struct, frozen=True):
    """An entry of the archive, or of this run, as far as a new one can be in its way."""

    id: str
    path: Path
    url: str | None = None  # canonical
    digest: bytes | None = None  # of its text, where this run made it


class Shelf:
    """Ids, slugs and source addresses in use."""

    def __init__(self, entries: Path) -> None:
        self._by_id: dict[str, Held] = {}
        self._by_url: dict[str, str] = {}
        self._slugs: dict[str, str] = {}
        for path in sorted(entries.rglob("*.md")):
            if head := _front_matter(path):
                self._take(path, head)

    def _take(self, path: Path, head: str) -> None:
        fields = {name: value.strip("\"'") for name, value in _FIELD.findall(head)}
        if not (entry_id := fields.get("id", "")):
            return
        url = None
        if "source" in fields:
            source = re.search(r"^source:.*(?:\n[ \t]+.*)*", head, re.MULTILINE)
            if source and (found := _URL.search(source.group())):
                url = canonical_address(found.group(1))
        former = re.search(r"^formerly:(.*(?:\n[ \t]*-.*|\n[ \t]+.*)*)", head, re.MULTILINE)
        slugs = [fields.get("slug") or path.stem, *(_SLUGS.findall(former.group(1)) if former else ())]
        self.add(Held(entry_id, path, url), slugs)

    def add(self, held: Held, slugs: list[str]) -> None:
        """An entry takes its id, its address and its slugs; the first to have them keeps them."""
        self._by_id.setdefault(held.id, held)
        if held.url:
            self._by_url.setdefault(held.url, held.id)
        for slug in slugs:
            self._slugs.setdefault(slug, held.id)

    def with_id(self, entry_id: str) -> Held | None:
        """The entry that has this id."""
        return self._by_id.get(entry_id)

    def from_address(self, url: str) -> Held | None:
        """The entry whose source has this address, in any spelling."""
        found = self._by_url.get(canonical_address(url))
        return self._by_id[found] if found else None

    def owner(self, slug: str) -> str | None:
        """The id of the entry that has or had this slug."""
        return self._slugs.get(slug)

    def __iter__(self) -> Iterator[Held]:
        return iter(self._by_id.values())


def _front_matter(path: Path) -> str | None:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(_HEAD)
            if not head.lstrip("\ufeff").startswith("---"):
                return None
            end = head.find("\n---", 3)
            while end < 0 and (more := file.read(_HEAD)):
                head += more
                end = head.find("\n---", 3)
    except OSError:
        return None
    return head[:end] if end >= 0 else head
