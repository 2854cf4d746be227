"""What all tests share: how Hypothesis looks for counterexamples, and which tests run beside each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pouch.caching import Cache
from pouch.theming import stylesheet
from pouch.workers import default_jobs
from tests import compiled
from tests.sample import sample as sample

TESTS = Path(__file__).parent

# The same examples on every run: a failure in continuous integration is a failure on the desk. No deadline, and no
# complaint that examples come slowly: a busy machine is no fault. `make test-long` looks further, and at other examples
# each time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", PATIENT, derandomize=True, max_examples=25)
settings.register_profile("long", PATIENT, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked by their folder, and the tests of a module that share a fixture run in one worker."""
    for item in items:
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker("browser")
        if "module" in _scopes(item) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(TESTS).as_posix()))


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: now and then each waits for a browser, a server or a process."""
    return default_jobs() + 1


def _scopes(item: pytest.Item) -> set[str]:
    """The scopes of all fixtures of a test."""
    assert isinstance(item, pytest.Function)
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return {definition.scope for definitions in fixtures for definition in definitions}


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sites of one test process share what a first build makes of the theme: most of the work of a small site."""
    compiled.FOLDER = tmp_path_factory.mktemp("cache")
    shared = Cache(compiled.FOLDER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pouch.theming.theme.build_cache", lambda _root: shared)
        patch.setattr(stylesheet, "_compact", cache(stylesheet._compact))
        yield
