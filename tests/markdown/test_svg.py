"""SVG images: drawings pass, and whatever would run a script is named with its line."""

from __future__ import annotations

import pytest

from pouch.markdown.svg import active_parts

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">\n'


def drawing(inside: str) -> bytes:
    """A small SVG file."""
    return f"{OPEN}{inside}</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9"/>',
        "<style>.a { fill: red }</style><rect class='a' width='3' height='3'/>",
        '<a xlink:href="https://example.org/"><text>Manuscript description: onward = x</text></a>',
        '<image xlink:href="data:image/png;base64,iVBORw0KGgo="/>',
        '<use href="#a"/><animate attributeName="x" values="0;9" dur="1s"/>',
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Label</div></foreignObject>',
        "<desc>A &#233; and &lt;script&gt; as text</desc>",
        "<!-- a comment --><title>Title</title>",
    ],
)
def test_a_drawing_is_a_drawing(inside: str) -> None:
    """What programs export, links and labels included, is published."""
    assert list(active_parts(drawing(inside))) == []


def test_an_older_export_with_entities_passes() -> None:
    """Programs once named their namespaces so."""
    head = '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>\n'
    assert list(active_parts(f'{head}<svg xmlns="&ns;"><path d="M0 0"/></svg>'.encode())) == []


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', "<script>"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', "<script>"),
        ('<script href="https://example.org/x.js"/>', "<script>"),
        ('<path onclick="alert(1)"/>', "onclick"),
        ('<path ONLOAD = "alert(1)"/>', "onload"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "href="),
        ('<a xlink:href="java&#10;script:alert(1)"><text>x</text></a>', "href="),
        ('<a href=" &#x6A;avascript:alert(1)"><text>x</text></a>', "href="),
        ('<a><set attributeName="href" to="javascript:alert(1)"/></a>', "to="),
        ('<animate attributeName="href" values="#;javascript:alert(1)"/>', "values="),
        ('<set attributeName="onmouseover" to="alert(1)"/>', "attributename"),
        ('<use href="data:image/svg+xml;base64,PHN2Zy8+"/>', "href="),
        ('<image href="data:text/html,x"/>', "href="),
        ('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>', "<iframe>"),
        (
            '<foreignObject><h:embed xmlns:h="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>',
            "<embed>",
        ),
        ("<handler>alert(1)</handler>", "<handler>"),
    ],
)
def test_what_would_run_is_named_with_its_line(inside: str, what: str) -> None:
    """However it is spelled: prefixes, capitals, references, animation, HTML inside."""
    (part,) = active_parts(drawing(f"<g/>\n{inside}"))
    assert what in part.what
    assert part.line == 3


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]>\n<svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        drawing("<script>alert(1)</script>").decode().encode("utf-16"),
        drawing("<script>alert(1)</script><b>"),
        b'<?xml-stylesheet type="text/xsl" href="x.xsl"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
        drawing('<script>alert(1)</script>').replace(b"</svg>", b""),
        b'<?xml version="1.0" encoding="none-such"?><svg><script>alert(1)</script></svg>',
    ],
)  # fmt: skip
def test_whatever_form_the_file_has(data: bytes) -> None:
    """Entities, other encodings, faults in the XML behind a script, a stylesheet that rewrites the drawing."""
    assert list(active_parts(data))
