"""What hints of front matter propose: each is a form that passes when it is written as the hint says."""

from __future__ import annotations

from pouch.content.core_schema import is_text
from pouch.content.nodes import Items, Node, Scalar, Table

OTHER_NAMES = {
    "tags": "topics",
    "tag": "topics",
    "keywords": "topics",
    "category": "topics",
    "categories": "topics",
    "subjects": "topics",
    "subject": "topics",
    "topic": "topics",
    "country": "countries",
    "places": "countries",
    "place": "countries",
    "location": "countries",
    "author": "authors",
    "by": "authors",
    "byline": "authors",
    "writer": "authors",
    "language": "lang",
    "locale": "lang",
    "description": "summary",
    "excerpt": "summary",
    "abstract": "summary",
    "teaser": "summary",
    "lead": "summary",
    "points": "key_points",
    "takeaways": "key_points",
    "highlights": "key_points",
    "modified": "updated",
    "lastmod": "updated",
    "update": "updated",
    "published": "date",
    "pubdate": "date",
    "created": "date",
    "publishdate": "publish_at",
    "embargo": "publish_at",
    "embargo_until": "publish_at",
    "aliases": "formerly",
    "alias": "formerly",
    "redirect_from": "formerly",
    "permalink": "slug",
    "url": "source",
    "link": "source",
    "original": "source",
    "sources": "source",
    "publisher": "source",
    "correction": "corrections",
    "draft": "status",
    "picture": "image",
    "photo": "image",
    "cover": "image",
    "thumbnail": "image",
    "featured_image": "image",
    "headline": "title",
    "heading": "title",
    "translation": "translation_of",
    "uuid": "id",
    "guid": "id",
}
"""What editors of other generators call a key → ours."""

FORMS = {
    "source": "source: {name: Reuters, url: https://…}",
    "source.archived": "archived: {url: https://…, date: 2025-03-05}",
    "image": "image: {file: images/harbour.jpg, alt: what it shows}",
    "corrections": "corrections: [{date: 2025-03-05, note: what was wrong}]",
    "links": "links: [{title: …, url: https://…}]",
    "extra": "extra: {key: value}",
}
"""The form of a field that is a table, for hints."""

_LISTS = frozenset({"key_points", "countries", "mentions", "topics", "authors", "formerly"})
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


def form_of(name: str, written: Node) -> str:
    """How the field `name` is to be written, with the value that an editor wrote for it where it fits."""
    text = written.text.strip() if isinstance(written, Scalar) else ""
    if name in _LISTS:
        return f"{name}: {_list(written, text)}"
    if name == "corrections":
        notes = [node.text for node in _items(written) if isinstance(node, Scalar)] or (
            [text] if text else []
        )
        tables = [f"{{date: 2025-03-05, note: {quoted(note)}}}" for note in notes if note.strip()]
        return f"corrections: [{', '.join(tables)}]" if tables else FORMS[name]
    if name == "source" and text:
        return f"source: {{{'url' if is_address(text) else 'name'}: {quoted(text)}}}"
    if name == "source.archived" and is_address(text):
        return f"archived: {{url: {quoted(text)}}}"
    if name == "image" and text:
        return f"image: {{file: {quoted(text)}, alt: what it shows}}"
    return FORMS.get(name, f"{name}: {{key: value}}")


def renamed(written_key: str, name: str, node: Node) -> str:
    """What to write for a key that has another name here."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if written_key == "draft" and text.lower() in _TRUE | _FALSE:
        return f"write status: {'draft' if text.lower() in _TRUE else 'published'}"
    if name == "source" and written_key == "sources":
        return "write `source`, which takes one source or a list of them"
    if name in FORMS and isinstance(node, Scalar) and text:
        return f"write {form_of(name, node)}"
    if name in _LISTS and isinstance(node, Scalar) and text:
        return f"write {form_of(name, node)}"
    return f"did you mean `{name}`?"


def is_address(text: str) -> bool:
    """Whether a text looks like a web address."""
    return text.lower().startswith(("http://", "https://"))


def quoted(text: str) -> str:
    """A text as it can stand in a list or table between brackets."""
    text = " ".join(text.split())
    if (
        is_text(text)
        and not set(text) & set(',[]{}"#&*!|>%@`')
        and ": " not in text
        and text[-1] not in ":"
        and text[0] not in "'-?"
    ):
        return text
    return "'" + text.replace("'", "''") + "'"


def _items(node: Node) -> list[Node]:
    return node.nodes if isinstance(node, Items) else []


def _list(node: Node, text: str) -> str:
    """The items of a list that was written as one text, parted by commas."""
    if isinstance(node, Table) or not text:
        return "[…]"
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return f"[{', '.join(quoted(part) for part in parts)}]"
