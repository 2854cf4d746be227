"""The Nu HTML checker over every page, stylesheet and picture (https://validator.github.io/validator/)."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.findings import Finding
from pouch.site import Site

# Read from a disk, a page has no origin that 'self' could be; as it is served, its stylesheet is its own.
NO_ORIGIN = re.compile(r"Content Security Policy .*external (stylesheet|script) “/")
JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def judge(site: Site) -> list[Finding]:
    """Errors and warnings alike; `info` without a subtype, such as a hint about a trailing slash, is left out."""
    command = [
        "java",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--also-check-css",
        "--also-check-svg",
        site.output,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    return [
        Finding("nu", _path(message["url"], site), f"{message.get('lastLine', 0)}: {message['message']}")
        for message in messages
        if (message["type"] != "info" or message.get("subType") == "warning")
        and not NO_ORIGIN.search(message["message"])
    ]


def _path(url: str, site: Site) -> str:
    return Path(unquote(urlsplit(url).path)).relative_to(Path(site.output).resolve()).as_posix()
