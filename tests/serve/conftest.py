"""A small built site, and the preview's server for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pouch.serve.server import Server
from tests.serve.browsing import PAGE


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A small built site, and a file beside it that is nobody's business."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "output"
    (folder / "countries/cote-d-ivoire").mkdir(parents=True)
    (folder / "empty").mkdir()
    for name in ("index.html", "404.html", "countries/cote-d-ivoire/index.html"):
        (folder / name).write_bytes(PAGE)
    (folder / "feed.xml").write_text("<rss/>")
    return folder


@pytest.fixture(params=["", "/archive"])
def server(output: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The preview's server on a free port, at the root of its host and below a path."""
    serving = Server("127.0.0.1", 0, output, request.param)
    threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield serving
    serving.shutdown()
    serving.server_close()
