"""Reads typed values from the nodes of front matter; every fault becomes a Problem, none stops the reading.

Entries, dossiers and pages share it. A value that cannot be read is None or left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar

from pouch.characters import (
    find_forbidden,
    first_reference,
    holds_sign,
    is_blank,
    name_of,
    one_line,
    resolve_references,
    without_lookalikes,
)
from pouch.content.addresses import address_fault
from pouch.content.core_schema import ExtraValueError, value_of
from pouch.content.dates import MomentError, parse_moment
from pouch.content.entry import Moment
from pouch.content.hints import (
    form_of,
    item_form,
    list_parts,
    renamed,
    slip_of_key,
    slug_in,
    text_form,
    usual_key,
    without_quotes,
)
from pouch.content.languages import LanguageTagError, language_tag
from pouch.content.nodes import Items, Node, Scalar, Table, is_nothing, kind_of
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.slugs import is_slug, reserved, why_reserved
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.wording import closest

ID_PATTERN = r"[a-z0-9-]{4,32}"
SHA256_PATTERN = r"[0-9a-f]{64}"
IMAGE_PATTERN = r"images/[^\s].*"

_id = re.compile(ID_PATTERN)

_T = TypeVar("_T")


class Context(NamedTuple):
    """The site and the vocabulary, which parsing every file needs."""

    site: Site
    vocabulary: Vocabulary


class Replace(NamedTuple):
    """A change with only one possible outcome: write `text` in place of a scalar."""

    node: Scalar
    text: str
    plain: bool = False  # no other program reads it as something else, so it needs no quotation marks


class RemoveItem(NamedTuple):
    """A fix: take one item out of a list."""

    items: Items
    place: int


Fix = Replace | RemoveItem


class FieldReader:
    """The problems of one file, and the methods that read its values."""

    def __init__(self, path: str, context: Context) -> None:
        self.path = path
        self.context = context
        self.problems: list[Problem] = []
        self.fixes: list[Fix] = []
        # Keys that unknown ones are probably meant to be: their absence is not reported a second time.
        self.likely_keys: set[str] = set()
        self._in_list = False

    # Problems

    def fault(self, node: Node, code: str, message: str, hint: str = "") -> None:
        """Note an error at a node."""
        if isinstance(node, Scalar) and (inner := without_quotes(node.text, code)):
            # A word processor's quotation marks are part of the value, unlike YAML's own.
            hint = f"write {inner}, without {node.text[0]} and {node.text[-1]}"
            self.fixes = [fix for fix in self.fixes if not (isinstance(fix, Replace) and fix.node is node)]
            self.fixes.append(Replace(node, inner))
        self.note((node.line, node.column), code, message, hint)

    def warn(self, node: Node, code: str, message: str, hint: str = "") -> None:
        """Note a warning at a node."""
        self.note((node.line, node.column), code, message, hint, Severity.WARNING)

    def note(
        self, place: tuple[int, int], code: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem at a line and a column, (0, 0) for the whole file."""
        self.problems.append(Problem(self.path, *place, code, message, hint, severity))

    # Tables

    def keys(self, table: Table, allowed: Collection[str], where: str = "") -> Iterator[tuple[Scalar, Node]]:
        """Each key of `allowed` once, with its value; unknown and repeated keys are faults."""
        line_of: dict[str, int] = {}
        for key, node in table.pairs:
            name = key.text
            if name in line_of:
                hint = f"line {line_of[name]} has it already; keep one of them"
                self.fault(key, "duplicate-key", f"`{where}{name}` is given twice", hint)
                continue
            line_of[name] = key.line
            if name not in allowed and (slip := slip_of_key(table, key, node, allowed)):
                self.likely_keys.update(() if where else (slip.name,))
                self.fault(key, "yaml", slip.message, f"write {slip.form}")
                if slip.is_sure:
                    self.fixes.append(Replace(key, slip.form, plain=True))
                continue
            if name not in allowed:
                usual = without_lookalikes(name.lower())
                guess = usual_key(usual, where)
                close = guess if guess in allowed else closest(usual, allowed)
                if not where and close == guess != usual and self._would_pass(guess, node):
                    hint = renamed(usual, guess, node)
                else:
                    hint = f"did you mean `{close}`?" if close else f"known keys: {', '.join(allowed)}"
                if not where and not close and "extra" in allowed:
                    hint += "; keys of your own go under `extra`"
                self.likely_keys.update((close,) if close and not where else ())
                self.fault(key, "unknown-key", f"unknown key {where + name!r}{holds_sign(name)}", hint)
                continue
            yield key, node

    def _would_pass(self, name: str, node: Node) -> bool:
        """Whether a list of terms that was written as one text names terms."""
        words = self.context.vocabulary
        find = {"countries": words.find_country, "topics": words.find_topic}.get(name)
        return find is None or not isinstance(node, Scalar) or all(map(find, list_parts(node.text)))

    def table(self, node: Node, name: str) -> Table | None:
        """The table itself; an empty value is an empty table."""
        if isinstance(node, Table):
            return node
        if is_nothing(node):
            return Table([], node.line, node.column, node.end, False)
        form = item_form(name, node) if self._in_list else form_of(name, node)
        self.fault(node, "wrong-type", f"`{name}` must be a table, not {kind_of(node)}", f"write {form}")
        return None

    def free(self, node: Node, name: str) -> dict[str, Any]:
        """A table of the site's own: its values by the core schema of YAML 1.2."""
        table = self.table(node, name)
        if table is None:
            return {}
        self._repeated_keys(table, f"{name}.")
        try:
            values: dict[str, Any] = value_of(table)
        except ExtraValueError as error:
            hint = "put it in quotation marks to keep it as text"
            self.fault(error.node, "bad-value", f"`{name}` holds {error}", hint)
            return {}
        return values

    def _repeated_keys(self, node: Node, where: str) -> None:
        if isinstance(node, Items):
            for item in node.nodes:
                self._repeated_keys(item, where)
        elif isinstance(node, Table):
            line_of: dict[str, int] = {}
            for key, value in node.pairs:
                self._clean(key, key.text)
                if key.text in line_of:
                    hint = f"line {line_of[key.text]} has it already; keep one of them"
                    self.fault(key, "duplicate-key", f"`{where}{key.text}` is given twice", hint)
                line_of.setdefault(key.text, key.line)
                self._repeated_keys(value, f"{where}{key.text}.")
        else:
            self._clean(node, node.text)

    # Scalars

    def _clean(self, node: Scalar, text: str) -> bool:
        # YAML's escapes ("\x0b") can write what the file itself may not hold.
        if not text.isprintable() and (forbidden := find_forbidden(text)):
            self.fault(node, "control-character", f"{name_of(forbidden[0])} must not stand here", "remove it")
            return False
        return True

    def scalar(self, node: Node, name: str) -> Scalar | None:
        """The scalar, None where nothing is written."""
        if isinstance(node, Scalar):
            return node if (node.text or not node.plain) and self._clean(node, node.text) else None
        self.fault(node, "wrong-type", f"`{name}` must be text, not {kind_of(node)}", text_form(name, node))
        return None

    def text(self, node: Node, name: str) -> str | None:
        """Plain text on one line."""
        if (scalar := self.scalar(node, name)) is None:
            if isinstance(node, Scalar) and is_nothing(node) and node.comment.startswith("#"):
                first = node.comment.split()[0]
                message = f"`{name}` is empty, since {first!r} and what follows is a comment"
                self.warn(node, "text-cut", message, f'write {name}: "{node.comment}", or remove the comment')
            return None
        if scalar.comment:
            first = scalar.comment.split()[0]
            message = f"{first!r} and what follows is a comment, and is not part of `{name}`"
            self.warn(
                scalar, "text-cut", message, "put the whole text in quotation marks, or remove the comment"
            )
        text = one_line(scalar.text)
        if "&" in text and (plain := resolve_references(text)) != text:
            self.fixes.append(Replace(scalar, plain))
            message = f"`{name}` is plain text, and readers would see {first_reference(text)} as it stands"
            self.warn(scalar, "character-reference", message, f"write {plain!r}; `pouch check --fix` does")
        if is_blank(text):
            self.fault(scalar, "empty-text", f"`{name}` is empty", "write a text here")
            return None
        return text

    def moment(self, node: Node, name: str) -> Moment | None:
        """A date, or a date-time with its offset."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        try:
            return parse_moment(scalar.text)
        except MomentError as error:
            if error.fixed:
                self.fixes.append(Replace(scalar, error.fixed, plain=True))
            self.fault(scalar, "bad-date", f"`{name}`: {error}{holds_sign(scalar.text)}", error.hint)
            return None

    def identity(self, node: Node, name: str) -> str | None:
        """An entry's id."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        if _id.fullmatch(scalar.text):
            return scalar.text
        hint = "4 to 32 characters, lower-case letters a to z, digits and hyphens"
        hint = hint if name == "id" else f"write the id of the entry, as `pouch list` shows it: {hint}"
        self.fault(scalar, "bad-id", f"{scalar.text!r} is not an id{holds_sign(scalar.text)}", hint)
        return None

    def language(self, node: Node, name: str) -> str | None:
        """A BCP 47 tag, in its usual case."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        try:
            return language_tag(scalar.text)
        except LanguageTagError as error:
            self.fault(scalar, "bad-language", f"`{name}`: {error}", error.hint)
            return None

    def slug(self, node: Node, name: str) -> str | None:
        """A slug that addresses may have."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        return scalar.text if self.slug_is_fine(scalar, scalar.text) else None

    def slug_is_fine(self, node: Node, slug: str, what: str = "") -> bool:
        """Whether `slug` may be an address; else a fault at `node`. `what` names where it comes from."""
        if not is_slug(slug):
            better = slug_in(slug)
            hint = f"write {'slug: ' if what else ''}{better}"
            if not better:
                hint = "lower-case letters a to z, digits, hyphens between them"
            self.fault(node, "bad-slug", f"{what}{slug!r} cannot be an address{holds_sign(slug)}", hint)
            return False
        if reserved(slug, self.context.site):
            message = f"{what}{slug!r} {why_reserved(slug)}"
            self.fault(node, "reserved-slug", message, "choose a longer slug")
            return False
        return True

    def address(self, node: Node, name: str) -> str | None:
        """A web address, http or https."""
        if (scalar := self.scalar(node, name)) is None:
            return None
        if (fault := address_fault(scalar.text)) is None:
            return scalar.text
        if fault.encoded:
            self.fixes.append(Replace(scalar, fault.encoded))
        message = f"`{name}`: {scalar.text!r} is not a web address{fault.reason}"
        self.fault(scalar, "bad-address", message, fault.hint)
        return None

    def name_and_language(self) -> tuple[str, str | None]:
        """The name of the file, and the language in it: `UA.fr.md` is ("UA", "fr")."""
        name, dot, lang = PurePosixPath(self.path).stem.rpartition(".")
        if not dot:
            return lang, None
        try:
            return name, language_tag(lang)
        except LanguageTagError as error:
            self.note((0, 0), "bad-language", f"the file's name: {error}", error.hint)
            return name, None

    def stated_language(self, node: Node | None, in_name: str | None) -> str:
        """The language of a file whose name says one, or whose `lang` does; else the site's."""
        stated = self.language(node, "lang") if node is not None else None
        if node is not None and stated and in_name and stated != in_name:
            message = f"the file's name says {in_name!r}, `lang` says {stated!r}"
            self.fault(node, "bad-language", message, "correct one of the two")
        return in_name or stated or self.context.site.lang

    # Lists

    def items(self, node: Node, name: str, read: Callable[[Node, str], _T | None]) -> list[tuple[_T, Node]]:
        """The value that `read` returns for each item, with its node."""
        if is_nothing(node):
            return []
        if not isinstance(node, Items):
            message = f"`{name}` must be a list, not {kind_of(node)}"
            self.fault(node, "wrong-type", message, f"write {form_of(name, node)}")
            return []
        self._in_list = True
        values = [(value, item) for item in node.nodes if (value := read(item, name)) is not None]
        self._in_list = False
        return values

    def distinct(
        self, node: Node, name: str, read: Callable[[Node, str], _T | None]
    ) -> list[tuple[_T, Node]]:
        """The items of a list, as `items` gives them; an item that is there already is a fault with one cure."""
        distinct_items: list[tuple[_T, Node]] = []
        seen_values: set[_T] = set()
        for value, item in self.items(node, name, read):
            if value in seen_values:
                self.fault(item, "duplicate-item", f"`{name}` lists {str(value)!r} twice", "remove one")
                self.remove(node, item)
                continue
            seen_values.add(value)
            distinct_items.append((value, item))
        return distinct_items

    def texts(self, node: Node, name: str) -> tuple[str, ...]:
        """A list of plain texts."""
        return tuple(value for value, _ in self.distinct(node, name, self.text))

    def remove(self, node: Node, item: Node) -> None:
        """Note the fix that takes `item` out of the list `node`."""
        if isinstance(node, Items):
            self.fixes.append(RemoveItem(node, node.nodes.index(item)))
