"""A view: the archive as an interface language shows it. It is what the planners of plugins are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pouch.archive.archive import Archive, Briefing
from pouch.archive.records import DossierRecord
from pouch.pages.interface import Interface
from pouch.pages.messages import Translate


class View:
    """One interface language's view of the archive.

    A planner takes from the archive what its groups need and hands it to them as inputs; the groups' functions then
    see the interface alone.
    """

    def __init__(
        self,
        archive: Archive,
        interface: Interface,
        interfaces: Mapping[str, Interface] | None = None,
        translator: Callable[[str], Translate] | None = None,
    ) -> None:
        """`interfaces` are those of all interface languages, the site's first; `translator` gives the interface texts
        of any language.
        """
        self._archive = archive
        self._is_sealed = False
        self.interface = interface
        self.interfaces = interfaces or {interface.lang: interface}
        self.translator = translator or (lambda _: interface.translate)
        self.site = archive.site
        self.vocabulary = archive.vocabulary
        self.lang = interface.lang
        self.has = interface.has

    @property
    def archive(self) -> Archive:
        """The archive, while planners run. Raises RuntimeError where a group's function asks: see `seal`."""
        if self._is_sealed:
            raise RuntimeError(
                "a group's function must not ask the archive, or its pages would become stale: "
                "what it shows of the archive belongs into the group's inputs"
            )
        return self._archive

    def seal(self) -> None:
        """From now on nobody may ask the archive: groups are functions of their inputs."""
        self._is_sealed = True

    @property
    def is_main(self) -> bool:
        """Whether this is the view in the site's language: for what a site has once."""
        return self.lang == self.site.lang

    def dossier(self, kind: str, key: str) -> tuple[DossierRecord | None, Sequence[Briefing]]:
        """A term's introduction in this language, else in another, and the briefings that it pins."""
        record = self.archive.dossier(kind, key, self.lang)
        if record is None:
            return None, ()
        briefing_of = self.archive.briefing_of
        return record, [briefing_of[entry] for entry in record.pinned if entry in briefing_of]
