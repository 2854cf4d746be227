"""What pip-audit reports, as findings."""

from __future__ import annotations

import json
import re

import pytest

from audit.dependencies import LOCK, findings
from audit.findings import Finding
from pouch.errors import EnvironmentFault


def test_an_advisory_is_a_finding_with_its_cure() -> None:
    """It names the package, its version and the first version without the fault."""
    advisories = [{"id": "PYSEC-1", "fix_versions": ["2.1", "3.0"]}, {"id": "PYSEC-2", "fix_versions": []}]
    sound = {"name": "harbour", "version": "1.0", "vulns": []}
    report = json.dumps({"dependencies": [sound, {"name": "pier", "version": "2.0", "vulns": advisories}]})
    assert findings(report) == [
        Finding("dependencies", "pier 2.0", "PYSEC-1: fixed in 2.1"),
        Finding("dependencies", "pier 2.0", "PYSEC-2: no version without it yet"),
    ]


def test_no_answer_is_no_clean_bill() -> None:
    """A package that could not be asked about, and a report that is none, are told."""
    skipped = {"name": "pier", "skip_reason": "Dependency not found on PyPI"}
    with pytest.raises(EnvironmentFault, match="1 of 1 packages, pier first"):
        findings(json.dumps({"dependencies": [skipped]}))
    with pytest.raises(EnvironmentFault, match="no report: no network"):
        findings("", "no network")


def test_every_package_of_the_lock_has_a_hash() -> None:
    """pip-audit is told to require them, and so is every installation."""
    blocks = re.split(r"(?m)^(?=[a-z0-9])", LOCK.read_text(encoding="utf-8"))[1:]
    assert len(blocks) > 30
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
