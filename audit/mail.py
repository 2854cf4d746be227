"""Mails of digests beside what mail clients take: caniemail's data, as npm has them (https://www.caniemail.com/).

Every element, attribute, property, value, rule and selector of a mail is looked up. What a large client does not take,
or takes in part, is a finding, unless ACCEPTED says why nothing is lost. What the data do not name must stand in OLDER.
"""

from __future__ import annotations

import base64
import email
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from email import policy
from pathlib import Path
from typing import Any, NamedTuple

from audit.findings import Finding
from audit.mail_uses import Use, uses_of
from pouch.markdown.sanitise import TAGS
from pouch.site import Site

DATA = Path(__file__).parent / "node_modules/caniemail/data/caniemail.json"
LARGE = ("gmail", "outlook", "apple-mail", "yahoo", "aol", "thunderbird", "samsung-email", "protonmail")
WEEK = "2025-W20"
# A note of all that Markdown makes; each element that it may write follows.
NOTE = """\
## A heading[^1]

A *paragraph* with **words**, `code`, ~~none~~, [a link](/about/), [a part](#a-heading) and <https://example.org>.

![A bridge](/images/bridge.png "Its title")

- [x] done
- [ ] open

3. three
4. four

> A quotation.

| A | B |
|:--|--:|
| 1 | 2 |

```
code
```

[^1]: A note.

"""
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


class Accepted(NamedTuple):
    """Why a lack costs nothing, and which uses of the feature that covers."""

    reason: str
    covers: Callable[[Use], bool] = lambda _: True


_DARK = "the dark scheme is for clients that read it; all others show the light one, which needs none of this"
_WORDS = "the words in it stay, and are read without it"
_INLINE = ("abbr", "bdi", "dfn", "mark", "ruby", "rt", "rp", "time", "wbr")
ACCEPTED = {
    **{
        f"css-{name}": Accepted(_DARK, lambda use: not use.element)
        for name in (
            "at-media", "at-media-prefers-color-scheme", "important", "selector-class", "selector-type",
            "selector-grouping", "selector-descendant",
        )
    },
    "html-style": Accepted(_DARK),
    "html-meta-color-scheme": Accepted(_DARK),
    "html-doctype": Accepted("it asks for the standard's layout, and a layout of tables is the same in both"),
    "html-body": Accepted("a table in it has its colour again"),
    "html-role": Accepted("on tables Yahoo reads it", lambda use: use.element == "table"),
    "html-align": Accepted("what is lost is left or right alone", lambda use: use.value == "center"),
    "html-width": Accepted("that is about pictures", lambda use: use.element == "table"),
    "css-width": Accepted("tables have it everywhere", lambda use: use.element == "table"),
    "css-max-width": Accepted("tables have it everywhere", lambda use: use.element == "table"),
    "css-padding": Accepted("cells have it, and each is alone in its row", lambda use: use.element == "td"),
    "css-margin": Accepted(
        "what is lost are margins below zero, automatic ones, and those of inline text and body",
        lambda use: "-" not in use.value and "auto" not in use.value and use.element != "span",
    ),
    "css-font-size": Accepted("pixels are understood", lambda use: use.value.endswith("px")),
    "css-font-weight": Accepted("what is lost are numbers", lambda use: use.value == "bold"),
    "css-line-height": Accepted(
        "Outlook keeps it with this rule", lambda use: "mso-line-height-rule: exactly" in use.beside
    ),
    "css-text-decoration": Accepted("links have a line anyway", lambda use: use.element == "a"),
    "css-text-align": Accepted(
        "what is lost are sides of the text's own direction", lambda use: use.value in ("left", "center", "right")
    ),
    "html-lang": Accepted("what is lost is that of cells", lambda use: use.element != "td"),
    "html-dir": Accepted("what is wrong is that of links", lambda use: use.element != "a"),
    "html-lists": Accepted("a list that counts down, or leaps, is one that a note writes in HTML"),
    **{f"html-{name}": Accepted(_WORDS) for name in _INLINE},
    "html-semantics": Accepted(_WORDS, lambda use: use.element in _INLINE),
}  # fmt: skip
"""By the name of the feature in the data."""
OLDER = {
    "element": """head html meta title a br b i em u s sub sup q cite kbd samp var ins bdo caption col colgroup""",
    "attribute": """charset content name class style id title href hreflang border colspan rowspan scope span start
        value reversed datetime""",
    "property": "color font-family mso-line-height-rule",
    "meta": "viewport supported-color-schemes",
}
"""What the data have no feature for: HTML 4, CSS 1, and what clients that do not know it pass over."""
_PARTS = {
    "table": "caption col colgroup tbody td tfoot th thead tr", "lists": "li dd dt", "h1-h6": "h1 h2 h3 h4 h5 h6",
}  # fmt: skip


def judge(site: Site) -> list[Finding]:
    """What large clients do not take of a week's mails, one in each interface language."""
    features = {feature["slug"]: feature for feature in json.loads(DATA.read_bytes())["data"]}
    with tempfile.TemporaryDirectory(prefix="pouch-mail-") as folder:
        return sorted(
            {
                Finding("mail", f"{WEEK}, {lang}", complaint)
                for lang in site.languages
                for complaint in complaints(html_of(site, lang, Path(folder) / lang), features)
            }
        )


def html_of(site: Site, lang: str, folder: Path) -> str:
    """The HTML of the mail of `pouch digest`, its editor's note using all that a note may use."""
    shutil.copytree(site.content, folder / "content")
    shutil.copy(Path(site.root) / "pelicanconf.py", folder)
    (folder / "content/images").mkdir(exist_ok=True)
    (folder / "content/images/bridge.png").write_bytes(base64.b64decode(PICTURE))
    note = NOTE + "".join(f"<{tag}>{tag}</{tag}>\n\n" for tag in sorted(TAGS - {"img"}))
    (folder / "content/digests").mkdir(exist_ok=True)
    (folder / f"content/digests/{WEEK}.{lang}.md").write_text(note, "utf-8")
    file = folder / "digest.eml"
    command = [sys.executable, "-m", "pouch", "digest", "--week", WEEK, "--lang", lang, "--output", str(file)]
    subprocess.run([*command, "--site", str(folder)], check=True, capture_output=True)
    part = email.message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("html",))
    assert part is not None
    return str(part.get_content())


def complaints(html: str, features: Mapping[str, Any]) -> Iterator[str]:
    """What one mail uses that is in neither list."""
    names = names_of(features)
    for use in uses_of(html):
        name = use.name
        while use.kind == "property" and (use.kind, name) not in names and "-" in name.strip("-"):
            name = name.rpartition("-")[0]  # `margin-top` is a `margin`
        slug = names.get((use.kind, name), "")
        feature = features.get(slug)
        if feature is None:
            if use.kind != "pair" and use.name not in OLDER.get(use.kind, "").split():
                yield f"{_shown(use)}: the data do not name it; if it is older than they are, it belongs to OLDER"
            continue
        accepted = ACCEPTED.get(slug)
        lacks = list(_lacks(feature))
        if lacks and not (accepted and accepted.covers(use)):
            yield f"{_shown(use)}: {'; '.join(lacks)} ({feature['url']})"


def _shown(use: Use) -> str:
    place = f" on <{use.element}>" if use.element and use.kind != "element" else ""
    return f"{use.kind} {use.name}{place}{f' ({use.value})' if use.value else ''}"


def _lacks(feature: Mapping[str, Any]) -> Iterator[str]:
    """What is said of large clients whose newest version that was tried does not take a feature as it should."""
    notes = feature["notes_by_num"] or {}
    clients: dict[str, list[str]] = {}
    for client in LARGE:
        for platform, versions in feature["stats"].get(client, {}).items():
            verdict, *numbers = list(versions.values())[-1].split()
            if verdict in {"n", "a"}:
                lacks = " ".join(notes.get(number.strip("#"), "") for number in numbers)
                clients.setdefault("takes none" if verdict == "n" else lacks, []).append(
                    f"{client} {platform}"
                )
    for lacks, who in clients.items():
        yield f"{', '.join(who)}: {lacks}"


def names_of(features: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """The feature of the data by the kind and the name of a use."""
    names: dict[tuple[str, str], str] = {}
    for slug, feature in features.items():
        kind, _, rest = slug.partition("-")
        names.update({key: slug for key in _html(rest, feature) if kind == "html"})
        names.update({key: slug for key in _css(rest, feature["title"]) if kind == "css"})
    return names


def _html(rest: str, feature: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    title = feature["title"]
    if match := re.fullmatch(r"([\w-]+(?: and [\w-]+)?) attributes?", title):
        yield from (("attribute", name) for name in match[1].split(" and "))
    elif match := re.fullmatch(r"([\w-]+) meta tag", title):
        yield "meta", match[1]
    elif rest == "anchor-links":
        yield "link", "anchor"
    else:
        text = f"{title} {feature['description']}" if rest == "semantics" else title
        found = re.findall(r"<(\w+)>", text) or [rest]
        yield from (("element", name) for name in (*found, *_PARTS.get(rest, "").split()))


def _css(rest: str, title: str) -> Iterator[tuple[str, str]]:
    if title.startswith("@"):
        yield "at-rule", re.sub(r"[@()]", "", title).partition(",")[0]
    elif title.startswith(":"):
        yield "pseudo", title.rstrip("()")
    elif rest.startswith("selector-"):
        yield "selector", rest.removeprefix("selector-")
    elif title.endswith(" unit"):
        yield "unit", title.removesuffix(" unit")
    elif title.startswith("!"):
        yield "keyword", rest
    elif ":" in title:
        yield "pair", title.replace(" ", "")
    elif functions := re.findall(r"([a-z-]+)\(\)", title):
        yield from (("function", name) for name in functions)
    else:
        yield from (("property", name) for name in re.findall(r"[a-z]+(?:-[a-z]+)*", title))
