"""Whatever befalls the file of the state, the next build gives what a clean one gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.build.state import folder_of
from tests.build.sites import WorkSite, tree

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WorkSite, dict[str, str]]]:
    """A site that is built, and what a clean build of it gives after an edit."""
    patch = pytest.MonkeyPatch()
    patch.setattr("pouch.build.engine.SMALL_SITE", 0)
    work = WorkSite(tmp_path_factory.mktemp("damaged") / "site")
    for number in range(6):
        work.entry(
            f"entry-{number}", date=f"2025-0{number + 1}-05", countries="UA, GB" if number % 2 else "UA"
        )
    work.entry("entry-3", body="Told anew.")
    fresh = work.root.with_name("fresh")
    work.build(output=fresh)
    yield work, tree(fresh)
    patch.undo()


@settings(max_examples=settings().max_examples // 2)
@given(
    place=st.floats(0, 1, exclude_max=True),
    damage=st.one_of(
        st.none(), st.binary(min_size=1, max_size=64), st.sampled_from((1, 512, 4096)).map(bytes)
    ),
    jobs=st.sampled_from((1, 2)),
)
def test_damage_costs_time_and_nothing_else(
    built: tuple[WorkSite, dict[str, str]], place: float, damage: bytes | None, jobs: int
) -> None:
    """The file is cut off, or some bytes of it are others: a flipped bit, a lost sector, a page of nothing."""
    work, good = built
    work.entry("entry-3", date="2025-04-05", countries="UA, GB")
    work.build(clean=True)
    file: Path = folder_of(work.site()) / "state.sqlite"
    data = file.read_bytes()
    at = int(len(data) * place)
    file.write_bytes(
        data[:at] if damage is None else (data[:at] + damage + data[at + len(damage) :])[: len(data)]
    )
    work.entry("entry-3", body="Told anew.")
    work.build(jobs=jobs)
    assert tree(work.output) == good
    assert work.build(jobs=jobs).made == 0
