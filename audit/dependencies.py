"""What Pouch is installed with: a bill of materials (CycloneDX), and the advisories about it (pip-audit, from PyPI).

python -m audit.dependencies FILE          write the bill of materials to FILE
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from audit import readers
from audit.findings import Finding
from audit.programs import install
from pouch.errors import EnvironmentFault
from pouch.site import Site

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "runtime.txt"
"""What an installation of Pouch brings, with versions and hashes."""
_BILL = ("cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON", "--pyproject")
_ADVISORIES = (
    "pip_audit",
    "--require-hashes",
    "--disable-pip",
    "--progress-spinner",
    "off",
    "--format",
    "json",
)


def judge(_: Site) -> list[Finding]:
    """Each known advisory about a dependency. Raises EnvironmentFault where PyPI does not tell."""
    done = _run(*_ADVISORIES, "--requirement", str(LOCK))
    return findings(done.stdout, done.stderr)


def findings(report: str, words: str = "") -> list[Finding]:
    """What pip-audit's report says, `words` being what it says beside. Raises EnvironmentFault for no answer."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError) as error:
        raise EnvironmentFault(f"pip-audit gives no report: {words.strip()[-500:]}") from error
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if unknown:
        raise EnvironmentFault(
            f"PyPI gives no advisories of {len(unknown)} of {len(packages)} packages, {unknown[0]} first; a mirror of"
            " PyPI has none: ask where pypi.org can be reached"
        )
    return [
        Finding("dependencies", f"{package['name']} {package['version']}", f"{each['id']}: {_cure(each)}")
        for package in packages
        for each in package["vulns"]
    ]


def _cure(advisory: dict[str, list[str]]) -> str:
    versions = advisory.get("fix_versions") or []
    return f"fixed in {versions[0]}" if versions else "no version without it yet"


def write_bill(target: Path) -> None:
    """The bill of materials of an installation: the same bytes for the same lock. Raises EnvironmentFault."""
    target.parent.mkdir(parents=True, exist_ok=True)
    done = _run(*_BILL, str(ROOT / "pyproject.toml"), "--output-file", str(target), str(LOCK))
    if done.returncode:
        raise EnvironmentFault(f"cyclonedx-bom fails: {done.stderr.strip()[-500:]}")


def _run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(readers.PYTHON), "-W", "ignore", "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def main(target: str) -> None:
    """Install what makes it, and write it."""
    install({"dependencies": ()})
    write_bill(Path(target))


if __name__ == "__main__":
    main(sys.argv[1])
