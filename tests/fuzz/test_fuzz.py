"""Any input is answered: with a result in which nothing runs, or with a fault in words. See `targets`."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.errors import PouchError
from pouch.site import load_site
from tests.content.samples import in_file
from tests.fuzz import targets
from tests.fuzz.oracle import faults

SEEDS = Path(__file__).parent / "seeds"

# Pieces of each form, and of what has opened others' sanitisers.
_HTML = (
    "<p>", "</p>", "<b>", "<a href='", "' onclick=alert(1) x='", "javascript:alert(1)", "java\tscript:alert(1)", "&#x6a;avascript:",
    "<img src=x onerror=alert(1)>", "<svg><a xlink:href='javascript:x'>", "<math><mi//xlink:href='data:x'>", "<script>", "</script>",
    "<style>", "</style>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<noscript>", "</noscript>", "<template>", "<table><tr><td>",
    "<iframe srcdoc='<script>'>", "<input type=checkbox autofocus onfocus=x>", "<title>", "</title>", "<textarea>", "data:text/html,",
    "<form action=javascript:x>", "<base href=//x>", "<meta http-equiv=refresh content='0;url=javascript:x'>", "vbscript:", "&lt;",
    "<a href=\"//[\">", "<details ontoggle=x open>", "<object data=x>", "\x00", "\u2028", "</", "<", ">", "'", '"', "=", "/", "`",
)  # fmt: skip
_MARKDOWN = (
    "# ", "- ", "1. ", "> ", "```\n", "    ", "[a](", ")", "[a]: ", "![", "](", "[^1]", "[^1]: ", "|a|b|\n|-|-|\n", "*", "**", "_", "~~",
    "`", "\\", "\n", "\n\n", "  \n", "<https://", "https://a.example/", "www.a.example", "a@b.example", "&amp;", "{filename}", "images/a.png",
    "javascript:", "[x]", "- [ ] ", "/briefings/", "#", "!", "$", ":", "\t",
)  # fmt: skip
_FIELDS = (
    "id: abcd\n", "title: ", "date: 2025-03-05\n", "countries: [UA]\n", "topics: [war]\n", "source: {url: 'https://a.example'}\n", "extra: {",
    "corrections:\n  - {date: 2025-03-05, note: n}\n", "key_points:\n  - ", "image: {file: images/a.png, alt: a}\n", "- ", ": ", "{", "}", "[",
    "]", "&a ", "*a", "!!python/object ", "|\n  ", ">\n  ", "'", '"', "---\n", "...\n", "# ", "%YAML 1.1\n", "? ", "\n", "~", "0x1f", "1e5", "no",
)  # fmt: skip
_MAIL = (
    "From: a@b.example\n", "To: c@d.example\n", "Subject: ", "=?utf-8?q?a?=", "=?x?b?!?=", "Date: Wed, 05 Mar 2025 10:22:00 +0100\n",
    "MIME-Version: 1.0\n", "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: text/html; charset=", "utf-7", "\n--b\n", "--b--\n",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "=3D=\n", "\n\n", "> ", "-- \n", "X-A: ", "\n ",
    "Content-Type: message/rfc822\n", "Content-Disposition: attachment; filename*=utf-8''%ff\n",
)  # fmt: skip
_FEED = (
    '<?xml version="1.0"?>', "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", '<rss version="2.0"><channel>', "<item>", "</item>", "<title>", "</title>",
    "<link>javascript:x</link>", "<description>", "<![CDATA[", "]]>", "</description>", '<feed xmlns="http://www.w3.org/2005/Atom">', "<entry>",
    "</entry>", '<content type="xhtml">', '<content type="html">', "&lt;script&gt;", "<pubDate>x</pubDate>", '{"version": "https://jsonfeed.org/version/1.1", "items": [',
    '{"content_html": "', '"}', "]}",
)  # fmt: skip
_TOML = (
    "[war]\n", "[UA]\n", "[a.b]\n", "labels = { en = 'a', fr = ", "}\n", "aliases = { en = ['a', ", "]\n", 'slug = "', '"\n', "parent = 'war'\n",
    "formerly = [", "description = ", "'''", "1979-05-27", "=", "#", "\n", "inf", "[[a]]\n",
)  # fmt: skip


def made_of(*pieces: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    """Texts of these pieces and of others."""
    piece = st.sampled_from([each for group in pieces for each in group]) | st.text(max_size=12)
    return st.lists(piece, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


def with_damage(data: bytes) -> st.SearchStrategy[bytes]:
    """A seed with bytes taken out, put in or turned."""
    return st.tuples(st.integers(0, len(data)), st.integers(0, 40), st.binary(max_size=12)).map(
        lambda cut: data[: cut[0]] + cut[2] + data[cut[0] + cut[1] :]
    )


def seeds(target: str) -> list[bytes]:
    """The inputs that are kept for a target: what each form looks like, and what was once found."""
    return [file.read_bytes() for file in sorted((SEEDS / target).iterdir())]


_BODIES = made_of(_HTML, _MARKDOWN)


def _with_hostile_fields(title: str, summary: str, point: str, source: str, body: str) -> bytes:
    """An entry whose texts are these."""
    quoted = partial(json.dumps, ensure_ascii=False)
    lines = (
        f"title: {quoted('T' + title)}",
        f"summary: {quoted('S' + summary)}",
        f"key_points: [{quoted('P' + point)}]",
        f"source: {{name: {quoted('N' + source)}, author: {quoted('A' + point)}, url: 'https://a.example/b'}}",
        f"corrections: [{{date: 2025-03-06, note: {quoted('C' + summary)}}}]",
    )
    return in_file(*lines, body=body).encode()


def _admitted(data: bytes) -> str:
    """What an entry may hold of it: without controls, and without images, which this site has not got."""
    text = data.decode("utf-8", "ignore").replace("images/", "/")
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")


_LINES = made_of(_HTML).map(lambda data: " ".join(_admitted(data).split()))
INPUTS: dict[str, st.SearchStrategy[bytes]] = {
    "entry": st.builds(lambda front, body: b"---\n" + front + b"\n---\n\n" + body, made_of(_FIELDS), _BODIES)
    | _BODIES.map(lambda body: in_file(body=body.decode("utf-8", "ignore")).encode()),
    "published": st.builds(_with_hostile_fields, *[_LINES] * 4, _BODIES.map(_admitted)),
    "dossier": st.builds(lambda front, body: b"---\n" + front + b"---\n" + body, made_of(_FIELDS), _BODIES),
    "markdown": _BODIES,
    "vocabulary": made_of(_TOML),
    "page": st.builds(lambda body: b"<html><head><title>A long title</title></head><body><p>" + body, made_of(_HTML)),
    "message": made_of(_MAIL, _HTML),
    "feed": made_of(_FEED, _HTML),
    "text": made_of(_MARKDOWN, _MAIL),
    "docx": st.binary(max_size=200),
    "pdf": st.binary(max_size=200),
}  # fmt: skip


@pytest.mark.parametrize("name", targets.TARGETS)
def test_what_is_kept_still_holds(name: str) -> None:
    """Every seed, among them each input that was once answered wrongly."""
    assert seeds(name)
    for data in seeds(name):
        targets.TARGETS[name](data)


@pytest.mark.slow
@pytest.mark.parametrize("name", targets.TARGETS)
def test_any_input_is_answered(name: str) -> None:
    """Texts of hostile pieces, and damaged seeds: no exception, and nothing that runs in what is published."""
    damaged = st.sampled_from(seeds(name)).flatmap(with_damage)

    @given(INPUTS[name] | damaged)
    def holds(data: bytes) -> None:
        targets.TARGETS[name](data)

    holds()


_SETTINGS = (
    "SITEURL", "SITENAME", "TIMEZONE", "DEFAULT_LANG", "POUCH_SITE_ID", "POUCH_LANGUAGES", "POUCH_PER_PAGE", "POUCH_FEED_ITEMS",
    "POUCH_SLICE_MINIMUM", "POUCH_PAIR_SHARE", "POUCH_HUB", "POUCH_FEATURES", "POUCH_MENU", "POUCH_LOGO", "POUCH_TAGLINE", "POUCH_FOOTER", "POUCH_CSP",
    "POUCH_STYLESHEETS", "POUCH_CONTACT", "POUCH_REPOSITORY", "POUCH_HOST", "PLUGINS", "STATIC_PATHS", "PATH", "THEME", "AUTHOR",
)  # fmt: skip
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.binary(max_size=4)
    | st.sampled_from(["en", "fr", "https://a.example/b", "/about/", "../..", "/etc", "UTC", "javascript:x", "script-src"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None)
@given(values=st.dictionaries(st.sampled_from(_SETTINGS), _VALUES, max_size=4))
def test_any_setting_is_taken_or_told(
    values: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A value of the wrong kind is a fault that names its setting, never a traceback."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    lines = [
        f"{name} = {value!r}".replace("nan", "float('nan')").replace("inf", "float('inf')")
        for name, value in values.items()
    ]
    (root / "pelicanconf.py").write_text("\n".join(lines) + "\n", "utf-8", "surrogatepass")
    with suppress(PouchError):
        load_site(root)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p onclick=x>", "p.onclick"), ("<a href=' java\tscript:x'>", "a.href=' java\\tscript:x'"), ("<script>", "<script>"),
        ("<svg/onload=x>", "<svg>"), ("<p style=a>", "p.style"), ("<img src=data:x>", "img.src='data:x'"), ("<input>", "<input>"),
        ("<p><!--<script>--></p><iframe>", "<iframe>"),
    ],
)  # fmt: skip
def test_the_oracle_sees_what_a_browser_would_run(html: str, fault: str) -> None:
    """An oracle that finds nothing would let everything pass."""
    assert fault in faults(html)
