"""Feed readers' own parsers over every feed: each finds the same items, with the same identifiers.

feedparser (Python), rss-parser and feedsmith (JavaScript): three of those that feed readers are built on.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import feedparser

from audit.findings import Finding
from pouch.site import Site

HERE = Path(__file__).parent
Items = list[tuple[str, str]]
"""(identifier, title) of each item, in the document's order."""


def judge(site: Site) -> list[Finding]:
    """Feeds that a parser refuses, reads with a complaint, or reads otherwise than the others."""
    output = Path(site.output)
    files = sorted(path for pattern in ("feed*.xml", "atom*.xml") for path in output.rglob(pattern))
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
        parsed = feedparser.parse(file.read_bytes())
        if parsed.bozo:
            found.append(Finding("feedparser", path, str(parsed.bozo_exception)))
        expected: Items = [(entry.id, entry.title) for entry in parsed.entries]
        if len(dict(expected)) != len(expected):
            found.append(Finding("feedparser", path, "two items share an identifier"))
        for client, answer in json.loads(line).items():
            if isinstance(answer, str):
                found.append(Finding(client, path, answer))
            elif [tuple(item) for item in answer] != expected:
                found.append(Finding(client, path, f"reads other items than feedparser: {answer[:2]}"))
    return found
