"""docs/publishing.md: its table of hosts is that of pouch/data/hosts.toml."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pouch.hosts import Host, hosts
from pouch.pages.host_files import plan_host_files
from tests.archives import a_site

PAGE = Path(__file__).parents[2] / "docs" / "publishing.md"
BEGIN, END = "<!-- hosts: begin -->\n", "<!-- hosts: end -->"


def limits(host: Host) -> Iterator[str]:
    """What a host takes, in words."""
    if host.files:
        yield f"{host.files:,} files" + (f" ({host.note})" if host.note else "")
    if host.folder_files:
        yield f"{host.folder_files:,} files in a folder"
    if host.megabytes:
        yield f"{host.megabytes:,} MB"
    if host.largest_megabytes:
        yield f"{host.largest_megabytes:,} MB a file"
    if host.redirects:
        yield f"{host.redirects:,} redirects"


def files(key: str) -> Iterator[str]:
    """The files that are written for it."""
    site = a_site(host=key)
    return (f"`{output.path}`" for output in plan_host_files(site, [("/a/", "/b/")], (), ()))


def table() -> str:
    """The table as the page has it."""
    rows = "".join(
        f"| `{key}` | [{host.name}]({host.source}) | {', '.join(limits(host))} | {', '.join(files(key))} |\n"
        for key, host in hosts().items()
    )
    return f"| `POUCH_HOST` | host, with the source | takes | files for it |\n|---|---|---|---|\n{rows}"


def test_the_table_of_hosts_is_that_of_the_data() -> None:
    """HOSTS=write writes it."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    shown, _, after = rest.partition(END)
    if os.environ.get("HOSTS") == "write":
        PAGE.write_text(f"{before}{BEGIN}{table()}{END}{after}", encoding="utf-8", newline="\n")
    else:
        assert shown == table()
