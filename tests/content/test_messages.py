"""Faults that people make who never read a manual: each message names the line that is wrong and a form that passes."""

from __future__ import annotations

import pytest

from pouch.content.parse import read_text
from pouch.editing.fix import fixed_text
from tests.content.samples import PATH, a_context

USUAL = {
    "id": "id: abcd",
    "title": "title: Talks",
    "date": "date: 2025-03-05",
    "countries": "countries: [UA]",
    "topics": "topics: [war]",
}
# What is written, in place of the key named or behind all keys → line, what the message has, what is to be written.
FAULTS: list[tuple[str, str, int, str, str]] = [
    ("title", "title: Talks: day two", 3, "a colon and a space", 'title: "Talks: day two"'),
    ("title", "title: “Talks”: day two", 3, "a colon and a space", 'title: "“Talks”: day two"'),
    ("title", "title:Talks", 3, "a space is missing after the colon", "title: Talks"),
    ("title", 'title: "Talks', 3, 'the quotation mark " is opened', 'title: "Talks"'),
    ("title", "title: @war talks", 3, "a text that starts with @", 'title: "@war talks"'),
    ("title", "title: *Talks*", 3, "a text that starts with *", 'title: "*Talks*"'),
    ("title", "title: %50 rise", 3, "a text that starts with %", 'title: "%50 rise"'),
    ("title", "Title: Talks", 3, "unknown key 'Title'", "title: Talks"),
    ("title", "headline: Talks", 3, "unknown key 'headline'", "title: Talks"),
    ("date", "date: 2025/3/5", 4, "'2025/3/5' is not written as", "date: 2025-03-05"),
    ("countries", "countries: UA, RU", 5, "`countries` must be a list", "countries: [UA, RU]"),
    ("countries", "countries:\n-UA", 6, "a space is missing after the hyphen", "countries:\n- UA"),
    ("countries", "countries:\n  -UA\n  -RU", 6, "`countries` must be a list", "countries: [UA, RU]"),
    ("countries", "countries: [Ukraine and France]", 5, "unknown country", "countries: [Ukraine, France]"),
    ("countries", "country: Ukraine", 5, "unknown key 'country'", "countries: [Ukraine]"),
    ("topics", "topics: [war", 6, "the bracket [ is opened and not closed", "topics: [war]"),
    ("topics", "tags: war, flood", 6, "unknown key 'tags'", "topics: [war, flood]"),
    ("topics", "category: War", 6, "unknown key 'category'", "topics: [War]"),
    ("", "url: https://a.example/b", 7, "unknown key 'url'", "source: {url: https://a.example/b}"),
    ("", "source: https://a.example/b", 7, "`source` must be a table", "source: {url: https://a.example/b}"),
    ("", "source: [https://a.example/b]", 7, "`source` must be a table", "source: [{url: https://a.example/b}]"),
    ("", "source: Reuters, London", 7, "`source` must be a table", "source: {name: 'Reuters, London'}"),
    ("", "source:\n\tname: Reuters", 8, "the line starts with a tab", "source:\n  name: Reuters"),
    ("", "source: {name: Reuters", 7, "the bracket { is opened and not closed", "source: {name: Reuters}"),
    ("", "source: {name: A, archived: 'https://b.example/c'}", 7, "`source.archived` must be a table",
     "source: {name: A, archived: {url: https://b.example/c}}"),
    ("", "draft: true", 7, "unknown key 'draft'", "status: draft"),
    ("", "draft: no", 7, "unknown key 'draft'", "status: published"),
    ("", "author: Jo Dunn", 7, "unknown key 'author'", "authors: [Jo Dunn]"),
    ("", "byline: Jo Dunn, Ann Lee", 7, "unknown key 'byline'", "authors: [Jo Dunn, Ann Lee]"),
    ("", "image: quay.jpg", 7, "`image` must be a table", "image: {file: images/quay.jpg, alt: what it shows}"),
    ("", "photo: images/quay.jpg", 7, "unknown key 'photo'", "image: {file: images/quay.jpg, alt: what it shows}"),
    ("", 'corrections: ["Four ships"]', 7, "`corrections` must be a table",
     "corrections: [{date: 2025-03-05, note: Four ships}]"),
    ("", "corrections: It was four, not three", 7, "`corrections` must be a list",
     "corrections: [{date: 2025-03-05, note: 'It was four, not three'}]"),
    ("", "correction: Four ships", 7, "unknown key 'correction'",
     "corrections: [{date: 2025-03-05, note: Four ships}]"),
    ("", "corrections: {date: 2025-03-05, note: Four}", 7, "`corrections` must be a list",
     "corrections: [{date: 2025-03-05, note: Four}]"),
    ("", "summary:\n  - Ships sail", 8, "`summary` must be text", "summary: Ships sail"),
    ("", "summary: #1 of the talks", 7, "`summary` is empty, since '#1'", 'summary: "#1 of the talks"'),
    ("", "formerly: [/briefings/old/]", 7, "cannot be an address", "formerly: [old]"),
    ("", "slug: /2025/03/talks-in-jeddah/", 7, "cannot be an address", "slug: talks-in-jeddah"),
    ("title", "title:Talks\nsummary:The talks", 3, "a space is missing after the colon", "title: Talks"),
    ("", "key_points:\n- One\n -Two", 9, "a space is missing after the hyphen", "key_points:\n- One\n- Two"),
    ("countries", "countries: [“UA”, Russia]", 5, "unknown country", "countries: [UA, Russia]"),
    ("countries", "countries: [«Russia»]", 5, "unknown country", "countries: [Russia]"),
    ("topics", "topics: [‘war’]", 6, "unknown topic '‘war’'", "topics: [war]"),
    ("date", "date: ”2025-03-05”", 4, "is not a date", "date: 2025-03-05"),
    ("", "lang: „fr“", 7, "is not a language tag", "lang: fr"),
    ("", "status: “draft”", 7, "is not a status", "status: draft"),
    ("", "corrections:\n  - 2025-03-06: Four ships", 8, "a table of `date` and `note`",
     "corrections: [{date: 2025-03-06, note: Four ships}]"),
    ("", "source: {name: Agency #1, url: https://a.example/b}", 7, "a # starts a comment",
     "source: {name: 'Agency #1', url: https://a.example/b}"),
    ("", "key_points: [Four ships #2, Grain]", 7, "a # starts a comment",
     "key_points: ['Four ships #2', Grain]"),
    ("title", "title:\u200b Talks", 3, "U+200B", "title: Talks"),
    ("title", "t\u0456tle: Talks", 3, "U+0456", "title: Talks"),
    ("countries", "countries: [U\u0410]", 5, "U+0410", "countries: [UA]"),
    ("topics", "topics: [\u0441easefire]", 6, "U+0441", "topics: [ceasefire]"),
    ("topics", "topics: [war\u200b]", 6, "U+200B", "topics: [war]"),
    ("", "lang: French", 7, "'French' is not a language tag", "lang: fr"),
    ("title", "title = Talks", 3, "an equals sign stands", "title: Talks"),
    ("title", "title = Talks: day two", 3, "an equals sign stands", 'title: "Talks: day two"'),
    ("title", "title:Talks: day two", 3, "a space is missing", 'title: "Talks: day two"'),
    ("", "lang\nsummary: Ships", 7, "a colon is missing after the key", "lang:\nsummary: Ships"),
    ("", "summary: Ships sail\nat noon today\nlang: fr", 8, "the line has no key",
     "summary: Ships sail\n  at noon today\nlang: fr"),
    ("", "summary: >\nShips sail at noon\nlang: fr", 8, "the line has no key",
     "summary: >\n  Ships sail at noon\nlang: fr"),
    ("", "source:\n  name: Post\n url: https://a.example/b", 9, "indented by 1 space",
     "source:\n  name: Post\n  url: https://a.example/b"),
    ("", "source:\n  name: Post\n    url: https://a.example/b", 9, "indented by 4 spaces",
     "source:\n  name: Post\n  url: https://a.example/b"),
    ("topics", "topics:\n  - war\n - ceasefire", 8, "indented by 1 space", "topics:\n  - war\n  - ceasefire"),
    ("title", "title: Talks\n  lang: fr", 4, "indented by 2 spaces", "title: Talks\nlang: fr"),
    ("topics", "topics: [war,, ceasefire]", 6, "a comma stands where", "topics: [war, ceasefire]"),
    ("topics", "topics: [war]]", 6, "the bracket ] closes nothing", "topics: [war]"),
    ("topics", "topics: war, ceasefire]", 6, "`topics` must be a list", "topics: [war, ceasefire]"),
    ("topics", "topics: (war, ceasefire)", 6, "`topics` must be a list", "topics: [war, ceasefire]"),
    ("countries", "countries: UA; RU", 5, "`countries` must be a list", "countries: [UA, RU]"),
    ("", "source: {name: Post, title: Talks: day two, url: https://a.example/b}", 7, "a colon and a space",
     'source: {name: Post, title: "Talks: day two", url: https://a.example/b}'),
    ("", "source: {url: https://a.example/b, name:Post}", 7, "a space is missing after the colon",
     "source: {url: https://a.example/b, name: Post}"),
    ("", "source: {name: Post, Daily, url: https://a.example/b}", 7, "a comma ends `name`",
     "source: {name: 'Post, Daily', url: https://a.example/b}"),
    ("", "source: {name: Post, url: [https://a.example/b, https://c.example/d]}", 7, "must be text",
     "source: [{url: https://a.example/b}, {url: https://c.example/d}]"),
    ("", "source: {name: Post, url: doi:10.1000/182}", 7, "not a web address",
     "source: {name: Post, url: https://doi.org/10.1000/182}"),
    ("", "source: {name: Post, url: www.a.example/b}", 7, "not a web address",
     "source: {name: Post, url: https://www.a.example/b}"),
    ("", "source: {name: Post, url: https:/a.example/b}", 7, "not a web address",
     "source: {name: Post, url: https://a.example/b}"),
    ("date", "date: 5 March 2025", 4, "is not written as year-month-day", "date: 2025-03-05"),
    ("date", "date: 1er août 2025", 4, "is not written as year-month-day", "date: 2025-08-01"),
    ("date", "date: Mar. 5th 2025", 4, "is not written as year-month-day", "date: 2025-03-05"),
    ("date", "date: 5. März 2025", 4, "is not written as year-month-day", "date: 2025-03-05"),
    ("date", "date: 05.03.2025", 4, "is not written as year-month-day", "date: 2025-03-05"),
    ("date", "date: 3/25/2025", 4, "is not written as year-month-day", "date: 2025-03-25"),
    ("date", "date: 2025-02", 4, "is not a whole date", "date: 2025-02-05"),
    ("date", "date: 25-03-05", 4, "is not a date", "date: 2025-03-05"),
    ("countries", "countries: [UKR]", 5, "unknown country 'UKR'", "countries: [UA]"),
    ("countries", "countries: [804]", 5, "unknown country '804'", "countries: [UA]"),
    ("countries", "countries: [\U0001f1fa\U0001f1e6]", 5, "unknown country", "countries: [UA]"),
    ("topics", "topics: [#war]", 6, "a # starts a comment", "topics: [war]"),
    ("", "authors: Jo Dunn and Ann Lee", 7, "`authors` must be a list", "authors: [Jo Dunn, Ann Lee]"),
    ("", "authors: Jo Dunn & Ann Lee", 7, "`authors` must be a list", "authors: [Jo Dunn, Ann Lee]"),
    ("", "authors: [{name: Jo Dunn}]", 7, "`authors` must be text", "authors: [Jo Dunn]"),
    ("", "key_points:\n- Who: the minister", 8, "must be text", "key_points:\n- 'Who: the minister'"),
    ("", "corrections: ['2025-03-06: It was four']", 7, "must be a table",
     "corrections: [{date: 2025-03-06, note: It was four}]"),
    ("", "corrections: [{date: 2025-03-06, text: Four}]", 7, "unknown key 'corrections.text'",
     "corrections: [{date: 2025-03-06, note: Four}]"),
    ("", "source: {publisher: Post}", 7, "unknown key 'source.publisher'", "source: {name: Post}"),
    ("", "source: {name: Post, link: 'https://a.example/b'}", 7, "unknown key 'source.link'",
     "source: {name: Post, url: 'https://a.example/b'}"),
]  # fmt: skip


def in_file(key: str, lines: str) -> str:
    """A file in which these lines stand in place of a key, or behind all."""
    keys = [lines if name == key else line for name, line in USUAL.items()] + ([] if key else [lines])
    return "\n".join(("---", *keys, "---", "", "Text.", ""))


@pytest.mark.parametrize(("key", "written", "line", "message", "cure"), FAULTS)
def test_a_fault_is_told_where_it_is_with_a_cure_that_passes(
    key: str, written: str, line: int, message: str, cure: str
) -> None:
    """One problem, at the line that is wrong; its hint leads to a file without problems, not to the next message."""
    problems = read_text(in_file(key, written), PATH, a_context()).problems
    assert len(problems) == 1, [str(problem) for problem in problems]
    assert (problems[0].line, message in problems[0].message) == (line, True), str(problems[0])
    for word in cure.replace("[", " ").replace("]", " ").replace("{", " ").replace("}", " ").split():
        named = word.rstrip(",:").strip("'\"")
        assert named in str(problems[0]) or named in written, (named, str(problems[0]))
    after = read_text(in_file(key, cure), PATH, a_context()).problems
    assert [problem for problem in after if problem.code not in ("correction-untold",)] == []


@pytest.mark.parametrize(
    ("before", "after", "line", "cure"),
    [
        ("—\n", "---\n", 1, "write three hyphens, `---`, in place of '—'"),
        ("----\n", "---\n", 1, "in place of '----'"),
        ("\n\n---\n", "---\n", 3, "delete what stands before the `---`"),
        ("<!-- draft -->\n---\n", "---\n", 2, "move what stands before the `---` below it"),
        ("# Talks\n\n---\n", "---\n", 3, "move what stands before the `---` below it"),
        (" ---\n", "---\n", 1, "delete what stands before the `---`"),
        ("", "---\n", 1, "start it with a line `---`"),
        ("---\n", "–-\n", 7, "in place of '–-'"),
        ("---\n", "***\n", 7, "in place of '***'"),
        ("---\n", "\n", 1, "end it with a line `---`"),
    ],
)
def test_lines_around_front_matter_that_are_not_three_hyphens(
    before: str, after: str, line: int, cure: str
) -> None:
    """A word processor makes a dash of hyphens, and people type two or four: the message names that line."""
    block = "".join(f"{text}\n" for text in USUAL.values())
    problems = read_text(f"{before}{block}{after}\nText.\n", PATH, a_context()).problems
    assert [(problem.line, problem.code.endswith("front-matter")) for problem in problems] == [(line, True)]
    assert cure in problems[0].hint


def test_typographic_quotation_marks_are_taken_off_by_fix() -> None:
    """What stands in them is read once more, so that names become codes."""
    text = in_file("countries", "countries: [“Ukraine”, «RU»]")
    assert "countries: [UA, RU]" in fixed_text(text, PATH, a_context())


@pytest.mark.parametrize(
    ("key", "written", "fixed"),
    [
        ("title", "title: Talks: day two", 'title: "Talks: day two"'),
        ("title", 'title: The "Talks": day two', 'title: "The \\"Talks\\": day two"'),
        ("title", "title:Talks\nsummary:The talks", "title: Talks\nsummary: The talks"),
        ("title", "title: @war talks", 'title: "@war talks"'),
        ("date", "date: 5 March 2025", "date: 2025-03-05"),
        ("topics", "topics: [war,, ceasefire]", "topics: [war, ceasefire]"),
        ("topics", "topics: [war]]", "topics: [war]"),
        ("title", "title = Talks", "title: Talks"),
        (
            "",
            "source: {url: https://a.example/b, name:Post}",
            "source: {url: https://a.example/b, name: Post}",
        ),
        ("countries", "countries:\n-UA\n-RU", "countries:\n- UA\n- RU"),
        ("", "key_points:\n- One\n -Two", "key_points:\n- One\n- Two"),
        (
            "",
            "source:\n\tname: Reuters\n\turl: https://a.example/b",
            "source:\n  name: Reuters\n  url: https://a.example/b",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_slips_of_yaml_are_fixed(key: str, written: str, fixed: str, newline: str) -> None:
    """Each line that a parser refuses and that can be meant in only one way; all else stays, line ends too."""
    before, after = (in_file(key, lines).replace("\n", newline) for lines in (written, fixed))
    assert fixed_text(before, PATH, a_context()) == after


@pytest.mark.parametrize("fence", ["—", "----", "***", "--"])
def test_fences_are_fixed(fence: str) -> None:
    """The dash that a word processor made of `---`, before front matter and behind it."""
    good = in_file("", "summary: Ships sail")
    assert fixed_text(f"{fence}{good[3:]}", PATH, a_context()) == good
    assert fixed_text(good.replace("\n---\n", f"\n{fence}\n"), PATH, a_context()) == good


def test_what_may_be_meant_in_two_ways_stays() -> None:
    """A bracket or a quotation mark that is never closed, beside a slip that has only one fix: nothing is written."""
    for line in ("topics: [war", 'summary: "Ships'):
        text = in_file("", f"lang:fr\n{line}")
        assert fixed_text(text, PATH, a_context()) == text


def test_a_file_that_is_only_text_is_left_to_convert() -> None:
    """Somebody who puts a text into the folder needs to know what makes an entry of it."""
    (problem,) = read_text("Ships left the port.\n", PATH, a_context()).problems
    assert problem.hint.startswith("`pouch convert` makes a draft of a text")


def test_a_text_below_its_item_may_begin_with_a_hyphen() -> None:
    """Only a hyphen left of the item's first letter is one of the list."""
    reading = read_text(in_file("", "key_points:\n- It fell to\n  -5 degrees"), PATH, a_context())
    assert reading.values["key_points"] == ("It fell to -5 degrees",)


def test_what_follows_from_a_fault_is_not_told() -> None:
    """`Title` for `title` is one fault: that the title is missing goes without saying; so with `tags`."""
    for key, line in (("title", "Title: Talks"), ("topics", "tags: [war]"), ("countries", "places: [UA]")):
        assert len(read_text(in_file(key, line), PATH, a_context()).problems) == 1


@pytest.mark.parametrize("line", ["category: News", "keywords: ships, harbour", "place: The harbour"])
def test_no_hint_proposes_a_term_that_is_none(line: str) -> None:
    """Words that another generator took for topics or places are told by the key that takes terms, no more."""
    (problem,) = read_text(in_file("", line), PATH, a_context()).problems
    assert problem.hint in ("did you mean `topics`?", "did you mean `countries`?")


@pytest.mark.parametrize(
    "name", ["Africa", "Asie", "Lateinamerika", "EU", "European Union", "the Americas", "NATO", "ONU"]
)
def test_a_continent_is_no_slip_for_a_country(name: str) -> None:
    """Africa is no misspelt South Africa: the message says what an entry can be about."""
    (problem,) = read_text(in_file("countries", f"countries: [{name}]"), PATH, a_context()).problems
    assert problem.hint == "it is no country; name the countries that the entry is about"
