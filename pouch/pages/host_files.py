"""The files that hosts and web servers read: redirects, headers, and GitHub's .nojekyll.

POUCH_HOST says whose. Without it there are redirects in the form that most hosts read, and those for nginx.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence

from pouch.hosts import Host, hosts
from pouch.pages import addresses
from pouch.pages.formerly import Move
from pouch.pages.models import HeaderRules, Model, Redirects
from pouch.pages.outputs import Output, Stores
from pouch.site import Site

HEADERS, REDIRECTS, REDIRECT_MAP, NO_JEKYLL = "_headers", "_redirects", "redirects.map", ".nojekyll"
HOST_FILES = frozenset({HEADERS, REDIRECTS, REDIRECT_MAP, NO_JEKYLL})
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
FOREVER = "public, max-age=31536000, immutable"
HASHED_NAMES = ("words", "texts", "spelling")
"""Files of the search index whose names change with their bytes."""


def plan_host_files(
    site: Site, moves: Iterable[Move], languages: Sequence[str], replaced: Collection[str]
) -> Iterator[Output]:
    """The files for the site's host, without those that files of the site replace.

    `moves` are those of all redirects; `languages` have feeds of their own.
    """
    all_moves = tuple(sorted(moves))
    host = hosts()[site.host] if site.host else None
    for output in (
        *_redirects(site, host, all_moves),
        *_headers(site, host, languages),
        *_no_jekyll(site, host),
    ):
        if output.path not in replaced:
            yield output


def _redirects(site: Site, host: Host | None, moves: tuple[Move, ...]) -> Iterator[Output]:
    files: list[tuple[str, str, Redirects]] = []
    if host is None:
        rules = Redirects(moves=moves, status="301")
        files = [(REDIRECTS, "redirects.txt", rules), (REDIRECT_MAP, "redirects.map", rules)]
    elif host.redirect_status:
        fitting = _that_fit(host, moves)
        rules = Redirects(moves=fitting, status=host.redirect_status, left_out=len(moves) - len(fitting))
        files = [(REDIRECTS, "redirects.txt", rules)]
    for path, template, model in files if moves else ():
        yield Output(path=path, template=template, model=model, lang=site.lang, origin="redirects")


def _that_fit(host: Host, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """The first lines, as many as the host reads. The pages at the other addresses lead on by themselves."""
    most = host.redirects or len(moves)
    room = host.redirect_bytes or math.inf
    fitting: list[Move] = []
    for former, href in moves[:most]:
        room -= len(f"{former} {href} {host.redirect_status}\n".encode())
        if room < 0:
            break
        fitting.append((former, href))
    return tuple(fitting)


def _headers(site: Site, host: Host | None, languages: Sequence[str]) -> Iterator[Output]:
    """Feeds under their own types; files whose names change with their bytes are stored for ever.

    A pattern may have one asterisk, and no two patterns may match the same address: hosts join the values of both.
    """
    if host is None or not host.headers:
        return
    names = [("feed.xml", RSS), ("atom.xml", ATOM), ("feed.json", JSON_FEED), ("mentions.xml", RSS)]
    names += [(f"feed.{lang}.xml", RSS) for lang in languages]
    rules = [
        (f"{site.path}{folder}{name}", f"Content-Type: {kind}")
        for name, kind in names
        for folder in ("/", "/*/")
    ]
    if site.has("search"):
        index = f"{site.path}{addresses.SEARCH_INDEX}"
        rules += [(f"{index}*.{suffix}", f"Cache-Control: {FOREVER}") for suffix in HASHED_NAMES]
    model = HeaderRules(rules=tuple(rules))
    yield Output(path=HEADERS, render=_render_headers, model=model, lang=site.lang, origin="headers")


def _render_headers(model: HeaderRules, _: Stores) -> bytes:
    return "".join(f"{pattern}\n  {header}\n" for pattern, header in model.rules).encode()


def _no_jekyll(site: Site, host: Host | None) -> Iterator[Output]:
    if host is not None and host.nojekyll:
        yield Output(
            path=NO_JEKYLL, render=_render_nothing, model=Model(), lang=site.lang, origin="POUCH_HOST"
        )


def _render_nothing(_: Model, __: Stores) -> bytes:
    return b""
