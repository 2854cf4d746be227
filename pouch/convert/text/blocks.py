"""The parts of an article, in the order of the input, independent of its source format."""

from __future__ import annotations

from typing import Literal

import msgspec

from pouch.content.entry import Moment
from pouch.convert.text.letters import Forwarded
from pouch.convert.text.report import Report

Role = Literal[
    "title",
    "byline",
    "date",
    "summary",
    "key points heading",
    "key point",
    "subhead",
    "paragraph",
    "item",  # of a bulleted list
    "numbered item",
    "quotation",
    "table",
    "image",
    "time",  # of a post in a live report
    "preformatted",  # lines that are set in columns
    "break",  # a line of asterisks or dashes between two parts
]

IN_BODY: tuple[Role, ...] = (
    "subhead", "paragraph", "item", "numbered item", "quotation", "table", "image", "time", "preformatted", "break",
)  # fmt: skip
"""The roles that make up the body; the others become front matter."""

BESIDE = "beside:"
"""Before the name of an image that lies beside a saved page: it has no address on the web."""


class Image(msgspec.Struct, frozen=True):
    """An image of an article, as a reference."""

    address: str  # on the web, or its path under content/; as Markdown can hold it
    alt: str = ""
    caption: str = ""
    data: bytes | None = None  # where the article brought them


class Block(msgspec.Struct, frozen=True):
    """One part of an article."""

    role: Role
    text: str  # plain text on one line, repaired
    units: tuple[int, ...]  # where it stands in the input; see `pouch.convert.text.report`
    level: int = 0  # of a subhead, 2 to 6; of a list item, its depth from 0
    markdown: str | None = None  # its Markdown where the input had markup; None: `text` holds none
    number: int = 0  # of a numbered item, where its list does not go on from the item before; 0: it does
    image: Image | None = None  # of the role "image"; None: it is a caption


class Structure(msgspec.Struct, frozen=True):
    """A parsed article."""

    blocks: tuple[Block, ...]
    report: Report
    date: Moment | None = None  # when the article says that it was published
    date_from: str | None = None  # "metadata", "dateline" or "text": how `date` was found
    author: str | None = None
    title: str | None = None  # where no block is the title
    summary: str | None = None  # its standfirst, which is no part of the body
    lang: str | None = None  # what the page declares
    url: str | None = None  # what the page calls its own address
    site: str | None = None  # what the page calls its publisher
    forwarded: Forwarded | None = None  # the head of the message that a letter hands on: this is its text
    left_out: tuple[str, ...] = ()  # images that cannot be stored, and why

    def body(self) -> tuple[Block, ...]:
        """The blocks that make up the body."""
        return tuple(block for block in self.blocks if block.role in IN_BODY)

    def first(self, role: Role) -> Block | None:
        """The first block of that role."""
        return next((block for block in self.blocks if block.role == role), None)

    def plain(self) -> str:
        """Standfirst, key points and body as plain text in the order of the input, one block a line."""
        roles = ("summary", "key point", *IN_BODY)
        texts = (block.text for block in self.blocks if block.role in roles)
        return "\n".join(text for text in texts if text)

    def full_text(self) -> str:
        """All that the article says: its plain text, below a standfirst that is set apart from it."""
        text = self.plain()
        return text if not self.summary or self.summary in text else f"{self.summary}\n{text}".strip()
