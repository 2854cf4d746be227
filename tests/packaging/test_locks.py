"""The locks: two machines install the same files, and pyproject.toml says honestly what is needed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = {name: (ROOT / f"requirements/{name}.txt").read_text() for name in ("runtime", "dev", "audit")}
PYTHONS = ("3.11", "3.12", "3.13")


def pins(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Each pinned distribution of a lock with its hashes."""
    found = []
    for block in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", LOCKS[lock]).strip()):
        requirement, *hashes = block.replace("\\\n", " ").split(" --hash=")
        found.append((Requirement(requirement.strip()), [value.strip() for value in hashes]))
    return found


def wanted(group: str) -> list[Requirement]:
    """What pyproject.toml asks for: the project's dependencies and those of a group."""
    # What the audit needs stands in an environment of its own, without the project.
    names = [] if group == "audit" else list(PYPROJECT["project"]["dependencies"])
    for line in PYPROJECT["dependency-groups"][group]:
        names += PYPROJECT["dependency-groups"][line["include-group"]] if isinstance(line, dict) else [line]
    return [Requirement(name) for name in names]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_version_and_a_hash(lock: str) -> None:
    """pip refuses a file that is not the one that was locked."""
    for requirement, hashes in pins(lock):
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_records_an_address(lock: str) -> None:
    """A lock made behind one index installs from any other."""
    assert not re.search(r"://|\bfile:|--(extra-)?index|--find-links|--trusted-host", LOCKS[lock])


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("lock", "group"), [("runtime", "build"), ("dev", "dev"), ("audit", "audit")])
def test_the_locks_follow_pyproject(lock: str, group: str, python: str) -> None:
    """Whoever adds a dependency or raises a bound runs `make lock`; every Python gets one pin of each."""
    found: dict[str, list[Requirement]] = {}
    for requirement, _ in pins(lock):
        environment = {"python_version": python, "python_full_version": f"{python}.0"}
        if not requirement.marker or requirement.marker.evaluate(environment):
            found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    for requirement in wanted(group):
        name = canonicalize_name(requirement.name)
        assert len(found.get(name, [])) == 1, f"{name} is not locked for Python {python}; run `make lock`"
        (version,) = (specifier.version for specifier in found[name][0].specifier)
        assert requirement.specifier.contains(version, prereleases=True), f"{name}: run `make lock`"


def test_the_developers_lock_holds_the_readers_lock() -> None:
    """The tests run against the very versions that `make html` installs."""
    readers, developers = (
        {f"{pin.name}{pin.specifier}": hashes for pin, hashes in pins(lock)} for lock in ("runtime", "dev")
    )
    assert readers == {pin: hashes for pin, hashes in developers.items() if pin in readers}


def test_every_dependency_has_a_lower_bound() -> None:
    """`make test-lowest` can try the oldest version that each bound admits; two have an upper bound too."""
    capped = {"jinja2", "markdown"}
    for requirement in wanted("dev"):
        operators = sorted(specifier.operator for specifier in requirement.specifier)
        assert operators == (["<", ">="] if requirement.name in capped else [">="]), requirement
