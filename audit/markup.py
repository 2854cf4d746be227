"""The Nu HTML checker over every page, stylesheet and picture (https://validator.github.io/validator/).

Pages are asked for by address, from the server that the site stands on: the checker holds a page to its policy, and a
page that is read from a disk has no origin that 'self' could be. Stylesheets and pictures it takes from the disk alone.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from audit.findings import Finding
from pouch.errors import EnvironmentFault
from pouch.reporting import progress
from pouch.site import Site

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
# It starts in seconds, checks a page in a hundredth of one, and says nothing until it ends.
BATCH = 500
# Else it asks no server on this machine.
PROPERTIES = ("-Dnu.validator.servlet.allow-forbidden-hosts=true",)
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg")


def judge(site: Site) -> list[Finding]:
    """Errors and warnings alike; `info` without a subtype, such as a hint about a trailing slash, is left out.

    `site.url` must answer with the pages. Raises EnvironmentFault where the checker itself fails.
    """
    output = Path(site.output)
    pages = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    sources = [f"{site.url}/{quote(page)}" for page in pages]
    sources += sorted(str(path) for kind in ("css", "svg") for path in output.rglob(f"*.{kind}"))
    found = []
    with progress("Nu HTML checker", len(sources)) as bar:
        for first in range(0, len(sources), BATCH):
            batch = sources[first : first + BATCH]
            found += [
                Finding("nu", _path(message, site), f"{message.get('lastLine', 0)}: {message['message']}")
                for message in _messages(batch)
                if message["type"] != "info" or message.get("subType") == "warning"
            ]
            bar.advance(len(batch))
    return found


def _messages(sources: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What one run of the checker says of these addresses and files."""
    command = ["java", *PROPERTIES, "-jar", str(JAR), *OPTIONS, *sources]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        yield from json.loads(done.stdout)["messages"]
    except ValueError as error:
        raise EnvironmentFault(f"the Nu HTML checker failed: {done.stderr.strip()[-300:]}") from error


def _path(message: dict[str, Any], site: Site) -> str:
    """The output that a message is about: it names an address or a file."""
    parts = urlsplit(message["url"])
    root = Path(site.output).resolve().as_posix() if parts.scheme == "file" else site.path
    return unquote(parts.path).removeprefix(f"{root}/")
