"""What a site's settings add to its templates: JINJA_FILTERS, JINJA_GLOBALS and JINJA_TESTS.

Functions cannot be part of a `Site`, which is plain so that it can be encoded and digested. They are kept here by a
digest of the code that they come from; the Site holds the digest, so an edit of that code makes pages stale. Worker
processes are forked, and have what their parent has.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class TemplateSettings(NamedTuple):
    """What templates of a site may use beside the theme's own."""

    filters: Mapping[str, Callable[..., Any]]
    globals: Mapping[str, Any]
    tests: Mapping[str, Callable[..., Any]]


_kept: dict[str, TemplateSettings] = {}
NONE = TemplateSettings({}, {}, {})


def keep(settings: TemplateSettings, file: str) -> str:
    """Keep the settings of the file `file` for this process. Returns the digest to ask for them; "" for none."""
    values = [*settings.filters.values(), *settings.globals.values(), *settings.tests.values()]
    if not values:
        return ""
    sources = {file}
    for value in values:
        module = inspect.getmodule(value)
        if module is not None and module.__file__:
            sources.add(module.__file__)
    # Functions and modules print their place in memory; their code is digested below.
    plain = {name: repr(value) for name, value in settings.globals.items() if not _has_code(value)}
    code = hashlib.blake2b(repr(sorted(plain.items())).encode(), digest_size=16)
    for source in sorted(sources):
        path = Path(source)
        code.update(path.read_bytes() if path.is_file() else source.encode())
    digest = code.hexdigest()
    _kept[digest] = settings
    return digest


def kept(digest: str) -> TemplateSettings:
    """The settings that `keep` returned this digest for."""
    return _kept.get(digest, NONE)


def _has_code(value: Any) -> bool:
    return callable(value) or inspect.ismodule(value)
