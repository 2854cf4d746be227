"""The integration with Pelican, which all of our plugins share.

Under plain `pelican` the engine runs after every generator; the active planners follow
from PLUGINS, as under `pouch build`, so both give the same bytes. Pelican reports a plugin's exception and still ends
with exit code 0, so faults raise SystemExit, which it does not catch. `foreign` is about plugins that are not ours,
`effects` about those of their changes that no page shows.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pouch.errors import ContentError, EnvironmentFault, PouchError
from pouch.reporting import print_problems, say
from pouch.site import SETTINGS_FILE, Site, site_from

if TYPE_CHECKING:
    from pouch.hosting.foreign import ForeignPlugins

# What Pelican would read, copy or write itself and the engine does instead.
_SOURCES = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "THEME_STATIC_PATHS", "DIRECT_TEMPLATES")
_FEED = re.compile(r"(.+_)?FEED_(ALL_)?(ATOM|RSS)")
_LISTS = ("AUTHOR", "CATEGORY", "TAG", "YEAR_ARCHIVE", "MONTH_ARCHIVE", "DAY_ARCHIVE")

_site: Site | None = None
_foreign_plugins: ForeignPlugins | None = None


def register() -> None:
    """Connect the engine to Pelican. Each of Pouch's plugins calls it; connecting twice changes nothing."""
    from pelican import signals

    signals.initialized.connect(_take_settings)
    signals.finalized.connect(_build)


def site_of(settings: dict[str, Any]) -> Site:
    """The Site that Pelican's settings describe. Raises EnvironmentFault for an invalid setting."""
    content = Path(settings["PATH"]).resolve()
    root = next((f for f in content.parents if (f / SETTINGS_FILE).is_file()), content.parent)
    from pelican.settings import DEFAULT_CONFIG

    # Pelican's settings include its defaults; a setting at its default was not set by the user.
    changed = {
        name: value
        for name, value in settings.items()
        if name not in DEFAULT_CONFIG or value != DEFAULT_CONFIG[name]
    }
    return site_from(settings, root=root, theme_base=root, origin=SETTINGS_FILE, changed=changed)


@contextmanager
def _ending_pelican() -> Iterator[None]:
    """Turn faults into an exit of Pelican with our exit code and no traceback."""
    try:
        yield
    except ContentError as error:
        print_problems(error.problems)
        sys.exit(error.exitcode)
    except PouchError as error:
        say(f"pouch: {error}")
        sys.exit(error.exitcode)


def _take_settings(pelican: Any) -> None:
    from pouch.hosting.effects import take_turns
    from pouch.hosting.foreign import ForeignPlugins, refuse_unusable

    global _site, _foreign_plugins
    with _ending_pelican():
        _site = site_of(pelican.settings)
        foreign = _site.foreign_plugins
        refuse_unusable(_site)
        pelican.settings.update(_left_to_the_engine(pelican.settings))
        _foreign_plugins = ForeignPlugins(_site, foreign, pelican.settings) if foreign else None
        if foreign:
            from pelican import signals

            take_turns(signals.finalized, _build_first)


def _left_to_the_engine(settings: dict[str, Any]) -> dict[str, Any]:
    """The values of settings with which Pelican itself writes nothing."""
    return {
        **{name: [] for name in _SOURCES},
        **{name: None for name in settings if _FEED.fullmatch(name)},
        **{f"{kind}_SAVE_AS": "" for kind in _LISTS},
        "TEMPLATE_PAGES": {},
    }


def _build_first(receivers: list[Callable[..., None]], pelican: Any) -> None:
    """Build first: a plugin compresses, checks or sends what was built."""
    for receiver in sorted(receivers, key=lambda each: each is not _build):
        receiver(pelican)


def _build(_: Any) -> None:
    from pouch.engine.build import build
    from pouch.engine.summary import summarise

    assert _site is not None  # Pelican sends `initialized` first
    with _ending_pelican():
        if _foreign_plugins is None:
            report = build(_site)
        else:
            report = build(_site, jobs=1, clean=True, revisions=_foreign_plugins.revisions)
            report.notes += _foreign_plugins.warnings
            report.notes.append(
                f"{', '.join(_foreign_plugins.names)} may change any page, so every page is made again, one at a time"
            )
        summarise(report, _site)


def build_under_pelican(site: Site, settings: Path) -> None:
    """Build a site with foreign plugins: run Pelican, which calls the engine.

    Ends through SystemExit on a fault, as plain `pelican` does.
    """
    from pelican import Pelican
    from pelican.log import init as init_logging
    from pelican.settings import read_settings

    from pouch.hosting.foreign import refuse_unusable

    refuse_unusable(site)
    init_logging()
    overrides = {"PATH": site.content, "OUTPUT_PATH": site.output}
    try:
        pelican = Pelican(read_settings(str(settings), override=overrides))
        # Pelican only logs a plugin that it cannot load, such as one that lacks a module of its own.
        loaded = tuple(pelican.settings["PLUGINS"])
        for name in site.foreign_plugins:
            if not any(module == name or module.endswith(f".{name}") for module in loaded):
                raise EnvironmentFault(
                    f"the plugin {name} in PLUGINS cannot be loaded; is all there that it needs?"
                )
        pelican.run()
    except PouchError:
        raise
    except Exception as error:
        raise EnvironmentFault(
            f"Pelican or one of {', '.join(site.foreign_plugins)} failed: {type(error).__name__}: {error}"
        ) from error
