"""Digests: the page of a week, its feed, and the mail, from one site."""

from __future__ import annotations

import email
import re
from datetime import datetime
from email import policy
from pathlib import Path

import feedparser
import pytest

from audit.mail_uses import uses_of
from pouch.markdown.sanitise import TAGS
from tests.commands.sites import entry, make_site, run
from tests.convert.drafts.pictures import png

NOTE = "---\npinned: [bbbb]\n---\n\nA *quiet* week, [and why](/briefings/a/).\n"
# Everything that Markdown may write; a picture, a task, a footnote and a table's sides are what mails have otherwise.
RICH = """---
lang: de
---

## Head[^1]

![A <bridge>](/images/bridge.png)

- [x] done
- [ ] open

| A | B |
|:--|--:|
| 1 | 2 |

[^1]: Why.

""" + "".join(f"<{tag}>{tag}</{tag}>\n\n" for tag in sorted(TAGS - {"img"}))
# What the judge `mail` of audit/ finds that large mail programs take, or lose without harm. Something new must pass
# `make audit JUDGES=mail` before it stands here.
TAKEN = {
    "element": """doctype html head meta title style body table tbody thead tfoot tr td th caption col colgroup p div
        h1 h2 h3 h4 h5 h6 a abbr b bdi bdo blockquote br cite code dd del dfn dl dt em hr i ins kbd li mark ol pre q rp
        rt ruby s samp small span strong sub sup time u ul var wbr""",
    "attribute": """lang dir charset name content class style href role cellpadding cellspacing border width align
        id title scope""",
    "property": """background-color color font-family font-size font-weight line-height mso-line-height-rule margin
        max-width padding text-align text-decoration width""",
    "at-rule": "media prefers-color-scheme",
}  # fmt: skip
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
    "digests/2025-W21.md": RICH,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_site(tmp_path_factory.mktemp("digests"), FILES)
    (folder / "content/images").mkdir()
    (folder / "content/images/bridge.png").write_bytes(png())
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


def html_of(file: Path) -> str:
    part = email.message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_a_mail_uses_what_mail_programs_take(site: Path, tmp_path: Path) -> None:
    """No other element, attribute, property or rule, whatever the editor's note holds."""
    for week in ("2025-W20", "2025-W21"):
        assert run(site, "digest", "--week", week, "--output", str(tmp_path / "a.eml")).exit_code == 0
        used: dict[str, set[str]] = {kind: set() for kind in TAKEN}
        for use in uses_of(html_of(tmp_path / "a.eml")):
            used.setdefault(use.kind, set()).update(use.name.split())
        assert {kind: used[kind] - set(names.split()) for kind, names in TAKEN.items()} == {
            kind: set() for kind in TAKEN
        }
        assert used.get("function", set()) == set()
        assert used["unit"] <= {"px", "%"}
        uses = list(uses_of(html_of(tmp_path / "a.eml")))
        assert [use for use in uses if use.name == "lang" and use.element in ("td", "th")] == []
        assert [
            use for use in uses if use.name == "line-height" and "mso-line-height-rule" not in use.beside
        ] == []
        assert [use for use in uses if use.name == "padding" and use.element not in ("td", "")] == []


def test_a_note_says_the_same_in_a_mail(site: Path, tmp_path: Path) -> None:
    """A picture is its description, a task's box a sign, a column keeps its side, a footnote leads to the page."""
    assert run(site, "digest", "--week", "2025-W21", "--output", str(tmp_path / "a.eml")).exit_code == 0
    html = html_of(tmp_path / "a.eml")
    assert "[A &lt;bridge&gt;]" in html
    assert re.search(r"☑\s*done", html)
    assert re.search(r"☐\s*open", html)
    assert re.search(r'<td class="align-right" style="text-align: right;?">2</td>', html)
    links = re.findall(r'href="([^"]*#[^"]*)"', html)
    assert len(links) == 2
    assert all(link.startswith("https://example.org/digests/2025-w21/#") for link in links)
    assert re.search(r'<div lang="de">', html)


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
