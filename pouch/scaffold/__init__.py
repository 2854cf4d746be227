"""A new site: what `pouch init` writes. The files beside this module are its templates; it gets the standard topics."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pouch.errors import EnvironmentFault
from pouch.vocabulary.standard import topics_file

_HERE = Path(__file__).resolve().parent


class Choices(msgspec.Struct, frozen=True):
    """What differs between two new sites. `languages` are BCP 47 tags, the main one first."""

    name: str = "Briefings"
    url: str = "http://localhost:8000"
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)


def files(choices: Choices, site_id: uuid.UUID) -> dict[str, str]:
    """The new site's files: path below its folder → text. `site_id` is what every GUID will follow from."""
    return {
        "pelicanconf.py": _template("settings.txt").format(
            name=_literal(choices.name),
            url=_literal(choices.url),
            timezone=_literal(choices.timezone),
            lang=_literal(choices.languages[0]),
            languages=_literal(list(choices.languages)),
            site_id=_literal(str(site_id)),
        ),
        "content/vocabulary/topics.toml": topics_file().read_text(encoding="utf-8"),
        "content/vocabulary/countries.toml": _template("countries.toml"),
        "content/pages/about.md": _template("about.md"),
        ".gitignore": _template("ignore.txt"),
    }


def make(folder: Path, choices: Choices) -> list[Path]:
    """Write a new site into `folder`, which is absent or empty; returns the files written, in order.

    Raises EnvironmentFault where something is in the way, or a choice cannot be.
    """
    from pouch.site import site_from

    site_id = uuid.uuid4()
    settings = {"SITENAME": choices.name, "SITEURL": choices.url, "TIMEZONE": choices.timezone}
    # Refused here rather than in the first build, by the same rule.
    site_from(
        {**settings, "DEFAULT_LANG": choices.languages[0], "POUCH_SITE_ID": str(site_id)},
        root=folder,
        theme_base=folder,
        origin="pouch init",
    )
    written = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise EnvironmentFault(f"{folder} is not empty; a new site needs a folder of its own")
        for path, text in files(choices, site_id).items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            written.append(file)
        (folder / "content/entries").mkdir()
    except OSError as error:
        raise EnvironmentFault(f"cannot write {error.filename or folder}: {error.strerror}") from error
    return written


def _template(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _literal(value: str | Sequence[str]) -> str:
    """A Python literal in double quotes, as the formatters write it: JSON's text is Python's too."""
    return json.dumps(value, ensure_ascii=False)
