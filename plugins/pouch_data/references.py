"""The references of each country's and topic's briefings, a file for each format beside the dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.citing.formats import FORMATS, bibtex, csl_json, ris
from pouch.citing.references import Reference, reference_of
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.models import Model
from pouch.pages.outputs import Output, Render, Stores, path_of
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind
from pouch_data.dossiers import dossiers


class Bibliography(Model, frozen=True, kw_only=True):
    """References, newest first."""

    references: tuple[Reference, ...]


def plan_references(view: View) -> Iterator[Group]:
    """The references of each country and topic, in the language of the original, once for all interface languages."""
    if view.is_main and view.has("references"):
        for kind, key, members in dossiers(view):
            yield Group(f"references {kind} {key}", partial(_files, view.interface, kind, key), (members,))


def _files(interface: Interface, kind: Kind, key: str, members: Sequence[Briefing]) -> Iterator[Output]:
    base = addresses.term(kind, interface.slug(kind, key))
    site = interface.site
    model = Bibliography(
        references=tuple(reference_of(briefing.original, site) for briefing in reversed(members))
    )
    for each in FORMATS:
        yield Output(
            path=path_of(f"{base}references.{each.ending}"),
            render=_RENDERERS[each.ending],
            model=model,
            lang=interface.lang,
            origin=f"references of {base}",
        )


def render_bibtex(model: Bibliography, stores: Stores) -> bytes:  # noqa: ARG001  # as every render function
    """references.bib."""
    return bibtex(model.references).encode()


def render_ris(model: Bibliography, stores: Stores) -> bytes:  # noqa: ARG001  # likewise
    """references.ris."""
    return ris(model.references).encode()


def render_csl(model: Bibliography, stores: Stores) -> bytes:  # noqa: ARG001  # likewise
    """references.json."""
    return csl_json(model.references).encode()


_RENDERERS: dict[str, Render] = {"bib": render_bibtex, "ris": render_ris, "json": render_csl}
