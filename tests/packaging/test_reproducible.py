"""The wheel has the same bytes wherever and whenever it is built: anyone can tell that it was made of this source."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPARED = ("tests/", "benchmarks/", "samples/", "content/entries/")
"""What is large and in no wheel."""


@pytest.mark.slow
def test_a_wheel_built_twice_has_the_same_bytes(tmp_path: Path) -> None:
    """In other folders, with other times of files, another umask, time zone, locale and hash seed."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    wheels = []
    for place, umask, time, extra in (
        ("one", 0o022, 1_000_000_000, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        (
            "a longer name/two",
            0o077,
            1_700_000_000,
            {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        ),
    ):
        source = tmp_path / place
        before = os.umask(umask)
        try:
            for name in tracked.stdout.split("\0"):
                if (ROOT / name).is_file() and not name.startswith(SPARED):
                    (source / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(ROOT / name, source / name)
                    os.utime(source / name, (time, time))
            environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
            subprocess.run(
                [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / f"{umask}"],
                cwd=source, check=True, capture_output=True, env={**environment, **extra},
            )  # fmt: skip
        finally:
            os.umask(before)
        (wheel,) = (tmp_path / f"{umask}").iterdir()
        wheels.append((wheel.name, wheel.read_bytes()))
    assert wheels[0] == wheels[1]
