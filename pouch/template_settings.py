"""The additions of a site's settings to its templates: JINJA_FILTERS, JINJA_GLOBALS and JINJA_TESTS.

Functions cannot be part of a `Site`, which is plain so that it can be encoded and digested. They are registered here by
a digest of the code that they come from. The Site holds the digest, so an edit of that code makes pages stale. Worker
processes are forked, so they share the registry of their parent.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pouch.digests import encode

_PACKAGE = Path(__file__).parent


class TemplateSettings(NamedTuple):
    """Additional filters, globals and tests for the templates of a site."""

    filters: Mapping[str, Callable[..., Any]]
    globals: Mapping[str, Any]
    tests: Mapping[str, Callable[..., Any]]


_registered: dict[str, TemplateSettings] = {}
NONE = TemplateSettings({}, {}, {})


def register_settings(settings: TemplateSettings, file: str, root: Path, plugin_paths: Iterable[str]) -> str:
    """Register the settings of the file `file` in this process. Returns the digest to look them up by; "" for none.

    The digest covers the settings file, the modules that define them, and every module of the site in
    `root` that is loaded by now; plugins, in `plugin_paths`, have their own digest. Raises ValueError for a
    global that has no stable form.
    """
    values = [*settings.filters.values(), *settings.globals.values(), *settings.tests.values()]
    if not values:
        return ""
    sources = {file}
    for module in list(sys.modules.values()):
        loaded = getattr(module, "__file__", None)
        if loaded and _is_own(Path(loaded), root, plugin_paths):
            sources.add(loaded)
    for value in values:
        defined_in = getattr(inspect.getmodule(value), "__file__", None)
        if defined_in:
            sources.add(defined_in)
    # Of functions and modules the code is digested below.
    plain = {name: _encoded(name, value) for name, value in settings.globals.items() if not _has_code(value)}
    code = hashlib.blake2b(repr(sorted(plain.items())).encode(), digest_size=16)
    for source in sorted(sources):
        path = Path(source)
        code.update(path.read_bytes() if path.is_file() else source.encode())
    digest = code.hexdigest()
    _registered[digest] = settings
    return digest


def registered_settings(digest: str) -> TemplateSettings:
    """The settings for which `register_settings` returned this digest."""
    return _registered.get(digest, NONE)


def _is_own(file: Path, root: Path, plugin_paths: Iterable[str]) -> bool:
    """Whether a module's file belongs to the site: below its folder, in no environment and no plugin there."""
    if not file.is_relative_to(root) or "site-packages" in file.parts:
        return False
    return not file.is_relative_to(_PACKAGE) and not any(file.is_relative_to(path) for path in plugin_paths)


def _encoded(name: str, value: Any) -> bytes:
    try:
        return encode(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name!r} must be a plain value, a function or a module, not {value!r}") from error


def _has_code(value: Any) -> bool:
    return callable(value) or inspect.ismodule(value)
