"""The desk speaks each of its languages whole."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from pouch.desk.words import PAGES, TRANSLATIONS

PLACEHOLDER = re.compile(r"\{\w+\}")
SPOKEN = {
    text
    for file, form in (
        ("base.html", r'_\("(.+?)"\)'),
        ("inbox.html", r'_\("(.+?)"\)'),
        ("entry.html", r'_\("(.+?)"\)'),
        ("desk.js", r'\bt\("(.+?)"[,)]'),
    )
    for text in re.findall(form, (PAGES / file).read_text("utf-8"))
}
# The server's own sentences; what convert, check and git say is English, as it is on the command line.
SPOKEN |= {
    text
    for file in PAGES.parent.glob("*.py")
    for text in re.findall(
        r"""(?:FieldError\("?\w*"?, |message=|EnvironmentFault\(|"fault": )"([A-Z][^"{]+)\"""",
        file.read_text("utf-8"),
    )
}


@pytest.mark.parametrize("lang", ["de", "es", "fr"])
def test_every_text_is_translated(lang: str) -> None:
    """No English word for this language's editors, no text that nothing shows, and every placeholder in its place."""
    with (TRANSLATIONS / lang / "LC_MESSAGES" / "pouch.po").open("rb") as file:
        texts = {
            str(one.id): str(one.string) for one in read_po(file, abort_invalid=True) if one.id and one.string
        }
    assert texts.keys() == SPOKEN
    for key, text in texts.items():
        assert sorted(PLACEHOLDER.findall(key)) == sorted(PLACEHOLDER.findall(text))
