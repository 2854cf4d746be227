"""The images of a new draft → files under content/images/, and a draft that shows them.

They are fetched by the process that writes drafts: only there it is known which articles are new, a cluster's workers
may have no way to the network, and what one batch asks of other people's servers stays bounded, however many workers
it has. While images are fetched the workers go on with the next articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec

from pouch.content.files import write_whole
from pouch.convert.drafts.drafting import Draft
from pouch.convert.intake.fetching import FetchError, Limits, MediaKind, fetch
from pouch.convert.page.imagefiles import FOLDER, LARGEST, ImageError, examine
from pouch.convert.page.images import SMALLEST, image_markdown
from pouch.convert.text.blocks import Image
from pouch.markdown.links import host_of
from pouch.problems import Problem
from pouch.site import Site

IMAGE = MediaKind(
    "image on a page",
    # SVG is read too, so that its refusal can name the reason.
    frozenset(
        """image/png image/x-png image/apng image/jpeg image/jpg image/pjpeg image/gif image/webp image/avif
        image/svg+xml application/octet-stream binary/octet-stream""".split()  # noqa: SIM905  # a list of words
    ),
    "image/avif, image/webp, image/png, image/jpeg, image/gif, */*;q=0.1",
)
LIMITS = Limits(connect=5.0, read=10.0, total=30.0, size=LARGEST)

AT_ONCE = 4
"""Images fetched at the same time, all of one article."""

MOST = 50
"""Images stored for one article."""

PATIENCE = 3
"""Requests in a row that a host may leave without an answer before it is asked no more in this run."""

REMEMBERED = 4_000
"""Addresses of which this run still knows the file, so that a picture in every article is fetched once."""

SHOWN = 200
"""Characters shown of an address."""


class ImageStore:
    """Stores the images of drafts, one draft after the other."""

    def __init__(self, site: Site, *, fetching: bool = False, allow_private: bool = False) -> None:
        self._site = site
        self._fetching = fetching
        self._allow_private = allow_private
        self._paths: dict[str, str] = {}  # by address, of this run
        self._silent: dict[str, int] = {}  # requests without an answer, by host

    def store(self, item: Draft) -> Draft:
        """The draft with its images stored. What cannot be stays a link and is named. Raises EnvironmentFault.

        Images that have no address of their own, and so cannot be linked, are stored whether we are `fetching` or not.
        """
        problems: list[Problem] = []
        paragraphs = item.entry.body.split("\n\n")
        images_at: dict[str, list[Image]] = {}
        for image in item.images:
            if image.address.startswith(FOLDER) and image.data is not None:
                self._write(image.address, image.data)
            elif self._fetching:
                images_at.setdefault(image.address, []).append(image)
        if not images_at:
            return item
        for address, answer in self._fetch(images_at):
            try:
                path = self._keep(address, answer, images_at[address])
            except (FetchError, ImageError) as error:
                hint = error.hint if isinstance(error, FetchError) else ""
                message = f"the image {_short(address)} stays a link: {error}"
                problems.append(item.article.problem("image-not-stored", message, hint))
                continue
            if path is None:
                message = f"the image {_short(address)} is as small as an icon or a counter; left out"
                problems.append(item.article.problem("image-left-out", message))
            for image in images_at[address]:
                shown = image_markdown(msgspec.structs.replace(image, address=path)) if path else None
                linked = image_markdown(image)
                updated = ((shown if part == linked else part) for part in paragraphs)
                paragraphs = [part for part in updated if part is not None]
        return msgspec.structs.replace(
            item,
            entry=replace(item.entry, body="\n\n".join(paragraphs)),
            problems=(*item.problems, *problems),
        )

    def _fetch(
        self, images_at: Mapping[str, Sequence[Image]]
    ) -> Iterator[tuple[str, bytes | FetchError | str]]:
        """The response of each address, in order, a few at once: bytes, an error, or the path of a stored file."""
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            some = list(images_at)[:MOST]
            brought = [images_at[address][0].data for address in some]
            yield from zip(some, pool.map(self._answer, some, brought), strict=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        for address in list(images_at)[MOST:]:
            yield address, FetchError("too-many", f"{MOST} images are stored for an article, and no more")

    def _answer(self, address: str, brought: bytes | None) -> bytes | FetchError | str:
        # An image that the article brought counts for this article only, so it is checked first and not cached.
        if brought is not None:
            return brought
        if (stored_path := self._paths.get(address)) is not None:
            return stored_path
        host = host_of(address)
        if self._silent.get(host, 0) >= PATIENCE:
            return FetchError(
                "unreachable", f"{host} left {PATIENCE} requests unanswered, and is asked no more in this run"
            )
        try:
            answer = fetch(address, media=IMAGE, allow_private=self._allow_private, limits=LIMITS)
        except FetchError as error:
            if error.code in ("unreachable", "timeout"):
                self._silent[host] = self._silent.get(host, 0) + 1
            return error
        self._silent.pop(host, None)
        return answer.data

    def _keep(self, address: str, answer: bytes | FetchError | str, images: list[Image]) -> str | None:
        """The path of the image's file, None for an icon. Raises FetchError, ImageError, EnvironmentFault."""
        if isinstance(answer, FetchError):
            raise answer
        if isinstance(answer, str):
            return answer
        file = examine(answer)
        if min(file.width, file.height) < SMALLEST and not any(image.caption for image in images):
            return None
        self._write(file.path, file.data)
        if images[0].data is None:
            while len(self._paths) >= REMEMBERED:
                del self._paths[next(iter(self._paths))]
            self._paths[address] = file.path
        return file.path

    def _write(self, path: str, data: bytes) -> None:
        file = self._site.content_path / path
        # An existing file is not overwritten: an editor may have made it smaller.
        if not file.exists():
            write_whole(file, data)


def _short(address: str) -> str:
    return address if len(address) <= SHOWN else address[: SHOWN - 1] + "…"
