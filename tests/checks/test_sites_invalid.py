"""tests/sites_invalid: a small site for each fault, and in its expected.txt exactly what `pouch check` says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pouch.commands.check import command

SITES = sorted(path for path in (Path(__file__).parents[1] / "sites_invalid").iterdir() if path.is_dir())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_each_fault_is_told_as_expected(site: Path) -> None:
    """An editor reads the file, the line, the fault and its cure; an error ends with exit code 1, a warning with 0."""
    expected = (site / "expected.txt").read_text("utf-8")
    result = CliRunner().invoke(command, ["--site", str(site)])
    assert result.stdout == expected
    assert result.exit_code == (1 if ": error: " in expected else 0)
    assert expected, "a site without a fault proves nothing"


def test_most_sites_have_one_fault() -> None:
    """A site is named after its fault, and shows that one: few faults come in company."""
    assert len(SITES) >= 40
    crowded = [
        site.name for site in SITES if len((site / "expected.txt").read_text("utf-8").splitlines()) > 1
    ]
    assert crowded == []
