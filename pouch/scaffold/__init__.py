"""A new site: what `pouch init` writes. Its templates are the files of data/, which data/files.toml lists."""

from __future__ import annotations

import json
import re
import shlex
import uuid
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from pouch import __version__
from pouch.errors import EnvironmentFault
from pouch.installation import PACKAGE
from pouch.settings import THEME
from pouch.tables import table, text
from pouch.vocabulary.standard import topics_file

_FILES: list[dict[str, str]] = table("pouch.scaffold", "files")["files"]
PARTS: dict[str, list[str]] = {}
"""Files that a new site can do without, by the name of their option."""
for _file in _FILES:
    if "part" in _file:
        PARTS.setdefault(_file["part"], []).append(_file["path"])
_OF_A_REPOSITORY = re.compile(
    r"\.git|\.gitignore|\.gitattributes|\.github|\.gitlab|(readme|licen[cs]e|copying|authors)(\..+)?",
    re.IGNORECASE,
)
"""What the folder of a new repository holds before there is a site."""
_COMPLETED = (".gitignore", ".gitattributes")
"""Files whose lines are added to those of a file that is there."""


class Choices(msgspec.Struct, frozen=True):
    """The choices for a new site. `languages` are BCP 47 tags, the main one first."""

    name: str = "Briefings"
    url: str = "http://localhost:8000"
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    without: frozenset[str] = frozenset()  # names of PARTS
    install: str = f"{PACKAGE}>={__version__}"  # what pip takes to install Pouch
    branch: str = "main"  # whose pushes are published


def files(choices: Choices, site_id: uuid.UUID) -> dict[str, str]:
    """The new site's files: path below its folder → text. All GUIDs are derived from `site_id`."""
    choice_of = {
        "NAME": _literal(choices.name),
        "TITLE": choices.name,
        "URL": _literal(choices.url),
        "TIMEZONE": _literal(choices.timezone),
        "LANG": _literal(choices.languages[0]),
        "LANGUAGES": _literal(list(choices.languages)),
        "SITE_ID": _literal(str(site_id)),
        "HOST": "# " if "workflow" in choices.without else "",
        "BRANCH": choices.branch,
        "REQUIREMENT": _literal(choices.install),
        "INSTALL": shlex.quote(choices.install),
    }
    left_out = {path for part in choices.without for path in PARTS[part]}
    return {
        file["path"]: re.sub(r"__([A-Z_]+)__", lambda match: choice_of[match[1]], _template(file))
        for file in _FILES
        if "template" in file and file["path"] not in left_out
    }


def make(folder: Path, choices: Choices) -> list[Path]:
    """Write a new site into `folder`; returns the files written, in order.

    The folder is absent or empty, or holds only what a new repository holds: a README, a licence, git's own files. A
    README that is there stays; lines are added to .gitignore and .gitattributes. Raises EnvironmentFault if anything
    else is in the way, or for a choice that is not valid.
    """
    from pouch.site import site_from

    site_id = uuid.uuid4()
    settings = {"SITENAME": choices.name, "SITEURL": choices.url, "TIMEZONE": choices.timezone}
    # The same rule refuses it here rather than in the first build.
    site_from(
        {**settings, "DEFAULT_LANG": choices.languages[0], "POUCH_SITE_ID": str(site_id)},
        root=folder,
        theme_base=folder,
        origin="pouch init",
    )
    new_files = []
    try:
        there = _names_in(folder)
        for path, text in files(choices, site_id).items():
            file = folder / path
            if path in _COMPLETED and file.exists():
                text = _completed(file.read_text(encoding="utf-8"), text)  # one file, one text
            elif file.exists() or (path == "README.md" and any(name.startswith("readme") for name in there)):
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            new_files.append(file)
        (folder / "content/entries").mkdir()
    except OSError as error:
        raise EnvironmentFault(f"cannot write {error.filename or folder}: {error.strerror}") from error
    return new_files


def branch_of(folder: Path) -> str:
    """The branch of the repository in a folder, which is that of its host where it is a fresh clone; else main."""
    try:
        head = (folder / ".git/HEAD").read_text(encoding="utf-8")
    except OSError:
        return "main"
    return head.removeprefix("ref: refs/heads/").strip() if head.startswith("ref: refs/heads/") else "main"


def untranslated(languages: Collection[str]) -> list[str]:
    """The interface languages that the theme has no catalogue for."""
    return [tag for tag in languages if tag.partition("-")[0].lower() not in translations()]


def translations() -> list[str]:
    """The interface languages of the theme, by tag: its catalogues, and English."""
    return sorted({"en", *(path.parts[-3] for path in Path(THEME).glob("translations/*/LC_MESSAGES/*.po"))})


def _names_in(folder: Path) -> set[str]:
    """The names of what is in a folder, in lower case. Raises EnvironmentFault if a site cannot be made there."""
    if not folder.exists():
        return set()
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else [folder.name]
    strange = [name for name in names if not _OF_A_REPOSITORY.fullmatch(name)]
    if not folder.is_dir() or strange:
        listed = ", ".join(strange[:5]) + (", …" if len(strange) > 5 else "")
        raise EnvironmentFault(
            f"{folder} is not empty ({listed}); a new site needs a folder that is empty or a new repository"
        )
    return {name.lower() for name in names}


def _completed(text: str, added: str) -> str:
    """The lines of a file, then those of `added` that it lacks."""
    lines = text.splitlines()
    missing = [line for line in added.splitlines() if line not in lines]
    return "\n".join([*lines, *missing, ""]) if missing else text


def _template(file: Mapping[str, str]) -> str:
    if file["template"] == "topics.toml":
        return topics_file().read_text(encoding="utf-8")
    return text("pouch.scaffold", file["template"])


def _literal(value: str | Sequence[str]) -> str:
    """A Python literal in double quotes, as formatters write it: a JSON text is a Python literal too."""
    return json.dumps(value, ensure_ascii=False)
