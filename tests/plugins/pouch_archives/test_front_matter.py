"""What front matter says of sources, authors and a picture, readers and programs see on the briefing's page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000004b000000276080200000000000000")
LINES = (
    "authors: [Jo Dunn, Ann Lee]",
    "image: {file: images/quay one.png, alt: A quay at dawn, caption: The north quay., credit: Port archive}",
    "source:",
    "  - name: Port Authority",
    "    title: Notice 12 to mariners",
    "    url: https://port.example/notices/12",
    "    archived: {url: https://archive.example/12, date: 2025-03-04}",
    "  - {name: Gazette, url: https://gazette.example/a}",
)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", *LINES)})
    (site / "content/images").mkdir()
    (site / "content/images/quay one.png").write_bytes(PNG)
    outcome = run(site, "build", "--jobs", "1")
    assert outcome.exit_code == 0, outcome
    return site / "output"


def test_readers_see_every_source_the_authors_and_the_picture(built: Path) -> None:
    """Each document has its title, publisher and link, and copy; the picture has its size and text."""
    html = (built / "briefings/a/index.html").read_text("utf-8")
    for part in (
        "By Jo Dunn, Ann Lee",
        '<a href="https://port.example/notices/12" rel="external" '
        'data-versionurl="https://archive.example/12" data-versiondate="2025-03-04">Notice 12 to mariners</a>',
        '<p class="source__publisher">Port Authority</p>',
        '<a href="https://archive.example/12" rel="external" '
        'data-originalurl="https://port.example/notices/12" data-versiondate="2025-03-04">Archived copy</a>',
        '<a href="https://gazette.example/a" rel="external">Gazette</a>',
        '<img class="picture__image" src="/images/quay%20one.png" alt="A quay at dawn" width="1200" height="630">',
        "The north quay. <small",
        "Port archive",
        '<meta name="author" content="Jo Dunn">',
        '<meta name="citation_author" content="Dunn, Jo">\n<meta name="citation_author" content="Lee, Ann">',
        '<meta name="citation_publication_date" content="2025-03-05">',
        '<meta name="citation_technical_report_institution" content="Test archive">',
        '<meta name="citation_language" content="en">',
    ):
        assert part in html, part
    assert (built / "images/quay one.png").read_bytes() == PNG


def test_programs_see_them_too(built: Path) -> None:
    """Open Graph, and schema.org's NewsArticle."""
    html = (built / "briefings/a/index.html").read_text("utf-8")
    address = "https://example.org/images/quay%20one.png"
    assert f'<meta property="og:image" content="{address}">' in html
    assert '<meta property="og:image:alt" content="A quay at dawn">' in html
    assert "theme/card.png" not in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found is not None
    facts = json.loads(found[1])
    assert facts["author"] == [
        {"@type": "Person", "name": "Jo Dunn", "familyName": "Dunn", "givenName": "Jo"},
        {"@type": "Person", "name": "Ann Lee", "familyName": "Lee", "givenName": "Ann"},
    ]
    assert facts["image"] == [
        {
            "@type": "ImageObject",
            "url": address,
            "width": 1200,
            "height": 630,
            "caption": "The north quay.",
            "creditText": "Port archive",
        }
    ]
    assert [(source.get("name", ""), source["url"]) for source in facts["isBasedOn"]] == [
        ("Notice 12 to mariners", "https://port.example/notices/12"),
        ("", "https://gazette.example/a"),
    ]
    assert facts["isBasedOn"][0]["archivedAt"] == "https://archive.example/12"


def test_subscribers_see_them_too(built: Path) -> None:
    """Every author is an element of its own, each source has its link, and the picture stands above the text."""
    rss, atom = ((built / name).read_text("utf-8") for name in ("feed.xml", "atom.xml"))
    assert rss.count("<dc:creator>") == 2
    assert "<dc:creator>Ann Lee</dc:creator>" in rss
    assert '<source url="https://port.example/notices/12">Port Authority</source>' in rss
    entry_text = atom[atom.index("<entry") :]
    assert re.findall(r"<name>([^<]*)</name>", entry_text) == ["Jo Dunn", "Ann Lee"]
    assert re.findall(r'rel="via" title="([^"]*)"', entry_text) == ["Notice 12 to mariners", "Gazette"]
    item = json.loads((built / "feed.json").read_bytes())["items"][0]
    assert item["authors"] == [{"name": "Jo Dunn"}, {"name": "Ann Lee"}]
    assert item["image"] == "https://example.org/images/quay%20one.png"
    assert item["content_html"].startswith('<figure><img src="https://example.org/images/quay%20one.png"')
    assert "Notice 12 to mariners</a>, Port Authority; <a" in item["content_html"]
    assert [source["url"] for source in item["_pouch"]["sources"]] == [
        "https://port.example/notices/12",
        "https://gazette.example/a",
    ]


def test_an_author_of_the_settings_stands_for_entries_that_name_none(tmp_path: Path) -> None:
    """A one-person archive says it once; an entry's own word goes before."""
    site = make_site(
        tmp_path,
        {"entries/a.md": entry("aaaa"), "entries/b.md": entry("bbbb", "title: B", "authors: [Ann Lee]")},
    )
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write('AUTHOR = "Jo Dunn"\n')
    assert run(site, "build", "--jobs", "1").exit_code == 0
    items = json.loads((site / "output/feed.json").read_bytes())["items"]
    assert {item["title"]: item["authors"] for item in items} == {
        "Talks": [{"name": "Jo Dunn"}],
        "B": [{"name": "Ann Lee"}],
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            None,
            "content/entries/a.md:8: error: the image 'images/a.png' cannot be shown: there is no such file",
        ),
        (b"", "content/entries/a.md:8: error: the image 'images/a.png' cannot be shown: the file is empty"),
        (
            PNG.replace(bytes.fromhex("000004b0"), bytes.fromhex("00001770")),
            "content/entries/a.md:8: warning: the image 'images/a.png' has 6000 × 630 pixels",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_or_is_huge_is_told_at_its_line(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    """A missing or broken file, and one that readers on a phone wait for."""
    site = make_site(
        tmp_path, {"entries/a.md": entry("aaaa", "image:", "  file: images/a.png", "  alt: A quay")}
    )
    (site / "content/images").mkdir()
    if content is not None:
        (site / "content/images/a.png").write_bytes(content)
    assert message in run(site, "check").stdout


def test_a_huge_picture_in_a_text_is_told_too(tmp_path: Path) -> None:
    """Images of 6000 pixels go out as they are, and nobody notices on a fast line."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", body="One.\n\n![A quay](images/a.png)")})
    (site / "content/images").mkdir()
    (site / "content/images/a.png").write_bytes(
        PNG.replace(bytes.fromhex("000004b0"), bytes.fromhex("00001770"))
    )
    assert "content/entries/a.md:11: warning: the image 'images/a.png' has 6000 × 630" in (
        said := run(site, "check").stdout
    )
    assert said.endswith("[large-image]\n")
