"""`pouch diff`, as whoever reviews a change calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pouch.settings
from pouch.diff import difference
from pouch.engine.build import build
from pouch.look import Look
from pouch.site import Site, load_site
from tests.commands.repository import CONTENT, FLOOD, TALKS, edit, make_repository, section
from tests.commands.sites import SETTINGS, TOPICS, entry, git, make_site, run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in a repository, one commit old."""
    return make_repository(tmp_path)


def built(site: Path, output: Path) -> dict[str, bytes]:
    """Every file that a clean build makes, by its address; of the search index, those that stand for its parts."""
    build(load_site(site, None, output), clean=True)
    return {
        f"/{file.relative_to(output).as_posix().removesuffix('index.html')}": file.read_bytes()
        for file in output.rglob("*")
        if file.is_file()
        and ("index" not in file.parts or file.name == "entry.index" or file.suffix == ".names")
    }


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a clean build of that commit makes."""
    root = tmp_path_factory.mktemp("before")
    return built(make_site(root, CONTENT), root / "output")


EDITS: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "a new briefing": {"entries/2025/03/more.md": entry("more01", "countries: [KE]", "topics: [flood]")},
    "a briefing gone": {FLOOD: None},
    "another body": {TALKS: entry("talks01", body="Other words.")},
    "another title": {TALKS: entry("talks01", "title: Peace talks")},
    "a draft": {TALKS: entry("talks01", "status: draft")},
    "an embargo": {TALKS: entry("talks01", "publish_at: 2999-01-01")},
    "another label": {"vocabulary/topics.toml": TOPICS.replace("Flood", "Deluge")},
    "another slug": {"vocabulary/topics.toml": f'{TOPICS}\nslug = "floods"\nformerly = ["flood"]\n'},
    "a topic moved": {"vocabulary/topics.toml": TOPICS.replace('parent = "war"', 'parent = "flood"')},
    "a dossier": {"dossiers/countries/PE.md": "Words.\n"},
    "an image": {"images/map.svg": "<svg/>"},
}


@pytest.mark.parametrize("name", EDITS)
def test_what_it_lists_is_what_a_build_would_change(
    name: str, site: Path, tmp_path: Path, before: dict[str, bytes]
) -> None:
    """The addresses added, changed and removed are those whose bytes differ between two clean builds."""
    for path, text in EDITS[name].items():
        edit(site, path, text)
    after = built(site, tmp_path / "after")
    outcome = run(site, "diff", "HEAD", "--json")
    assert outcome.exit_code == 0, outcome.stderr
    told = json.loads(outcome.stdout)
    listed = {
        word: {change["address"] for kind in ("pages", "feeds", "files") for change in told[kind][word]}
        for word in ("added", "changed", "removed")
    }
    assert listed == {
        "added": after.keys() - before.keys(),
        "changed": {address for address in after.keys() & before.keys() if before[address] != after[address]},
        "removed": before.keys() - after.keys(),
    }


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({TALKS: entry("talks01", "countries: [UA, KE]")}, ["+ /countries/kenya/  (country KE)"]),
        ({FLOOD: None}, ["- /countries/fiji/  (country FJ)"]),
        (
            EDITS["another slug"],
            ["~ /topics/floods/  (topic flood: its address, once /topics/flood/)"],
        ),
        (
            EDITS["another label"],
            ["~ /topics/flood/  (topic flood: its name, once Flood / Inondation, now Deluge / Inondation)"],
        ),
        (EDITS["a topic moved"], ["~ /topics/ceasefire/  (topic ceasefire: its place among the others)"]),
        ({TALKS: entry("talks01", body="Other words.")}, []),
    ],
)
def test_terms_that_come_change_and_go(edits: dict[str, str | None], expected: list[str], site: Path) -> None:
    """A reviewer sees at once which countries and topics a change touches."""
    for path, text in edits.items():
        edit(site, path, text)
    assert section(run(site, "diff", "HEAD").stdout, "terms") == expected


def test_faults_are_told_with_the_side_that_has_them(site: Path) -> None:
    """Exit code 1, with the revision before the path where the fault is in the past."""
    edit(site, TALKS, entry("talks01", "topics: [wr]"))
    outcome = run(site, "diff", "HEAD")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("content/entries/2025/03/talks.md:")
    git(site, "commit", "-qam", "A slip")
    edit(site, TALKS, entry("talks01"))
    outcome = run(site, "diff", "HEAD")
    assert outcome.exit_code == 1
    assert outcome.stderr.startswith("HEAD:content/entries/2025/03/talks.md:")


def test_settings_of_production_are_compared_with_their_own_past(site: Path) -> None:
    """`--settings publishconf.py` is read on both sides, so a new domain changes every page."""
    settings = site / "publishconf.py"
    settings.write_text(SETTINGS, "utf-8")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "Production")
    outcome = run(site, "diff", "HEAD", "--settings", str(settings))
    assert outcome.stdout == ""
    assert outcome.stderr == "nothing: readers see what they saw at HEAD\n"
    settings.write_text(SETTINGS.replace("example.org", "example.net"), "utf-8")
    shown = run(site, "diff", "HEAD", "--all", "--settings", str(settings)).stdout
    assert "~ /briefings/talks/" in section(shown, "pages")


def test_settings_that_changed_are_named(site: Path) -> None:
    """A reviewer reads why every page differs; in each form, and nothing of folders, which differ in any checkout."""
    settings = site / "pelicanconf.py"
    more = 'SITENAME = "Other"\nPOUCH_TAGLINE = "News"\nPOUCH_PER_PAGE = 7\n'
    policy = 'POUCH_CSP = {"script-src": ["https://a.example"]}\n'
    settings.write_text(settings.read_text("utf-8") + more + policy, "utf-8")
    names = ["POUCH_CSP", "POUCH_PER_PAGE", "POUCH_TAGLINE", "SITENAME"]
    assert f"settings: {', '.join(names)}\n" in run(site, "diff", "HEAD").stdout
    assert json.loads(run(site, "diff", "HEAD", "--json").stdout)["settings"] == names
    shown = run(site, "diff", "HEAD", "--format", "markdown").stdout
    assert "### Settings\n\n- POUCH_CSP\n- POUCH_PER_PAGE\n- POUCH_TAGLINE\n- SITENAME\n" in shown


def test_every_setting_has_its_name() -> None:
    """One that a checkout's folder does not decide is a setting that a person can write."""
    fields = {*Site.__struct_fields__, *Look.__struct_fields__} - difference.OF_A_FOLDER
    assert {f"POUCH_{field.upper()}" for field in fields - difference.SETTINGS.keys()} <= vars(
        pouch.settings
    ).keys()


def test_one_changed_title_is_told_in_a_few_lines(site: Path) -> None:
    """The briefing and its two titles first, then what subscribers see, then numbers; `--all` has the lists."""
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    shown = run(site, "diff", "HEAD").stdout
    assert shown.splitlines()[:5] == [
        "briefings: 1 changed",
        '  ~ /briefings/talks/  "Peace talks"  content/entries/2025/03/talks.md',
        '      title: "Talks" → "Peace talks"',
        "subscribers see 1 changed",
        '  ~ /briefings/talks/  "Peace talks"',
    ]
    assert len(shown.splitlines()) <= 10
    assert section(run(site, "diff", "HEAD", "--all").stdout, "pages")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (
            {TALKS: entry("talks01", body="Text and more.\n\n## A heading")},
            [
                '~ /briefings/talks/  "Talks"  content/entries/2025/03/talks.md',
                "text: +5 -1 words: [-Text.-] {+Text and more. ## A heading+}",
            ],
        ),
        (
            {TALKS: entry("talks01", "countries: [UA, KE]", "topics: [ceasefire]", "updated: 2025-03-06")},
            [
                '~ /briefings/talks/  "Talks"  content/entries/2025/03/talks.md',
                "countries: +KE",
                "topics: +ceasefire -war",
                'updated: nothing → "2025-03-06"',
            ],
        ),
        (
            {TALKS: None, "entries/2025/04/talks.md": entry("talks01", "source: {name: Post}")},
            [
                '~ /briefings/talks/  "Talks"  content/entries/2025/04/talks.md',
                'file: "content/entries/2025/03/talks.md" → "content/entries/2025/04/talks.md"',
                'source.name: nothing → "Post"',
            ],
        ),
        (
            {TALKS: entry("talks01", "status: draft")},
            [
                '~ /briefings/talks/  "Talks"  content/entries/2025/03/talks.md  (draft)',
                'status: nothing → "draft"',
            ],
        ),
        (
            {TALKS: entry("talks01", "publish_at: 2199-01-01")},
            [
                '~ /briefings/talks/  "Talks"  content/entries/2025/03/talks.md  (waits until 2199-01-01)',
                'publish_at: nothing → "2199-01-01"',
            ],
        ),
        (
            {FLOOD: None, "entries/2025/03/more.md": entry("more01", "title: More")},
            [
                '+ /briefings/more/  "More"  content/entries/2025/03/more.md',
                '- /briefings/rain/  "Rain"  content/entries/2025/03/rain.md',
            ],
        ),
        ({TALKS: entry("talks01").replace("\n", "\r\n")}, []),
    ],
)
def test_briefings_by_field(edits: dict[str, str | None], expected: list[str], site: Path) -> None:
    """A reviewer reads what an editor did, without looking at the files."""
    for path, text in edits.items():
        edit(site, path, text)
    assert section(run(site, "diff", "HEAD").stdout, "briefings") == expected


def test_dossiers_and_pages_are_texts_too(site: Path) -> None:
    """What an editor says of a term, and of the archive."""
    edit(site, "dossiers/countries/UA.md", "Words.\n")
    edit(site, "pages/about.md", "---\ntitle: About\n---\n\nWho we are.\n")
    shown = run(site, "diff", "HEAD").stdout
    assert section(shown, "dossiers") == [
        '+ /countries/ukraine/  "Ukraine"  content/dossiers/countries/UA.md'
    ]
    assert section(shown, "pages of content/pages") == ['+ /about/  "About"  content/pages/about.md']


def test_a_comment_for_a_pull_request_is_markdown(site: Path) -> None:
    """A title's own signs show as they are, nobody is called by name, and the lists fold."""
    edit(site, TALKS, entry("talks01", 'title: "*Talks* with @someone <b>"', body="Text, and more."))
    shown = run(site, "diff", "HEAD", "--format", "markdown", "--all").stdout
    title = r"\*Talks\* with &#64;someone \<b\>"
    assert f"- **{title}** changed `content/entries/2025/03/talks.md`" in shown
    assert f'  - title: "Talks" → "{title}"' in shown
    assert "  - text: +3 -1 words: ~~Text.~~ **Text, and more.**" in shown
    assert f"- 1 changed: {title}" in shown
    assert shown.count("<details>") == shown.count("</details>") >= 2


def test_a_program_gets_all_of_it(site: Path) -> None:
    """Texts with their fields before and after, subscribers, and the lists that were there before."""
    edit(site, TALKS, entry("talks01", "title: Peace talks"))
    told = json.loads(run(site, "diff", "HEAD", "--format", "json").stdout)
    (text,) = told["texts"]
    assert (text["id"], text["change"], text["kind"]) == ("talks01", "changed", "entry")
    assert [(field["field"], field["before"], field["after"]) for field in text["fields"]] == [
        ("title", "Talks", "Peace talks")
    ]
    assert [item["id"] for item in told["subscribers"]["changed"]] == ["talks01"]
    assert told["problems"] == []
    assert told == json.loads(run(site, "diff", "HEAD", "--json").stdout)


@pytest.mark.parametrize(
    ("edits", "code", "words"),
    [
        ({TALKS: entry("other01")}, "changed-id", "the id was 'talks01' at HEAD"),
        ({TALKS: None, "entries/elsewhere.md": entry("other01", "slug: talks")}, "changed-id", "'talks01'"),
        (
            {
                TALKS: None,
                "entries/election.md": entry("talks01", "title: Election", body="A vote was held."),
            },
            "reused-id",
            "that of 'Talks' at HEAD",
        ),
        (
            {
                TALKS: None,
                "entries/2025/04/parley.md": entry("talks01", "title: Parley", "formerly: [talks]"),
            },
            "",
            "",
        ),
        ({TALKS: None, "entries/election.md": entry("other01", "title: Election", body="A vote.")}, "", ""),
        ({TALKS: None, "entries/parley.md": entry("talks01", "title: Parley")}, "", ""),
    ],
)
def test_an_id_that_was_changed_or_reused_is_an_error(
    edits: dict[str, str | None], code: str, words: str, site: Path
) -> None:
    """Subscribers know a briefing by its id alone; a moved, renamed or replaced one is no fault."""
    for path, text in edits.items():
        edit(site, path, text)
    assert run(site, "diff", "HEAD").exit_code == 0
    outcome = run(site, "diff", "HEAD", "--check")
    assert outcome.exit_code == (1 if code else 0), outcome.stderr
    assert (f"[{code}]" in outcome.stderr) if code else ("error" not in outcome.stderr)
    assert words in outcome.stderr
    if code == "changed-id":
        assert "subscribers see 1 new, 1 gone" in outcome.stdout


def test_original_and_translation_swapped_is_an_error(site: Path) -> None:
    """The plain feeds would show a version of an old briefing that their subscribers have not seen."""
    french = entry("paix01", "title: Pourparlers", "lang: fr", "translation_of: talks01")
    edit(site, "entries/2025/03/paix.md", french)
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A translation")
    assert run(site, "diff", "HEAD~1").exit_code == 0
    edit(site, "entries/2025/03/paix.md", french.replace("translation_of: talks01\n", ""))
    edit(site, TALKS, entry("talks01", "translation_of: paix01", "lang: en"))
    outcome = run(site, "diff", "HEAD", "--check")
    assert outcome.exit_code == 1
    assert "[new-to-subscribers]" in outcome.stderr
