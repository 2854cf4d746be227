"""Lighthouse, as on a phone: 100 in every category, on a page of each kind that readers land on."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from audit.findings import Finding
from pouch.errors import EnvironmentFault
from pouch.site import Site
from tests.browser import chromium

PROGRAM = Path(__file__).parent / "node_modules/.bin/lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Speed is measured on a machine that may be busy, which is no fault of the page's: the best of so many runs counts.
RUNS = 5
PAGES = ("", "briefings/*/", "countries/*/", "topics/*/", "countries/*/*/", "map/", "search/")


def judge(site: Site) -> list[Finding]:
    """Every category below 100, with the audits that cost it."""
    browser = chromium.find()
    if browser is None:
        raise EnvironmentFault("no Chromium; run `make browser`")
    output = Path(site.output)
    found = []
    for pattern in PAGES:
        pages = sorted(output.glob(f"{pattern}index.html"))
        if pages:
            address = pages[0].parent.relative_to(output).as_posix().removeprefix(".")
            found += _judge_page(site, f"{address}/" if address else "", browser)
    return found


def _judge_page(site: Site, address: str, browser: Path) -> list[Finding]:
    """What the best run found; a run that finds nothing, or more than slowness, is the last."""
    runs: list[list[Finding]] = []
    while len(runs) < RUNS:
        runs.append(_run(site, address, browser))
        if not runs[-1] or any(not finding.message.startswith("performance ") for finding in runs[-1]):
            return runs[-1]
    return max(runs, key=lambda findings: int(findings[0].message.split(" ")[1].rstrip(":")))


def _run(site: Site, address: str, browser: Path) -> list[Finding]:
    flags = " ".join(["--headless=new", *chromium.arguments()])
    command = [
        str(PROGRAM),
        f"{site.url}/{address}",
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "CHROME_PATH": str(browser)}
    )
    if done.returncode:
        raise EnvironmentFault(f"Lighthouse could not look at /{address}: {done.stderr.strip()[-300:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    found = []
    for name in CATEGORIES:
        category = report["categories"][name]
        if category["score"] is not None and category["score"] < 1:
            guilty = [
                audit["title"]
                for part in category["auditRefs"]
                if (audit := report["audits"][part["id"]])["score"] is not None
                and audit["score"] < 1
                and part["weight"]
            ]
            score = round(category["score"] * 100)
            found.append(Finding("lighthouse", address or "/", f"{name} {score}: {'; '.join(guilty)}"))
    return found
