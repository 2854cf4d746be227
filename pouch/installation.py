"""The installation of Pouch itself: commands that repeat it elsewhere, or add a library to it here."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import PurePath

from pouch import __version__

PACKAGE = "pelican-pouch"


def requirement() -> str:
    """The requirement by which pip installs this Pouch elsewhere: the commit of a repository, else the version.

    The record of a direct installation is that of PEP 610.
    """
    try:
        text = metadata.distribution(PACKAGE).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        text = None
    record = json.loads(text) if text else {}
    if vcs := record.get("vcs_info"):
        return f"{PACKAGE} @ {vcs['vcs']}+{record['url']}@{vcs['commit_id']}"
    return f"{PACKAGE}>={__version__}"


def installs(library: str) -> str:
    """The command that adds a library to the environment in which Pouch runs."""
    folders = PurePath(sys.prefix).parts
    if "pipx" in folders:
        return f"pipx inject {PACKAGE} {library}"
    if find_spec("pip") is None:
        # uv makes environments without pip.
        return f"uv pip install --python {sys.prefix} {library}"
    return f"{sys.executable} -m pip install {library}"
