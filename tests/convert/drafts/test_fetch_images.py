"""`pouch convert --fetch-images`: which images are stored, under which name, and what becomes of the others."""

from __future__ import annotations

import json
import re
import struct
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.convert.drafts import imagestore
from pouch.convert.intake import hosts
from pouch.convert.intake.fetching import Limits
from pouch.convert.page.htmlpage import structure
from pouch.convert.page.images import image_markdown
from pouch.convert.text.blocks import Image
from pouch.convert.text.markdown import render
from pouch.engine.build import build
from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer
from pouch.site import load_site
from tests.convert.drafts.pictures import AVIF, GIF, JPEG, SCRIPTED, WEBP, png
from tests.convert.intake.test_fetching import Names
from tests.convert.server import Answer, serve
from tests.convert.sites import ENGLISH, run, run_json, tree

TITLE, FIRST, SECOND = ENGLISH.strip().split("\n\n")
TYPED = {"Content-Type": "image/png"}
HUGE = png()[:16] + struct.pack(">II", 60_000, 60_000) + png()[24:]

ANSWERS: dict[str, Answer] = {
    "/river.png": (200, TYPED, png()),
    "/again.png": (200, TYPED, png()),
    "/photo": (200, {"Content-Type": "image/jpeg"}, JPEG),
    "/wrongly-named.png": (200, TYPED, JPEG),
    "/moving.gif": (200, {"Content-Type": "image/gif"}, GIF),
    "/new.webp": (200, {"Content-Type": "image/webp"}, WEBP),
    "/newer.avif": (200, {"Content-Type": "image/avif"}, AVIF),
    "/untyped.png": (200, {}, png()),
    "/octets": (200, {"Content-Type": "application/octet-stream"}, png()),
    "/odd%20name%28%C3%A9%29.png": (200, TYPED, png(shade=9)),
    "/moved.png": (302, {"Location": "/river.png"}, b""),
    "/counter.gif": (200, TYPED, png(1, 1)),
    "/page.png": (200, TYPED, b"<!DOCTYPE html><script>alert(1)</script>"),
    "/typed-page.png": (200, {"Content-Type": "text/html"}, b"<html>"),
    "/scripted.svg": (200, {"Content-Type": "image/svg+xml"}, SCRIPTED),
    "/scripted.png": (200, TYPED, SCRIPTED),
    "/large.png": (200, TYPED, png() + bytes(50_000_000)),
    "/announced.png": (200, {**TYPED, "Content-Length": "50000000"}, b""),
    "/huge.png": (200, TYPED, HUGE),
    "/cut.png": (200, TYPED, png()[:-9]),
    "/empty.png": (200, TYPED, b""),
    "/text.png": (200, TYPED, b"no image at all"),
}


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """What the server was asked for."""
    return []


@pytest.fixture(scope="module")
def server(asked: list[str]) -> Iterator[str]:
    """The address of a server that gives those answers."""
    with serve(ANSWERS, asked) as address:
        yield address


def page(*figures: str) -> str:
    """A page with figures between its paragraphs."""
    inner = "".join(figures)
    return (
        f"<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p>{inner}<p>{SECOND}</p></article></body></html>"
    )


def figure(address: str, caption: str = "", alt: str = "The river") -> str:
    """An image as pages show it."""
    return f'<figure><img src="{address}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


def fetched(site: Path, html: str, *options: str) -> dict[str, Any]:
    """The object that converting a page with its images prints."""
    file = site.parent / "page.html"
    file.write_text(html, "utf-8")
    (line,) = run_json(site, "--fetch-images", "--allow-private", *options, file)
    return line


def images(site: Path) -> dict[str, bytes]:
    """The files under content/images/."""
    return tree(site / "content" / "images")


def test_an_image_is_stored_and_published_with_its_size(site: Path, server: str) -> None:
    """The draft shows the stored file with its caption; the built page has its width and height, and no remote one."""
    line = fetched(
        site, page(figure(f"{server}/river.png", "The river “at low water” (1998), & its <b>banks</b>"))
    )
    ((name, data),) = images(site).items()
    caption = "The river “at low water” (1998), & its banks"
    assert f'![The river](images/{name} "{caption}")' in line["body"]
    assert data == png()
    assert {"text": caption, "role": "image"}.items() <= line["report"]["kept"][2].items()
    assert line["problems"] == []
    draft = site / line["path"]
    draft.write_text(
        draft.read_text("utf-8").replace("status: draft", "status: published\ndate: 2025-03-05"), "utf-8"
    )
    build(load_site(site), jobs=1)
    (shown,) = (site / "output" / "briefings").rglob("index.html")
    html = shown.read_text("utf-8")
    assert f'src="/images/{name}"' in html
    assert 'width="120"' in html
    assert 'height="100"' in html
    assert "<figcaption>The river “at low water” (1998), &amp; its banks</figcaption>" in html
    assert (site / "output" / "images" / name).read_bytes() == png()


@pytest.mark.parametrize(
    ("path", "data", "extension"),
    [
        ("/river.png", png(), "png"),
        ("/photo", JPEG, "jpg"),
        ("/photo?size=large&amp;v=2", JPEG, "jpg"),
        ("/wrongly-named.png", JPEG, "jpg"),
        ("/moving.gif", GIF, "gif"),
        ("/new.webp", WEBP, "webp"),
        ("/newer.avif", AVIF, "avif"),
        ("/untyped.png", png(), "png"),
        ("/octets", png(), "png"),
        ("/odd name(é).png", png(shade=9), "png"),
        ("/moved.png", png(), "png"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_stored(site: Path, server: str, path: str, data: bytes, extension: str) -> None:
    """An image is called by its bytes and ends in what it is, whatever its address looks like."""
    line = fetched(site, page(figure(server + path)))
    ((name, stored),) = images(site).items()
    assert stored == data
    assert re.fullmatch(rf"articles/([0-9a-f]{{2}})/\1[0-9a-f]{{30}}\.{extension}", name)
    assert f"![The river](images/{name})" in line["body"]
    assert (line["problems"], server in line["body"]) == ([], False)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nowhere.png", "404 Not Found"),
        ("/page.png", "it is a web page"),
        ("/typed-page.png", "it is text/html"),
        ("/scripted.svg", "it is SVG, which can hold scripts"),
        ("/scripted.png", "it is SVG, which can hold scripts"),
        ("/large.png", "more than 15 MB"),
        ("/announced.png", "more than 15 MB"),
        ("/huge.png", "60000 × 60000 pixels"),
        ("/cut.png", "damaged"),
        ("/empty.png", "it is empty"),
        ("/text.png", "no PNG, JPEG, GIF, WebP or AVIF"),
        ("/broken-off", "it is text/html"),
    ],
)
def test_what_stays_a_link(site: Path, server: str, path: str, said: str) -> None:
    """What is no image that we may publish stays a captioned link; the draft is written, and a warning says why."""
    line = fetched(site, page(figure(server + path, "At low water"), figure(f"{server}/river.png")))
    assert f'![The river]({server}{path} "At low water")' in line["body"]
    (problem,) = line["problems"]
    assert (problem["code"], problem["severity"]) == ("image-not-stored", "warning")
    assert said in problem["message"]
    assert server + path in problem["message"]
    assert (site / line["path"]).is_file()
    assert list(images(site).values()) == [png()]
    assert run(site, "--fetch-images", "--allow-private", site.parent / "page.html").exit_code == 0


def test_private_addresses(site: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article cannot make us ask our own network, neither directly nor through a public server's redirect."""
    port = server.rpartition(":")[2]
    Names(monkeypatch, public=["127.0.0.1"], inner=["127.0.0.2"])
    monkeypatch.setattr(hosts, "is_public", lambda address: str(address) == "127.0.0.1")
    monkeypatch.setitem(
        ANSWERS, "/inward.png", (302, {"Location": f"http://inner.test:{port}/river.png"}, b"")
    )
    file = site.parent / "page.html"
    addresses = [f"http://public.test:{port}/inward.png", f"http://127.0.0.2:{port}/river.png"]
    file.write_text(page(*map(figure, addresses)), "utf-8")
    (line,) = run_json(site, "--fetch-images", file)
    assert [problem["hint"] for problem in line["problems"]] == ["--allow-private fetches it"] * 2
    assert all(f"({address})" in line["body"] for address in addresses)
    assert images(site) == {}


def test_the_same_image_is_stored_once(site: Path, server: str, asked: list[str]) -> None:
    """An address is asked once however often a batch shows it, and two addresses of the same bytes are one file."""
    asked.clear()
    both = page(
        figure(f"{server}/river.png"), figure(f"{server}/again.png"), figure(f"{server}/river.png", alt="Low")
    )
    lines = [
        {"html": both, "title": "Truce holds"},
        {
            "html": page(figure(f"{server}/river.png")).replace("quiet", "loud"),
            "title": "Another day, another truce",
        },
    ]
    given = "\n".join(map(json.dumps, lines)).encode()
    results = run_json(site, "--fetch-images", "--allow-private", "--force", "--jobs", "2", "-", stdin=given)
    ((name, _),) = images(site).items()
    assert [line["body"].count(f"(images/{name})") for line in results] == [3, 1]
    assert sorted(asked) == ["/again.png", "/river.png"]


def test_converting_again_changes_nothing(site: Path, server: str, asked: list[str]) -> None:
    """A second run asks no server, writes nothing and has no complaint, with the option or without it."""
    html = page(
        figure(f"{server}/river.png", "At low water"),
        figure(f"{server}/nowhere.png"),
        figure(f"{server}/counter.gif"),
    )
    fetched(site, html)
    before = tree(site / "content")
    asked.clear()
    for options in (("--fetch-images", "--allow-private"), ()):
        (line,) = run_json(site, *options, site.parent / "page.html")
        assert line["problems"] == []
    assert (tree(site / "content"), asked) == (before, [])
    fetched(site, html, "--force")
    assert tree(site / "content") == before


def test_a_file_that_an_editor_made_smaller_is_kept(site: Path, server: str) -> None:
    """What lies under an image's name already is left as it is."""
    html = page(figure(f"{server}/river.png"))
    fetched(site, html)
    ((name, _),) = images(site).items()
    (site / "content" / "images" / name).write_bytes(png(shade=1))
    fetched(site, html, "--force")
    assert images(site) == {name: png(shade=1)}


def test_a_dry_run_asks_nobody(site: Path, server: str, asked: list[str]) -> None:
    """--dry-run fetches nothing and writes nothing; without --fetch-images, images stay links."""
    asked.clear()
    html = page(figure(f"{server}/river.png", "At low water"))
    linked = f'![The river]({server}/river.png "At low water")'
    assert linked in fetched(site, html, "--dry-run")["body"]
    assert not (site / "content" / "entries").exists()
    (line,) = run_json(site, site.parent / "page.html")
    assert linked in line["body"]
    assert (asked, images(site)) == ([], {})


def test_counters_are_left_out(site: Path, server: str) -> None:
    """An image of one pixel counts readers; it is neither stored nor linked, and the report says so."""
    line = fetched(site, page(figure(f"{server}/counter.gif")))
    assert server not in line["body"]
    assert [problem["code"] for problem in line["problems"]] == ["image-left-out"]
    assert images(site) == {}


def test_a_server_that_does_not_answer_is_soon_left_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few requests without an answer a host is asked no more, so that a batch comes to its end."""
    monkeypatch.setattr(imagestore, "LIMITS", Limits(connect=0.2, read=0.2, total=0.3))
    # A server of its own: it may note a request after nobody waits for the answer.
    asked: list[str] = []
    with serve({}, asked) as slow:
        line = fetched(site, page(*(figure(f"{slow}/slow-headers?{number}") for number in range(20))))
    assert len(line["problems"]) == 20
    assert "is asked no more" in line["problems"][-1]["message"]
    assert len(asked) < imagestore.PATIENCE + imagestore.AT_ONCE


def in_itself(data: bytes, kind: str = "image/png") -> str:
    """The data: address of some bytes (RFC 2397)."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def test_images_that_the_page_holds_are_stored_without_asking(site: Path) -> None:
    """An image without an address could not be linked: it is stored in any case, but for placeholders and SVG."""
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<path d='M0 0h9v9z'/>" * 200 + b"</svg>"
    held = [
        figure(in_itself(png()), "At low water"),
        figure(in_itself(png(20, 10))),
        figure(in_itself(b"<svg/>", "image/svg+xml")),
        figure(in_itself(drawing, "image/svg+xml")),
        figure("data:image/png;base64,????"),
    ]
    file = site.parent / "page.html"
    file.write_text(page(*held), "utf-8")
    (dry,) = run_json(site, "--dry-run", file)
    assert images(site) == {}
    (line,) = run_json(site, file)
    ((name, data),) = images(site).items()
    assert data == png()
    assert f'![The river](images/{name} "At low water")' in line["body"]
    assert (line["body"], line["body"].count("![")) == (dry["body"], 1)
    assert [problem["code"] for problem in line["problems"]] == ["image-left-out"] * 2
    assert "SVG" in line["problems"][0]["message"]
    (again,) = run_json(site, file)
    assert {problem["code"] for problem in again["problems"]} == {"image-left-out"}


def test_a_saved_page_brings_its_images(site: Path, server: str, asked: list[str]) -> None:
    """The images of a saved page are taken from it rather than fetched; without the option they stay links."""
    asked.clear()
    address = f"{server}/river.png"
    saved = EmailMessage(policy=SMTP)
    saved["Snapshot-Content-Location"] = "https://example.org/truce"
    saved["Subject"] = TITLE
    saved.set_content(page(figure(address, "At low water"), figure("/map?of=river")), subtype="html")
    for place, data in ((address, png(shade=7)), ("https://example.org/map?of=river", GIF)):
        saved.add_related(data, "image", "png")
        (*_, part) = saved.iter_parts()
        part["Content-Location"] = place
    file = site.parent / "page.mhtml"
    file.write_bytes(saved.as_bytes())
    (linked,) = run_json(site, "--dry-run", file)
    assert f"({address} " in linked["body"]
    live = {"html": page(figure(address)).replace("quiet", "loud"), "title": "Another day, another truce"}
    (line, other) = run_json(
        site, "--fetch-images", "--allow-private", "--force", file, "-", stdin=json.dumps(live).encode()
    )
    assert set(images(site).values()) == {png(shade=7), GIF, png()}
    assert (line["body"].count("(images/"), other["body"].count("(images/")) == (2, 1)
    assert asked == ["/river.png"]  # by the other article, which does not get the saved page's word for it


def test_a_message_brings_its_images(site: Path) -> None:
    """A newsletter's own images (cid:) have no other address, and are stored; one that is missing is passed over."""
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = TITLE, "news@example.org", "editor@example.org"
    message.set_content(FIRST)
    message.add_alternative(
        page(figure("cid:river@example.org"), figure("cid:gone@example.org")), subtype="html"
    )
    html = message.get_payload()[1]  # type: ignore[index]
    assert isinstance(html, EmailMessage)
    html.add_related(png(), "image", "png", cid="<river@example.org>")
    file = site.parent / "letter.eml"
    file.write_bytes(message.as_bytes())
    (line,) = run_json(site, file)
    ((name, data),) = images(site).items()
    assert (data, line["problems"]) == (png(), [])
    assert (f"![The river](images/{name})" in line["body"], line["body"].count("![")) == (True, 1)
    assert run_json(site, file)[0]["problems"] == []


WRITTEN = st.text(alphabet="ab \"'()[]<>&;#\\`*_!x1:/.^{}~=-|é", max_size=30).map(
    lambda text: " ".join(text.split())
)


@given(alt=WRITTEN, caption=WRITTEN)
def test_captions_come_through(alt: str, caption: str) -> None:
    """Whatever signs an alternative text or a caption has, the page shows them as the article had them."""
    written = image_markdown(Image("images/x.png", alt, caption))
    html = Renderer("", lambda _: ImageFile(200, 200)).render(f"One\n\n{written}\n\nTwo", entry_id="x").html
    found = re.search(
        r'<figure><img alt="([^"]*)"[^>]*>(?:<figcaption>(.*?)</figcaption>)?\n?</figure>', html, re.S
    )
    assert found, html
    assert (unescape(found[1]), unescape(found[2] or "")) == (alt, caption)


def test_captions_with_links_and_of_galleries() -> None:
    """A link in a caption that is the article's is not lost; the caption of a gallery goes to its last image."""
    linked = figure("https://example.org/a.png", 'See <a href="https://example.org/b">the map</a>')
    gallery = (
        '<figure><img src="https://example.org/c.png"><img src="https://example.org/d.png">'
        "<figcaption><p>Two</p><p>banks</p></figcaption></figure>"
    )
    body = render(structure(page(linked, gallery), whole=True).body())
    assert "![The river](https://example.org/a.png)\n\n*See [the map](https://example.org/b)*" in body
    assert '![](https://example.org/c.png)\n\n![](https://example.org/d.png "Two banks")' in body
