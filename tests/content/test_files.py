"""Files of content/, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.content.files import LARGEST, read_content
from tests.commands.sites import entry, make_site, run


def test_a_file_that_is_too_large_for_a_text_is_not_read(tmp_path: Path) -> None:
    """It is told, costs no memory, and harms no other file."""
    site = make_site(tmp_path, {"entries/talks.md": entry("talks01"), "entries/disk.md": ""})
    with (site / "content" / "entries" / "disk.md").open("r+b") as file:
        file.truncate(50_000_000_000)
    with pytest.raises(OSError, match="larger than 20 MB"):
        read_content(site / "content" / "entries" / "disk.md")
    result = run(site, "check")
    assert result.exit_code == 1
    assert result.stdout == (
        "content/entries/disk.md: error: cannot be read: it is larger than 20 MB, and no text is;"
        " put a text file in its place [unreadable-file]\n"
    )
    with (site / "content" / "entries" / "disk.md").open("r+b") as file:
        file.truncate(LARGEST)
    assert len(read_content(site / "content" / "entries" / "disk.md")) == LARGEST
