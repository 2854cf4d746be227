"""Each briefing as Markdown beside its page, and /llms.txt, which lists them (https://llmstxt.org/)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.archive.records import Record
from pouch.content.render import in_json
from pouch.look import in_language
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, iso_day
from pouch.pages.models import Model
from pouch.pages.outputs import Output, Stores, path_of
from pouch.pages.view import View

TWIN = "index.md"


class Twin(Model, frozen=True, kw_only=True):
    """A briefing as Markdown."""

    url: str
    row: str  # JSON, on one line: see `pouch.exporting.rows`
    countries: tuple[str, ...]  # names
    topics: tuple[str, ...]


class Overview(Model, frozen=True, kw_only=True):
    """/llms.txt."""

    title: str
    tagline: str
    dossiers: tuple[tuple[str, str], ...]  # label, absolute address
    briefings: tuple[tuple[str, str, str], ...]  # title, absolute address, what it says; newest first


def markdown_href(interface: Interface, slug: str) -> str:
    """The address of a briefing as Markdown; empty where the site has no such files."""
    return interface.root_href(addresses.briefing(slug) + TWIN) if interface.has("markdown") else ""


def plan_markdown(view: View) -> Iterator[Group]:
    """The twins of all versions, once for all interface languages."""
    if not view.is_main or not view.has("markdown") or not view.interface.link("briefing", ""):
        return
    members = view.archive.briefings
    yield Group("markdown", partial(_twins, view.interface), (members,))
    countries = sorted(view.archive.of_country)
    topics = [key for key in view.archive.topics if key in view.archive.of_topic]
    yield Group("llms.txt", partial(_overview, view.interface), (members, countries, topics))


def _twins(interface: Interface, members: Sequence[Briefing]) -> Iterator[Output]:
    for briefing in members:
        for record in briefing.versions.values():
            address = addresses.briefing(record.slug)
            yield Output(
                path=path_of(address + TWIN),
                render=render_twin,
                model=Twin(
                    url=interface.site.url + address,
                    row=record.row,
                    countries=_labels(interface, "country", briefing.original.countries, record),
                    topics=_labels(interface, "topic", briefing.original.topics, record),
                ),
                lang=interface.lang,
                origin=record.path,
            )


def _labels(interface: Interface, kind: str, keys: Sequence[str], record: Record) -> tuple[str, ...]:
    label = interface.vocabulary.label
    return tuple(label(kind, key, record.lang) for key in keys)  # type: ignore[arg-type]  # a Kind


def _overview(
    interface: Interface, members: Sequence[Briefing], countries: Sequence[str], topics: Sequence[str]
) -> Iterator[Output]:
    site = interface.site
    origin = site.url.removesuffix(site.path) if site.path else site.url
    links = (*interface.sorted_terms("country", countries), *interface.sorted_terms("topic", topics))
    yield Output(
        path="llms.txt",
        render=render_overview,
        model=Overview(
            title=site.name,
            tagline=in_language(site.look.tagline, interface.lang),
            dossiers=tuple((link.label, origin + link.href) for link in links if link.href),
            briefings=tuple(
                (
                    each.original.title,
                    site.url + addresses.briefing(each.original.slug) + TWIN,
                    f"{iso_day(each.original)}. {each.original.summary or ' '.join(each.original.key_points)}",
                )
                for each in reversed(members)
            ),
        ),
        lang=interface.lang,
        origin="llms.txt",
    )


def render_twin(model: Twin, stores: Stores) -> bytes:  # noqa: ARG001  # as every render function
    """The text with the facts of its page in front matter."""
    row = json.loads(model.row)
    facts = {
        "title": row["title"],
        "url": model.url,
        "date": row["date"],
        "updated": row["updated"],
        "lang": row["lang"],
        "authors": row["authors"],
        "countries": list(model.countries),
        "topics": list(model.topics),
        "summary": row["summary"],
        "sources": [each.get("url") or each.get("title") or each.get("name") for each in row["source"]],
        "corrections": [f"{each['date']}: {each['note']}" for each in row["corrections"]],
    }
    head = "".join(f"{name}: {in_json(fact)}\n" for name, fact in facts.items() if fact)
    points = "".join(f"- {point}\n" for point in row["key_points"])
    parts = [f"---\n{head}---\n", f"# {row['title']}\n", points, f"{row['body']}\n" if row["body"] else ""]
    return "\n".join(part for part in parts if part).encode()


def render_overview(model: Overview, stores: Stores) -> bytes:  # noqa: ARG001  # likewise
    """llms.txt."""
    parts = [f"# {model.title}\n"]
    if model.tagline:
        parts.append(f"> {model.tagline}\n")
    if model.dossiers:
        parts.append(
            "## Dossiers\n\n" + "".join(f"- [{_text(label)}]({url})\n" for label, url in model.dossiers)
        )
    lines = (f"- [{_text(title)}]({url}): {about}\n" for title, url, about in model.briefings)
    parts.append("## Briefings\n\n" + "".join(lines))
    return "\n".join(parts).encode()


def _text(text: str) -> str:
    """The text of a link, in which brackets mean nothing."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
