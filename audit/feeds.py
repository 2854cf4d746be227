"""Feed readers' own parsers over every feed: each finds the same items, and each item as it is meant.

feedparser (Python), rss-parser and feedsmith (JavaScript): three of those that feed readers are built on.
"""

from __future__ import annotations

import json
import subprocess
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import feedparser

from audit.findings import Finding
from pouch.site import Site

HERE = Path(__file__).parent


class Item(NamedTuple):
    """An item as a client reads it; None for what the client does not tell."""

    id: str
    title: str
    published: str  # in UTC, to the second
    content: str
    categories: tuple[str, ...] | None


def judge(site: Site) -> list[Finding]:
    """Feeds that a parser refuses, reads with a complaint, or reads otherwise than they are meant."""
    output = Path(site.output)
    patterns = ("feed*.xml", "atom*.xml", "mentions.xml", "feed*.json")
    files = sorted(path for pattern in patterns for path in output.rglob(pattern))
    meant = _meant(files)
    done = subprocess.run(
        ["node", str(HERE / "clients.mjs")],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE,
    )
    found = []
    for file, line in zip(files, done.stdout.splitlines(), strict=True):
        path = file.relative_to(output).as_posix()
        answers: dict[str, Any] = json.loads(line)
        if file.suffix == ".xml":
            answers["feedparser"] = _feedparser(file)
        for client, answer in answers.items():
            complaints = _complaints(answer, meant, full=_is_full(file), all_meant=_has_json(file))
            found += [Finding(client, path, complaint) for complaint in complaints]
        orders = {
            tuple(item[0] for item in answer) for answer in answers.values() if not isinstance(answer, str)
        }
        if len(orders) > 1:
            found.append(Finding("clients", path, "they do not agree on which items there are"))
    return found


def _meant(files: list[Path]) -> dict[str, Item]:
    """Each item by its identifier, as the JSON feeds, which need no parser but json, tell it."""
    found = {}
    for file in files:
        if file.suffix == ".json":
            for item in json.loads(file.read_bytes())["items"]:
                moment = datetime.fromisoformat(item["date_published"]).astimezone(UTC)
                found[item["id"]] = Item(
                    item["id"],
                    item["title"],
                    moment.isoformat()[:19],
                    item["content_html"],
                    tuple(item.get("tags", ())),
                )
    return found


def _feedparser(file: Path) -> list[Any] | str:
    parsed = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo:
        return str(parsed.bozo_exception)
    return [
        [
            entry.id,
            entry.title,
            datetime.fromtimestamp(timegm(entry.published_parsed), UTC).isoformat()[:19],
            entry.content[0].value if "content" in entry else entry.summary,
            [tag.label or tag.term for tag in entry.get("tags", ())],
        ]
        for entry in parsed.entries
    ]


def _is_full(file: Path) -> bool:
    """Whether its items have their full text: those of pairs, regions and mentions have summaries."""
    return file.with_name("feed.json").exists() and file.name != "mentions.xml"


def _has_json(file: Path) -> bool:
    """Whether a JSON feed tells its items too.

    The versions of one language's feed, the corrections and the digests stand in RSS alone.
    """
    return file.name.count(".") == 1 and file.parent.name not in ("corrections", "digests")


def _complaints(
    answer: list[Any] | str, meant: dict[str, Item], *, full: bool, all_meant: bool
) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
        return
    if len({identifier for identifier, *_ in answer}) != len(answer):
        yield "two items share an identifier"
    for identifier, title, published, content, categories in answer:
        item = meant.get(identifier)
        if item is None:
            if all_meant:
                yield f"an item that no JSON feed has: {identifier}"
            continue
        if (title, published) != (item.title, item.published):
            yield f"{identifier} is {item.title!r} of {item.published}, not {title!r} of {published}"
        if categories is not None and tuple(categories) != item.categories:
            yield f"{identifier} is filed under {item.categories}, not {categories}"
        if not content or (full and content.strip() != item.content.strip()):
            yield f"{identifier} has another content: {content[:60]!r}"
