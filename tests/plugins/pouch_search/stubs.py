"""Stubs to index, made of a few words."""

from __future__ import annotations

from pouch_search.models import Shard, Stub


def stub(name: str = "talks", **changes: object) -> Stub:
    """An entry on Ukraine and a ceasefire, but for what is changed."""
    facts: dict[str, object] = {
        "href": f"/briefings/{name}/",
        "title": "Talks open in Geneva",
        "lang": "en",
        "day": "2025-03-05",
        "summary": "Delegations met for an hour.",
        "key_points": ("A truce of thirty days is proposed.",),
        "body": "body",
        "countries": ("UA", "CH"),
        "topics": ("ceasefire", "war"),
        "names": ("Ukraine", "Switzerland", "Suisse", "Ceasefire"),
    }
    return Stub(**{**facts, **changes})  # type: ignore[arg-type]  # the names are those of the fields


def shard(*stubs: Stub, name: str = "3", first: bool = False) -> Shard:
    """These stubs, newest first, as one shard of an English site."""
    in_order = tuple(sorted(stubs, key=lambda stub: stub.day, reverse=True))
    return Shard(lang="en", name=name, first=first, bundle=4, chunk=1, program="1.5.2", stubs=in_order)
