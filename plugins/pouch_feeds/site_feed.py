"""A feed of the site that lists no slice of the archive: corrections, digests. It is one RSS document."""

from __future__ import annotations

from collections.abc import Sequence

from pouch.pages import addresses, messages
from pouch.pages.identity import guid
from pouch.pages.interface import Interface
from pouch.pages.outputs import Fragment, Output, path_of
from pouch_feeds.models import FeedModel
from pouch_feeds.render import render_rss


def site_feed(
    interface: Interface,
    base: str,
    name: str,
    title: str,
    description: str,
    *,
    fragments: Sequence[Fragment],
    updated: str,
    complete: bool,
) -> Output:
    """The feed beside the page at `base`. `name` identifies it for ever; `fragments` are its items, newest first;
    `complete` says that there are no others (RFC 5005, section 2).
    """
    site = interface.site
    about = interface.url(addresses.SUBSCRIBE)
    model = FeedModel(
        title=f"{title} – {site.name}",
        description=description,
        note=interface.translate(messages.FEED_NOTE).format(url=about),
        author=site.name,
        lang=site.lang,
        id=guid(site.site_id, f"feed/{name}"),
        updated=updated,
        self_url=f"{site.url}{base}feed.xml",
        page_url=interface.url(base),
        about_url=about,
        icon=site.url + addresses.ICON,
        hub=site.hub or "",
        complete=complete,
        items=tuple(fragment.key for fragment in fragments),
    )
    return Output(
        path=path_of(f"{base}feed.xml"),
        render=render_rss,
        model=model,
        lang=site.lang,
        origin=f"feed of {name}",
        fragments=tuple((fragment.key, fragment) for fragment in fragments),
    )
