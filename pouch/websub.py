"""WebSub: notifies a hub of changed feeds (W3C Recommendation "WebSub", section 7).

A feed has changed if its bytes differ from those in the tree that was live before. Each feed names its hub and its
address, so the feeds of any build can be announced without its settings.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pouch.errors import EnvironmentFault

_NAMES = re.compile(r"(?:feed|atom|mentions)(?:[.-][A-Za-z0-9.-]+)?\.(?:xml|json)")
_LINK = "{http://www.w3.org/2005/Atom}link"
TIMEOUT = 30
"""Seconds to wait for a hub to answer."""


class Announcement(NamedTuple):
    """A feed that changed, and the hub to notify."""

    path: str  # below the output folder
    hub: str
    topic: str  # the feed's own address


def changed_feeds(live: Path, before: Path) -> Iterator[str]:
    """Paths of the feeds in `live` whose bytes differ from those in `before`, or that were not there; in order."""
    for file in sorted(live.rglob("*")):
        if _NAMES.fullmatch(file.name) and file.is_file():
            path = file.relative_to(live).as_posix()
            other = before / path
            if not other.is_file() or other.read_bytes() != file.read_bytes():
                yield path


def announcements(live: Path, before: Path) -> list[Announcement]:
    """The notifications to send. Feeds without a hub are skipped, like files that only have the name of a feed."""
    changed = []
    for path in changed_feeds(live, before):
        hub, topic = _addresses((live / path).read_bytes())
        if topic and hub.startswith(("http://", "https://")):
            changed.append(Announcement(path, hub, topic))
    return changed


def _addresses(document: bytes) -> tuple[str, str]:
    """The hub and the address that a feed names in its head; empty where it names none."""
    if document.lstrip()[:1] == b"{":
        try:
            feed = json.loads(document)
            hubs = [hub["url"] for hub in feed.get("hubs", ()) if hub.get("type") == "WebSub"]
            return (hubs or [""])[0], feed.get("feed_url", "")
        except (ValueError, AttributeError, KeyError, TypeError):
            return "", ""
    links: dict[str | None, str] = {}
    try:
        elements = etree.iterparse(BytesIO(document), events=("start",), resolve_entities=False)
        for _, element in elements:
            if etree.QName(element).localname in ("item", "entry"):
                break
            if element.tag == _LINK:
                links.setdefault(element.get("rel"), element.get("href", ""))
    except etree.XMLSyntaxError:
        return "", ""
    return links.get("hub", ""), links.get("self", "")


def announce(changed: Iterable[Announcement]) -> Iterator[tuple[Announcement, str]]:
    """Notify the hub of each feed. Yields each feed with the hub's reason for a refusal, or with "".

    Raises EnvironmentFault if a hub cannot be reached.
    """
    for each in changed:
        data = urllib.parse.urlencode({"hub.mode": "publish", "hub.url": each.topic, "hub.topic": each.topic})
        request = urllib.request.Request(  # noqa: S310  # `announcements` lets http and https through only
            each.hub,
            data.encode("ascii"),
            {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Pouch"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310  # likewise
                yield each, ""
        except urllib.error.HTTPError as error:
            answer = error.read(200).decode("utf-8", "replace").strip()
            yield each, f"{error.code} {error.reason}" + (f": {answer}" if answer else "")
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise EnvironmentFault(f"the hub {each.hub} cannot be reached: {reason}") from error
