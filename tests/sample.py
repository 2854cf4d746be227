"""The repository's own site, built once for all tests that only look at it."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import msgspec
import pytest

from pouch.engine.build import build
from pouch.site import load_site

ROOT = Path(__file__).parents[1]
PREFIX = "/archive"  # a site that stands below a path shows every link that forgets it
# The address is in the site's files, which workers share while each has a server and a port of its own.
HOST = "sample.localhost"
ADDRESS = f"http://{HOST}{PREFIX}"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site's folder; the first worker that asks for it builds it for all."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each worker has a folder of its own in that of the run
    with (folder / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = folder / "sample"
        if not root.exists():
            unfinished = folder / "unfinished"
            shutil.copytree(ROOT / "content", unfinished / "content")
            shutil.copy(ROOT / "pelicanconf.py", unfinished)
            build(msgspec.structs.replace(load_site(unfinished), url=ADDRESS, path=PREFIX), jobs=2)
            unfinished.rename(root)
    return root
