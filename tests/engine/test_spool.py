"""The models of a build: in a file that the builder and its workers share."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

from pouch.engine.spool import Span, Spool
from tests.engine.sites import WorkSite

INHERITED: list[Spool] = []


def read(span: Span) -> bytes:
    """Called in a forked worker."""
    return INHERITED[-1].get(span)


def test_models_come_back_whole_in_any_order_and_process(tmp_path: Path) -> None:
    """A forked worker reads what the builder has put there, and neither moves the other's place."""
    spool = Spool(tmp_path)
    models = [bytes([number]) * number * 1000 for number in range(20)]
    spans = [spool.add(model) for model in models[:10]]
    INHERITED.append(spool)
    with get_context("fork").Pool(2) as pool:
        spans += [spool.add(model) for model in models[10:]]
        assert pool.map(read, spans[::-1]) == models[::-1]
    assert [spool.get(span) for span in spans] == models


def test_a_build_leaves_no_models_behind(tmp_path: Path) -> None:
    """They lie beside the state while it runs, without a name."""
    work = WorkSite(tmp_path / "site")
    work.entry("entry-1")
    work.build()
    names = {path.name for path in (work.root / ".pouch/output").iterdir()}
    assert names <= {"state.sqlite", "manifest.txt", "lock"}
