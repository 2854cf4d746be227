"""A page that a browser saved with its pictures: `page.html` and a folder beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.convert.drafts.pictures import JPEG, png
from tests.convert.sites import ENGLISH, make_site, run, run_json

TITLE, FIRST, SECOND = ENGLISH.strip().split("\n\n")
HEAD = f'<html><head><title>{TITLE}</title><link rel="canonical" href="https://press.example/truce"></head>'


def saved(folder: Path, name: str, *sources: str) -> Path:
    """A page that shows these images between its paragraphs."""
    folder.mkdir(exist_ok=True)
    shown = "".join(f'<figure><img src="{source}" alt="A river"></figure>' for source in sources)
    page = folder / name
    page.write_text(
        f"{HEAD}<body><article><h1>{TITLE}</h1><p>{FIRST}</p>{shown}<p>{SECOND}</p></article></body></html>"
    )
    return page


def beside(folder: Path, name: str, data: bytes) -> Path:
    """A file in the folder of a page."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("page", "place", "source"),
    [
        ("truce.html", "truce_files/river.png", "./truce_files/river.png"),
        ("truce.htm", "truce-Dateien/river.png", "truce-Dateien/river.png"),
        ("Truce holds.html", "Truce holds_fichiers/a b.png", "Truce%20holds_fichiers/a%20b.png"),
        ("truce.html", "truce_files/saved_resource", "truce_files/saved_resource"),
    ],
)
def test_pictures_beside_a_saved_page_come_into_the_draft(
    tmp_path: Path, page: str, place: str, source: str
) -> None:
    """They are stored, since they have no address that could be linked, whatever the browser called the folder."""
    site = make_site(tmp_path / "site")
    beside(tmp_path / "saved", place, png())
    run(site, saved(tmp_path / "saved", page, source))
    (draft,) = (site / "content/entries").rglob("*.md")
    (stored,) = (site / "content/images").rglob("*.png")
    assert f"![A river]({stored.relative_to(site / 'content').as_posix()})" in draft.read_text("utf-8")
    assert stored.read_bytes() == png()


def test_only_pictures_of_the_pages_own_folder_come(tmp_path: Path) -> None:
    """Not what a page names elsewhere on the disk, where a link leads, what it does not show, what is none."""
    site, folder = make_site(tmp_path / "site"), tmp_path / "saved"
    secret = beside(tmp_path, "secret.png", png(shade=1))
    beside(folder, "other/photo.jpg", JPEG)
    beside(folder, "truce_files/unused.png", png(shade=2))
    beside(folder, "truce_files/drawing.png", b"no image at all")
    (folder / "truce_files/link.png").symlink_to(secret)
    page = saved(
        folder,
        "truce.html",
        "../secret.png",
        secret.as_uri(),
        "other/photo.jpg",
        "truce_files/link.png",
        "truce_files/drawing.png",
        "truce_files/../../secret.png",
    )
    result = run(site, page)
    assert not (site / "content/images").exists()
    assert "it is no PNG, JPEG, GIF, WebP or AVIF" in result.output


def test_a_folder_of_saved_pages_gives_the_pages_alone(tmp_path: Path) -> None:
    """Scripts, styles and frames beside a page are no articles; a folder that belongs to no page is read as ever."""
    site, folder = make_site(tmp_path / "site"), tmp_path / "saved"
    saved(folder, "truce.html")
    for name in ("truce_files/script.js", "truce_files/frame.html", "truce_files/river.png"):
        beside(folder, name, png())
    saved(folder / "notes_files", "another.html")
    (first, second) = run_json(site, "--dry-run", folder)
    assert first["entry"]["title"] == second["entry"]["title"] == TITLE
