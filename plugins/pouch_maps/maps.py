"""/map/: the world map of coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.maps import latest_year, world
from pouch.pages.outputs import Output, last_change
from pouch.pages.view import View
from pouch_maps.models import MapPage


def map_link(interface: Interface) -> str:
    """The address of the map; empty where the site has none."""
    # Its countries lead to their pages.
    return interface.href(addresses.MAP) if interface.has("map") and interface.link("indexes") else ""


def plan_map(view: View) -> Iterator[Group]:
    """The page with the large map."""
    if not map_link(view.interface):
        return
    archive = view.archive
    counts = {code: len(members) for code, members in archive.of_country.items()}
    recent = Counter(code for b in latest_year(archive.briefings) for code in b.original.countries)
    inputs = (counts, sorted(recent.items()), last_change(archive.briefings))
    yield Group(f"map {view.lang}", partial(_map, view.interface), inputs)


def _map(
    interface: Interface, counts: Mapping[str, int], recent: Iterable[tuple[str, int]], modified: str
) -> Iterator[Output]:
    page = MapPage(
        **interface.head(
            addresses.MAP,
            interface.translate(messages.MAP),
            interface.translate(messages.MAP_OF).format(site=interface.site.name),
        ),
        world=world(interface, counts, dict(recent)),
    )
    yield interface.output(addresses.MAP, "map.html", page, origin="map", modified=modified)
