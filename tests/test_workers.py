"""Work in processes of its own."""

from __future__ import annotations

import os
import signal

import pytest

from pouch.workers import meanwhile


def own_process() -> int:
    return os.getpid()


def killed_beside(parent: int) -> str:
    """Ends its process, unless that is `parent`."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def refuses() -> None:
    raise ValueError("no such thing")


@pytest.mark.parametrize(("jobs", "beside"), [(1, False), (2, True)])
def test_work_goes_on_beside_where_there_may_be_two_processes(jobs: int, beside: bool) -> None:
    """With one job nothing is started; with two, another process does it."""
    with meanwhile(jobs, own_process) as result:
        assert (result() != os.getpid()) is beside
        assert result() == result()


def test_work_whose_process_is_killed_is_done_all_the_same() -> None:
    """A process that memory ran out for costs time, not the build."""
    with meanwhile(2, killed_beside, os.getpid()) as result:
        assert result() == "done"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_work_raises_is_raised_where_its_result_is_asked_for(jobs: int) -> None:
    """A fault beside is a fault here."""
    with meanwhile(jobs, refuses) as result, pytest.raises(ValueError, match="no such thing"):
        result()
