"""`make audit`: every judge in turn; exit 1 where one finds something, 2 where one cannot be asked.

python -m audit [JUDGE…]          markup, feeds, subscribers, lighthouse; default: all
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from audit import feeds, lighthouse, markup, readers, subscribers
from audit.findings import Finding
from pouch.build.engine import build
from pouch.errors import EnvironmentFault
from pouch.reporting import say
from pouch.serve.server import Server
from pouch.site import Site, find_root, load_site

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
LOCK = HERE.parent / "requirements" / "audit.txt"
NEEDS = {
    "node": "Node.js 20 or newer",
    "npm": "npm",
    "java": "a Java runtime, 11 or newer",
    "newsboat": "newsboat",
}
JUDGES: dict[str, Callable[[Site], list[Finding]]] = {
    "markup": markup.judge,
    "feeds": feeds.judge,
    "subscribers": subscribers.judge,
    "lighthouse": lighthouse.judge,
}


def install() -> None:
    """Put the judges into audit/node_modules and audit/.venv, from their locks; nothing where they are there already.

    Raises EnvironmentFault where a program that they need is missing.
    """
    missing = [what for program, what in NEEDS.items() if not shutil.which(program)]
    if missing:
        raise EnvironmentFault(
            f"the judges need {' and '.join(missing)}; on Debian: apt-get install nodejs npm default-jre newsboat"
        )
    if not _follows(MODULES / ".package-lock.json", HERE / "package-lock.json"):
        say("installing the judges from npm")
        subprocess.run(["npm", "ci", "--ignore-scripts", "--loglevel=error"], cwd=HERE, check=True)
    stamp = readers.PYTHON.parents[1] / ".installed"
    if not _follows(stamp, LOCK):
        say("installing the feed reader")
        venv.create(readers.PYTHON.parents[1], clear=True, with_pip=True)
        options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
        command = [str(readers.PYTHON), "-m", "pip", "install", *options, "--requirement", str(LOCK)]
        subprocess.run(command, check=True)
        stamp.touch()


def _follows(stamp: Path, lock: Path) -> bool:
    """Whether what `stamp` stands for was installed after the lock was last made."""
    return stamp.is_file() and stamp.stat().st_mtime >= lock.stat().st_mtime


def main(names: Sequence[str]) -> int:
    """Build the site for this machine, ask the judges, print what they find."""
    if unknown := set(names) - set(JUDGES):
        say(f"audit: no judge {', '.join(sorted(unknown))}; there are {', '.join(JUDGES)}")
        return 2
    try:
        install()
        found: list[Finding] = []
        root = find_root(Path.cwd())
        with tempfile.TemporaryDirectory(prefix="pouch-audit-") as folder:
            site = load_site(root, output=Path(folder))
            server = Server("127.0.0.1", 0, Path(folder), site.path, live=False)
            # Lighthouse wants canonical links that lead to the page it looks at.
            site = msgspec.structs.replace(site, url=server.address + site.path)
            build(site)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for name in names or JUDGES:
                findings = JUDGES[name](site)
                say(f"{name}: {len(findings)} finding{'s' * (len(findings) != 1)}")
                found += findings
            server.shutdown()
    except EnvironmentFault as error:
        say(f"audit: {error}")
        return 2
    except subprocess.CalledProcessError as error:
        say(f"audit: {error}")
        return 2
    for finding in sorted(found):
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
