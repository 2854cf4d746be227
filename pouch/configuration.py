"""Runs a settings file and checks its values one by one. `pouch.site` makes a Site of them."""

from __future__ import annotations

import ast
import re
import runpy
import traceback
import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pouch import settings as defaults
from pouch.characters import CONFLICT, UNRESOLVED
from pouch.errors import EnvironmentFault
from pouch.hosts import hosts
from pouch.template_settings import TemplateSettings
from pouch.wording import closest

_ABSENT = object()
# What Pouch reads, and what is about Pelican's own running.
_USED = frozenset((
    "SITENAME", "SITEURL", "AUTHOR", "TIMEZONE", "DEFAULT_LANG", "PATH", "OUTPUT_PATH", "THEME", "PLUGINS",
    "PLUGIN_PATHS", "STATIC_PATHS", "EXTRA_PATH_METADATA", "THEME_TEMPLATES_OVERRIDES", "JINJA_FILTERS",
    "JINJA_GLOBALS", "JINJA_TESTS", "TEMPLATE_PAGES", "CSS_FILE", "PORT", "BIND", "LOG_FILTER", "CACHE_PATH",
    "CACHE_CONTENT", "CONTENT_CACHING_LAYER", "LOAD_CONTENT_CACHE", "CHECK_MODIFIED_METHOD", "DEBUG",
    "VERBOSE",
))  # fmt: skip
_STYLES = "colours and type are custom properties of a stylesheet: POUCH_STYLESHEETS (`pouch help theming`)"
_SCRIPTS = "POUCH_CSP allows a script of another host (`pouch help theming`)"
_CURES = {"COLO": _STYLES, "FONT": _STYLES, "CSS": _STYLES, "ANALYTICS": _SCRIPTS, "TRACK": _SCRIPTS}
"""A word in a name that is no setting → what does that."""
# Settings that Pelican's stock themes read.
_OF_THEMES = frozenset((
    "MENUITEMS", "LINKS", "SOCIAL", "SITESUBTITLE", "GITHUB_URL", "TWITTER_USERNAME", "DISQUS_SITENAME",
    "GOOGLE_ANALYTICS", "GAUGES", "PIWIK_URL", "LINKS_WIDGET_NAME", "SOCIAL_WIDGET_NAME",
    "DISPLAY_PAGES_ON_MENU", "DISPLAY_CATEGORIES_ON_MENU",
))  # fmt: skip
# The form of a BCP 47 tag whose language is an ISO 639 code; an interface's tag becomes a folder of the output.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# What a web address holds only in another spelling (RFC 3986, section 2).
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"{}|\\^`]")

_HOST_FIRST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s?#]*)?", re.IGNORECASE)


def read_settings(file: Path) -> dict[str, Any]:
    """The upper-case names of a settings file, over Pouch's defaults.

    Raises EnvironmentFault with file and line where the file cannot be run.
    """
    if not file.is_file():
        raise EnvironmentFault(f"no settings file {file}")
    values = {name: value for name, value in vars(defaults).items() if name.isupper()}
    try:
        names = runpy.run_path(str(file))
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        if error.text and CONFLICT.match(error.text.strip("\n")):
            raise EnvironmentFault(f"{file}{line}: {'; '.join(UNRESOLVED)}") from error
        raise EnvironmentFault(f"{file}{line}: {error.msg}") from error
    except (Exception, SystemExit) as error:
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
        line = f":{lines[-1]}" if lines else ""
        raise EnvironmentFault(f"{file}{line}: {type(error).__name__}: {error}") from error
    values.update((name, value) for name, value in names.items() if name.isupper())
    return values


def _line_of(file: str, name: str) -> str:
    """`:line` of the last assignment to a setting; empty where another file sets it."""
    try:
        tree = ast.parse(Path(file).read_bytes())
    except (OSError, ValueError, SyntaxError):
        return ""
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    return f":{max(lines)}" if lines else ""


class Configuration:
    """The settings of one site; every method raises EnvironmentFault for a value that cannot be."""

    def __init__(self, values: Mapping[str, Any], origin: str) -> None:
        """`origin` names the settings' file in messages."""
        self._values = values
        self._origin = origin

    def fault(self, name: str, what: str) -> EnvironmentFault:
        """An error in a setting, with the file, the line that sets it, and its name."""
        return EnvironmentFault(f"{self._origin}{_line_of(self._origin, name)}: {name} {what}")

    def value(self, name: str) -> Any:
        """The setting, or its default."""
        return self._values.get(name, getattr(defaults, name, None))

    def refuse_unknown(self) -> None:
        """Refuse a POUCH_ name that does not exist: a misspelt setting would be ignored silently."""
        names = [name for name in vars(defaults) if name.startswith("POUCH_")]
        for name in sorted(self._values):
            if name.startswith("POUCH_") and name not in names:
                # Without the prefix, which makes any two names similar.
                rest = {each.removeprefix("POUCH_"): each for each in names}
                close = closest(name.removeprefix("POUCH_"), rest, 0.7)
                other_way = next((cure for word, cure in _CURES.items() if word in name), "")
                cure = (
                    f"did you mean {rest[close]}?" if close else other_way or f"there are {', '.join(names)}"
                )
                raise self.fault(name, f"is no setting; {cure}")

    def text(self, name: str) -> str:
        """A text."""
        if not isinstance(value := self.value(name), str):
            raise self.fault(name, f"must be text, not {value!r}")
        return value

    def name(self) -> str:
        """SITENAME: what every page and feed is called after."""
        if not (name := self.text("SITENAME").strip()):
            raise self.fault("SITENAME", "must not be empty: every page and feed shows it")
        return name

    def author(self) -> str:
        """AUTHOR, as Pelican's; empty where there is none."""
        return self.text("AUTHOR").strip() if self.value("AUTHOR") is not None else ""

    def whole(self, name: str, least: int = 1) -> int:
        """A whole number."""
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.fault(name, f"must be a whole number of at least {least}, not {value!r}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.value(name)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise self.fault(name, f"must be a list of texts, not {value!r}")
        return tuple(value)

    def timezone(self) -> str:
        """TIMEZONE: a name of the IANA database."""
        name = self.text("TIMEZONE")
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            city = name.rpartition("/")[2].replace(" ", "_").lower()
            cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(available_timezones())}
            close = closest(city, cities, 0.7)
            cure = f"did you mean {cities[close]!r}?" if close else "such as 'Europe/Paris'"
            raise self.fault("TIMEZONE", f"names no time zone: {name!r}; {cure}") from error
        return name

    def address(self) -> str:
        """SITEURL without a trailing slash; may be empty."""
        url = self.text("SITEURL").rstrip("/")
        try:
            parts = urlsplit(url)
            wrong = url and (
                parts.scheme not in ("http", "https")
                or not parts.hostname
                or parts.query
                or parts.fragment
                or _NOT_IN_ADDRESSES.search(url)
            )
            if not wrong and "//" in parts.path:
                better = parts._replace(path=re.sub("/{2,}", "/", parts.path)).geturl()
                raise self.fault("SITEURL", f"has an empty folder in its path; write {better!r}, not {url!r}")
        except ValueError:
            wrong = True
        if wrong:
            cure = f"; write {f'https://{url}'!r}" if _HOST_FIRST.fullmatch(url) else ""
            raise self.fault("SITEURL", f"must be an http or https address without query, not {url!r}{cure}")
        return url

    def languages(self) -> tuple[str, ...]:
        """DEFAULT_LANG, in lower case as Pelican has it, then the others of POUCH_LANGUAGES, each once."""
        first = self.text("DEFAULT_LANG").lower()
        others = self.texts("POUCH_LANGUAGES")
        for name, tags in (("DEFAULT_LANG", (first,)), ("POUCH_LANGUAGES", others)):
            for tag in tags:
                if not _LANGUAGE.fullmatch(tag):
                    raise self.fault(name, f"must hold language tags such as 'en' or 'pt-BR', not {tag!r}")
        return tuple(dict.fromkeys((first, *others)))

    def site_id(self) -> str:
        """POUCH_SITE_ID: a UUID."""
        site_id = self.text("POUCH_SITE_ID")
        try:
            uuid.UUID(site_id)
        except ValueError as error:
            example = '`python -c "import uuid; print(uuid.uuid4())"`'
            raise self.fault("POUCH_SITE_ID", f"must be a UUID, such as {example} prints") from error
        return site_id

    def features(self) -> tuple[str, ...]:
        """POUCH_FEATURES."""
        features = self.texts("POUCH_FEATURES")
        supported = (*defaults.ALL_FEATURES, *defaults.FURTHER_FEATURES)
        for feature in features:
            if feature not in supported:
                close = closest(feature, supported, 0.7)
                cure = f"did you mean {close!r}?" if close else f"it knows {', '.join(supported)}"
                raise self.fault("POUCH_FEATURES", f"does not know {feature!r}; {cure}")
        return features

    def hub(self) -> str | None:
        """POUCH_HUB: an address, or None."""
        hub = self.value("POUCH_HUB")
        if hub is not None and (not isinstance(hub, str) or urlsplit(hub).scheme not in ("http", "https")):
            raise self.fault("POUCH_HUB", f"must be an http or https address or None, not {hub!r}")
        return hub

    def web_address(self, name: str) -> str:
        """An http or https address, or ""."""
        address = self.text(name)
        if address and (
            urlsplit(address).scheme not in ("http", "https") or _NOT_IN_ADDRESSES.search(address)
        ):
            raise self.fault(name, f"must be an http or https address, not {address!r}")
        return address

    def host(self) -> str:
        """POUCH_HOST; empty for None."""
        host = self.value("POUCH_HOST")
        if not host:
            return ""
        if host not in hosts():
            close = closest(str(host), hosts(), 0.5)
            others = f"it knows {', '.join(hosts())}, and None for others"
            cure = f"did you mean {close!r}?" if close else others
            raise self.fault("POUCH_HOST", f"does not know {host!r}; {cure}")
        return str(host)

    def plugins(self) -> tuple[str, ...]:
        """PLUGINS by name; Pelican also takes modules."""
        plugins = self.value("PLUGINS")
        if not isinstance(plugins, list | tuple):
            raise self.fault("PLUGINS", f"must be a list of plugins, not {plugins!r}")
        names = []
        for plugin in plugins:
            name = plugin if isinstance(plugin, str) else getattr(plugin, "__name__", None)
            if not isinstance(name, str):
                raise self.fault("PLUGINS", f"must hold names of plugins, not {plugin!r}")
            names.append(name)
        return tuple(names)

    def static_paths(self) -> tuple[str, ...]:
        """STATIC_PATHS: folders and files below content/, none of them with entries in it, since drafts lie there."""
        paths = self.texts("STATIC_PATHS")
        for path in paths:
            if _escapes(path) or PurePosixPath(path).parts[:1] in ((), ("entries",)):
                raise self.fault(
                    "STATIC_PATHS", f"must hold folders and files below content/, as 'images', not {path!r}"
                )
        return paths

    def static_addresses(self) -> dict[str, str]:
        """EXTRA_PATH_METADATA, as far as it gives addresses: path below content/ → path below the output folder."""
        name = "EXTRA_PATH_METADATA"
        table = self.value(name)
        if not isinstance(table, Mapping):
            raise self.fault(name, f"must be a table by path, not {table!r}")
        addresses = {}
        for path, extra in table.items():
            if not isinstance(extra, Mapping) or "path" not in extra:
                continue
            target = extra["path"]
            if not isinstance(target, str) or _escapes(target) or not PurePosixPath(target).parts:
                raise self.fault(name, f"must give {path!r} a path below the output folder, not {target!r}")
            addresses[str(path)] = target
        return addresses

    def overrides(self) -> tuple[str, ...]:
        """THEME_TEMPLATES_OVERRIDES: folders, as the file gives them."""
        return self._folders("THEME_TEMPLATES_OVERRIDES")

    def plugin_paths(self) -> tuple[str, ...]:
        """PLUGIN_PATHS: folders with plugins of the site's own, as the file gives them."""
        return self._folders("PLUGIN_PATHS")

    def templates(self) -> TemplateSettings:
        """JINJA_FILTERS, JINJA_GLOBALS and JINJA_TESTS."""
        names = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
        tables = []
        for name in names:
            table = self._values.get(name) or {}
            if not isinstance(table, Mapping) or not all(isinstance(key, str) for key in table):
                raise self.fault(name, f"must be a table by name, not {table!r}")
            if name != "JINJA_GLOBALS" and (wrong := [key for key in table if not callable(table[key])]):
                raise self.fault(name, f"must hold functions; {wrong[0]!r} is none")
            tables.append(dict(table))
        return TemplateSettings(*tables)

    def template_pages(self, content: Path, root: Path) -> tuple[tuple[str, str], ...]:
        """TEMPLATE_PAGES: (template file, absolute; path below the output folder)."""
        name = "TEMPLATE_PAGES"
        table = self._values.get(name) or {}
        if not isinstance(table, Mapping):
            raise self.fault(name, f"must be a table by file, not {table!r}")
        pages = []
        for source, target in table.items():
            file = (content / str(source)).resolve()
            if not file.is_relative_to(root):
                raise self.fault(name, f"must name files of the site, not {source!r}")
            if not file.is_file():
                raise self.fault(name, f"names {source!r}, and there is no file {file}")
            if not isinstance(target, str) or _escapes(target) or not PurePosixPath(target).parts:
                raise self.fault(name, f"must give {source!r} a path below the output folder, not {target!r}")
            pages.append((str(file), target))
        return tuple(pages)

    def ignored(self) -> tuple[str, ...]:
        """Settings of Pelican and its themes that the file changes, and that have no effect on a Pouch site."""
        changed = [
            name
            for name, value in self._values.items()
            if name not in _USED
            and value not in (None, "")  # which turn a page or a feed off
            and not name.startswith("POUCH_")
            and value != getattr(defaults, name, _ABSENT)
        ]
        return tuple(sorted(set(changed) & (_pelican_settings() | _OF_THEMES))) if changed else ()

    def _folders(self, name: str) -> tuple[str, ...]:
        folders: Iterable[Any] = self._values.get(name, ())
        if not isinstance(folders, list | tuple) or not all(isinstance(item, str | Path) for item in folders):
            raise self.fault(name, f"must be a list of folders, not {folders!r}")
        return tuple(str(item) for item in folders)


@cache
def _pelican_settings() -> frozenset[str]:
    """The names in Pelican's own defaults, read from its source: importing it takes half a second."""
    spec = find_spec("pelican")
    if spec is None or spec.origin is None:
        return frozenset()
    tree = ast.parse(Path(spec.origin).with_name("settings.py").read_bytes())
    return frozenset(
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isupper()
    )


def _escapes(path: str) -> bool:
    """Whether a path may lead out of the folder that it is relative to."""
    return path.startswith(("/", "\\")) or ".." in PurePosixPath(path).parts or "\\" in path
