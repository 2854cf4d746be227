"""An editor's note as mail programs take it (https://www.caniemail.com/; `make audit JUDGES=mail`)."""

from __future__ import annotations

from html import escape

from pouch.markdown.tags import Tag, replace_tags

# Where an element is not known its tags are left out, and a caption would run on with the next line.
_BLOCKS = {"figure": "div", "figcaption": "p"}


def mail_html(html: str, page: str) -> str:
    """Sanitised HTML without what mail programs drop. `page` is the address where the note stands, "" if nowhere.

    A picture gives way to its description, the box of a task to a sign, and a link to a part of the note leads to the
    note's page.
    """
    unlinked = False

    def replacement(tag: Tag) -> str | None:
        nonlocal unlinked
        values = dict(tag.attributes)
        if tag.name == "img":
            description = values.get("alt")
            return f"[{escape(description, quote=False)}]" if description else ""
        if tag.name == "input":
            return "☑" if "checked" in values else "☐"
        if tag.name in _BLOCKS:
            return f"<{'' if tag.opens else '/'}{_BLOCKS[tag.name]}>"
        if tag.name == "a":
            part = values.get("href") or ""
            if not tag.opens:
                return "" if unlinked else None
            unlinked = part.startswith("#") and not page
            if unlinked:
                return ""
            return f'<a href="{escape(page + part)}">' if part.startswith("#") else None
        return None

    return replace_tags(html, replacement)
