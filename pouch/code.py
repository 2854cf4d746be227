"""The engine's own identity: a cache that other code made, or the same code with other libraries, is not used."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.util import MAGIC_NUMBER, find_spec
from itertools import chain
from pathlib import Path

import pouch
from pouch import __version__
from pouch.plain import is_plain
from pouch.settings import PLUGINS

# Libraries that decide the bytes of a page or a feed: distribution → module.
_LIBRARIES = {
    "babel": "babel",
    "feedgen": "feedgen",
    "jinja2": "jinja2",
    "lxml": "lxml",
    "markdown": "markdown",
    "markupsafe": "markupsafe",
    "msgspec": "msgspec",
    "nh3": "nh3",
    "pillow": "PIL",
    "python_slugify": "slugify",
    "pyyaml": "yaml",
    "rjsmin": "rjsmin",
}


@cache
def engine_digest() -> str:
    """A hex digest over the files of Pouch and its plugins, the versions of libraries and Python, and POUCH_PLAIN.

    Computed once in a process, which keeps the code that it has loaded even if the files change.
    """
    python = f"{sys.implementation.cache_tag} {MAGIC_NUMBER.hex()}"
    whole = hashlib.blake2b(f"{__version__} {python} {is_plain()}".encode(), digest_size=16)
    plugins = [spec.origin for name in PLUGINS if (spec := find_spec(name)) and spec.origin]
    packages = [Path(pouch.__file__).parent, *(Path(origin).parent for origin in plugins)]
    for folder, names, files in chain.from_iterable(os.walk(package) for package in packages):
        names.sort()
        for name in sorted(files):
            if name.endswith((".py", ".toml")):
                # Stats, not bytes: a hundred files at every build. An installer that resets mtimes changes inodes.
                stat = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  # likewise
                whole.update(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}\n".encode())
    for library in _installed():
        whole.update(library.encode())
    return whole.hexdigest()


def _installed() -> list[str]:
    """Entries such as "Jinja2-3.1.6.dist-info": names of installed distributions, read from listings of folders.

    Debian's own packages end in ".egg-info".
    """
    specs = [find_spec(module) for module in _LIBRARIES.values()]
    # Nearly always one; two where a virtual environment sees the system's packages.
    folders = {
        Path(spec.origin).parents[1 if spec.submodule_search_locations else 0]
        for spec in specs
        if spec and spec.origin
    }
    names = [name for folder in folders for name in os.listdir(folder)]  # noqa: PTH208  # names suffice
    return sorted(
        name
        for name in names
        if name.endswith((".dist-info", ".egg-info"))
        and name.lower().split("-")[0].replace("-", "_") in _LIBRARIES
    )
