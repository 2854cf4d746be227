"""Makes the files of a shard, in a worker process. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from pouch.pages.outputs import Stores
from pouch_search.models import Shard


def index_shard(shard: Shard, stores: Stores) -> Mapping[str, bytes]:
    """The files of a shard, by their path below its folder; the one that names the others comes last."""
    # Imported here: a site without search, and a build that touches no shard, need none of it.
    from pouch.archive.briefing import primary_subtag
    from pouch.markdown.text import text_of
    from pouch_search.packing import packed
    from pouch_search.postings import Text, postings_of

    texts = []
    shown = []
    for briefing in shard.briefings:
        of_versions = []
        for version in briefing.versions:
            body = " ".join(text_of(stores.bodies[version.body]).split()) if version.body else ""
            lead = tuple(filter(None, (*version.key_points, version.summary)))
            texts.append(Text(primary_subtag(version.lang), version.title, lead, body))
            of_versions.append(
                {
                    "url": version.href,
                    "title": version.title,
                    "summary": version.summary,
                    "points": version.key_points,
                    "body": body,
                }
            )
        shown.append(of_versions)
    return packed(shard, postings_of(texts), shown)
