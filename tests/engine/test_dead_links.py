"""Links within the site: what readers would not find is told where it is written, by check and build alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pouch.engine.check.checking import site_problems
from pouch.problems import Problem
from tests.engine.sites import SETTINGS, WorkSite


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site below a path, in two languages, with what links can lead to."""
    settings = SETTINGS.replace("https://example.org", "https://example.org/archive")
    work = WorkSite(tmp_path / "site", f'{settings}POUCH_LANGUAGES = ["en", "fr"]\n')
    for number in range(3):
        work.entry(f"talks-{number}", countries="UA", topics="ceasefire")
    work.entry(
        "port", countries="FR", topics="trade", body="First.\n\n## Tonnage\n\nIt grew.[^1]\n\n[^1]: A note."
    )
    work.entry("later", date="2199-01-01")
    work.entry("moved", slug="port-calls", formerly="[harbour]")
    draft = "id: idea\ntitle: Idea\nstatus: draft\ncountries: [UA]\ntopics: [war]"
    work.write(
        "content/entries/drafts/idea.md",
        f"---\n{draft}\n---\n\nText.\n",
    )
    work.write("content/pages/method.md", "---\ntitle: Method\n---\n\n## How we count\n\nText.\n")
    work.write("content/images/report.pdf", "%PDF")
    work.write("content/images/two words.pdf", "%PDF")
    work.write("content/files/data.csv", "a,b")
    work.write("content/dossiers/topics/trade.md", "Trade.\n\n## Prices\n\nThey rose.\n")
    work.write("content/extra/notes.html", "<p id='part'>Part</p>")
    return work


def problems_of(
    work: WorkSite, links: Sequence[str], file: str = "content/entries/alpha.md"
) -> dict[str, Problem]:
    """What is said of these links in one file, by link; each must be told on its own line, and nothing else there."""
    head = ["---", "title: Alpha", "---", ""]
    if file.startswith("content/entries"):
        head[1:2] = [
            "id: alpha",
            "title: Alpha",
            "date: 2025-03-05",
            "countries: [UA]",
            "topics: [ceasefire]",
        ]
    lines = [*head, *(f"See [this]({link}).\n" for link in links), "## The same", "", "More.", ""]
    text = "\n".join(lines)
    work.write(file, text)
    found: dict[str, Problem] = {}
    for problem in site_problems(work.site()).problems:
        if problem.path == file:
            link = text.splitlines()[problem.line - 1][len("See [this](") : -len(").")]
            assert link not in found
            found[link] = problem
    return found


SOUND = [
    "/",
    "/fr/",
    "/topics/ceasefire/",
    "/topics/ceasefire",
    "/topics/ceasefire/index.html",
    "/fr/topics/ceasefire/",
    "/topics/war/",
    "/countries/ukraine/",
    "/countries/ukraine/ceasefire/",
    "/countries/ukraine/feed.xml",
    "/regions/europe/",
    "/archive/2025/03/",
    "/about/",
    "/method/#how-we-count",
    "/topics/trade/#prices",
    "/fr/topics/trade/#prices",
    "/subscribe/#country-UA",
    "/notes.html#part",
    "/briefings/harbour/#one",
    "/images/report.pdf#page=3",
    "/briefings/port/#tonnage",
    "/briefings/port/#_related",
    "/briefings/harbour/",
    "port.md#tonnage",
    "/search/?q=port",
    "/images/report.pdf",
    "/images/report.pdf#page=3",
    "images/report.pdf",
    "/images/two%20words.pdf",
    "/sitemap.xml",
    "/feed.xml",
    "#the-same",
    "#top",
    "#_content",
    "#:~:text=First",
    "https://example.org/archive/topics/ceasefire/",
    "http://EXAMPLE.org/archive/briefings/port/#tonnage",
    "https://example.org/shop/",
    "https://example.org:8443/archive/none/",
    "https://example.com/archive/none/",
    "https://example.org/archive",
    "mailto:desk@example.org",
]


@pytest.mark.parametrize("file", ["content/entries/alpha.md", "content/pages/alpha.md"])
def test_a_link_to_what_is_published_is_sound(work: WorkSite, file: str) -> None:
    """Pages, files, feeds, former addresses, headings, and one's own addresses in full."""
    assert problems_of(work, SOUND, file) == {}


TOLD = [
    ("/topics/seasefire/", "dead-link", "did you mean /topics/ceasefire/?"),
    ("/Topics/ceasefire/", "dead-link", "did you mean /topics/ceasefire/?"),
    ("/countries/ukrane/", "dead-link", "did you mean /countries/ukraine/?"),
    ("/fr/topics/seasefire/", "dead-link", "did you mean /fr/topics/ceasefire/?"),
    ("/regions/europa/", "dead-link", "did you mean /regions/europe/?"),
    ("/contact/", "dead-link", "no page of the site"),
    ("/archive/2019/", "dead-link", "no page of the site"),
    ("/countries/japan/", "dead-link", "'Japan' has no page yet"),
    ("/countries/france/trade/", "dead-link", "at least 3 briefings"),
    ("/countries/france/2025/", "dead-link", "at least 3 briefings"),
    ("/images/none.pdf", "dead-link", "no file of the site"),
    ("images/none.pdf", "dead-link", "no file of the site"),
    ("/files/data.csv", "dead-link", "add 'files' to STATIC_PATHS"),
    ("#tonnages", "missing-anchor", "'tonnages'"),
    ("#the-sam", "missing-anchor", "did you mean #the-same?"),
    ("/briefings/port/#tonnages", "missing-anchor", "did you mean #tonnage?"),
    ("/method/#how-we-counted", "missing-anchor", "did you mean #how-we-count?"),
    ("/topics/trade/#price", "missing-anchor", "did you mean #prices?"),
    ("/fr/topics/trade/#price", "missing-anchor", "did you mean #prices?"),
    ("/topics/#trade", "missing-anchor", "'trade'"),
    ("/countries/ukraine/#news", "missing-anchor", "'news'"),
    ("/subscribe/#country-FI", "missing-anchor", "'country-FI'"),
    ("/archive/#2025", "missing-anchor", "'2025'"),
    ("/notes.html#parts", "missing-anchor", "did you mean #part?"),
    ("https://example.org/archive/topics/seasefire/", "dead-link", "did you mean /topics/ceasefire/?"),
    ("https://example.org/archive/briefings/none/", "dead-link", "no page of the site"),
    ("http://example.org/archive/briefings/port/#tonnages", "missing-anchor", "did you mean #tonnage?"),
    ("/briefings/later/", "link-to-draft", "waits until 2199-01-01"),
    ("/briefings/idea/", "link-to-draft", "a draft"),
    ("/briefings/none/", "broken-link", "no entry"),
]


@pytest.mark.parametrize("file", ["content/entries/alpha.md", "content/pages/alpha.md"])
def test_a_link_to_what_readers_do_not_find_is_told(work: WorkSite, file: str) -> None:
    """With its line, the reason, and what was probably meant."""
    found = problems_of(work, [link for link, code, _ in TOLD if code != "broken-link"], file)
    # An error ends a check before the site is planned.
    found |= problems_of(work, [link for link, code, _ in TOLD if code == "broken-link"], file)
    for link, code, words in TOLD:
        problem = found[link]
        assert problem.code == code, link
        assert link in problem.message
        assert words in f"{problem.message}; {problem.hint}"


@pytest.mark.parametrize(
    ("target", "cure"),
    [
        ("../pages/method.md", "write /method/"),
        ("../dossiers/topics/trade.md", "write the address of the topic's page"),
        ("moved.md", "write /briefings/port-calls/"),
    ],
)
def test_a_link_to_a_file_of_another_address_names_it(work: WorkSite, target: str, cure: str) -> None:
    """GitHub's preview follows such a link; the site's pages are elsewhere."""
    problem = problems_of(work, [target])[target]
    assert (problem.code, problem.hint) == ("broken-link", cure)


def test_two_files_of_one_name_are_told_apart_by_their_folders(work: WorkSite) -> None:
    """A link by path means that very file, though another entry has the address that its name suggests."""
    first = work.entry("same")
    work.write(
        "content/entries/old/same.md", first.read_text("utf-8").replace('"same"', '"other"\nslug: old-same')
    )
    found = problems_of(work, ["same.md", "old/same.md"])
    assert found.keys() == {"old/same.md"}
    assert found["old/same.md"].hint == "write /briefings/old-same/"


def test_a_build_tells_what_a_check_tells(work: WorkSite) -> None:
    """All of it at first; then only what is new: a link in a changed file, or to a page that went."""
    work.entry("alpha", body="[a](/topics/seasefire/) and [b](/countries/france/)")
    work.entry("beta", body="[c](#none)")
    first = work.build().warnings
    assert sorted(first) == site_problems(work.site()).problems
    assert sum(problem.code == "dead-link" for problem in first) == 1

    def dead() -> list[str]:
        return [p.path for p in work.build().warnings if p.code in ("dead-link", "missing-anchor")]

    assert dead() == []
    work.entry("beta", title="Another")
    assert dead() == []
    work.entry("beta", body="[c](#nothing)")
    assert dead() == ["content/entries/beta.md"]
    work.entry("port", countries="UA")
    assert set(dead()) >= {"content/entries/alpha.md"}
    assert (
        sum("/countries/france/" in problem.message for problem in site_problems(work.site()).problems) == 1
    )


def test_links_of_settings_dossiers_and_vocabulary_are_checked(tmp_path: Path) -> None:
    """Wherever a link within the site is written, a dead one is told, with its line; a build says so at the edit."""
    menu = 'POUCH_MENU = [("None", "/none/"), "/topics/", ("Part", "/topics/#none"), ("Away", "https://example.com/")]\n'
    footer = 'POUCH_FOOTER = "[a](/topics/seasefire/) <script>b</script> [c](https://example.org/nothing/)"\n'
    work = WorkSite(tmp_path / "site", f"{SETTINGS}{menu}{footer}")
    work.entry("alpha", countries="UA", topics="trade")
    work.write(
        "content/dossiers/topics/trade.md",
        "---\nlinks:\n  - {title: Home, url: https://example.org/}\n"
        "  - {title: A, url: https://example.org/briefings/none/}\n---\n\nTrade.\n",
    )
    topics = work.root / "content/vocabulary/topics.toml"
    see = "See [the topic](/topics/seasefire/), https://example.org/topics/ and [here](#x)."
    description = f'description = {{ en = "{see}" }}\n'
    topics.write_text(
        topics.read_text("utf-8") + f'\n[fog]\nlabels = {{ en = "Fog" }}\n{description}', "utf-8"
    )
    top = len(SETTINGS.splitlines())
    expected = {
        ("pelicanconf.py", top + 1, "dead-link"): "/none/",
        ("pelicanconf.py", top + 1, "missing-anchor"): "#none",
        ("pelicanconf.py", top + 2, "dead-link"): "",
        ("pelicanconf.py", top + 2, "html-left-out"): "POUCH_FOOTER",
        ("content/dossiers/topics/trade.md", 4, "dead-link"): "/briefings/none/",
        (
            "content/vocabulary/topics.toml",
            len(topics.read_text("utf-8").splitlines()) - 2,
            "dead-link",
        ): "seasefire",
    }
    checked = site_problems(work.site()).problems
    assert {(p.path, p.line, p.code) for p in checked} == expected.keys()
    for problem in checked:
        assert expected[problem.path, problem.line, problem.code] in problem.message
    assert sorted(work.build().warnings) == checked
    assert work.build().warnings == []
    topics.write_text(topics.read_text("utf-8").replace("seasefire", "seasefires"), "utf-8")
    assert "seasefires" in " ".join(problem.message for problem in work.build().warnings)
