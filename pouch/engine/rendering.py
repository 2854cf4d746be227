"""Render and write: outputs become files, in worker processes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from pouch.digests import encode
from pouch.engine.blobs import Blobs
from pouch.engine.files import write_if_changed
from pouch.errors import EnvironmentFault
from pouch.feeds.models import ItemModel
from pouch.pages import models
from pouch.pages.models import SiteView
from pouch.pages.outputs import Output, model_of
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.workers import Crew

# Some thousand items of feeds, each of a few kilobytes: those of a month, and what other months' feeds still hold.
_ITEMS_KEPT = 1024
_MONTH = re.compile(r"-(\d{4}-\d\d)\.[a-z]+$")


class Job(msgspec.Struct, frozen=True, gc=False):
    """An output to make, in the form that crosses to a worker: its model stays encoded until a template needs it."""

    path: str
    kind: str
    template: str
    model_type: str
    model: bytes
    lang: str
    origin: str


def job_of(output: Output) -> Job:
    """The job of making an output, its model made if it was deferred."""
    model = model_of(output)
    return Job(
        output.path,
        output.kind,
        output.template,
        type(model).__name__,
        encode(model),
        output.lang,
        output.origin,
    )


def in_order(outputs: Iterable[Output]) -> list[Output]:
    """Outputs in an order in which they are made with least work; their bytes do not depend on it.

    Feeds of one month and format hold the same entries, whatever their slice: those come together, so that a worker
    fetches each item once.
    """
    return sorted(outputs, key=_neighbourhood)


def _neighbourhood(output: Output) -> tuple[str, str, str]:
    if output.kind != "feed":
        return output.kind, "", ""
    month = _MONTH.search(output.path)
    return output.kind, month[1] if month else "", output.template


# Feeds are small, and many to a chunk; of pages, whose models weigh tens of kilobytes, a worker is given fewer at once.
CREW = Crew(jobs=1, chunk=256, weight=lambda job: len(job.model), heavy=256 * 1024)


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it lies on disk now."""

    path: str
    size: int
    mtime_ns: int
    written: bool  # False: it held these bytes already


class _Bodies(Mapping[str, str]):
    """The stored HTML that templates ask for by key."""

    def __init__(self, blobs: Blobs) -> None:
        # A text is asked for several times in a row: by its page, or for its item in each format.
        self._get = lru_cache(maxsize=4)(lambda key: blobs.get(key).decode())

    def __getitem__(self, key: str) -> str:
        return self._get(key)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("bodies are looked up by key")

    def __len__(self) -> int:
        raise TypeError("bodies are looked up by key")


class _Fragments(Mapping[str, bytes]):
    """The stored feed items, by key."""

    def __init__(self, blobs: Blobs) -> None:
        self._get = lru_cache(maxsize=_ITEMS_KEPT)(blobs.get)

    def __getitem__(self, key: str) -> bytes:
        return self._get(key)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("fragments are looked up by key")

    def __len__(self) -> int:
        raise TypeError("fragments are looked up by key")


class Press:
    """Makes files of one site. One for each process: it keeps templates compiled."""

    def __init__(self, site: Site, views: Mapping[str, SiteView], store: str, new: bool = False) -> None:
        """`store` is the file of the state, which holds bodies and feed items; `new`: no output is there yet."""
        self._new = new
        self.site = site
        self.views = views
        self.theme = Theme(site)
        self._blobs = Blobs(store)
        self._bodies = _Bodies(self._blobs)
        self._fragments = _Fragments(self._blobs)

    def make(self, job: Job) -> Made:
        """Render one output and write it. Raises PouchError; the file then still holds its former bytes."""
        data = self._bytes(job)
        file = f"{self.site.output}/{job.path}"
        try:
            return Made(job.path, *write_if_changed(file, data, new=self._new))
        except OSError as error:
            raise EnvironmentFault(f"cannot write {file}: {error.strerror}") from error

    def close(self) -> None:
        """Let go of the store."""
        self._blobs.close()

    def _bytes(self, job: Job) -> bytes:
        if job.kind == "html":
            model = decode_model(job.model_type, job.model)
            view = self.views.get(job.lang) or self.views[self.site.lang]
            return self.theme.render(job.template, model, view, self._bodies).encode()
        if job.kind == "feed":
            from pouch.feeds.render import render_feed

            model = decode_model(job.model_type, job.model)
            return render_feed(
                Output(job.path, job.kind, job.template, model, job.lang, job.origin), self._fragments
            )
        if job.kind == "copy":
            try:
                return Path(job.template).read_bytes()
            except OSError as error:
                raise EnvironmentFault(f"cannot read {job.template}: {error.strerror}") from error
        return self.theme.stylesheet()

    def fragment(self, key: str, item: ItemModel) -> tuple[str, bytes]:
        """One entry's element in one feed format, for the store."""
        from pouch.feeds.fragments import build_fragment

        body = self._bodies[item.body] if item.body else ""
        return key, build_fragment(key.split(":", 1)[0], item, body)


_DECODERS: dict[str, msgspec.msgpack.Decoder[Any]] = {}


def decode_model(name: str, data: bytes) -> Any:
    """The model that `data` encodes; `name` is its class in pouch.pages.models or pouch.feeds.models."""
    decoder = _DECODERS.get(name)
    if decoder is None:
        found = getattr(models, name, None)
        if found is None:
            from pouch.feeds import models as feed_models

            found = getattr(feed_models, name)
        decoder = _DECODERS[name] = msgspec.msgpack.Decoder(found)
    return decoder.decode(data)
