"""/data/: the archive as files, with a page that describes them; and data.json beside each dossier."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from pouch.archive.briefing import Briefing
from pouch.archive.records import Record
from pouch.exporting.package import FILES, PACKAGE, package
from pouch.exporting.rows import json_line
from pouch.exporting.terms import terms_of
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, iso_day
from pouch.pages.outputs import Fragment, Output, Stores, fragments_of, last_change, path_of
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind
from pouch_data.dossiers import dossiers
from pouch_data.models import DataFile, DataFolder, DataPage, DossierData, RowModel


def plan_data_page(view: View) -> Iterator[Group]:
    """/data/ in each interface language."""
    if view.has("data"):
        yield Group(f"data page {view.lang}", partial(_page, view.interface), (view.archive.briefings,))


def plan_data(view: View) -> Iterator[Group]:
    """The files of /data/."""
    if view.has("data"):
        yield Group("data", partial(_folder, view.interface), (view.archive.briefings,))


def plan_dossier_data(view: View) -> Iterator[Group]:
    """data.json of each country and topic with briefings."""
    if view.has("dossier_data"):
        for kind, key, members in dossiers(view):
            yield Group(f"data {kind} {key}", partial(_dossier, view.interface, kind, key), (members,))


def _page(interface: Interface, members: Sequence[Briefing]) -> Iterator[Output]:
    translate, site = interface.translate, interface.site
    page = DataPage(
        **interface.head(
            addresses.DATA,
            translate(messages.DATA),
            translate(messages.DATA_OF).format(site=site.name),
        ),
        files=tuple(
            DataFile(
                name=name,
                href=interface.root_href(addresses.DATA + name),
                url=site.url + addresses.DATA + name,
                media=media,
            )
            for name, media in FILES
        ),
        count=len(members),
        since=iso_day(members[0].original) if members else "",
        until=iso_day(members[-1].original) if members else "",
        license=site.license,
        languages=tuple(sorted({record.lang for each in members for record in each.versions.values()})),
        places=tuple(
            link.label
            for link in interface.sorted_terms(
                "country", {code for each in members for code in each.original.countries}
            )
        ),
    )
    yield interface.output(addresses.DATA, "data.html", page, origin="data", modified=last_change(members))


def _folder(interface: Interface, members: Sequence[Briefing]) -> Iterator[Output]:
    site = interface.site
    records = _records(members)
    fragments = _fragments(interface, records)
    facts = [
        {"countries": each.countries, "mentions": each.mentions, "topics": each.topics} for each in records
    ]
    yield Output(
        path=path_of(addresses.DATA + PACKAGE),
        render_folder=render_folder,
        model=DataFolder(
            title=site.name,
            url=site.url,
            license=site.license,
            terms=json.dumps(terms_of(facts, interface.vocabulary, site)),
            rows=tuple(fragment.key for fragment in fragments),
        ),
        lang=interface.lang,
        origin="data",
        fragments=tuple((fragment.key, fragment) for fragment in fragments),
    )


def _dossier(interface: Interface, kind: Kind, key: str, members: Sequence[Briefing]) -> Iterator[Output]:
    site = interface.site
    base = addresses.term(kind, interface.slug(kind, key))
    fragments = _fragments(interface, _records(members))
    yield Output(
        path=path_of(f"{base}data.json"),
        render=render_dossier,
        model=DossierData(
            title=interface.term(kind, key).label,
            url=site.url + base,
            license=site.license,
            rows=tuple(fragment.key for fragment in fragments),
        ),
        lang=interface.lang,
        origin=f"data of {base}",
        fragments=tuple((fragment.key, fragment) for fragment in fragments),
    )


def _records(members: Sequence[Briefing]) -> list[Record]:
    """All versions, newest first, in the order of `pouch export`."""
    records = [record for briefing in members for record in briefing.versions.values()]
    return sorted(records, key=lambda each: (-each.date.timestamp() if each.date else 0.0, each.id))


def _fragments(interface: Interface, records: Iterable[Record]) -> list[Fragment]:
    url = interface.site.url
    return [
        Fragment("row", each.id, render_row, RowModel(url=url + addresses.briefing(each.slug), row=each.row))
        for each in records
    ]


def render_row(model: RowModel, stores: Stores) -> bytes:  # noqa: ARG001  # as every render function
    """A line of briefings.jsonl."""
    return json_line(json.loads(model.row) | {"url": model.url})


def render_folder(model: DataFolder, stores: Stores) -> dict[str, bytes]:
    """The files of /data/."""
    rows = [json.loads(row) for row in fragments_of(stores, model.rows)]
    return package(rows, json.loads(model.terms), stores.site)


def render_dossier(model: DossierData, stores: Stores) -> bytes:
    """data.json: the rows of a dossier without their texts, which stand in /data/briefings.jsonl and in feeds."""
    rows: list[dict[str, Any]] = []
    for data in fragments_of(stores, model.rows):
        row = json.loads(data)
        del row["body"]
        rows.append(row)
    facts = {"title": model.title, "url": model.url, "license": model.license or None, "briefings": rows}
    return (json.dumps(facts, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
