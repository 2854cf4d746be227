"""Learning from a site's own entries, once for each state of them.

Only published entries count, since drafts may hold unchecked suggestions. The model is stored in the site's .pouch/ and
is used only while the entries are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Set
from itertools import chain, islice
from pathlib import Path

import msgspec

from pouch.caching import Cache
from pouch.content.entry_files import read_file
from pouch.content.fields import Context
from pouch.content.files import ContentFile, entry_stats, site_path
from pouch.site import Site
from pouch.tag.document import Document
from pouch.tag.features import Words
from pouch.tag.fields import fields_of
from pouch.tag.learning import Example, Model, train
from pouch.vocabulary.standard import topics_file
from pouch.vocabulary.vocabulary import Vocabulary

FEWEST = 30
"""Curated entries that an archive needs for a model."""
NEWEST = 6000
"""Entries that are learned from at most, the last in order of path."""
_VERSION = 5
_HEAD = 4096
"""Bytes of a file that are looked at for its status."""
# The cached value names its entries itself: it stays valid if their files change but not their content.
_NAME, _FORM = "learned", str(_VERSION).encode()


class _Stored(msgspec.Struct, array_like=True):
    state: str  # of the entries' files: path, size, time of change
    content: str  # of the entries as they were learned
    keys: tuple[str, ...]
    numbers: tuple[int, ...]
    words: list[str]
    idf: list[float]
    weights: bytes  # float32, row by row


def learned_topics(site: Site, vocabulary: Vocabulary, published: Set[str] | None = None) -> Model | None:
    """The topic model of the site's curated entries; None if there are too few.

    `published` are the files among which they are, where the caller knows: no other is opened.
    """
    if published is not None and len(published) < FEWEST:
        return None
    if len(list(islice(entry_stats(site), FEWEST))) < FEWEST:
        return None
    cache = Cache(Path(site.root) / ".pouch")
    state = teaching_state(site, vocabulary)
    stored = _read(cache)
    if stored and stored.state == state:
        return _model(stored)
    examples = curated(site, vocabulary, published)
    content = hashlib.sha256(msgspec.msgpack.encode([_VERSION, examples])).hexdigest()
    if stored and stored.content == content:
        _write(msgspec.structs.replace(stored, state=state), cache)
        return _model(stored)
    model = train(examples) if len(examples) >= FEWEST else None
    _write(_stored(model, state, content), cache)
    return model


def last_learned_topics(site: Site) -> Model | None:
    """The topic model that was stored last, whatever became of the entries since; None if there is none."""
    stored = _read(Cache(Path(site.root) / ".pouch"))
    return _model(stored) if stored else None


def curated(site: Site, vocabulary: Vocabulary, published: Set[str] | None = None) -> list[Example]:
    """The last published entries that have topics, as texts, in order of path. `published`: see `learned_topics`."""
    context = Context(site, vocabulary)
    examples: list[Example] = []
    # From the last on: those before the newest are not even opened.
    for name in reversed([name for name, _ in entry_stats(site)]):
        if len(examples) == NEWEST:
            break
        if name not in published if published is not None else _is_plainly_a_draft(name):
            continue
        file = Path(name)
        entry = read_file(ContentFile("entry", site_path(file, site), file), context).entry
        if entry is None or entry.status != "published" or not entry.topics:
            continue
        text = "\n".join(part for part in (entry.summary, *entry.key_points, entry.body) if part)
        lang = (entry.lang or vocabulary.lang).partition("-")[0]
        fields = fields_of(Document(entry.title, text), lang)
        examples.append(Example(entry.title, text, entry.topics, fields))
    return examples[::-1]


def _is_plainly_a_draft(name: str) -> bool:
    """Whether a file's head says so as `convert` writes it: parsing takes fifty times as long."""
    try:
        with open(name, "rb") as file:  # noqa: PTH123  # a hundred thousand times
            return b"\nstatus: draft\n" in file.read(_HEAD).partition(b"\n---")[0] + b"\n"
    except OSError:
        return False


def teaching_state(site: Site, vocabulary: Vocabulary) -> str:
    """A digest that changes when an entry's file does, so that what the archive teaches may be out of date."""
    state = hashlib.sha256(f"{_VERSION} {' '.join(vocabulary.topics)}".encode())
    for name, stat in chain([(str(topics_file()), topics_file().stat())], entry_stats(site)):
        state.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return state.hexdigest()


def _stored(model: Model | None, state: str, content: str) -> _Stored:
    if model is None:
        return _Stored(state, content, (), (), [], [], b"")
    return _Stored(
        state,
        content,
        model.keys,
        model.numbers,
        list(model.words.places),
        model.words.weights,
        model.weights.tobytes(),
    )


def _model(stored: _Stored) -> Model | None:
    import numpy as np

    if not stored.keys:
        return None
    weights = np.frombuffer(stored.weights, dtype=np.float32).reshape(-1, len(stored.keys))
    words = Words({word: place for place, word in enumerate(stored.words)}, stored.idf)
    return Model(words, stored.keys, stored.numbers, weights)


def _read(cache: Cache) -> _Stored | None:
    data = cache.get(_NAME, _FORM)
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=_Stored)
    except msgspec.MsgspecError:
        return None


def _write(stored: _Stored, cache: Cache) -> None:
    cache.put(_NAME, msgspec.msgpack.encode(stored), _FORM)
