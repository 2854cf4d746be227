"""Places under content/ that nobody reads: folders of another name, and settings that name no file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from pouch.content.files import site_path
from pouch.content.folders import is_of_tools, refused_name
from pouch.markdown.svg import active_parts
from pouch.plugins import source_files
from pouch.problems import Problem, Severity
from pouch.settings import STATIC_PATHS
from pouch.site import SETTINGS_FILE, Site
from pouch.wording import closest

READ_FOLDERS = ("entries", "dossiers", "digests", "pages", "vocabulary")
VOCABULARY_FILES = ("countries.toml", "topics.toml")
_COMPUTED = re.compile(r"\{%-?\s*(?:include|extends|import|from)\s+[^\s\"']")
"""A template that is named by an expression, which may be any."""
_AT_THE_TOP = "what shall stand at the top of the site goes under content/extra/"
_FOR_PEOPLE = re.compile(r"(?:readme|licen[cs]e|copying|contributing|notice)\b.*", re.IGNORECASE)


def unread_places(site: Site, targets: Collection[str]) -> Iterator[Problem]:
    """Files and folders directly under content/, and vocabularies, that nothing reads.

    `targets`: absolute paths of files that symbolic links lead to; a folder that holds one is read in that way. Where a
    site has plugins of its own or foreign ones, they may read any folder, so nothing is said of folders.
    """
    read = {*READ_FOLDERS, *(PurePosixPath(path).parts[0] for path in site.static_paths)}
    read |= {
        Path(file).relative_to(site.content).parts[0]
        for file, _ in site.template_pages
        if Path(file).is_relative_to(site.content)
    }
    plugins = bool(source_files(site.plugins, site.plugin_paths)) or bool(site.foreign_plugins)
    for place in _listed(site.content_path):
        if place.name in read or _FOR_PEOPLE.fullmatch(place.name):
            continue
        folder_prefix = f"{os.path.realpath(place)}{os.sep}"
        if place.is_dir():
            if plugins or any(target.startswith(folder_prefix) for target in targets):
                continue
            message = f"nothing reads the folder {place.name!r}"
            hint = (
                _suggestion(place.name, read) or "to publish its files as they are, name it in STATIC_PATHS"
            )
        elif str(place) in targets or folder_prefix.rstrip(os.sep) in targets:
            continue
        else:
            message = "nothing reads this file"
            hint = "entries live under content/entries/, pages under content/pages/, images under content/images/"
            if place.suffix != ".md":
                hint += f"; {_AT_THE_TOP}"
        yield Problem(site_path(place, site), 0, 0, "unread-file", message, hint, Severity.WARNING)
    for place in _listed(site.content_path, hidden=True):
        if place.name not in read:
            message = "a hidden file or folder is not published"
            yield Problem(site_path(place, site), 0, 0, "unread-file", message, _AT_THE_TOP, Severity.WARNING)
    for place in _listed(site.vocabulary_path):
        if place.suffix == ".toml" and place.name not in VOCABULARY_FILES:
            message = f"nothing reads this file; the vocabulary is in {' and '.join(VOCABULARY_FILES)}"
            hint = _suggestion(place.name, VOCABULARY_FILES) or "move its tables to one of them"
            yield Problem(site_path(place, site), 0, 0, "unread-file", message, hint, Severity.WARNING)


def nothing_published(site: Site, published: Collection[str]) -> Iterator[Problem]:
    """Names in STATIC_PATHS and EXTRA_PATH_METADATA that lead to no file.

    `published`: paths, below content/, of the files that are published.
    """
    beside = [place.name for place in _listed(site.content_path)]
    for path in site.static_paths:
        if path not in STATIC_PATHS and not os.path.lexists(site.content_path / path):
            message = f"STATIC_PATHS names {path!r}, and there is no such file or folder under content/"
            yield _of_settings(
                site, path, "nothing-there", message, _suggestion(path, beside) or "correct the name"
            )
    for path, target in site.static_addresses.items():
        if path not in published:
            message = f"EXTRA_PATH_METADATA names {path!r}, and no file of that name is published"
            if (site.content_path / path).is_file():
                hint = f"add {str(PurePosixPath(path).parent)!r} to STATIC_PATHS"
            elif (site.content_path / path).is_dir():
                hint = "it is a folder; name each file"
            else:
                hint = _suggestion(path, published) or "correct the name"
            yield _of_settings(site, path, "nothing-there", message, hint)
        elif fault := next(filter(None, map(refused_name, target.split("/"))), ""):
            message = f"EXTRA_PATH_METADATA gives {path!r} the address {target!r}: {fault}"
            yield _of_settings(site, path, "refused-name", message, "choose another address")


def unused_templates(site: Site) -> Iterator[Problem]:
    """Folders of THEME_TEMPLATES_OVERRIDES that are not there, and templates in them that nothing asks for.

    Plugins of the site's own may ask for any template, so nothing is said of templates where there are some.
    """
    own_plugins = bool(source_files(site.plugins, site.plugin_paths))
    theme = Path(site.theme) / "templates"
    texts: dict[Path, str] = {}
    for folder in map(Path, site.template_overrides):
        if not folder.is_dir():
            name = site_path(folder, site)
            message = f"THEME_TEMPLATES_OVERRIDES names {name!r}, and there is no such folder"
            yield _of_settings(site, name, "nothing-there", message, "correct the name")
        elif not own_plugins:
            texts |= {file: file.read_text("utf-8", "replace") for file in sorted(folder.rglob("*.html"))}
    for file in texts:
        folder = next(Path(path) for path in site.template_overrides if file.is_relative_to(path))
        name = file.relative_to(folder).as_posix()
        used = any(f'"{name}"' in text or f"'{name}'" in text for text in texts.values())
        if used or (theme / name).is_file() or any(map(_COMPUTED.search, texts.values())):
            continue
        names = [each.relative_to(theme).as_posix() for each in theme.rglob("*.html")]
        hint = _suggestion(name, names) or "name it as the template that it replaces, or include it in one"
        message = "nothing uses this template"
        yield Problem(site_path(file, site), 0, 0, "unread-file", message, hint, Severity.WARNING)


def unsafe_drawing(path: str, data: bytes, site: Site) -> Iterator[Problem]:
    """The error of an SVG file that is published as it is and would run a script, on the line that has it.

    Files under content/extra/ are the site owner's own and may be pages with scripts; others come with articles.
    """
    if path.startswith(f"{site_path(site.content_path, site)}/extra/"):
        return
    for part in active_parts(data):
        message = f"the image would run a script or load a document where it is opened by itself: {part.what}"
        hint = "export it as a plain drawing, or as PNG"
        yield Problem(path, part.line, 0, "unsafe-svg", message, hint)
        return


def _of_settings(site: Site, name: str, code: str, message: str, hint: str) -> Problem:
    """A problem of the settings file, on the line that names `name`."""
    line = 0
    try:
        lines = (Path(site.root) / SETTINGS_FILE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    for number, text in enumerate(lines, 1):
        if f'"{name}"' in text or f"'{name}'" in text:
            line = number
            break
    return Problem(SETTINGS_FILE, line, 0, code, message, hint, Severity.WARNING)


def _suggestion(name: str, names: Iterable[str]) -> str:
    close = closest(name.lower(), names, 0.7)
    return f"did you mean {close!r}?" if close else ""


def _listed(folder: Path, *, hidden: bool = False) -> list[Path]:
    """The names in a folder without editors' backups: the hidden ones, without files of tools, or the others.

    Nothing where it cannot be read.
    """
    try:
        places = sorted(place for place in folder.iterdir() if not place.name.endswith("~"))
    except OSError:
        return []
    if hidden:
        return [place for place in places if place.name[0] == "." and not is_of_tools(place.name)]
    return [place for place in places if place.name[0] != "."]
