"""Finds a Chromium for the browser tests, or installs one: `make browser`.

Looked for, in this order: $CHROMIUM; the browsers of the PATH; what Playwright has downloaded. Installed
from Debian's package where apt and root are there, by Playwright elsewhere. The shell without windows comes first: it
opens a tab in a third of the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
PLACES = (
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CURE = "install one, or name one: make test CHROMIUM=/path/to/chromium"
# A test browser has nothing to tell and nothing to fetch but the pages under test.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


def find() -> Path | None:
    """The Chromium to run, or None. A $CHROMIUM that leads nowhere is an error, not a reason to look on.

    Raises FileNotFoundError for such a $CHROMIUM.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return Path(found)
        raise FileNotFoundError(f"CHROMIUM={named} is no program")
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for place in PLACES:
        if os.access(place, os.X_OK):
            return Path(place)
    return _playwrights_own()


def arguments() -> list[str]:
    """Command-line arguments for the browser; as root, Chromium starts only without its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, *(["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] if root else [])]


def _playwrights_own() -> Path | None:
    """The Chromium that `playwright install chromium` has put into its cache, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _install() -> None:
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", "fonts-dejavu-core"]
        subprocess.run(["apt-get", "update", "-q"], check=True, env=quiet, stdin=subprocess.DEVNULL)
        # Debian has the shell since 2024.
        shell = subprocess.run(
            [*install, "chromium-headless-shell"], check=False, env=quiet, stdin=subprocess.DEVNULL
        )
        if shell.returncode:
            subprocess.run([*install, "chromium"], check=True, env=quiet, stdin=subprocess.DEVNULL)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> int:
    """Print the path of a Chromium, after installing one where there was none; 2 where that fails."""
    try:
        found = find()
        if found is None:
            print("no Chromium here; installing one", file=sys.stderr)
            _install()
            found = find()
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        print(
            f"no Chromium: {error}; install one, or name one: make test CHROMIUM=/path/to/chromium",
            file=sys.stderr,
        )
        return 2
    if found is None:
        print(
            "no Chromium, even after installing one; name one: make test CHROMIUM=/path/to/it",
            file=sys.stderr,
        )
        return 2
    print(f"browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
