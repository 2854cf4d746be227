"""The configuration of nginx for a site that `pouch publish-to` publishes.

Media types are those of `pouch.pages.host_files`. An ETag, and 304 for what did not change, are what nginx does by
itself; a file keeps its time from release to release while its bytes are the same.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pouch.errors import EnvironmentFault
from pouch.pages.host_files import ATOM, FOREVER, HASHED_NAMES, HOST_FILES, JSON_FEED, RSS
from pouch.releasing.releases import CURRENT
from pouch.site import Site
from pouch.tables import text


def configuration(site: Site, folder: Path, listen: str = "80") -> str:
    """A server of the site at SITEURL whose root is the current release in `folder`. Raises EnvironmentFault."""
    root = str(folder.resolve() / CURRENT)
    if any(sign in root for sign in " \t\n;{}\"'$\\"):
        raise EnvironmentFault(f"{root!r} has signs that mean something to nginx; choose another folder")
    return text("pouch.releasing", "nginx.conf").format(
        folder=folder,
        root=root,
        path=site.path,
        listen=listen,
        name=urlsplit(site.url).hostname or "_",
        host_files="|".join(sorted(name.replace(".", r"\.") for name in HOST_FILES)),
        hashed="|".join(HASHED_NAMES),
        rss=RSS,
        atom=ATOM,
        json=JSON_FEED,
        forever=FOREVER,
    )
