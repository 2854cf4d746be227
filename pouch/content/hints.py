"""Hints for front matter: each proposes a form that passes when it is written as the hint says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from pouch.content.core_schema import is_text
from pouch.content.nodes import Items, Node, Scalar, Table
from pouch.tables import table
from pouch.vocabulary.slugs import slugify_title

FORMS = {
    "source": "source: {name: Reuters, url: https://…}",
    "source.archived": "archived: {url: https://…, date: 2025-03-05}",
    "image": "image: {file: images/harbour.jpg, alt: what it shows}",
    "corrections": "corrections: [{date: 2025-03-05, note: what was wrong}]",
    "links": "links: [{title: …, url: https://…}]",
    "extra": "extra: {key: value}",
}
"""The form of a field that is a table, for hints."""

_WITHOUT_QUOTES = frozenset((
    "unknown-country", "unknown-topic", "bad-date", "bad-id", "bad-language", "bad-slug", "bad-status",
    "bad-address",
))  # fmt: skip
"""Problems of values that hold no quotation marks."""
_IN_QUOTES = re.compile(r"[“”„‟‘’‚«»‹›]++(?P<inner>[^“”„‟‘’‚«»‹›]++)[“”„‟‘’‚«»‹›]++")
_BETWEEN = re.compile(r"\s*(?:[,;/&]|\band\b|\bet\b|\bund\b|\by\b|\be\b)\s*")
_BRACKETED = re.compile(r"[(\[]?(?P<inner>[^()\[\]]*)[)\]]?")
_GLUED = re.compile(r"(?P<name>[\w-]+)\s*(?P<sign>[:=])\s*(?P<value>\S.*)")
_LISTS = frozenset({"key_points", "countries", "mentions", "topics", "authors", "formerly", "pinned"})
_DATED = re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[:,;.]?\s+(?P<note>\S.*)")
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


def usual_key(name: str, where: str) -> str:
    """Our key for what editors of other generators call one, itself for any other; `where` is empty or the table."""
    names = table("pouch.content", "other_names")["tables" if where else "entry"]
    return next((key for key, others in names.items() if name in others.split()), name)


def form_of(name: str, value_node: Node) -> str:
    """The form in which to write the field `name`, with the value that an editor wrote for it where it fits."""
    text = value_node.text.strip() if isinstance(value_node, Scalar) else ""
    if name in _LISTS:
        # No organisation is asked for: several people are joined by "and" as often as by commas.
        text = ", ".join(_BETWEEN.split(text)) if name == "authors" else text
        return f"{name}: {_list(value_node, text)}"
    if name == "corrections":
        if isinstance(value_node, Table):
            pairs = [(key.text, value.text) for key, value in value_node.pairs if isinstance(value, Scalar)]
            if len(pairs) == 1 and pairs[0][0][:1].isdigit():
                pairs = list(zip(("date", "note"), pairs[0], strict=True))
            return f"corrections: [{{{', '.join(f'{key}: {quoted(value)}' for key, value in pairs)}}}]"
        notes = [node.text for node in _items(value_node) if isinstance(node, Scalar)] or (
            [text] if text else []
        )
        dated = [_DATED.fullmatch(note.strip()) for note in notes]
        tables = [
            f"{{date: {match['date'] if match else '2025-03-05'}, note: {quoted(match['note'] if match else note)}}}"
            for note, match in zip(notes, dated, strict=True)
            if note.strip()
        ]
        return f"corrections: [{', '.join(tables)}]" if tables else FORMS[name]
    if name == "source" and text:
        return f"source: {{{'url' if is_address(text) else 'name'}: {quoted(text)}}}"
    if name == "links":
        urls = [item.text for item in _items(value_node) or [value_node] if isinstance(item, Scalar)]
        urls = [url for url in urls if is_address(url)]
        tables = [f"{{title: …, url: {quoted(url)}}}" for url in urls]
        return f"links: [{', '.join(tables)}]" if tables else FORMS[name]
    if name == "source.archived" and is_address(text):
        return f"archived: {{url: {quoted(text)}}}"
    if name == "image" and text and not is_address(text):
        file = text if text.startswith("images/") else f"images/{text.rpartition('/')[2]}"
        return f"image: {{file: {quoted(file)}, alt: what it shows}}"
    return FORMS.get(name, f"{name}: {{key: value}}")


def item_form(name: str, value_node: Node) -> str:
    """The form of one item of the list `name`: without the key and the brackets around the list."""
    form = form_of(name, value_node)
    return form[form.index("{") : form.rindex("}") + 1] if "{" in form else form


def text_form(name: str, value_node: Node) -> str:
    """The form of a text that an editor wrote as a list or a table."""
    if isinstance(value_node, Table) and len(value_node.pairs) == 1:
        key, value = value_node.pairs[0]
        if isinstance(value, Scalar) and value.text:
            # `{name: Jane}` is a form of other generators; `Who: the minister` is a text with a colon.
            if not value_node.flow:
                return f"write {quoted(f'{key.text}: {value.text}')}"
            if key.text in ("name", "label", "text", "title"):
                return f"write {quoted(value.text)}"
    items = [item.text for item in _items(value_node) if isinstance(item, Scalar)]
    name = name.rpartition(".")[2]
    if name == "url" and len(items) > 1:
        return f"each is a source of its own: source: [{', '.join(f'{{url: {quoted(item)}}}' for item in items)}]"
    if not items or name in ("date", "publish_at", "updated", "id"):
        return "put the text in quotation marks" if not items else f"write {name}: {items[0]}"
    return f"write {name}: {quoted(' '.join(items))}"


def several(text: str, is_name: Callable[[str], bool]) -> str:
    """The items that one text of a list holds, separated by commas; empty where it does not hold several names."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    return ", ".join(quoted(part) for part in parts) if len(parts) > 1 and all(map(is_name, parts)) else ""


def list_parts(text: str) -> list[str]:
    """The items of a list that an editor wrote as one text."""
    if bracketed := _BRACKETED.fullmatch(text.strip()):
        text = bracketed["inner"]
    return [part.strip() for part in re.split(r"[,;]|(?:^|\s)-", text) if part.strip()]


class Slip(NamedTuple):
    """A slip around an unknown key, and the form to write; `is_sure` where it has only one meaning."""

    message: str
    name: str  # of the key that is meant
    form: str
    is_sure: bool


def slip_of_key(table: Table, key: Scalar, node: Node, allowed: Collection[str]) -> Slip | None:
    """The slip behind an unknown key: another sign or no space behind the name, or a comma within a text of `{…}`."""
    if not isinstance(node, Scalar):
        return None
    has_value = bool(node.text) or not node.plain
    if (glued := _GLUED.fullmatch(key.text)) and glued["name"] in allowed:
        value = f"{glued['value']}: {node.text}" if has_value else glued["value"]
        what = "an equals sign stands where a colon belongs"
        if glued["sign"] == ":":
            what = "a space is missing after the colon"
        form = f"{glued['name']}: {quoted(value)}"
        return Slip(what, glued["name"], form, is_sure=table.flow and not has_value)
    place = next(place for place, (other, _) in enumerate(table.pairs) if other is key)
    before, text = table.pairs[place - 1] if place else (key, node)
    if has_value or not table.flow or before.text not in allowed or not isinstance(text, Scalar):
        return None
    message = f"a comma ends `{before.text}`, and {key.text!r} after it is no key"
    form = f"{before.text}: {quoted(f'{text.text}, {key.text}')}"
    return Slip(message, before.text, form, is_sure=False)


def slug_in(text: str) -> str:
    """The slug that a text means: an address's last part, a title as addresses have it; empty where it has none."""
    segments = [segment for segment in text.removesuffix("index.html").split("/") if segment.strip()]
    return slugify_title(segments[-1].removesuffix(".html").removesuffix(".md")) if segments else ""


def renamed(written_key: str, name: str, node: Node) -> str:
    """The hint for a key that has another name here."""
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


def without_quotes(text: str, code: str) -> str:
    """The text in typographic quotation marks, if values that a problem `code` is about have none; else empty."""
    match = _IN_QUOTES.fullmatch(text.strip()) if code in _WITHOUT_QUOTES else None
    return match["inner"].strip() if match else ""


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
    """The items of a list that was written as one text, separated by commas."""
    if isinstance(node, Table) or not text:
        return "[…]"
    return f"[{', '.join(map(quoted, list_parts(text)))}]"
