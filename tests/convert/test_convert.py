"""`pouch convert`, as an editor meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pouch.content.identity import mint
from pouch.content.parse import parse_entry
from pouch.convert.drafts.batch import BatchOptions, convert
from pouch.convert.drafts.drafting import options_from
from pouch.convert.intake.article import Article, Refusal
from pouch.errors import EnvironmentFault
from pouch.site import load_site
from pouch.vocabulary.vocabulary import load_vocabulary
from tests.convert.sites import ENGLISH, run, run_json, tree

SAMPLES = Path(__file__).parents[2] / "samples"
DRAFT = "content/entries/drafts/truce-holds-along-the-river.md"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with one article."""
    path = tmp_path / "article.txt"
    path.write_text(ENGLISH, "utf-8")
    return path


def jsonl(tmp_path: Path, *values: Any) -> Path:
    """A JSONL file; what is bytes goes in as it is."""
    path = tmp_path / "articles.jsonl"
    path.write_bytes(
        b"".join(v + b"\n" if isinstance(v, bytes) else json.dumps(v).encode() + b"\n" for v in values)
    )
    return path


def test_a_text_becomes_a_draft(site: Path, article: Path) -> None:
    """The draft lies where drafts without a date lie, says what it is about, and invents nothing."""
    result = run(site, article)
    assert (result.exit_code, list(tree(site / "content" / "entries"))) == (
        0,
        ["drafts/truce-holds-along-the-river.md"],
    )
    text = (site / DRAFT).read_text("utf-8")
    loaded = load_site(site)
    entry, problems = parse_entry(text, DRAFT, vocabulary=load_vocabulary(loaded)[0], site=loaded)
    assert entry is not None
    assert problems == []
    assert (entry.id, entry.title, entry.lang, entry.status) == (
        mint(ENGLISH),
        "Truce holds along the river",
        "en",
        "draft",
    )
    assert set(entry.countries) == {"IN", "PK"}
    assert entry.topics == ("ceasefire",)
    assert (entry.date, entry.source, entry.summary, entry.publish_at) == (None, None, None, None)
    assert DRAFT in result.stdout
    assert "none found" in result.stdout


def test_json_line(site: Path, article: Path) -> None:
    """Each line of --json holds what DESIGN.md lists, and the draft's own front matter."""
    (line,) = run_json(site, article)
    assert list(line) == [
        "input_id",
        "id",
        "path",
        "entry",
        "date_from",
        "key_point_candidates",
        "body",
        "text",
        "report",
        "problems",
    ]
    assert (line["id"], line["path"], line["date_from"], line["problems"]) == (mint(ENGLISH), DRAFT, None, [])
    assert line["entry"]["title"] == "Truce holds along the river"
    assert line["text"] == "\n".join(ENGLISH.split("\n\n")[1:]).strip()
    assert [kept["unit"] for kept in line["report"]["kept"]] == [1, 3, 5]
    assert line["body"] in (site / DRAFT).read_text("utf-8")


def test_dry_run_writes_nothing(site: Path, article: Path) -> None:
    """A dry run tells the same and leaves the site as it was."""
    before = tree(site)
    (told,) = run_json(site, "--dry-run", article)
    assert tree(site) == before
    assert [told] == run_json(site, article)


def test_converting_again_changes_nothing(site: Path, article: Path) -> None:
    """The same article, from another file and in another spelling of its line ends, is known by its id."""
    run(site, article)

    def archive() -> dict[str, bytes]:
        # Copies of what was read lie apart.
        return {path: data for path, data in tree(site).items() if not path.startswith(".pouch/sources/")}

    before = archive()
    article.with_name("copy.txt").write_bytes(ENGLISH.replace("\n", "\r\n").encode("utf-8-sig"))
    result = run(site, article, article.with_name("copy.txt"))
    assert (result.exit_code, archive()) == (0, before)
    assert result.stdout.count("already there") == 2
    assert run_json(site, article)[0]["path"] == DRAFT


def test_an_edited_entry_is_left_alone(site: Path, article: Path) -> None:
    """What an editor changed stays; converting the article again says so, and --force is needed to lose it."""
    run(site, article)
    edited = (site / DRAFT).read_text("utf-8").replace("a quiet week", "a calm week")
    (site / DRAFT).write_text(edited, "utf-8")
    result = run(site, article)
    assert result.exit_code == 0
    assert "same-id-other-text" in result.stderr
    assert (site / DRAFT).read_text("utf-8") == edited
    assert run(site, "--force", article).exit_code == 0
    assert "a quiet week" in (site / DRAFT).read_text("utf-8")


def test_a_moved_entry_is_found(site: Path, article: Path) -> None:
    """An entry keeps its id when it is published and moved, so it is not written a second time."""
    run(site, article)
    moved = site / "content" / "entries" / "2025" / "03" / "renamed.md"
    moved.parent.mkdir(parents=True)
    (site / DRAFT).rename(moved)
    assert run_json(site, article)[0]["path"] == "content/entries/2025/03/renamed.md"
    assert not (site / DRAFT).exists()


@pytest.mark.parametrize(
    ("options", "date", "date_from", "folder"),
    [
        (("--date", "2025-03-05"), "2025-03-05", "option", "2025/03"),
        (("--date", "2025-03-31T23:30:00Z"), "2025-03-31T23:30:00Z", "option", "2025/04"),
        ((), None, None, "drafts"),
    ],
)
def test_date_option(
    site: Path, article: Path, options: tuple[str, ...], date: str | None, date_from: str | None, folder: str
) -> None:
    """A dated draft lies in its year and month, taken in the site's time zone."""
    (line,) = run_json(site, *options, article)
    assert (line["entry"].get("date"), line["date_from"]) == (date, date_from)
    assert line["path"] == f"content/entries/{folder}/truce-holds-along-the-river.md"


@pytest.mark.parametrize(
    ("opening", "date", "date_from"),
    [
        ("5 March 2025\n\n", "2025-03-05", "text"),
        ("NEW DELHI, 5 March 2025 (UN News) – ", "2025-03-05", "dateline"),
        ("NEW DELHI, March 5 (UN News) – ", None, None),
        ("Tuesday\n\n", None, None),
    ],
)
def test_date_of_the_text(site: Path, opening: str, date: str | None, date_from: str | None) -> None:
    """A date is taken from the text only where it is whole, and the report says where it was found."""
    title, body = ENGLISH.split("\n\n", 1)
    (line,) = run_json(site, "-", stdin=f"{title}\n\n{opening}{body}".encode())
    assert (line["entry"].get("date"), line["date_from"]) == (date, date_from)


def test_options_fill_the_source(site: Path, article: Path) -> None:
    """Address and publisher come from the options, and the id then from the address."""
    url = "https://example.org/story?utm_source=feed"
    (line,) = run_json(site, "--url", url, "--source-name", "UN News", "--lang", "en", article)
    assert line["entry"]["source"] == {"name": "UN News", "url": url}
    assert line["id"] == mint("https://example.org/story")


def test_one_address_is_of_one_article(site: Path, tmp_path: Path) -> None:
    """An address for several articles would make them one: nothing is written, and the word says why."""
    file = jsonl(
        tmp_path, {"text": ENGLISH}, {"text": "Ferry sails again\n\nThe ferry to the islands sails."}
    )
    with pytest.raises(EnvironmentFault, match="--url is the address of one article"):
        run(site, "--url", "https://example.org/story", file)
    assert not (site / "content" / "entries").exists()
    (line,) = run_json(site, "--url", "https://example.org/story", jsonl(tmp_path, {"text": ENGLISH}))
    assert line["id"] == mint("https://example.org/story")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--date", "tomorrow"],
        ["--lang", "french!"],
        ["--url", "ftp://x"],
        ["--home-country", "XX"],
        ["no-such-file.txt"],
    ],
)
def test_wrong_usage(site: Path, article: Path, arguments: list[str]) -> None:
    """An option or a file that cannot be ends the run before anything is written."""
    with pytest.raises(EnvironmentFault, match=re.escape(arguments[-1])):
        run(site, article, *arguments)
    assert not (site / "content" / "entries").exists()


def test_batch_with_faults(site: Path, tmp_path: Path) -> None:
    """Every line of a batch has its line of output in the same order; faults are refused by line, the rest goes on."""
    title, body = ENGLISH.split("\n\n", 1)
    path = jsonl(
        tmp_path,
        {"id": 1, "title": title, "text": body, "url": "https://example.org/1"},
        b"{not json",
        {"id": "empty", "text": "  "},
        ["no object"],
        {"id": None, "title": title, "text": body, "url": "https://EXAMPLE.org/1#top"},
        {
            "id": "other",
            "title": title,
            "text": "Quite another story about the oceans.\n" * 3,
            "url": "https://example.org/1",
        },
        {"id": "same title", "title": title, "text": body + "\nNew.", "url": "https://example.org/2"},
        {
            "id": {"deep": 1},
            "title": "Truce of a bad date",
            "text": body,
            "date": "someday",
            "lang": "no tag",
            "url": "x y",
        },
    )
    lines = run_json(site, path)
    assert [line["input_id"] for line in lines] == [
        1,
        None,
        "empty",
        None,
        None,
        "other",
        "same title",
        {"deep": 1},
    ]
    codes = [[problem["code"] for problem in line["problems"]] for line in lines]
    assert codes[0] == []
    assert codes[1:6] == [
        ["bad-json"],
        ["bad-article"],
        ["bad-article"],
        ["duplicate"],
        ["same-id-other-text"],
    ]
    assert set(codes[7]) == {"bad-date", "bad-language", "bad-address"}
    assert all(
        problem["line"] == number for number, line in enumerate(lines, 1) for problem in line["problems"]
    )
    identity = lines[6]["id"]
    assert lines[6]["path"] == DRAFT.replace(".md", f"-{identity[:4]}.md")
    assert run(site, path).exit_code == 1
    assert len(tree(site / "content" / "entries")) == 3


def test_jobs_change_nothing(site: Path, tmp_path: Path) -> None:
    """Two processes give the same lines and files in the same order as one."""
    title, body = ENGLISH.split("\n\n", 1)
    path = jsonl(tmp_path, *({"id": n, "title": title, "text": f"{body}\nNote {n % 15}."} for n in range(20)))
    one = run(site, "--json", "--dry-run", "--jobs", "1", path)
    two = run(site, "--json", "--jobs", "2", path)
    assert one.stdout == two.stdout
    assert len(tree(site / "content" / "entries")) == 15


@pytest.mark.usefixtures("article")
def test_folders_patterns_and_what_is_no_article(site: Path, tmp_path: Path) -> None:
    """A folder gives its files in the order of their paths; a picture among them is refused with a reason."""
    inbox = tmp_path / "inbox"
    (inbox / "b").mkdir(parents=True)
    (inbox / "b" / "later.txt").write_text(ENGLISH.replace("river", "canal"), "utf-8")
    (inbox / "a.txt").write_text(ENGLISH, "utf-8")
    (inbox / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (inbox / "d.txt").write_bytes(b"")
    (inbox / ".hidden").write_text("x", "utf-8")
    lines = run_json(site, inbox, str(tmp_path / "art*.txt"))
    assert [(line["entry"] or {}).get("title") for line in lines] == [
        "Truce holds along the river", "Truce holds along the canal", None, None, "Truce holds along the river",
    ]  # fmt: skip
    assert [problem["code"] for line in lines for problem in line["problems"]] == [
        "not-text",
        "not-text",
        "duplicate",
    ]
    result = run(site, inbox)
    assert result.exit_code == 1
    assert "PNG" in result.stderr


def test_slugs_of_the_archive_are_taken(site: Path, article: Path) -> None:
    """A title whose slug another entry has, or had, gets the opening of its id behind it."""
    other = site / "content" / "entries" / "2024" / "01" / "old.md"
    other.parent.mkdir(parents=True)
    other.write_text(
        '---\nid: "aaaa1111"\ntitle: Old\ndate: 2024-01-01\nformerly:\n  - truce-holds-along-the-river\n---\n\nText.\n',
        "utf-8",
    )
    (line,) = run_json(site, article)
    assert line["path"] == DRAFT.replace(".md", f"-{line['id'][:4]}.md")


def test_another_article_with_the_same_id(site: Path, article: Path) -> None:
    """Where two articles' ids clash, the later takes the next bits of its hash."""
    url = "https://example.org/story"
    other = site / "content" / "entries" / "2024" / "01" / "old.md"
    other.parent.mkdir(parents=True)
    head = f'---\nid: "{mint(url)}"\ntitle: Old\ndate: 2024-01-01\nsource:\n  url: https://example.com/other\n---\n\n'
    other.write_text(f"{head}Nothing alike.\n", "utf-8")
    (line,) = run_json(site, "--url", url, article)
    assert line["id"] != mint(url)
    assert line["path"] == DRAFT


def test_an_address_that_an_entry_has(site: Path, article: Path) -> None:
    """An article that the archive holds under an id of its own is named and not written twice."""
    other = site / "content" / "entries" / "2024" / "01" / "by-hand.md"
    other.parent.mkdir(parents=True)
    head = "---\nid: by-hand\ntitle: By hand\ndate: 2024-01-01\nsource: {name: UN, url: 'https://Example.org/story#x'}\n---\n\n"
    other.write_text(head + ENGLISH, "utf-8")
    result = run(site, "--url", "https://example.org/story", article)
    assert "by-hand.md" in result.stdout
    assert list(tree(site / "content" / "entries")) == ["2024/01/by-hand.md"]


def test_a_title_is_made_of_the_first_sentence_and_said_so(site: Path) -> None:
    """A text that has no title gets its first sentence, with a warning to write one."""
    body = ENGLISH.split("\n\n", 1)[1]
    (line,) = run_json(site, "-", stdin=body.encode())
    assert line["entry"]["title"].startswith(
        "Observers of the United Nations reported a quiet week along the river"
    )
    assert [problem["code"] for problem in line["problems"] if problem["code"] != "no-topic"] == ["no-title"]


def test_a_fault_of_ours_does_not_end_the_batch(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that Pouch fails on is reported, and the next one is converted."""
    from pouch.convert.drafts import drafting

    whole = drafting.draft

    def failing(article: Article, *rest: Any) -> Any:
        if article.title == "Trap":
            raise KeyError("sprung")
        return whole(article, *rest)

    monkeypatch.setattr(drafting, "draft", failing)
    articles: list[Article | Refusal] = [
        Article("-", 1, text=ENGLISH, title="Trap"),
        Article("-", 2, text=ENGLISH),
    ]
    results = list(
        convert(
            articles,
            options_from(date=None, lang=None, url=None, source_name=None, home_country=None),
            load_site(site),
            BatchOptions(jobs=1),
        )
    )
    assert [result.outcome for result in results] == ["refused", "written"]
    assert "sprung" in results[0].problems[0].message


def test_topics_in_passing(site: Path) -> None:
    """A draft names the topics that much speaks for, and none that a long text names once."""
    text = "Ceasefire holds\n\n" + "The ceasefire and the truce hold, and the ceasefire is watched. " * 8
    (line,) = run_json(
        site, "--lang", "en", "-", stdin=f"{text} The oceans wait, and the oceans rise.".encode()
    )
    assert line["entry"]["topics"] == ["ceasefire"]
