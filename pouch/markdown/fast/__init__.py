"""Shortcuts around private parts of Python-Markdown. POUCH_PLAIN=1 turns all of them off.

- `inline` looks for inline markup only where there is some;
- `serializer` writes the tree in one walk instead of five;
- `plain_html` tells HTML that the cleaner would give back as it is.
"""

from __future__ import annotations

from markdown import Markdown

from pouch.markdown.fast.inline import quicken_inline
from pouch.markdown.fast.plain_html import needs_no_cleaning
from pouch.markdown.fast.serializer import quicken_serializer

__all__ = ["needs_no_cleaning", "quicken"]


def quicken(md: Markdown) -> None:
    """Make `md` faster and change none of its output; to be called when everything is registered."""
    quicken_inline(md)
    quicken_serializer(md)
