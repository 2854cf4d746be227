"""Render and write: outputs become files, in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any, cast

import msgspec

from pouch.engine.blobs import Blobs, CorruptStateError
from pouch.engine.compare import StaleOutput
from pouch.engine.files import write_if_changed
from pouch.engine.spool import Spool
from pouch.errors import EnvironmentFault, PouchError
from pouch.pages.models import SiteView
from pouch.pages.outputs import Fragment, Output
from pouch.plugins import blame, load_plugins
from pouch.site import Site
from pouch.theming.theme import Theme
from pouch.workers import PoolConfig

_Bytes = bytes  # OutputWriter has a method of that name
# Some thousand fragments, each of a few kilobytes: feeds that are rendered one after another share most of theirs.
_FRAGMENTS_CACHED = 1024


def pool(jobs: int, outputs: Sequence[StaleOutput]) -> PoolConfig:
    """The way to hand workers the numbers of `outputs`: many feeds, whose models are small, but fewer pages at once."""
    return PoolConfig(
        jobs, chunk=256, weight=lambda number: outputs[number].model.size, max_weight=256 * 1024
    )


def in_order(outputs: Iterable[StaleOutput]) -> list[StaleOutput]:
    """Outputs in an order in which they are made with least work; their bytes do not depend on it.

    Documents of one name hold much the same fragments, whatever their folder, so a worker fetches each only once.
    """
    return sorted(
        outputs,
        key=lambda output: (not output.render, output.path.rpartition("/")[2] if output.render else ""),
    )


class WrittenFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it lies on disk now."""

    path: str
    size: int
    mtime_ns: int
    written: bool  # False: it held these bytes already


class Texts(Mapping[str, str]):
    """The stored HTML that models name by key."""

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
    """The stored fragments, by key."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._cached: dict[str, bytes] = {}

    def __getitem__(self, key: str) -> bytes:
        return self.all_of((key,))[0]

    def all_of(self, keys: Sequence[str]) -> list[bytes]:
        """The fragments with these keys, in their order."""
        cached = self._cached
        if missing := [key for key in keys if key not in cached]:
            if len(cached) > _FRAGMENTS_CACHED:
                cached = self._cached = {key: cached[key] for key in keys if key in cached}
            cached |= self._blobs.get_all(missing)
        return [cached[key] for key in keys]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("fragments are looked up by key")

    def __len__(self) -> int:
        raise TypeError("fragments are looked up by key")


class OutputWriter:
    """Makes files of one site, one writer in each process. Render functions get it as their `Stores`."""

    def __init__(
        self,
        site: Site,
        views: Mapping[str, SiteView],
        store: str,
        spool: Spool | None = None,
        new: bool = False,
        outputs: Sequence[StaleOutput] = (),
        fragments: Sequence[tuple[str, Fragment]] = (),
    ) -> None:
        """`store` is the file of the state, which holds bodies and fragments; `spool` has the models of outputs;
        `new`: no output is there yet.

        `outputs` and `fragments` are those that `write_nth` and `nth_fragment` count: a forked worker has them already,
        while models of some kilobytes each would go through a pipe.
        """
        self._spool = spool
        self._new = new
        self._outputs = outputs
        self._to_render = fragments
        self.site = site
        self.views = views
        self._plugins = load_plugins(site.plugins, site.plugin_paths)
        self.theme = Theme(site, self._plugins)
        self._blobs = Blobs(store)
        self.bodies: Mapping[str, str] = Texts(self._blobs)
        self.fragments: Mapping[str, bytes] = _Fragments(self._blobs)

    def write_nth(self, number: int) -> WrittenFile:
        """Render and write one of the outputs that the writer was made with: see `write`."""
        return self.write(self._outputs[number])

    def write(self, output: StaleOutput) -> WrittenFile:
        """Render one output and write it. Raises PouchError; the file then still holds its former bytes."""
        data = self.bytes(output)
        file = f"{self.site.output}/{output.path}"
        try:
            return WrittenFile(output.path, *write_if_changed(file, data, new=self._new))
        except OSError as error:
            raise EnvironmentFault(f"cannot write {file}: {error.strerror}") from error

    def folder(self, output: StaleOutput) -> dict[str, bytes]:
        """The files of an output that is rendered to a folder, by name; nothing is written."""
        return dict(cast(Mapping[str, bytes], self._render(output, Mapping)))

    def nth_fragment(self, number: int) -> tuple[str, bytes]:
        """Render one of the fragments that the writer was made with, for the store: its key and its bytes."""
        key, fragment = self._to_render[number]
        try:
            return key, fragment.render(fragment.model, self)
        except Exception as error:
            raise self._blame(fragment.render, error) from error

    def _model(self, output: StaleOutput) -> Any:
        assert self._spool is not None
        return _decoder(output.model_type).decode(self._spool.get(output.model))

    def close(self) -> None:
        """Close the store."""
        self._blobs.close()

    def bytes(self, output: StaleOutput) -> bytes:
        """The bytes of one output. Raises PouchError."""
        if output.source:
            try:
                return Path(output.source).read_bytes()
            except OSError as error:
                raise EnvironmentFault(f"cannot read {output.source}: {error.strerror}") from error
        if output.render:
            return cast(bytes, self._render(output, bytes))
        return self._page(output, self._model(output)).encode()

    def attempt(self, output: Output) -> None:
        """Render an output for its faults alone. Raises PouchError, as a build does."""
        if output.template:
            self._page(output, output.model)
        else:
            rendered: dict[str, _Bytes] = {}
            self.fragments = rendered
            self._render_fragments(output.fragments, rendered)
            self._call(
                output.render or output.render_folder,
                output,
                output.model,
                bytes if output.render else Mapping,
            )

    def _render_fragments(
        self, fragments: Iterable[tuple[str, Fragment]], rendered: dict[str, _Bytes]
    ) -> None:
        for key, fragment in fragments:
            self._render_fragments(fragment.fragments, rendered)
            rendered[key] = fragment.render(fragment.model, self)

    def _page(self, output: StaleOutput | Output, model: Any) -> str:
        view = self.views.get(output.lang) or self.views[self.site.lang]
        try:
            return self.theme.render(output.template, model, view, self.bodies)
        except (PouchError, CorruptStateError):
            raise
        except Exception as error:
            # A filter of a plugin, or of the theme, failed on this model.
            raise self._blame_frames(error, f"{output.template}, for /{output.path}") from error

    def _render(self, output: StaleOutput, kind: type) -> object:
        return self._call(output.render, output, self._model(output), kind)

    def _call(
        self, render: Callable[..., object] | None, output: StaleOutput | Output, model: Any, kind: type
    ) -> object:
        assert render is not None
        try:
            rendered = render(model, self)
            if not isinstance(rendered, kind):
                raise TypeError(
                    f"/{output.path} must be rendered to {kind.__name__.lower()}, not {rendered!r:.80}"
                )
            return rendered
        except Exception as error:
            raise self._blame(render, error) from error

    def _blame(self, function: Callable[..., object], error: Exception) -> Exception:
        """The error with the file and line of the plugin that brought the function."""
        module = function.__module__.partition(".")[0]
        for plugin in self._plugins:
            if plugin.name.partition(".")[0] == module and not isinstance(
                error, (PouchError, CorruptStateError)
            ):
                return blame(plugin, error, function)
        return error

    def _blame_frames(self, error: Exception, place: str) -> Exception:
        """The error with the file and line of the plugin in whose code it arose, else with `place`."""
        files = {frame.filename for frame in extract_tb(error.__traceback__)}
        for plugin in self._plugins:
            if any(plugin.owns(file) for file in files):
                return blame(plugin, error)
        return EnvironmentFault(f"{place}: {type(error).__name__}: {error}")


@lru_cache
def _decoder(model_type: type) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(model_type)
