"""The engine's own identity: a state made by other code, or with other libraries, is not believed."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pouch
from pouch import __version__

# What decides the bytes of a page or a feed, beside our own code.
_LIBRARIES = (
    "babel",
    "cbor2",
    "feedgen",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pagefind_bin",
    "python_slugify",
    "pyyaml",
)


def engine_digest() -> str:
    """A hex digest over Pouch's version and files, the versions of its libraries, and Python's."""
    whole = hashlib.blake2b(f"{__version__} {sys.version_info[:2]}".encode(), digest_size=16)
    package = Path(pouch.__file__).parent
    for folder, names, files in os.walk(package):
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
    """ "Jinja2-3.1.6.dist-info" and the like: names of installed distributions, read from one folder's listing."""
    import msgspec

    site_packages = Path(msgspec.__file__).parent.parent
    names = (name for name in os.listdir(site_packages) if name.endswith(".dist-info"))  # noqa: PTH208  # names suffice
    return sorted(name for name in names if name.lower().split("-")[0].replace("-", "_") in _LIBRARIES)
