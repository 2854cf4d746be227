"""Files that need no page: the site's own, the theme's and the plugins'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pouch.digests import digest
from pouch.engine.scan import STATIC, THEME, Scan
from pouch.pages import addresses
from pouch.pages.host_files import HOST_FILES
from pouch.pages.models import Model
from pouch.pages.outputs import Output, Stores, names_no_file
from pouch.plugins import Plugin, blame
from pouch.site import Site
from pouch.theming.assets import asset_bytes, is_made


class FileModel(Model, frozen=True, kw_only=True):
    """A file that is published as it is, or made of a theme's files: it is identified by the digest of their bytes."""

    file: (
        str  # relative to the site for content; below the output folder for files of the theme and of plugins
    )
    digest: bytes
    made: bool = False  # of a theme's file, with its parts, as `asset_bytes` does


Copy = tuple[str, str, FileModel]
"""A path below the output folder, the file to copy there, and its model."""


REPLACEABLE = frozenset({addresses.ROBOTS.lstrip("/"), *HOST_FILES})
"""Outputs of Pouch that a file of the site replaces."""
OWN_ICONS = {"favicon.svg": "image/svg+xml", "favicon.png": "image/png", "favicon.ico": "image/x-icon"}
"""A site's own marks, by path, with their media types. Browsers take the last that they can show, or the best."""
_REPLACED_BY = {addresses.ICON.lstrip("/"): ("icon.png", "apple-touch-icon.png")}
"""Files of the theme that pages and feeds name → the paths of a site's own files that are published in their place."""


def own_files_of(site: Site, scan: Scan) -> Iterator[tuple[str, str]]:
    """Files of the site that are published as they are: path below the output folder → source.

    content/images/ and the like keep their path, content/extra/ is the root. Two files for one path come both; see
    `refuse_collisions`.
    """
    for source in scan.of(STATIC):
        below = Path(source.file).relative_to(site.content).as_posix()
        yield site.static_address(below), source.path


def copies_of(
    own_files: Sequence[tuple[str, str]],
    scan: Scan,
    theme_files: Iterable[tuple[str, Path]],
    plugins: Iterable[Plugin],
) -> Iterator[Copy]:
    """The site's own files; those of the theme that they do not replace; those of plugins."""
    own = dict(own_files)
    for target, path in own_files:
        yield target, scan.sources[path].file, FileModel(file=path, digest=scan.stamps[path].digest)
    by_file = {source.file: scan.stamps[path].digest for path, source in scan.sources.items()}
    for target, file in theme_files:
        if target in own:
            continue
        if path := next((own[name] for name in _REPLACED_BY.get(target, ()) if name in own), ""):
            yield target, scan.sources[path].file, FileModel(file=path, digest=scan.stamps[path].digest)
        # What a scan passes over (hidden files, an editor's backups) is no part of a theme either.
        elif known_digest := by_file.get(str(file)):
            made = is_made(target)
            parts = scan.digest((THEME,), file.suffix) if made else known_digest
            yield target, str(file), FileModel(file=target, digest=parts, made=made)
    for plugin in plugins:
        for target, file in plugin.static:
            if names_no_file(target):
                raise blame(
                    plugin, ValueError(f"STATIC has {target!r}, which is no path below the output folder")
                )
            try:
                contents = digest(Path(file).read_bytes())
            except OSError as error:
                raise blame(plugin, error) from error
            yield target, str(file), FileModel(file=target, digest=contents)


def file_outputs(copies: Iterable[Copy]) -> Iterator[Output]:
    for path, file, model in copies:
        if model.made:
            yield Output(path=path, render=render_asset, model=model, origin="theme")
        else:
            yield Output(path=path, source=file, model=model, origin=model.file)


def render_asset(model: FileModel, stores: Stores) -> bytes:
    """A stylesheet or script of the theme."""
    return asset_bytes(Path(stores.site.theme) / "static" / model.file.removeprefix("theme/"))
