"""The outputs that a build is about to write, rendered one at a time for somebody who asks first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing, suppress

from pouch.engine.blobs import CorruptStateError
from pouch.engine.compare import StaleOutput
from pouch.engine.render import OutputWriter
from pouch.engine.spool import Spool
from pouch.errors import PouchError
from pouch.pages.models import SiteView
from pouch.site import Site


class UnwrittenOutputs:
    """Stale outputs by path. Their bytes are those that the build writes."""

    def __init__(
        self, writer: tuple[Site, Mapping[str, SiteView], str, Spool], stale: Iterable[StaleOutput]
    ) -> None:
        """`writer` are the arguments of OutputWriter."""
        self._writer = writer
        self._outputs = {output.path: output for output in stale}

    def bytes(self, path: str) -> bytes | None:
        """The bytes of an output; None for one that is not stale, or that cannot be rendered: the build says why."""
        output = self._outputs.get(path)
        if output is not None:
            with suppress(PouchError, CorruptStateError), closing(OutputWriter(*self._writer)) as writer:
                return writer.bytes(output)
        return None

    @property
    def change_the_look(self) -> bool:
        """Whether pages that stay as they are may look different: a stylesheet, script or picture is new."""
        return any(output.source or path.startswith("theme/") for path, output in self._outputs.items())
