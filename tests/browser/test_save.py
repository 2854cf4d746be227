"""A briefing saved as Markdown is the briefing: rendered once more it gives the same text."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from playwright.sync_api import Page, expect

from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer
from pouch.site import Site

BRIEFING = "thailand-cambodia-ceasefire"
TEXT = """\
## What *was* agreed

A line with **bold**, *soft*, ~~struck~~ and `co``de` words.

It has [a link](https://example.org/a_(b)) and <https://example.org/c>.

Signs: 5 \\* 3, snake_case, \\_alone\\_, \\[brackets\\], 1 \\< 2, AT&amp;amp;T, H<sub>2</sub>O, a~b.

1\\. no list, but a year.

\\# no heading

- one
- two
  - within
    1. deep
    2. deeper
- three

7. seventh

   with a second paragraph
8. eighth

- [x] done
- [ ] open

> Quoted, *once*.
>
> > And within.

| Name | Votes |
|:-----|------:|
| A \\| B | 12 |
| **C** | 3 |

```
code  with   blanks
  ``` inside
```

An end with a note.[^1]

* * *

The last line.

[^1]: The *note*, with a [link](https://example.org/n).
"""


def rendered(text: str) -> str:
    return Renderer("", lambda _path: ImageFile(3, 4)).render(text, entry_id="saved", lang="en").html


def saved(page: Page) -> tuple[str, str]:
    """The name and the text of the file that the button saves."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as Markdown").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_text("utf-8")


def test_a_briefing_is_saved_as_markdown(page: Page, site: Site) -> None:
    """Under the page's own policy: front matter that YAML reads, the title, and a text that renders to the page's."""
    page.goto(f"{site.url}/briefings/{BRIEFING}/")
    expect(page.get_by_role("button", name="Save as Markdown")).to_be_visible()
    name, text = saved(page)
    assert name == f"{BRIEFING}.md"
    _, front, body = text.split("---\n", 2)
    facts = yaml.safe_load(front)
    title = page.get_by_role("heading", level=1).inner_text()
    assert (facts["title"], facts["url"], facts["lang"]) == (title, page.url, "en")
    assert set(facts["countries"]) == {"Thailand", "Cambodia", "Malaysia"}
    assert body.startswith(f"\n# {title}\n\n")
    assert page.url in body, "it ends with how to cite it"


def test_every_kind_of_markup_survives(page: Page, site: Site) -> None:
    """Lists, tables, notes, code, quotations, and signs that are no markup."""
    html = rendered(TEXT)
    page.goto(f"{site.url}/briefings/{BRIEFING}/")
    page.evaluate("html => { document.querySelector('.prose').innerHTML = html }", html)
    _, text = saved(page)
    body = re.split(r"(?m)^## What \*was\* agreed$", text)[1]
    body = body[: body.rindex("\n* * *\n")]
    assert rendered(f"## What *was* agreed{body}") == html
