"""Whatever befalls the file of the state, the next build gives what a clean one gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.engine.state import folder_of
from tests.engine.sites import WorkSite, tree


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site with two briefings."""
    site = WorkSite(tmp_path / "site")
    for number in range(2):
        site.entry(f"entry-{number}", date=f"2025-0{number + 1}-05")
    return site


@pytest.mark.parametrize("damage", ["garbage", "flipped bits", "foreign database", "other engine"])
def test_a_state_that_cannot_be_believed_is_discarded_with_a_word(work: WorkSite, damage: str) -> None:
    """Whatever lies in the state's place, the site comes out right."""
    work.build()
    good = tree(work.output)
    file = folder_of(work.site()) / "state.sqlite"
    if damage == "garbage":
        file.write_bytes(b"not a database" * 100)
    else:
        file.unlink()
        db = sqlite3.connect(file)
        if damage == "foreign database":
            db.execute("CREATE TABLE recipes (name TEXT)")
        else:
            db.executescript(
                "CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB); CREATE TABLE outputs (path TEXT);"
                "INSERT INTO meta VALUES ('schema', '5'), ('engine', 'another')"
            )
        db.commit()
        db.close()
    report = work.build()
    assert any("not used" in note for note in report.notes)
    assert tree(work.output) == good


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE outputs SET size = size + 1 WHERE path = 'index.html'", False),
        ("UPDATE outputs SET fingerprint = x'93c400c400c400' WHERE path = 'index.html'", False),
        ("UPDATE outputs SET fingerprint = x'00' WHERE path LIKE 'briefings/%'", True),
        ("UPDATE outputs SET path = 'index.htmk' WHERE path = 'index.html'", True),
        ("UPDATE outputs SET path = CAST(x'ff' AS TEXT) WHERE path = 'index.html'", True),
        (
            "UPDATE groups SET planned = CAST(substr(planned, 1, 9) || x'00' || substr(planned, 11) AS BLOB)",
            True,
        ),
    ],
)
def test_damage_inside_a_state_makes_no_wrong_page(work: WorkSite, damage: str, told: bool) -> None:
    """A flipped bit costs a page made once more, or the state; never a page that is wrong or gone."""
    work.build()
    with sqlite3.connect(folder_of(work.site()) / "state.sqlite") as db:
        db.execute(damage)
    work.entry("entry-0", title="Told anew")
    report = work.build()
    assert any("not used" in note for note in report.notes) is told
    fresh = work.output.with_name("fresh")
    work.build(output=fresh, clean=True)
    assert tree(work.output) == tree(fresh)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WorkSite, dict[str, str]]]:
    """A site that is built, and what a clean build of it gives after an edit."""
    patch = pytest.MonkeyPatch()
    patch.setattr("pouch.engine.build.SMALL_SITE", 0)
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


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 3)
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
