"""The folders of a site: which of their files are read, and what an editor is told of the others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pouch.checks.places import nothing_published, unread_places
from pouch.content.folders import Folders, refused_name
from pouch.problems import Severity
from pouch.site import Site, load_site

SETTINGS = """\
SITENAME = "Site"
DEFAULT_LANG = "en"
POUCH_SITE_ID = "0b6f2f0e-6c0e-4c57-9a55-0f6b0e2f7c11"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty site beside a folder of somebody else's."""
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key.txt").write_text("secret", "utf-8")
    return site


def put(root: Path, *paths: str) -> None:
    """Files below content/."""
    for path in paths:
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", "utf-8")


def walked(site: Site, folder: str, *, published: bool = False) -> tuple[list[str], Folders]:
    """The paths that are read below a folder of content/, and what is said of the others."""
    folders = Folders(site)
    place = str(site.content_path / folder)
    files = folders.published(place) if published else folders.texts(place, ".md", "an entry")
    return [folders.path(file) for file, _ in files], folders


def codes(folders: Folders) -> list[tuple[str, str]]:
    """Path and code of each problem."""
    return sorted((problem.path.removeprefix("content/"), problem.code) for problem in folders.problems)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("a.MD", "rename it to a.md"),
        ("a.Md", "rename it to a.md"),
        ("a.md.txt", "rename it to a.md"),
        ("a.markdown", "rename it to a.md"),
        ("a.docx", "`pouch convert` makes a draft of it"),
        ("a.jpg", "images live under content/images/"),
        ("a", "rename it, or move it to another folder"),
        (".a.md", "rename or remove it"),
        (".later/a.md", "rename or remove it"),
    ],
)
def test_a_text_that_is_not_read_is_told_with_its_cure(root: Path, name: str, cure: str) -> None:
    """A program that saves under another ending must not make a briefing vanish."""
    put(root, f"entries/2025/{name}", "entries/2025/b.md")
    read, folders = walked(load_site(root), "entries")
    assert read == ["content/entries/2025/b.md"]
    (problem,) = folders.problems
    assert problem.path == f"content/entries/2025/{name.partition('/')[0]}"
    assert (problem.code, problem.severity, problem.hint) == ("unread-file", Severity.WARNING, cure)


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", ".DS_Store", "desktop.ini", ".a.md.swp", "a.md~", ".git", ".gitkeep", "._a.md", ".#a.md"],
)
@pytest.mark.parametrize("published", [False, True])
def test_what_programs_leave_behind_is_neither_read_nor_told(root: Path, name: str, published: bool) -> None:
    """Nobody means these files to be published, and nobody needs to hear of them."""
    put(root, f"images/{name}", "images/a.md")
    read, folders = walked(load_site(root), "images", published=published)
    assert (read, folders.problems) == (["content/images/a.md"], [])


def test_many_files_of_one_ending_are_one_problem(root: Path) -> None:
    """Five hundred pictures in the wrong folder are one mistake."""
    put(root, *(f"entries/{number}.jpg" for number in range(500)))
    _, folders = walked(load_site(root), "entries")
    assert [problem.message.rpartition(", and ")[2] for problem in folders.problems] == [
        "499 others that end in .jpg there"
    ]


def test_hidden_files_are_published_where_a_standard_or_a_setting_says_so(root: Path) -> None:
    """`.well-known` belongs to every host (RFC 8615); .htaccess is published on request; .env never by chance."""
    put(root, "extra/.well-known/security.txt", "extra/.htaccess", "extra/.env")
    with (root / "pelicanconf.py").open("a") as settings:
        settings.write('EXTRA_PATH_METADATA = {"extra/.htaccess": {"path": ".htaccess"}}\n')
    read, folders = walked(load_site(root), "extra", published=True)
    assert read == ["content/extra/.htaccess", "content/extra/.well-known/security.txt"]
    assert codes(folders) == [("extra/.env", "unread-file")]


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("../../../private/key.txt", "link-out-of-site"),
        ("../../../private", "link-out-of-site"),
        ("../../../private/none.txt", "link-out-of-site"),
        ("/etc/hostname", "link-out-of-site"),
        ("../../.git/config", "link-out-of-site"),
        ("../../.env", "link-out-of-site"),
        ("../more", "unread-file"),
        ("none.txt", "unread-file"),
    ],
)
def test_a_link_that_is_not_followed_is_told_with_its_target(
    root: Path, target: str, code: str, published: bool
) -> None:
    """What leads out of the site, or to its secrets, is an error; what leads to a folder or to nothing, a warning."""
    put(root, "more/a.md", "entries/z.md")
    for hidden in (".git/config", ".env"):
        (root / hidden).parent.mkdir(exist_ok=True)
        (root / hidden).write_text("secret", "utf-8")
    (root / "content/entries/link").symlink_to(target)
    read, folders = walked(load_site(root), "entries", published=published)
    assert read == ["content/entries/z.md"]
    (problem,) = folders.problems
    assert (problem.path, problem.code) == ("content/entries/link", code)
    assert target in problem.message
    assert (problem.severity is Severity.ERROR) == (code == "link-out-of-site")


@pytest.mark.parametrize("name", ["entries", "images"])
def test_a_whole_folder_that_is_a_link_out_of_the_site_is_not_read(root: Path, name: str) -> None:
    """The folder at the top is as good a way out as a file in it."""
    (root / "content" / name).symlink_to(root.parent / "private")
    read, folders = walked(load_site(root), name, published=name == "images")
    assert (read, codes(folders)) == ([], [(name, "link-out-of-site")])


def test_links_within_the_site_are_followed_to_files(root: Path) -> None:
    """Editors keep one picture under two names; git-annex keeps all pictures under .git."""
    put(root, "texts/a.md", "images/port.png")
    (root / ".git/annex/objects").mkdir(parents=True)
    (root / ".git/annex/objects/big").write_text("x", "utf-8")
    (root / "content/entries").mkdir()
    (root / "content/entries/a.md").symlink_to("../texts/a.md")
    (root / "content/images/quay.png").symlink_to("port.png")
    (root / "content/images/sea.png").symlink_to("../../.git/annex/objects/big")
    site = load_site(root)
    texts, folders = walked(site, "entries")
    images, of_images = walked(site, "images", published=True)
    assert texts == ["content/entries/a.md"]
    assert images == [f"content/images/{name}.png" for name in ("port", "quay", "sea")]
    assert folders.problems == of_images.problems == []
    # The folder that the link leads to is read in that way.
    assert list(unread_places(site, folders.targets)) == []


def test_a_folder_that_cannot_be_read_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be root, who can read everything; so the system's answer is played."""
    put(root, "entries/2025/a.md", "entries/b.md")
    open_folder = os.open

    def refusing(place: str, *arguments: Any) -> int:
        if place.endswith("2025"):
            raise PermissionError(13, "Permission denied", place)
        return open_folder(place, *arguments)

    monkeypatch.setattr(os, "open", refusing)
    read, folders = walked(load_site(root), "entries")
    assert read == ["content/entries/b.md"]
    (problem,) = folders.problems
    assert (problem.path, problem.code) == ("content/entries/2025", "unreadable-file")
    assert (problem.severity, problem.message) == (
        Severity.ERROR,
        "the folder cannot be read: Permission denied",
    )


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("map#1.png", True),
        ("what?.png", True),
        ("a:b.png", True),
        ("con", True),
        ("AUX.png", True),
        ("com1.tar.gz", True),
        ("nul.txt", True),
        ("LPT9.md", True),
        ("com¹.md", True),
        ("prn .txt", True),
        ("end.", True),
        ("end ", True),
        (" start", True),
        ("a\nb.png", True),
        ("console.png", False),
        ("com10.png", False),
        ("auxiliary.md", False),
        ("a.con", False),
        ("Karte (2) – größer.png", False),
        ("a.b.c", False),
        ("100%.png", False),
    ],
)
def test_names_that_hosts_or_disks_refuse(name: str, refused: bool) -> None:
    """One of them stops a whole deployment; ordinary names, blanks and accents among them, pass."""
    assert bool(refused_name(name)) == refused


def test_names_of_devices_are_errors_wherever_a_file_lies(root: Path) -> None:
    """A repository with such a file cannot be checked out on Windows at all: texts, folders and images."""
    put(
        root,
        "entries/2025/con.md",
        "entries/aux/a.md",
        "entries/Nul.fr.md",
        "images/com1.png",
        "images/console.png",
    )
    site = load_site(root)
    texts, pictures = walked(site, "entries")[1], walked(site, "images", published=True)[1]
    problems = sorted((*texts.problems, *pictures.problems))
    assert [(problem.path, problem.severity, problem.hint) for problem in problems] == [
        ("content/entries/2025/con.md", Severity.ERROR, "rename it"),
        ("content/entries/Nul.fr.md", Severity.ERROR, "rename it"),
        ("content/entries/aux", Severity.ERROR, "rename it"),
        ("content/images/com1.png", Severity.ERROR, "rename it"),
    ]
    assert all("device of Windows" in problem.message for problem in problems)


def test_a_name_with_a_line_break_is_an_error_on_one_line(root: Path) -> None:
    """No address can hold it, and a message stays one line."""
    put(root, "images/a\nb.png")
    _, folders = walked(load_site(root), "images", published=True)
    (problem,) = folders.problems
    assert (problem.path, problem.severity) == ("content/images/a\\nb.png", Severity.ERROR)


def test_what_nothing_reads_at_the_top_of_content(root: Path) -> None:
    """A folder with a slip in its name would publish nothing, without a word."""
    put(
        root,
        "entires/a.md",
        "README.md",
        "LICENSE",
        "talks.md",
        "images/a.png",
        "vocabulary/topic.toml",
        ".git/x",
        ".well-known/security.txt",
        ".gitkeep",
        "CNAME",
    )
    problems = list(unread_places(load_site(root), ()))
    extra = "what shall stand at the top of the site goes under content/extra/"
    assert problems.pop(0).hint.endswith(f"; {extra}")
    assert [(problem.path, problem.hint) for problem in problems] == [
        ("content/entires", "did you mean 'entries'?"),
        (
            "content/talks.md",
            "entries live under content/entries/, pages under content/pages/, images under content/images/",
        ),
        ("content/.well-known", extra),
        ("content/vocabulary/topic.toml", "did you mean 'topics.toml'?"),
    ]


def test_settings_that_publish_nothing_are_told_with_their_line(root: Path) -> None:
    """A name without a file, a file outside of STATIC_PATHS, a folder: each has its cure."""
    put(root, "files/report.pdf", "images/a.png", "other/b.txt")
    with (root / "pelicanconf.py").open("a") as settings:
        settings.write(
            'STATIC_PATHS = ["images", "extra", "fles"]\n'
            "EXTRA_PATH_METADATA = {\n"
            '    "images/a.png": {"path": "a?.png"},\n'
            '    "images/b.png": {"path": "b.png"},\n'
            '    "other/b.txt": {"path": "b.txt"},\n'
            '    "images": {"path": "pictures"},\n'
            "}\n"
        )
    problems = nothing_published(load_site(root), {"images/a.png"})
    assert [(problem.path, problem.line, problem.code, problem.hint) for problem in problems] == [
        ("pelicanconf.py", 4, "nothing-there", "did you mean 'files'?"),
        ("pelicanconf.py", 6, "refused-name", "choose another address"),
        ("pelicanconf.py", 7, "nothing-there", "did you mean 'images/a.png'?"),
        ("pelicanconf.py", 8, "nothing-there", "add 'other' to STATIC_PATHS"),
        ("pelicanconf.py", 4, "nothing-there", "it is a folder; name each file"),
    ]
