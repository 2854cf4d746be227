"""Markdown files: the fields that clippers and notebooks write are used, and the Markdown stays what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pouch.convert.intake.documents import has_front_matter
from tests.convert.sites import make_site, run_json

TITLE = "Truce holds along the river"
BODY = """Observers of the United Nations reported a quiet week along the river that parts India and Pakistan, the
**first** this year, says [a report](https://example.org/report).

## What was agreed
- Patrols meet each week
- Fishermen cross by day

| Side | Posts |
| --- | --- |
| India | 12 |
| Pakistan | 14 |

![A post at the river](https://example.org/post.jpg)

The truce was agreed in the spring. India and Pakistan both say that they mean to keep it, and observers will watch.
"""
KEPT = ["**first**", "[a report](https://example.org/report)", "## What was agreed", "- Patrols meet each week",
        "| Pakistan | 14 |", "![A post at the river](https://example.org/post.jpg)"]  # fmt: skip


def draft(tmp_path: Path, text: str, name: str = "note.md") -> dict[str, Any]:
    """The draft of a Markdown file."""
    file = tmp_path / name
    file.write_text(text, "utf-8")
    (line,) = run_json(make_site(tmp_path / "site"), "--dry-run", file)
    return line


# What programs write: the fields, and what of them is in the draft.
PROGRAMS = {
    "clipper": (
        f'---\ntitle: "{TITLE}"\nsource: "https://example.org/truce"\nauthor:\n  - "[[Ann Doe]]"\n  - "[[Ben Roe]]"\n'
        'published: 2025-03-05\ncreated: 2025-03-20\ndescription: "Both sides keep the peace."\n'
        'tags:\n  - "clippings"\n---\n',
        ("Ann Doe, Ben Roe", "2025-03-05", "https://example.org/truce", "Both sides keep the peace."),
    ),
    "older clipper": (
        "---\ncreated: 2025-03-20T09:12:00 (UTC +01:00)\ntags: [a, b]\nsource: https://example.org/truce\n"
        "author: Ann Doe\n---\n"
        f"\n# {TITLE}\n\n> ## Excerpt\n> Both sides keep\n> the peace.\n\n---\n",
        ("Ann Doe", None, "https://example.org/truce", "Both sides keep the peace."),
    ),
    "notebook": (
        f"---\ntitle: {TITLE}\nupdated: 2025-03-20 09:12:11Z\ncreated: 2025-03-20 09:12:03Z\n"
        "source: https://example.org/truce\nauthor: Ann Doe\nlatitude: 0.0\n---\n\n",
        ("Ann Doe", None, "https://example.org/truce", None),
    ),
    "reader": (
        f"# {TITLE}\n\n![cover](https://example.org/cover.jpg)\n\n## Metadata\n- Author: [[Ann Doe]]\n"
        f"- Full Title: {TITLE}\n- Category: #articles\n- URL: https://example.org/truce\n\n",
        ("Ann Doe", None, "https://example.org/truce", None),
    ),
    "later": (
        f"---\ntitle: '{TITLE}'\nurl: <https://example.org/truce>\npublished_at: March 5, 2025\n"
        "domain_name: example.org\ncreated_at: 2025-03-20\n---\n",
        (None, "2025-03-05", "https://example.org/truce", None),
    ),
    "Pouch": (
        f"---\nid: abcdefghij\ntitle: {TITLE}\ndate: 2025-03-05\nlang: en\nsummary: Both sides keep the peace.\n"
        "source:\n  name: River News\n  url: https://example.org/truce\n  author: Ann Doe\nstatus: draft\n---\n\n",
        ("Ann Doe", "2025-03-05", "https://example.org/truce", "Both sides keep the peace."),
    ),
    "no YAML": (
        f"---\ntitle: {TITLE}: what is known\nsource: https://example.org/truce\nauthor: @ann\n---\n",
        ("@ann", None, "https://example.org/truce", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_fields_of_programs(tmp_path: Path, program: str, line_end: str) -> None:
    """Title, author, day, address and summary are found under each program's names; its own times are no day."""
    head, (author, day, url, summary) = PROGRAMS[program]
    line = draft(tmp_path, (head + BODY).replace("\n", line_end))
    entry, source = line["entry"], line["entry"]["source"]
    assert entry["title"].startswith(TITLE)
    assert (source.get("author"), entry.get("date"), source.get("url"), entry.get("summary")) == (
        author,
        day,
        url,
        summary,
    )
    assert all(part in line["body"] for part in KEPT)
    units = [unit["text"] for unit in [*line["report"]["kept"], *line["report"]["dropped"]]]
    assert all(written in units for written in head.split("\n") if written.strip() and "cover" not in written)


def test_markdown_without_fields(tmp_path: Path) -> None:
    """Without fields the first heading is the title, and a line of dashes further below no block of fields."""
    line = draft(tmp_path, f"# {TITLE}\n\n{BODY}\n---\n\nIt is quiet: that is new.\n")
    assert line["entry"]["title"] == TITLE
    assert all(part in line["body"] for part in KEPT)
    assert "It is quiet: that is new." in line["body"]


def test_fields_on_standard_input_and_in_texts(tmp_path: Path) -> None:
    """A text is known as Markdown by its fields, whatever its name; without them a text stays a text."""
    assert "**first**" in draft(tmp_path, PROGRAMS["clipper"][0] + BODY, "note.txt")["body"]
    assert r"\*\*first\*\*" in draft(tmp_path / "site", f"{TITLE}\n\n{BODY}", "note.txt")["body"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_that_nobody_closed_is_refused_at_once(end: str) -> None:
    """Each line with Windows' end could be read in two ways: forty of them would have taken hours."""
    assert not has_front_matter(end.join(("---", "title: Talks", *["A line of text"] * 1000)))
    assert has_front_matter(end.join(("---", "# A note", "title: Talks", "---", "Text.")))
