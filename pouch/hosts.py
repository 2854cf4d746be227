"""Hosts of static sites: POUCH_HOST names one. data/hosts.toml says what each takes, with the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from pouch.tables import table

_MEGABYTE = 1_000_000


class Host(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A host: the limits of what it takes, and the files that it reads. 0 is a limit that it does not state."""

    name: str
    source: str  # where the host says so
    note: str = ""  # on other plans
    files: int = 0  # of a site
    folder_files: int = 0  # of one folder
    megabytes: int = 0  # of a site
    largest_megabytes: int = 0  # of one file
    headers: bool = False  # whether it reads a file named _headers
    redirect_status: str = ""  # of a rule in a file named _redirects; empty: it reads no such file
    redirects: int = 0  # rules of that file
    redirect_bytes: int = 0  # of that file
    nojekyll: bool = False  # whether a file named .nojekyll keeps it from building the site


class Published(NamedTuple):
    """The size of what a build has published."""

    paths: Collection[str]  # below the output folder
    size: int  # bytes of all files
    largest: int  # bytes of the largest


@cache
def hosts() -> dict[str, Host]:
    """All hosts by the name that POUCH_HOST gives them."""
    return msgspec.convert(table("pouch", "hosts"), dict[str, Host])


def excesses(host: Host, published: Published) -> Iterator[str]:
    """The limits of the host that the site exceeds, a sentence for each."""
    count = len(published.paths)
    note = f" ({host.note})" if host.note else ""
    if host.files and count > host.files:
        yield f"{host.name} takes {host.files:,} files{note}; this site has {count:,}"
    if host.megabytes and published.size > host.megabytes * _MEGABYTE:
        yield f"{host.name} takes {host.megabytes:,} MB; this site has {in_megabytes(published.size)}"
    if host.largest_megabytes and published.largest > host.largest_megabytes * _MEGABYTE:
        yield (
            f"{host.name} takes files of {host.largest_megabytes:,} MB; "
            f"the largest of this site has {in_megabytes(published.largest)}"
        )
    if host.folder_files and count > host.folder_files:
        folders = Counter(path.rpartition("/")[0] for path in published.paths)
        folder, most = folders.most_common(1)[0]
        if most > host.folder_files:
            yield f"{host.name} takes {host.folder_files:,} files in a folder; /{folder}/ has {most:,}"


def in_megabytes(size: int) -> str:
    """A number of bytes as people read it: "41 MB", "0.3 MB"."""
    megabytes = size / _MEGABYTE
    return f"{megabytes:,.0f} MB" if megabytes >= 10 else f"{megabytes:.1f} MB"
