"""Makes one topic of two: entries, parents and dossiers name the remaining topic, and old addresses lead to it.

Everything is planned before anything is written: a merge is carried out whole, or not at all for a fault that can be
seen before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pouch.content.dossier import parse_dossier
from pouch.content.entry_files import errors_of, read_entries
from pouch.content.fields import RemoveItem, Replace
from pouch.content.files import content_files, read_content, site_path, write_whole
from pouch.content.frontmatter import FrontMatterError, compose, decode, normalise, split
from pouch.content.nodes import Items, Node, Scalar, Table
from pouch.editing.edit import with_fixes
from pouch.editing.rename_term import former_slugs
from pouch.editing.terms import find_term
from pouch.editing.vocabulary_file import changed, read_text
from pouch.errors import ContentError, EnvironmentFault
from pouch.problems import Problem
from pouch.site import Site
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary


@dataclass(slots=True)
class Merge:
    """The plan of a merge: all changes, before any file is written."""

    old: Topic
    new: Topic
    formerly: tuple[str, ...]  # the slugs that lead to the remaining topic
    changes: dict[Path, tuple[str, str]] = field(default_factory=dict)  # file → (text before, text after)
    moves: dict[Path, Path] = field(default_factory=dict)  # dossiers that get another name
    removed: list[Path] = field(default_factory=list)  # dossiers whose text went into another
    entries: int = 0
    children: tuple[str, ...] = ()  # topics that get another parent

    def carry_out(self) -> None:
        """Write everything. Raises EnvironmentFault where a file cannot be written."""
        # The vocabulary last: until then every name that an entry may have is in it.
        for file in sorted(self.changes, key=lambda file: file.suffix == ".toml"):
            write_whole(file, self.changes[file][1].encode("utf-8"))
        for file, target in self.moves.items():
            file.rename(target)
        for file in self.removed:
            file.unlink()


def plan_merge(old_name: str, new_name: str, site: Site, vocabulary: Vocabulary) -> Merge:
    """The files that merging the topic `old_name` into `new_name` writes; each is any of a topic's names.

    Raises EnvironmentFault where there is no such topic, ContentError with the faults of files that name it.
    """
    old, new = find_term("topic", old_name, vocabulary), find_term("topic", new_name, vocabulary)
    if old.key == new.key:
        raise EnvironmentFault(f"{old_name!r} and {new_name!r} are one topic, {old.key}, already")
    merge = Merge(old, new, former_slugs(old.slug, new.slug, (*new.formerly, *old.formerly)))
    merge.children = tuple(key for key in vocabulary.children(old.key) if key != new.key)
    _plan_vocabulary(merge, site, vocabulary)
    problems = [*_plan_entries(merge, site, vocabulary), *_plan_dossiers(merge, site, vocabulary)]
    if problems:
        raise ContentError(problems)
    return merge


def _plan_vocabulary(merge: Merge, site: Site, vocabulary: Vocabulary) -> None:
    old, new = merge.old, merge.new
    aliases = {lang: list(names) for lang, names in new.aliases.items()}
    for lang, names in [*((lang, (label,)) for lang, label in old.labels.items()), *old.aliases.items()]:
        own_names = {new.labels.get(lang), *aliases.get(lang, ())}
        if added := [name for name in names if name not in own_names]:
            aliases.setdefault(lang, []).extend(dict.fromkeys(added))
    values: dict[str, object] = {"formerly": list(merge.formerly)}
    if aliases != {lang: list(names) for lang, names in new.aliases.items()}:
        values["aliases"] = aliases
    keys: dict[str, dict[str, object]] = {new.key: values}
    if new.parent == old.key:
        values["parent"] = old.parent
    for child in merge.children:
        # A topic between the two would be its own ancestor.
        below = child in vocabulary.ancestors(new.key)
        keys[child] = {"parent": old.parent if below else new.key}
    file = site.vocabulary_path / "topics.toml"
    before = read_text(file)
    merge.changes[file] = (before, changed(before, file, keys, frozenset({old.key})))


def _plan_entries(merge: Merge, site: Site, vocabulary: Vocabulary) -> Iterator[Problem]:
    for reading in read_entries(site, vocabulary):
        if merge.old.key not in reading.values.get("topics", ()):
            if reading.entry is None and not reading.values:
                # It cannot be read at all, so nobody knows whether it names the topic.
                yield from errors_of(reading)
            continue
        file = Path(site.root) / reading.path
        text = file.read_bytes().decode("utf-8")
        after = _with_topic(text, merge.old, merge.new, vocabulary)
        if after != text:
            merge.changes[file] = (text, after)
            merge.entries += 1


def _with_topic(text: str, old: Topic, new: Topic, vocabulary: Vocabulary) -> str:
    """The text of an entry's file with the one topic in place of the other, each topic once."""
    table = compose(split(normalise(text)).block)
    fixes: list[Replace | RemoveItem] = []
    for key, node in table.pairs:
        if key.text != "topics" or not isinstance(node, Items):
            continue
        topics = [_key_of(item, vocabulary) for item in node.nodes]
        present = new.key in topics
        for place, (item, topic) in enumerate(zip(node.nodes, topics, strict=True)):
            if topic != old.key or not isinstance(item, Scalar):
                continue
            if present:
                fixes.append(RemoveItem(node, place))
            else:
                fixes.append(Replace(item, new.key))
                present = True
    return with_fixes(text, fixes)


def _key_of(node: Node, vocabulary: Vocabulary) -> str | None:
    return vocabulary.find_topic(node.text.strip()) if isinstance(node, Scalar) else None


def _plan_dossiers(merge: Merge, site: Site, vocabulary: Vocabulary) -> Iterator[Problem]:
    folder = site.content_path / "dossiers" / "topics"
    for item in content_files(site):
        if item.kind != "dossier" or item.file.parent != folder:
            continue
        key, dot, rest = item.file.name.partition(".")
        if key != merge.old.key:
            continue
        target = folder / f"{merge.new.key}{dot}{rest}"
        if not target.exists():
            merge.moves[item.file] = target
            continue
        parsed = parse_dossier(read_content(item.file), item.path, vocabulary=vocabulary, site=site)
        other = parse_dossier(read_content(target), site_path(target, site), vocabulary=vocabulary, site=site)
        if parsed.dossier is None or other.dossier is None:
            yield from (*parsed.problems, *other.problems)
            continue
        lost = _more_than_text(item.file, parsed.dossier.pinned, parsed.dossier.links)
        if lost:
            message = f"{site_path(target, site)} is the introduction of {merge.new.key!r} already"
            hint = f"move {lost} there, and delete them here; the text is added at its end"
            yield Problem(item.path, 0, 0, "given-twice", message, hint)
            continue
        before = target.read_bytes().decode("utf-8")
        if parsed.dossier.body:
            newline = "\r\n" if "\r\n" in before else "\n"
            added = parsed.dossier.body.replace("\n", newline)
            merge.changes[target] = (before, f"{before.rstrip()}{newline * 2}{added}{newline}")
        merge.removed.append(item.file)


def _more_than_text(file: Path, pinned: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> str:
    """The front matter of a dossier that cannot be added to another's text, in words."""
    try:
        text = decode(file.read_bytes())
        table = compose(split(text).block) if text.startswith("---") else Table([], 1, 1, (1, 1), False)
    except FrontMatterError:
        return ""
    keys = {key.text for key, _ in table.pairs}
    key_names = [
        f"`{name}`" for name, value in (("pinned", pinned), ("links", links)) if value and name in keys
    ]
    return " and ".join(key_names)
