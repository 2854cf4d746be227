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


def shard(*stubs: Stub, bits: str = "01", first: bool = False) -> Shard:
    """These stubs as one shard of an English site."""
    return Shard(lang="en", bits=bits, first=first, stubs=stubs)
