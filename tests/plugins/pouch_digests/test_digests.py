"""Digests: the page of a week, its feed, and the mail, from one site."""

from __future__ import annotations

import email
import re
from datetime import datetime
from email import policy
from pathlib import Path

import feedparser
import pytest

from tests.commands.sites import entry, make_site, run

NOTE = "---\npinned: [bbbb]\n---\n\nA *quiet* week, [and why](/briefings/a/).\n"
FILES = {
    "entries/a.md": entry("aaaa", "title: Talks", "date: 2025-05-12", "key_points: [One., Two.]"),
    "entries/b.md": entry(
        "bbbb", "title: A <flood>", "date: 2025-05-18", "countries: [KE]", "topics: [flood]"
    ),
    "entries/c.md": entry(
        "cccc", "title: Pourparlers", "date: 2025-05-12", "lang: fr", "translation_of: aaaa"
    ),
    "entries/next.md": entry("dddd", "title: Later", "date: 2025-05-19"),
    # What counts is when it entered the archive.
    "entries/old.md": entry("eeee", "title: Found late", "date: 2020-01-01", "publish_at: 2025-05-13"),
    "digests/2025-W20.md": NOTE,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_site(tmp_path_factory.mktemp("digests"), FILES)
    settings = folder / "pelicanconf.py"
    settings.write_text(
        f"from pouch.settings import *\n{settings.read_text('utf-8')}"
        'POUCH_FEATURES = [*ALL_FEATURES, "digests"]\nPOUCH_CONTACT = "desk@example.org"\n',
        "utf-8",
    )
    assert run(folder, "build", "--jobs", "1").exit_code == 0
    return folder


def main_of(file: Path) -> str:
    return file.read_text("utf-8").partition("<main")[2].partition("</main>")[0]


def test_a_week_has_a_page_with_its_note(site: Path) -> None:
    """What the editor pinned leads; each briefing once, in the reader's language."""
    html = main_of(site / "output/digests/2025-w20/index.html")
    assert re.findall(r'class="card__link"[^>]*>([^<]+)<', html) == ["A &lt;flood&gt;", "Talks", "Found late"]
    assert "A <em>quiet</em> week" in html
    assert 'href="/digests/2025-w21/" rel="prev"><span class="pager__label">Week 21, 2025<' in html
    assert "Pourparlers" in main_of(site / "output/fr/digests/2025-w20/index.html")
    listed = main_of(site / "output/digests/index.html")
    assert listed.index("/digests/2025-w21/") < listed.index("/digests/2025-w20/")


def test_the_feed_has_an_item_a_week(site: Path) -> None:
    """With the titles, newest first."""
    read = feedparser.parse((site / "output/digests/feed.xml").read_bytes())
    assert [item.link for item in read.entries] == [
        "https://example.org/digests/2025-w21/",
        "https://example.org/digests/2025-w20/",
    ]
    assert "Found late" in read.entries[1].summary
    assert b"fh:complete" in (site / "output/digests/feed.xml").read_bytes()


def test_the_mail_has_both_forms_and_absolute_addresses(site: Path, tmp_path: Path) -> None:
    """No picture, no script, nothing that is fetched; the note, and every briefing."""
    outcome = run(site, "digest", "--week", "2025-W20", "--output", str(tmp_path / "a.eml"))
    assert outcome.exit_code == 0, outcome
    data = (tmp_path / "a.eml").read_bytes()
    assert len(data) < 100_000
    mail = email.message_from_bytes(data, policy=policy.default)
    assert (mail["From"], mail["Subject"]) == (
        "Test archive <desk@example.org>",
        "Test archive: Week 20, 2025",
    )
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    text, page = plain.get_content(), html.get_content()
    for part in ("A quiet week, and why", "* A <flood>", "  - One.", "https://example.org/briefings/old/"):
        assert part in text
    links = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert len(links) == 5
    assert all(link.startswith("https://example.org/") for link in links)
    assert not re.search(r"<(?:img|script|link|form)\b", page)
    assert "A &lt;flood&gt;" in page
    assert re.search(r'<a class="link"[^>]* style="', page)
    assert run(site, "digest", "--week", "2025-W20", "--output", str(tmp_path / "b.eml")).exit_code == 0
    assert (tmp_path / "b.eml").read_bytes() == data


def test_a_mail_for_some_readers(site: Path, tmp_path: Path) -> None:
    """By country, topic and language; the note is about the whole week, so it stays out."""
    file = tmp_path / "fr.eml"
    outcome = run(
        site, "digest", "--week", "2025-W20", "--country", "Ukraine", "--lang", "fr", "--output", str(file)
    )
    assert outcome.exit_code == 0, outcome
    mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "Test archive: Ukraine, Semaine 20, 2025"
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Pourparlers" in text
    assert "flood" not in text
    assert "quiet" not in text


def test_without_a_week_it_is_the_last_that_is_over(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a Monday the week that ended yesterday, on a Sunday still the one before, on the site's own clock."""
    named = []
    for moment in ("2025-05-19T00:30:00+02:00", "2025-05-25T22:00:00+02:00"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(moment).timestamp())))
        monkeypatch.chdir(tmp_path)
        named.append(run(site, "digest").stdout.strip())
    assert named == ["digest-2025-W20.eml"] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--week", "2025-20"), "is no week"),
        (("--week", "2025-W20", "--lang", "nl"), "is no interface language"),
        (("--week", "2019-W20"), "no briefing entered the archive in 2019-W20"),
    ],
)
def test_a_wrong_wish_is_answered(site: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit code 2, and the reason."""
    outcome = run(site, "digest", *arguments)
    assert outcome.exit_code == 2
    assert message in outcome.stderr
