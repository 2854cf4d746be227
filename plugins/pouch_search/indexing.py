"""Makes the files of the index, in worker processes. Pure.

What is made of one text is a fragment, which the state stores, and so is what is made of a shard: an edit indexes one
text, joins the texts of its shard again, and then the shards.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pouch.pages.outputs import Stores, fragments_of
from pouch_search.models import Index, IndexedVersion, Shard

# What belongs to the index is imported where it is used: a site without search, and a build that touches no shard,
# need none of it.


def index_text(version: IndexedVersion, stores: Stores) -> bytes:
    """The fragment of one text: its postings, and what results show of it."""
    from pouch.archive.briefing import primary_subtag
    from pouch.markdown.text import text_of
    from pouch_search.postings import Text, postings_of_text

    body = " ".join(text_of(stores.bodies[version.body]).split()) if version.body else ""
    lead = tuple(filter(None, (*version.key_points, version.summary)))
    shown = {
        "url": version.href,
        "title": version.title,
        "summary": version.summary,
        "points": version.key_points,
        "body": body,
    }
    postings = postings_of_text(Text(primary_subtag(version.lang), version.title, lead, body))
    return msgspec.msgpack.encode((postings, msgspec.json.encode(shown)))


def index_shard(shard: Shard, stores: Stores) -> bytes:
    """The fragment of a shard."""
    from pouch_search.packing import packed_shard
    from pouch_search.postings import TextPostings, postings_of

    decode = msgspec.msgpack.Decoder(tuple[TextPostings, bytes]).decode
    texts = []
    shown = []
    for briefing in shard.briefings:
        fragments = [decode(piece) for piece in fragments_of(stores, briefing.texts)]
        texts += [postings for postings, _ in fragments]
        shown.append([msgspec.Raw(json) for _, json in fragments])
    return msgspec.msgpack.encode(packed_shard(shard, postings_of(texts), shown))


def index_archive(index: Index, stores: Stores) -> Mapping[str, bytes]:
    """The files of the index by their names; the one that names the others comes last."""
    from pouch_search.packing import PackedShard, packed

    decode = msgspec.msgpack.Decoder(PackedShard).decode
    return packed(index, [decode(piece) for piece in fragments_of(stores, index.shards)])
