"""The site: its folder and its settings, as one typed value. Nothing here needs Pelican."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import msgspec

from pouch.configuration import Configuration, read_settings
from pouch.errors import EnvironmentFault
from pouch.look import Look, read_look
from pouch.plugins import declares
from pouch.template_settings import register_settings

SETTINGS_FILE = "pelicanconf.py"


class Site(msgspec.Struct, frozen=True):
    """Settings that Pouch reads, checked once. Everything here is plain, so that workers can be given it."""

    root: str  # the site's folder, absolute
    content: str  # absolute
    output: str  # absolute
    theme: str  # absolute
    name: str
    url: str  # SITEURL without a trailing slash; may be empty
    path: str  # the path of SITEURL, "" or "/archive": what every link starts with
    timezone: str
    lang: str  # DEFAULT_LANG
    languages: tuple[str, ...]  # interface languages, DEFAULT_LANG first
    site_id: str
    per_page: int
    feed_items: int
    slice_minimum: int
    pair_share: int
    hub: str | None
    features: tuple[str, ...]
    plugins: tuple[str, ...]
    static_paths: tuple[str, ...]
    static_addresses: dict[str, str]  # EXTRA_PATH_METADATA: path under content/ → address
    template_overrides: tuple[str, ...] = ()
    plugin_paths: tuple[str, ...] = ()  # PLUGIN_PATHS, absolute
    template_settings: str = ""  # a digest of the JINJA_ settings: see `pouch.template_settings`
    template_pages: tuple[tuple[str, str], ...] = ()  # (absolute path of a file, path in the output folder)
    look: Look = Look()
    host: str = ""  # POUCH_HOST, a key of `pouch.hosts.hosts()`; empty for any other host
    preview: bool = False  # for an editor: drafts and waiting entries have pages, faults do not end the build
    author: str = ""  # AUTHOR: who wrote the briefings that do not say
    sources: str = ""  # POUCH_SOURCES, absolute
    web_archive: str = ""  # POUCH_WEB_ARCHIVE
    license: str = ""  # POUCH_LICENSE, an address
    ignored_settings: tuple[str, ...] = ()  # names of Pelican's settings that are set and have no effect

    def has(self, feature: str) -> bool:
        """Whether POUCH_FEATURES lists it."""
        return feature in self.features

    @property
    def foreign_plugins(self) -> tuple[str, ...]:
        """Names in PLUGINS of ordinary Pelican plugins, which declare nothing for Pouch."""
        return tuple(name for name in self.plugins if not declares(name, self.plugin_paths))

    def static_address(self, path: str) -> str:
        """The path of a file below content/ in the output folder."""
        return self.static_addresses.get(path) or path.removeprefix("extra/")

    @property
    def zone(self) -> ZoneInfo:
        """TIMEZONE: it decides bare dates, years, months and when an entry becomes due."""
        return ZoneInfo(self.timezone)

    @property
    def content_path(self) -> Path:
        """content/ as a Path."""
        return Path(self.content)

    @property
    def entries_path(self) -> Path:
        """content/entries/."""
        return Path(self.content) / "entries"

    @property
    def vocabulary_path(self) -> Path:
        """content/vocabulary/."""
        return Path(self.content) / "vocabulary"


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upward, that holds a pelicanconf.py.

    Raises EnvironmentFault where there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise EnvironmentFault(
        f"no {SETTINGS_FILE} in {start} or above; name the site with --site DIR, or make one with `pouch init DIR`"
    )


def load_site(root: Path, settings_file: Path | None = None, output: Path | None = None) -> Site:
    """Read the settings of the site in `root`; paths in them are relative to `root`.

    Raises EnvironmentFault for a setting that cannot be.
    """
    root = root.resolve()
    file = settings_file.resolve() if settings_file else root / SETTINGS_FILE
    settings = read_settings(file)
    if output:
        settings["OUTPUT_PATH"] = str(output.resolve())
    return site_from(settings, root=root, theme_base=file.parent, origin=str(file))


def site_from(
    settings: Mapping[str, Any],
    *,
    root: Path,
    theme_base: Path,
    origin: str,
    changed: Mapping[str, Any] | None = None,
) -> Site:
    """The Site of a mapping of settings. `origin` names their file in messages; `changed` are those that the file sets,
    where `settings` holds defaults too. Raises EnvironmentFault.
    """
    configuration = Configuration(settings, origin)
    configuration.refuse_unknown()
    url = configuration.address()
    languages = configuration.languages()
    plugins = configuration.plugins()
    content, output, copies = _folders(configuration, root.resolve())
    plugin_paths = tuple(str((theme_base / path).resolve()) for path in configuration.plugin_paths())
    try:
        template_settings = register_settings(configuration.templates(), origin, root.resolve(), plugin_paths)
    except ValueError as error:
        raise configuration.fault("JINJA_GLOBALS", f": {error}") from error
    return Site(
        root=str(root),
        content=str(content),
        output=str(output),
        theme=str((theme_base / configuration.text("THEME")).resolve()),
        name=configuration.name(),
        url=url,
        path=urlsplit(url).path,
        timezone=configuration.timezone(),
        lang=languages[0],
        languages=languages,
        site_id=configuration.site_id(),
        per_page=configuration.whole("POUCH_PER_PAGE"),
        feed_items=configuration.whole("POUCH_FEED_ITEMS"),
        slice_minimum=configuration.whole("POUCH_SLICE_MINIMUM"),
        pair_share=configuration.whole("POUCH_PAIR_SHARE", 0),
        hub=configuration.hub(),
        host=configuration.host(),
        features=configuration.features(),
        plugins=plugins,
        static_paths=configuration.static_paths(),
        static_addresses=configuration.static_addresses(),
        template_overrides=tuple(str((theme_base / path).resolve()) for path in configuration.overrides()),
        template_settings=template_settings,
        template_pages=configuration.template_pages(content, root.resolve()),
        look=read_look(configuration, content, root.resolve()),
        author=configuration.author(),
        sources=str(copies),
        web_archive=configuration.web_address("POUCH_WEB_ARCHIVE").rstrip("/"),
        license=configuration.web_address("POUCH_LICENSE"),
        ignored_settings=Configuration(changed or settings, origin).ignored(),
        plugin_paths=plugin_paths,
    )


def _folders(configuration: Configuration, root: Path) -> tuple[Path, Path, Path]:
    """The folders of content, output and copies of sources: what is written never lands among what is read."""
    content, output, copies = (
        (root / configuration.text(name)).resolve() for name in ("PATH", "OUTPUT_PATH", "POUCH_SOURCES")
    )
    if output == root or output.is_relative_to(content) or content.is_relative_to(output):
        raise configuration.fault(
            "OUTPUT_PATH", f"must be a folder apart from the site and its content, not {output}"
        )
    if copies == root or copies.is_relative_to(content) or copies.is_relative_to(output):
        raise configuration.fault(
            "POUCH_SOURCES", f"must be a folder apart from content and output, not {copies}"
        )
    return content, output, copies


_F = TypeVar("_F", bound=Callable[..., Any])


def site_option(function: _F) -> _F:
    """Adds `--site DIR` to a click command, which then gets `site: Path | None`; see `site_root`."""
    return click.option(
        "--site",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        help="The site's folder. Default: the folder with pelicanconf.py, found upward.",
    )(function)


def settings_option(function: _F) -> _F:
    """Adds `--settings FILE` to a click command, which then gets `settings: Path | None`."""
    return click.option(
        "--settings",
        type=click.Path(dir_okay=False, exists=True, path_type=Path),
        metavar="FILE",
        help="A settings file other than pelicanconf.py, such as publishconf.py.",
    )(function)


def jobs_option(function: _F) -> _F:
    """Adds `--jobs N` to a click command, which then gets `jobs: int | None`."""
    return click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes. Default: one for each core."
    )(function)


def site_root(site: Path | None) -> Path:
    """The folder that `--site` names, or the nearest one upward with a pelicanconf.py.

    Raises EnvironmentFault where there is none.
    """
    if site is None:
        return find_root(Path.cwd())
    if not (site / SETTINGS_FILE).is_file():
        raise EnvironmentFault(f"no {SETTINGS_FILE} in {site}")
    return site.resolve()
