"""The site: its folder and its settings, as one typed value. Nothing here needs Pelican."""

from __future__ import annotations

import runpy
import traceback
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import msgspec

from pouch import settings as defaults
from pouch.errors import EnvironmentFault

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
    pair_minimum: int
    hub: str | None
    features: tuple[str, ...]
    plugins: tuple[str, ...]
    static_paths: tuple[str, ...]
    static_addresses: dict[str, str]  # EXTRA_PATH_METADATA: path under content/ → address
    template_overrides: tuple[str, ...] = ()

    def has(self, feature: str) -> bool:
        """Whether POUCH_FEATURES lists it."""
        return feature in self.features

    @property
    def foreign_plugins(self) -> tuple[str, ...]:
        """Names in PLUGINS that are not ours."""
        return tuple(name for name in self.plugins if name not in defaults.PLUGINS)

    @property
    def zone(self) -> ZoneInfo:
        """TIMEZONE: where bare dates, years, months and due-ness are taken."""
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


def read_settings(file: Path) -> dict[str, Any]:
    """The upper-case names of a settings file, over Pouch's defaults.

    Raises EnvironmentFault with file and line where the file cannot be run.
    """
    if not file.is_file():
        raise EnvironmentFault(f"no settings file {file}")
    found = {name: value for name, value in vars(defaults).items() if name.isupper()}
    try:
        names = runpy.run_path(str(file))
    except SyntaxError as error:
        raise EnvironmentFault(f"{file}:{error.lineno}: {error.msg}") from error
    except Exception as error:
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
        line = f":{lines[-1]}" if lines else ""
        raise EnvironmentFault(f"{file}{line}: {type(error).__name__}: {error}") from error
    found.update((name, value) for name, value in names.items() if name.isupper())
    return found


def load_site(root: Path, settings_file: Path | None = None, output: Path | None = None) -> Site:
    """Read the settings of the site in `root`; paths in them are relative to `root`.

    Raises EnvironmentFault for a setting that cannot be.
    """
    root = root.resolve()
    file = settings_file.resolve() if settings_file else root / SETTINGS_FILE
    found = read_settings(file)
    if output:
        found["OUTPUT_PATH"] = str(output.resolve())
    return site_from(found, root=root, theme_base=file.parent, origin=str(file))


def site_from(found: Mapping[str, Any], *, root: Path, theme_base: Path, origin: str) -> Site:
    """The Site of a mapping of settings. `origin` names their file in messages."""

    def fault(name: str, what: str) -> EnvironmentFault:
        return EnvironmentFault(f"{origin}: {name} {what}")

    def text(name: str) -> str:
        if not isinstance(value := found.get(name, getattr(defaults, name, None)), str):
            raise fault(name, f"must be text, not {value!r}")
        return value

    def whole(name: str, least: int = 1) -> int:
        value = found.get(name, getattr(defaults, name))
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise fault(name, f"must be a whole number of at least {least}, not {value!r}")
        return value

    def texts(name: str) -> tuple[str, ...]:
        value = found.get(name, getattr(defaults, name))
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise fault(name, f"must be a list of texts, not {value!r}")
        return tuple(value)

    def inside(name: str, path: str) -> str:
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise fault(name, f"names a path outside its folder: {path!r}")
        return path

    timezone = text("TIMEZONE")
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as error:
        raise fault("TIMEZONE", f"names no time zone: {timezone!r}") from error
    url = text("SITEURL").rstrip("/")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise fault("SITEURL", f"must be an http or https address without query, not {url!r}")
    site_id = text("POUCH_SITE_ID")
    try:
        uuid.UUID(site_id)
    except ValueError as error:
        raise fault(
            "POUCH_SITE_ID",
            'must be a UUID, such as `python -c "import uuid; print(uuid.uuid4())"` prints',
        ) from error
    features = texts("POUCH_FEATURES")
    for feature in features:
        if feature not in defaults.ALL_FEATURES:
            raise fault(
                "POUCH_FEATURES", f"does not know {feature!r}; it knows {', '.join(defaults.ALL_FEATURES)}"
            )
    hub = found.get("POUCH_HUB")
    if hub is not None and urlsplit(str(hub)).scheme not in ("http", "https"):
        raise fault("POUCH_HUB", f"must be an http or https address or None, not {hub!r}")
    lang = text("DEFAULT_LANG").lower()  # as Pelican does
    languages = texts("POUCH_LANGUAGES")

    def place(name: str) -> str:
        return str((root / text(name)).resolve())

    theme = Path(text("THEME"))
    return Site(
        root=str(root),
        content=place("PATH"),
        output=place("OUTPUT_PATH"),
        theme=str(theme if theme.is_absolute() else (theme_base / theme).resolve()),
        name=text("SITENAME"),
        url=url,
        path=parts.path,
        timezone=timezone,
        lang=lang,
        languages=(lang, *(other for other in languages if other != lang)),
        site_id=site_id,
        per_page=whole("POUCH_PER_PAGE"),
        feed_items=whole("POUCH_FEED_ITEMS"),
        pair_minimum=whole("POUCH_PAIR_MINIMUM"),
        hub=hub,
        features=features,
        plugins=tuple(
            p if isinstance(p, str) else getattr(p, "__name__", repr(p))
            for p in found.get("PLUGINS", defaults.PLUGINS)
        ),
        static_paths=tuple(inside("STATIC_PATHS", path) for path in texts("STATIC_PATHS")),
        static_addresses={
            path: inside("EXTRA_PATH_METADATA", str(extra["path"]))
            for path, extra in dict(found.get("EXTRA_PATH_METADATA", {})).items()
            if isinstance(extra, Mapping) and "path" in extra
        },
        template_overrides=tuple(
            str((theme_base / p).resolve()) for p in found.get("THEME_TEMPLATES_OVERRIDES", ())
        ),
    )  # fmt: skip


_F = TypeVar("_F", bound=Callable[..., Any])


def site_option(function: _F) -> _F:
    """Adds `--site DIR` to a click command, which then gets `site: Path | None`; see `site_root`."""
    return click.option(
        "--site",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        help="The site's folder. Default: the folder with pelicanconf.py, found upward.",
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
