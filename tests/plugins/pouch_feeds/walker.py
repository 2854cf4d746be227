"""Clients that are quick enough to read thousands of documents: ids and links, by the XML alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml import etree

SITE = "https://example.org/"
_ATOM = "{http://www.w3.org/2005/Atom}"


def read_quickly(path: str, document: bytes) -> tuple[list[str], dict[str, str]]:
    """The ids of the items in order, and the addresses of the feed's links by relation."""
    if path.endswith(".json"):
        feed = json.loads(document)
        assert "next_url" not in feed
        return [item["id"] for item in feed["items"]], {"self": feed["feed_url"]}
    root = etree.fromstring(document)
    ids = [str(found.text) for found in root.iterfind("channel/item/guid")]
    ids += [str(found.text) for found in root.iterfind(f"{_ATOM}entry/{_ATOM}id")]
    links = [*root.iterfind(f"channel/{_ATOM}link"), *root.iterfind(f"{_ATOM}link")]
    return ids, {str(found.get("rel")): str(found.get("href")) for found in links}


def walk(documents: Mapping[str, bytes], path: str) -> Iterator[list[str]]:
    """The ids of each document, from the current one at `path` backwards (RFC 5005, section 4)."""
    seen = set()
    while path:
        assert path not in seen, "the archive goes round in a circle"
        seen.add(path)
        ids, links = read_quickly(path, documents[path])
        assert links["self"] == SITE + path
        yield ids
        path = links.get("prev-archive", "").removeprefix(SITE)


def everything(documents: Mapping[str, bytes], path: str) -> list[str]:
    """The ids of all items, newest first. No document repeats what another has."""
    found = [each for batch in walk(documents, path) for each in batch]
    assert len(found) == len(set(found))
    return found
