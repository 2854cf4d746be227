"""What readers get of a body: headings, links, images, and nothing that runs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pouch.markdown.fast import needs_no_cleaning
from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Rendered, Renderer
from pouch.problems import Severity

IMAGES = {
    "images/map.png": ImageFile(640, 480),
    "images/my map.png": ImageFile(10, 20),
    "images/odd.bin": ImageFile(),
}
RENDERER = Renderer("/archive", lambda path: IMAGES.get(path, ImageFile(fault="there is no such file")))


def render(text: str, lang: str = "en") -> Rendered:
    """A body of the entry `abcd`, on a site under /archive."""
    return RENDERER.render(text, entry_id="abcd", lang=lang)


def html_of(text: str) -> str:
    """Its HTML on one line."""
    return re.sub(r"\s*\n\s*", "", render(text).html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", '<h2 id="one">One</h2>'),
        ("## One", '<h2 id="one">One</h2>'),
        ("#### One", '<h2 id="one">One</h2>'),
        ("# One\n\n## Two", '<h2 id="one">One</h2><h3 id="two">Two</h3>'),
        (
            "## One\n\n###### Two\n\n### Three",
            '<h2 id="one">One</h2><h3 id="two">Two</h3><h3 id="three">Three</h3>',
        ),
        ("## One\n\n## One\n\n## One", '<h2 id="one">One</h2><h2 id="one_1">One</h2><h2 id="one_2">One</h2>'),
        ("## Étape *positive*", '<h2 id="etape-positive">Étape <em>positive</em></h2>'),
        ("## Перемир’я", '<h2 id="перемиря">Перемир’я</h2>'),
        ("## ?", '<h2 id="section">?</h2>'),
        ("One\n===", '<h2 id="one">One</h2>'),
    ],
)
def test_headings(text: str, html: str) -> None:
    """Body headings start at h2 under the page's own title, skip no level, and can each be linked to."""
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "html", "codes"),
    [
        ("[a](https://b.example/c?d=1&e=2)", '<a href="https://b.example/c?d=1&amp;e=2">a</a>', []),
        ("<https://b.example/>", '<a href="https://b.example/">https://b.example/</a>', []),
        ("<me@b.example>", '<a href="mailto:me@b.example">me@b.example</a>', []),
        ("<MAILTO:Me@b.example>", '<a href="mailto:Me@b.example">Me@b.example</a>', []),
        (r"<me\+you@b.example>", "&lt;me+you@b.example&gt;", []),
        ("[a](https://b.example/c (d e))", '<a href="https://b.example/c" title="d e">a</a>', []),
        ("[a](//b.example/c)", '<a href="https://b.example/c">a</a>', []),
        ("[a](/countries/ukraine/)", '<a href="/archive/countries/ukraine/">a</a>', []),
        ("[a](../03/talks.md)", '<a href="/archive/briefings/talks/">a</a>', []),
        ("[a](talks.md#one)", '<a href="/archive/briefings/talks/#one">a</a>', []),
        ("[a]({filename}talks.md)", '<a href="/archive/briefings/talks/">a</a>', []),
        ("[a](images/map.png)", '<a href="/archive/images/map.png">a</a>', []),
        ("[a](#one)", '<a href="#one">a</a>', []),
        ("[a](b)", "<a>a</a>", ["bad-link"]),
        ("[a](javascript:alert)", "<a>a</a>", ["bad-link"]),
        ("[a](mailto:)", "<a>a</a>", ["bad-link"]),
        ("[a](JaVaScRiPt:alert)", "<a>a</a>", ["bad-link"]),
        ("[a](data:text/html,b)", "<a>a</a>", ["bad-link"]),
        ("[a](https://)", "<a>a</a>", ["bad-link"]),
        ("[a](https://b.example@c.example/)", "<a>a</a>", ["bad-link"]),
        ("[a](HTTPS://b:d@c.example?e)", "<a>a</a>", ["bad-link"]),
        ("[a](//b@c.example)", "<a>a</a>", ["bad-link"]),
        (r"[a](https://b.example\@c.example/)", "<a>a</a>", ["bad-link"]),
        ("<https://b@c.example/>", "<a>https://b@c.example/</a>", ["bad-link"]),
        ('<a href="https://b@c.example/">a</a>', "<a>a</a>", ["bad-link"]),
        ("![a](https://b@c.example/d.png)", "<em>a</em>", ["bad-image"]),
        ('<iframe src="https://b@c.example/" title="a"></iframe>', "<a>a</a>", ["html-left-out", "bad-link"]),
        ("[a](https://c.example/@b?d=e@f#@)", '<a href="https://c.example/@b?d=e@f#@">a</a>', []),
        ("[a](/files/Report 2025.pdf)", '<a href="/archive/files/Report%202025.pdf">a</a>', []),
        ("[a](</files/a b{c}.pdf>)", '<a href="/archive/files/a%20b%7Bc%7D.pdf">a</a>', []),
        ("[a](</files/é%20d.pdf> 't')", '<a href="/archive/files/é%20d.pdf" title="t">a</a>', []),
        ("[a](<https://b.example/c d?e=f g>)", '<a href="https://b.example/c%20d?e=f%20g">a</a>', []),
        ('<a href="/b c/">d</a>', '<a href="/archive/b%20c/">d</a>', []),
    ],
)
def test_links(text: str, html: str, codes: list[str]) -> None:
    """Links work under the site's path, and only web, mail and local addresses are links."""
    rendered = render(text)
    assert rendered.html == f"<p>{html}</p>"
    assert [(p.code, p.severity) for p in rendered.problems] == [(code, Severity.WARNING) for code in codes]


def test_links_within_the_site_are_told_with_their_line() -> None:
    """A link to another entry can be checked against what there is, and a fault be shown where it is written."""
    links = render("One.\n\nSee [a](../02/visit.md) and\n[b](/briefings/talks/#x).").links
    assert [(link.target, link.address, link.line, link.to_entry) for link in links] == [
        ("../02/visit.md", "/archive/briefings/visit/", 3, True),
        ("/briefings/talks/#x", "/archive/briefings/talks/#x", 4, False),
    ]


MAP = 'alt="{}" height="480" loading="lazy" src="/archive/images/map.png"'


@pytest.mark.parametrize(
    ("text", "html", "codes"),
    [
        ("![A](images/map.png)", f'<figure><img {MAP.format("A")} width="640"></figure>', []),
        ("![A](../../images/map.png)", f'<figure><img {MAP.format("A")} width="640"></figure>', []),
        ("![A]({static}/images/map.png)", f'<figure><img {MAP.format("A")} width="640"></figure>', []),
        ('![A](images/map.png "C")',
         f'<figure><img {MAP.format("A")} width="640"><figcaption>C</figcaption></figure>', []),
        ("See ![A](images/map.png)", f'<p>See <img {MAP.format("A")} width="640"></p>', []),
        ("![A](images/my%20map.png)",
         '<figure><img alt="A" height="20" loading="lazy" src="/archive/images/my%20map.png" width="10"></figure>', []),
        ("![A](images/odd.bin)", '<figure><img alt="A" loading="lazy" src="/archive/images/odd.bin"></figure>', []),
        ("![A](images/none.png)", "<p><em>A</em></p>", ["broken-image"]),
        ("![A](images/../../secret.png)", "<p><em>A</em></p>", ["bad-image"]),
        ("![A](/etc/passwd)", "<p><em>A</em></p>", ["bad-image"]),
        ("![A](javascript:b)", "<p><em>A</em></p>", ["bad-image"]),
        ("![A](data:image/png;base64,b)", "<p><em>A</em></p>", ["bad-image"]),
        ("![A](https://www.b.example/c.png)",
         '<figure class="remote-image"><a href="https://www.b.example/c.png">A</a>'
         "<figcaption>b.example</figcaption></figure>", []),
        ('See ![](https://b.example/c.png "T")',
         '<p>See <a class="remote-image" href="https://b.example/c.png">T</a></p>', []),
        ("See ![](https://b.example/c.png)",
         '<p>See <a class="remote-image" href="https://b.example/c.png">Picture (b.example)</a></p>', []),
        ('<img src="https://b.example/c.png" alt="A" onerror="d()">',
         '<p><a class="remote-image" href="https://b.example/c.png">A</a></p>', []),
        ("<img src=images/map.png alt=A>", f'<p><img {MAP.format("A")} width="640"></p>', []),
        ('See <img alt="A > B" title=" src=" src="images/map.png">',
         f'<p>See <img {MAP.format("A &gt; B")} title=" src=" width="640"></p>', []),
        ('<p><image src="images/map.png" alt="A"></p>', f'<p><img {MAP.format("A")} width="640"></p>', []),
        ('<div><![CDATA[x> <img alt=" src=x" src=x>]]></div>',
         "<div>&lt;![CDATA[x&gt; <em> src=x</em>]]&gt;</div>", ["bad-image"]),
        ("<img alt=A", "<p>&lt;img alt=A</p>", []),
    ],
)  # fmt: skip
def test_images(text: str, html: str, codes: list[str]) -> None:
    """Local images have their size; nothing is loaded from elsewhere: a remote image is a link to it."""
    assert html_of(text) == html
    assert [p.code for p in render(text).problems] == codes


def test_tables() -> None:
    """Columns keep their alignment without style attributes; the box in which a table scrolls is the theme's."""
    assert html_of("| a | b |\n|:-:|--:|\n| 1 | 2 |") == (
        '<table><thead><tr><th class="align-center">a</th>'
        '<th class="align-right">b</th></tr></thead><tbody><tr><td class="align-center">1</td>'
        '<td class="align-right">2</td></tr></tbody></table>'
    )


def test_footnotes() -> None:
    """Two bodies with footnotes can stand on one page, and the way back is told in the body's language."""
    html = render("One[^x] two[^x].\n\n[^x]: Note.", "fr").html
    assert re.findall(r'id="([^"]+)"', html) == ["fnref-abcd-1", "fnref2-abcd-1", "fn-abcd-1"]
    assert re.findall(r'href="([^"]+)"', html) == [
        "#fn-abcd-1",
        "#fn-abcd-1",
        "#fnref-abcd-1",
        "#fnref2-abcd-1",
    ]
    assert "Retour à l’appel de note 1" in html


def test_tasks() -> None:
    """A task has a box that people who do not see it hear of, in the language of the text; no other field is shown."""
    html = render("- [x] a\n- [ ] b", lang="fr").html
    assert html == (
        '<ul>\n<li><input aria-label="Fait" checked="" disabled="" type="checkbox"> a</li>\n'
        '<li><input aria-label="À faire" disabled="" type="checkbox"> b</li>\n</ul>'
    )
    assert html_of('a <input type="text" name="b"> c') == "<p>a  c</p>"


def test_raw_html() -> None:
    """Raw HTML keeps its language and direction, and loses what styles, identifies or runs."""
    assert html_of(
        '<div lang="ar" dir="rtl" style="x" class="y" id="z" onclick="a()"><p>b</p></div>'
        "\n\n{: .c #d onclick=e}\n\n<span lang='fr'>f</span>"
    ) == ('<div lang="ar" dir="rtl"><p>b</p></div><p>{: .c #d onclick=e}</p><p><span lang="fr">f</span></p>')


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("&#0;", ""), ("&#x0000;", ""), ("&#11;", ""), ("&#x1F;", ""), ("&#xFFFE;", ""), ("&#xD83D;", ""),
        ("&#127;", ""), ("&#1114112;", ""), ("&#99999999999;", ""), ("&#0", "&amp;#0"),
        ("&#128;", "€"), ("&#233;", "é"), ("&#x1F600;", "😀"), ("&#", "&amp;#"), ("`&#0;`", "<code>&amp;#0;</code>"),
    ],
)  # fmt: skip
def test_references_to_no_character_go(reference: str, expected: str) -> None:
    """An article's `&#11;` is no way round the characters that pages and feeds cannot hold."""
    assert render(f"a{reference} b").html == f"<p>a{expected} b</p>"


def test_markdown_inside_html_stays_as_it_is() -> None:
    """The dialect has no Markdown in HTML: a star in a block of HTML is a star."""
    assert html_of('<div markdown="1">*a*</div>') == "<div>*a*</div>"


PAYLOADS = [
    "<script>alert(1)</script>", "<ScRiPt src=//x>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)>", "<a href='java&#10;script:alert(1)'>x</a>", "<a href=&#106;avascript:x>x</a>",
    "[x](javascript&colon;alert(1))", "[x](<javascript:alert(1)>)", '[x](/y "><script>alert(1)</script>")',
    "![x](x\"onerror=alert(1))", "<math><mi//xlink:href='data:x,<script>'>", "<style>@import 'x'</style>",
    "<p style='background:url(javascript:x)'>y</p>", "<form action=javascript:x><button>y</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:x'>", "<base href=javascript:x>", "<object data=x>",
    "<!--><script>alert(1)</script>-->", "<noscript><p title='</noscript><script>x</script>'>", "`<script>`",
    "    <script>\n", "<div\n onclick=alert(1)>x</div>", "<a href=\"vbscript:x\">y</a>", "&lt;script&gt;",
    "<svg><style><img src=x onerror=alert(1)></style></svg>", "<x onfocus=a() tabindex=1>", "<link rel=import href=x>",
]  # fmt: skip
TAGS_THAT_RUN = re.compile(
    r"<(?:script|svg|math|iframe|object|embed|form|meta|base|style|link|button|input|template)\b", re.I
)
ATTRIBUTES_THAT_RUN = re.compile(
    r"<[^>]*\s(?:on\w+|style|srcdoc|action|formaction|xlink:href|tabindex|class|id)\s*=", re.I
)
ADDRESSES_THAT_RUN = re.compile(r"<[^>]*=\s*[\"']?\s*(?:javascript|vbscript|data):", re.I)


def _harmless(html: str) -> bool:
    # What we add ourselves, and no author.
    html = re.sub(r'class="(?:remote-image|footnote|footnote-ref|footnote-backref|align-\w+)"', "", html)
    html = re.sub(
        r'(?<=<div )\s*tabindex="0"|(?<=<h\d )id="[^"]*"|(?<=<sup )id="fn[^"]*"|(?<=<li )id="fn[^"]*"',
        "",
        html,
    )
    return not (
        TAGS_THAT_RUN.search(html) or ATTRIBUTES_THAT_RUN.search(html) or ADDRESSES_THAT_RUN.search(html)
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_untrusted_runs(payload: str) -> None:
    """An article that carries a script gives a page without one."""
    assert _harmless(render(f"Before {payload} after\n\n{payload}\n\n- {payload}").html)


@given(
    st.lists(
        st.sampled_from([*PAYLOADS, "<", ">", '"', "'", "\n\n", "[", "](", ")", "`", "&", " ", "a"]),
        max_size=8,
    )
)
def test_nothing_untrusted_runs_in_any_company(payloads: list[str]) -> None:
    """Nor does it when the pieces are put together in other ways."""
    assert _harmless(render("".join(payloads)).html)


@given(
    st.lists(
        st.sampled_from(
            ["# a", "- b", "> c", "1. d", "*e*", "**f**", "`g`", "[h](https://i.jk/l?m=n&o)", "[p](https://q.rs)", " ",
             "\n\n", "\n", "t & u", "v < w", "é", "\u00a0", "    x", "---", "<y>", "[z](/a)", '"', "[*b*", "](https://c.de)",
             "[^1]", "\n\n[^1]: f", "[^1]: ", "[^2]: g", "[^2]", "| a | b |\n|-|:-:|\n| c | *d* |", "|", "\n|-|-|\n",
             "///Footnotes Go Here///", "  \n", "&#160;", "<https://a.bc>", "↩", "[i](#fn-j 'k')"]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
@example("[a[^1]](https://b.cd)\n\n[^1]: e")
@example("| a | b |\n|-|-|\n| ///Footnotes Go Here/// | [^1] |\n\n[^1]: c")
@example("*///Footnotes Go Here///* [^1]\n\n[^1]: c")
def test_what_needs_no_cleaning_is_what_cleaning_would_give(text: str) -> None:
    """Bodies so plain that the cleaner is spared have, to the byte, the HTML that the cleaner would give."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pouch.markdown.renderer.needs_no_cleaning", lambda _html: False)
        cleaned = render(text)
    assert render(text) == cleaned


@pytest.mark.parametrize(
    "html",
    ["<p onclick=a>b</p>", "<script>", "<p>&copy;</p>", '<a href="javascript:b">c</a>', "<svg>", "a > b", "a & b",
     '<div class="footnote"></div><p>a</p>', '<a href="https://a.bc/">d<a href="https://a.bc/">e</a></a>', "<div>",
     '<a href="https://a.bc/"><sup id="a"><a class="footnote-ref" href="#b">1</a></sup></a>', '<li id="a">', "</a>",
     '<a href="/b/">c</a>', '<h2 id="a" class="b">c</h2>', "<p>a\u00a0b</p>", "<P>", "<!-- -->", "<p/>",
     '<a href="https://a.bc/" onclick="d">e</a>', '<a href="https://a.bc/"d">e</a>'],
)  # fmt: skip
def test_what_is_not_plain_is_cleaned(html: str) -> None:
    """Anything but the plainest of HTML goes through the cleaner."""
    assert not needs_no_cleaning(html)


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("", "", 0),
        ("One *two* [three](/x) &amp; four.\n\nFive.", "One two three & four.", 6),
        ("## Head\n\n- item\n\nAfter.", "After.", 3),
        ("![a](images/map.png)\n\nText.", "Text.", 1),
        ("日本語の文章", "日本語の文章", 4),
        ("One[^1] two[^1] *three*[^b]\n\n[^1]: Four\n[^b]: Five", "One two three", 5),
        ('<p>One <a class="footnote-ref" href="#x">two</a> three</p>', "One three", 2),
        ('<p title="<p>no</p>">A <b title="one > two">word</b></p>', "A word", 2),
    ],
)
def test_first_paragraph_and_words(text: str, start: str, words: int) -> None:
    """Cards show the first paragraph as plain text; the reading time follows from the words."""
    rendered = render(text)
    assert (rendered.text_start, rendered.words) == (start, words)


PATIENCE = 40
"""Seconds of processor time, of which none of these texts takes two: only one that runs away exceeds it."""
N = 20_000
RUNAWAYS = {
    "brackets": "[" * N, "images": "![" * N, "half links": "[a](" * N, "references": "[a][" * N, "tags": "<a " * N,
    "attributes": '<a href="' * N, "cdata": "<![CDATA[" * N, "comments": "<!--" * N, "stars": "*a **b " * N,
    "ticks": "`a" * N, "quotes": "> " * N, "headings": "# a\n" * N, "underlines": "a\n=\n" * N, "breaks": "a  \n" * N,
    "lists in lists": "1. " * N,
    "deep lists": "\n".join("    " * i + "- x" for i in range(300)), "bars": "|a|\n|-|\n" * N,
    "same headings": "# a\n\n" * N, "divs": "<div>" * N, "footnotes": "".join(f"[^{i}]: x\n" for i in range(N)),
    "scripts": "<script> " * N, "tildes": "~a ~~b " * N, "open comments": "<!-- a\n" * N,
    "open definitions": "[a]: <" * N,
    "runs of ticks": " ".join("`" * i for i in range(400)), "definitions": "".join(f"[{i}]: /x\n" for i in range(N)),
    "wide table": "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "b\n" * N, "rows of bars": "a|b\n-|-|-\n" * N,
    "notes": "".join(f"a[^{i}] " for i in range(2_000)) + "".join(f"\n\n[^{i}]: x[^{i + 1}]" for i in range(2_000)),
    "quoted": ">" * N + "\n" + "a\n" * N, "open fence": "```\n" + "a\n" * N, "tight items": "- " + "a\n  > b\n" * N,
    "frames": "<iframe src=https://a.bc/></iframe>" * 2_000, "undefined": "[a][b] [^c] " * 2_000,
    "end tags": "</b>" * 2_000, "scripts and ends": "<script></b>" * N,
    "quote signs": "\n".join(">" * i + " x" for i in range(400)), "backslashes": "\\" * N, "mixed": "*[`<&_" * N,
    "addresses": "https://a.bc/d w@a.bc www.a.bc " * 5_000,
    "no addresses": "https://a@www." * N, "marked addresses": "<b>w@a.bc</b>" * 2_000,
    "a long name": "a" * N + "a-" * N + "@b", "closed addresses": "https://a.bc/" + ")&a;" * N,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNAWAYS)
def test_no_text_makes_the_build_run_away(name: str) -> None:
    """Twenty thousand brackets are shown as brackets, in a second, where plain Python-Markdown takes over a minute."""
    start = time.process_time()
    rendered = render(RUNAWAYS[name])
    assert time.process_time() - start < PATIENCE
    assert rendered.html
    assert {p.code for p in rendered.problems} <= {
        "too-intricate", "bad-link", "html-left-out", "unclosed-html", "undefined-reference"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["https://a.example/b ", "www.a.example ", "desk@a.example ", "HTTP://a.example "]
)
def test_too_many_bare_addresses_are_text(text: str) -> None:
    """Each link makes the library copy the rest of its block; a hundred thousand of them stay as they are written."""
    rendered = render(text * 40_000)
    assert [problem.code for problem in rendered.problems] == ["too-intricate"]
    assert "<a" not in rendered.html
    assert rendered.html == f"<p>{(text * 40_000).strip()}</p>"


def test_signs_that_are_too_many_are_shown_as_they_are() -> None:
    """Text that is taken as plain text loses no sign of it."""
    rendered = render("First.\n\n" + "[*<&`" * 4_000 + "\n\nLast *one*.")
    assert "[*&lt;&amp;`[*&lt;&amp;`" in rendered.html
    assert rendered.html.endswith("<p>Last <em>one</em>.</p>")
    assert [(p.line, p.code) for p in rendered.problems] == [(3, "too-intricate")]


def test_rendering_again_gives_the_same() -> None:
    """A body gives the same bytes whatever was rendered before it, a runaway list included."""
    text = "# A\n\nB[^1] <b>c</b> ![d](images/none.png)\n\n[^1]: E"
    first = render(text)
    for other in (text, "1. " * 2_000, "[x]: /y\n\n[^1]: z", "<div>", "*a _b"):
        render(other)
        assert render(text) == first


def test_an_empty_body_has_no_problem_of_the_one_before() -> None:
    """A body that nests too deep is told once, on its line, and not of the next body."""
    assert [(p.line, p.code) for p in render("a\n\n" + "> " * 300 + "b").problems] == [(3, "too-intricate")]
    for text in ("", " \n", "a"):
        assert render(text).problems == ()
