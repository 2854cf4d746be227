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

_CONFIGURATION = """\
# Include this file inside `http {{ }}`. Made by `pouch publish-to {folder} --nginx`.
map_hash_bucket_size 256;
map_hash_max_size 65536;
map $uri $pouch_moved {{
    include {root}{path}/redirects*.map;
}}
server {{
    listen {listen};
    server_name {name};
    root {root};
    error_page 404 {path}/404.html;
    if ($pouch_moved) {{ return 301 $pouch_moved; }}

    location ~ /(?:{host_files})$ {{ return 404; }}
    location ~ /(?:feed|feed[.-][^/]+|mentions)\\.xml$ {{ types {{ }} default_type "{rss}"; }}
    location ~ /atom(?:-[0-9]+)?\\.xml$ {{ types {{ }} default_type "{atom}"; }}
    location ~ /feed\\.json$ {{ types {{ }} default_type "{json}"; }}
    location ~ \\.(?:{hashed})$ {{ add_header Cache-Control "{forever}"; }}
}}
"""


def configuration(site: Site, folder: Path, listen: str = "80") -> str:
    """A server of the site at SITEURL whose root is the current release in `folder`. Raises EnvironmentFault."""
    root = str(folder.resolve() / CURRENT)
    if any(sign in root for sign in " \t\n;{}\"'$\\"):
        raise EnvironmentFault(f"{root!r} has signs that mean something to nginx; choose another folder")
    return _CONFIGURATION.format(
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
