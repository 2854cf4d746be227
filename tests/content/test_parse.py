"""What a file says wrongly is named with its line and column, its code, and the likely cure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pouch.content.addresses import is_home_page
from pouch.content.entry import Archived, Correction, Entry, Image, Source
from pouch.content.fields import Context
from pouch.content.parse import read_bytes, read_text
from pouch.editing.fix import fixed_text
from pouch.problems import Problem, Severity
from tests.content.samples import PATH, a_context, in_file


def problems_of(text: str, path: str = PATH) -> list[Problem]:
    """Every problem of a file."""
    return sorted(read_text(text, path, a_context()).problems)


def entry_of(text: str, path: str = PATH) -> Entry:
    """The entry of a file without errors."""
    reading = read_text(text, path, a_context())
    assert reading.entry is not None, [str(problem) for problem in reading.problems]
    return reading.entry


# A line of front matter → line, column, code, message, what the hint holds. The line stands on line 7.
FAULTS = [
    ("tilte: x", 7, 1, "unknown-key", "unknown key 'tilte'", "`title`"),
    ("colour: red", 7, 1, "unknown-key", "unknown key 'colour'", "`extra`"),
    ("id: abc", 6, 5, "bad-id", "'abc' is not an id", "4 to 32"),
    ("id: Abcd", 6, 5, "bad-id", "'Abcd' is not an id", "lower-case"),
    ("id: 'ab cd'", 6, 5, "bad-id", "'ab cd' is not an id", ""),
    ("date: 2025-02-30", 6, 7, "bad-date", "`date`: '2025-02-30' is not in the calendar", "day"),
    ("date: 2025-03-00", 6, 7, "bad-date", "`date`: '2025-03-00' is not in the calendar", "31 days"),
    ("date: 2025-00-00", 6, 7, "bad-date", "`date`: '2025-00-00' is not in the calendar", "months run"),
    ("date: 0000-03-05", 6, 7, "bad-date", "`date`: '0000-03-05' is not in the calendar", "years run"),
    ("date: 2025-03-00T10:00Z", 6, 7, "bad-date", "'2025-03-00T10:00Z' is not in the calendar", "31 days"),
    ("date: 2025-3-5", 6, 7, "bad-date", "`date`: '2025-3-5' is not written as year-month-day", "2025-03-05"),
    ("date: 05/03/2025", 6, 7, "bad-date", "`date`: '05/03/2025' is not written as", "03-05 or 2025-05-03"),
    ("date: 2025-03-05T10:00", 6, 7, "bad-date", "`date`: '2025-03-05T10:00' has no offset", "+01:00"),
    ("date: 2025-03-05T25:00Z", 6, 7, "bad-date", "`date`: '2025-03-05T25:00Z' is not in the calendar", "hour"),
    ("date: 0025-03-05", 6, 7, "bad-date", "the year of '0025-03-05' cannot be", "1400"),
    ("date: mardi", 6, 7, "bad-date", "`date`: 'mardi' is not a date", "2025-03-05"),
    ("date: [2025-03-05]", 6, 7, "wrong-type", "`date` must be text, not a list", ""),
    ("publish_at: soon", 7, 13, "bad-date", "`publish_at`: 'soon' is not a date", ""),
    ("lang: french", 7, 7, "bad-language", "`lang`: 'french' is not a language tag (BCP 47)", "fr"),
    ("lang: fr_FR", 7, 7, "bad-language", "`lang`: 'fr_FR' is not a language tag (BCP 47)", "fr-FR"),
    ("lang: fra", 7, 7, "bad-language", "`lang`: 'fra' is not a language tag (BCP 47)", "fr"),
    ("lang: qq", 7, 7, "bad-language", "`lang`: 'qq' names no language", "pt-BR"),
    ("title: '  '", 6, 8, "empty-text", "`title` is empty", ""),
    ('title: "\\u200b"', 6, 8, "empty-text", "`title` is empty", ""),
    ('title: "a\\x0bb"', 6, 8, "control-character", "U+000B (control character) must not stand here", "remove"),
    ('title: "a\\ufffeb"', 6, 8, "control-character", "U+FFFE (noncharacter) must not stand here", "remove"),
    ("title: {a: b}", 6, 8, "wrong-type", "`title` must be text, not a table", "quotation marks"),
    ("summary: [a]", 7, 10, "wrong-type", "`summary` must be text, not a list", ""),
    ("key_points: one", 7, 13, "wrong-type", "`key_points` must be a list, not text", "[one]"),
    ("key_points: [one, one]", 7, 19, "duplicate-item", "`key_points` lists 'one' twice", "remove"),
    ("countries: UA", 6, 12, "wrong-type", "`countries` must be a list, not text", "[UA]"),
    ("countries: [UA, Ukraine]", 6, 17, "duplicate-item", "`countries` lists 'UA' twice", "remove"),
    ("countries: [Ukrane]", 6, 13, "unknown-country", "unknown country 'Ukrane'", "UA (Ukraine)"),
    ("countries: [EU]", 6, 13, "unknown-country", "unknown country 'EU'", "it is no country"),
    ("mentions: [Atlantis]", 7, 12, "unknown-country", "unknown country 'Atlantis'", "ISO 3166-1"),
    ("topics: [flod]", 6, 10, "unknown-topic", "unknown topic 'flod'", "did you mean 'flood'? (topics live in"),
    ("topics: [xyzzy]", 6, 10, "unknown-topic", "unknown topic 'xyzzy'", "content/vocabulary/topics.toml"),
    ("source: Reuters", 7, 9, "wrong-type", "`source` must be a table, not text", "{"),
    ("source: {nam: x}", 7, 10, "unknown-key", "unknown key 'source.nam'", "`name`"),
    ("source: {url: ftp://a.b/}", 7, 15, "bad-address", "`source.url`: 'ftp://a.b/' is not a web address", "https://"),
    ("source: {url: 'https://'}", 7, 15, "bad-address", "`source.url`: 'https://' is not a web address", ""),
    ("source: {url: 'https://[a'}", 7, 15, "bad-address", "`source.url`: 'https://[a' is not a web address", ""),
    ("source: {url: 'https://u@a.b/c'}", 7, 15, "bad-address", "the name of a user", "write https://a.b/c"),
    ("source: {url: 'https://a.b/c[]'}", 7, 15, "bad-address", "percent-encoded", "--fix"),
    ("source: {url: 'javascript:x'}", 7, 15, "bad-address", "'javascript:x' is not a web address", ""),
    ("source: {name: a, name: b}", 7, 19, "duplicate-key", "`source.name` is given twice", "line 7"),
    ("source: https://a.b/c, d", 7, 9, "wrong-type", "`source` must be a table", "source: {url: 'https://a.b/c, d'}"),
    ("source: [Reuters]", 7, 10, "wrong-type", "`source` must be a table, not text", "{name: Reuters}"),
    ("source: {archived: 'https://a.b/c'}", 7, 20, "wrong-type", "`source.archived` must be", "archived: {url:"),
    ("source: {archived: {sha256: 12ab}}", 7, 29, "bad-value", "`source.archived.sha256` is not a", "sha256sum"),
    ("source: {archived: {date: 2025-13-01}}", 7, 27, "bad-date", "`source.archived.date`: '2025-13-01'", ""),
    ("source: {archived: {link: 'https://a.b/'}}", 7, 21, "unknown-key", "unknown key 'source.archived.link'", "url"),
    ("source:\n  - {name: A}\n  - {url: a.b}", 9, 11, "bad-address", "`source.url`: 'a.b' is not a web", "https://"),
    ("source:\n  - {url: 'https://a.b/'}\n  - {url: 'https://a.b/'}", 9, 5, "duplicate-item", "a.b/ twice", "8"),
    ("authors: Jo Dunn", 7, 10, "wrong-type", "`authors` must be a list, not text", "authors: [Jo Dunn]"),
    ("authors: [Jo, Jo]", 7, 15, "duplicate-item", "`authors` lists 'Jo' twice", "remove"),
    ("image: images/a.jpg", 7, 8, "wrong-type", "`image` must be a table", "image: {file: images/a.jpg, alt: "),
    ("image: {file: images/a.jpg}", 7, 8, "missing-key", "`image` has no `alt`", "say what the picture shows"),
    ("image: {alt: A quay}", 7, 8, "missing-key", "`image` has no `file`", "content/images/"),
    ("image: {file: ../a.jpg, alt: A}", 7, 15, "broken-image", "'../a.jpg' is not a file under content/images/", ""),
    ("image: {file: 'https://a.b/c.jpg', alt: A}", 7, 15, "broken-image", "is not a file under content/images/", ""),
    ("image:\n  file: images/a.jpg\n  alt: A\n  credits: B", 10, 3, "unknown-key", "image.credits", "`credit`"),
    ("status: Published", 7, 9, "bad-status", "'Published' is not a status", "write published"),
    ("status: live", 7, 9, "bad-status", "'live' is not a status", "draft or published"),
    ("slug: Ça va", 7, 7, "bad-slug", "'Ça va' cannot be an address", "ca-va"),
    ("slug: page", 7, 7, "reserved-slug", "'page' has a meaning of its own", "longer"),
    ("slug: 2025", 7, 7, "reserved-slug", "'2025' has a meaning of its own", "longer"),
    ("slug: fr", 7, 7, "reserved-slug", "'fr' has a meaning of its own", "longer"),
    ("slug: com1", 7, 7, "reserved-slug", "'com1' is the name of a device of Windows", "longer"),
    ("formerly: [a b]", 7, 12, "bad-slug", "'a b' cannot be an address", "a-b"),
    ("formerly: [talks]", 7, 12, "slug-taken", "'talks' is this entry's slug, and not a former one", "remove"),
    ("translation_of: x", 7, 17, "bad-id", "'x' is not an id", ""),
    ("corrections: [a]", 7, 15, "wrong-type", "`corrections` must be a table, not text", ""),
    ("corrections: [{date: 2025-03-06}]", 7, 15, "missing-key", "a correction has no `note`", "note"),
    ("corrections: [{note: x}]", 7, 15, "missing-key", "a correction has no `date`", "date"),
    ("corrections: [{date: x, note: y}]", 7, 22, "bad-date", "`corrections.date`: 'x' is not a date", ""),
    ("extra: [a]", 7, 8, "wrong-type", "`extra` must be a table, not a list", ""),
    ("extra: {a: {b: 1, b: 2}}", 7, 19, "duplicate-key", "`extra.a.b` is given twice", "line 7"),
    ("extra: {a: 99999999999999999999}", 7, 12, "bad-value", "`extra` holds a number of more than 64 bits", ""),
    ("extra: {a: .nan}", 7, 12, "bad-value", "`extra` holds .nan, which JSON does not know", "quotation"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "at", "column", "code", "message", "hint"), FAULTS)
def test_a_fault_in_a_field(line: str, at: int, column: int, code: str, message: str, hint: str) -> None:
    """One wrong line gives one error, where it is, with its cure."""
    errors = [problem for problem in problems_of(in_file(line)) if problem.severity is Severity.ERROR]
    assert len(errors) == 1, errors
    found = errors[0]
    assert (found.path, found.line, found.column, found.code) == (PATH, at, column, code)
    assert message in found.message
    assert hint in found.hint


# A whole file → line, column, code.
BROKEN = [
    ("", 0, 0, "no-front-matter"),
    ("Title: x\n\nText", 1, 0, "no-front-matter"),
    ("---\nid: abcd\ntitle: x\n\nText\n", 1, 0, "unclosed-front-matter"),
    ("---", 1, 0, "unclosed-front-matter"),
    ("---\nid: abcd\nid: efgh\ntitle: a\nstatus: draft\n---\n", 3, 1, "duplicate-key"),
    ("---\ntitle: a: b\n---\n", 2, 8, "yaml"),
    ("---\ntitle: 'a\n---\n", 2, 8, "yaml"),
    ('---\ntitle: "a\nlang: en\nsummary: "b"\n---\n', 2, 8, "yaml"),
    ("---\ntitle: 'It's open'\n---\n", 2, 8, "yaml"),
    ("---\ntitle\uff1aTalks\nlang: en\n---\n", 2, 6, "unusual-character"),
    ("<<<<<<< HEAD\n---\ntitle: a\n---\n", 1, 1, "merge-conflict"),
    ("---\ntitle: [a\n---\n", 2, 8, "yaml"),
    ("---\ntitle: @a\n---\n", 2, 8, "yaml"),
    ("---\n\ttitle: a\n---\n", 2, 1, "yaml"),
    ("---\njust words\n---\n", 2, 1, "yaml"),
    ("---\n- a\n---\n", 2, 1, "yaml"),
    ("---\ntitle: a\n...\nx: b\n---\n", 4, 1, "yaml"),
    ("---\n? [a, b]\n: c\n---\n", 2, 3, "yaml"),
    ("---\n{a: b}: c\n---\n", 2, 1, "yaml"),
    ("---\ntitle: *a\n---\n", 2, 8, "yaml-reference"),
    ("---\ntitle: &a b\n---\n", 2, 8, "yaml-reference"),
    ("---\ntitle: !!python/object:os.system x\n---\n", 2, 8, "yaml-reference"),
    ("---\ntitle: !x y\n---\n", 2, 8, "yaml-reference"),
    ("---\ntitle: ! y\n---\n", 2, 8, "yaml-reference"),
    ("---\nextra: " + "[" * 30 + "]" * 30 + "\n---\n", 2, 31, "too-deep"),
    ("---\nsummary: " + "x" * 300_000 + "\n---\n", 1, 0, "too-large"),
    ("---\ntitle: a\x07b\n---\n", 2, 9, "control-character"),
    ("---\ntitle: a\u2028b\n---\n", 2, 9, "control-character"),
    ("---\ntitle: a\x92b\n---\n", 2, 9, "control-character"),
]


@pytest.mark.parametrize(("text", "line", "column", "code"), BROKEN)
def test_front_matter_that_cannot_be_read(text: str, line: int, column: int, code: str) -> None:
    """A file whose front matter cannot be read says where and why; no file stops the program."""
    found = next(p for p in problems_of(text) if p.severity is Severity.ERROR)
    assert (found.line, found.column, found.code) == (line, column, code), found
    assert read_text(text, PATH, a_context()).entry is None


def test_an_alias_bomb_ends_at_its_first_anchor() -> None:
    """The few lines of YAML that stand for billions of items are refused at once."""
    bomb = "---\na: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [(p.line, p.code) for p in problems_of(bomb + "---\n")] == [(2, "yaml-reference")]


@pytest.mark.parametrize(
    ("data", "line", "column"), [(b"---\ntitle: caf\xe9\n---\n", 2, 11), (b"\xff\xfe-\x00", 1, 1)]
)
def test_bytes_that_are_not_utf_8(data: bytes, line: int, column: int) -> None:
    """A file in another encoding is named with the place of its first wrong byte."""
    site, vocabulary = a_context()
    parsed = read_bytes(data, PATH, Context(site, vocabulary))
    assert parsed.entry is None
    assert [(p.line, p.column, p.code) for p in parsed.problems] == [(line, column, "not-utf-8")]


def test_characters_that_no_body_may_hold() -> None:
    """A control character in the text is an error at its place: one in a feed makes the whole feed unreadable."""
    found = problems_of(in_file(body="One\n\nTwo\x0b and \ufffe"))
    assert [(p.line, p.column, p.code) for p in found] == [
        (11, 4, "control-character"),
        (11, 10, "control-character"),
    ]


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (["title: a", "date: 2025-01-01"], ["id"]),
        (["id: abcd", "title:", "date: 2025-01-01"], ["title"]),
        (["id: abcd", "title: a"], ["date"]),
        (["id: abcd", "title: a", "status: draft"], []),
        ([], ["date", "id", "title"]),
    ],
)
def test_required_keys(lines: list[str], missing: list[str]) -> None:
    """Id and title are always required, a date unless the entry is a draft."""
    text = "\n".join(["---", *lines, "countries: [UA]", "topics: [war]", "---", ""])
    assert sorted(p.message.split("`")[1] for p in problems_of(text) if p.code == "missing-key") == missing


@pytest.mark.parametrize("body", ["", " \n", "<!-- to be written -->\n", "<!-- a - b -->\n\n<!--c-->"])
def test_a_comment_is_no_text(body: str) -> None:
    """An entry that readers would find empty is told, whatever stands there for the editor alone."""
    text = in_file("lang: fr").partition("\n---\n")[0] + f"\n---\n\n{body}"
    assert "empty-body" in [problem.code for problem in problems_of(text)]


@pytest.mark.parametrize(
    ("line", "code", "at"),
    [
        ("countries: []", "no-country", 6),
        ("countries:", "no-country", 6),
        ("topics: []", "no-topic", 6),
        ("mentions: [UA]", "country-twice", 7),
        ("updated: 2025-03-06\ncorrections: [{date: 2025-03-01, note: Two}]", "updated-early", 8),
    ],
)
def test_what_only_deserves_a_warning(line: str, code: str, at: int) -> None:
    """An entry without country or topic, or with one country in both lists, is published all the same."""
    reading = read_text(in_file(line), PATH, a_context())
    assert [(p.code, p.line, p.severity) for p in reading.problems] == [(code, at, Severity.WARNING)]
    assert reading.entry is not None
    assert reading.entry.mentions == ()


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("id: 0123", "id", "0123"),
        ("id: 1e10", "id", "1e10"),
        ("title: on", "title", "on"),
        ("title: 2025-03-05", "title", "2025-03-05"),
        ("title: |\n  Two\n  lines\n", "title", "Two lines"),
        ("date: 2025-03-05T09:00:00+01:00", "date", datetime(2025, 3, 5, 8, tzinfo=UTC)),
        ("date: '2025-03-05'", "date", date(2025, 3, 5)),
        ("date: 2025-03-05 09:00Z", "date", datetime(2025, 3, 5, 9, tzinfo=UTC)),
        ("lang: pt-br", "lang", "pt-BR"),
        ("lang: no", "lang", "no"),
        ("lang:", "lang", None),
        ("countries: [NO, 'SE']", "countries", ("NO", "SE")),
        ("countries: [Royaume-Uni, Ukraine]", "countries", ("GB", "UA")),
        ("countries:\n- UA\n- GB", "countries", ("UA", "GB")),
        ("topics: [truce, Inondation]", "topics", ("ceasefire", "flood")),
        ("key_points:\n  - 'a: b'\n  - c", "key_points", ("a: b", "c")),
        ("status:", "status", "published"),
        ("source: {}", "source", None),
        ("source: {name: A}", "source", Source("A")),
        (
            "image: {file: /images/a b.jpg, alt: A, credit: C}",
            "image",
            Image("images/a b.jpg", "A", credit="C"),
        ),
        ("authors: [Jo Dunn, Ann Lee]", "authors", ("Jo Dunn", "Ann Lee")),
        ("source:\n  - name: A\n  - title: B", "sources", (Source("A"), Source(title="B"))),
        ("source:\n  - name: A", "sources", (Source("A"),)),
        (
            "source: {archived: {url: 'https://a.b/c', date: 2025-03-04}}",
            "source",
            Source(archived=Archived("https://a.b/c", date(2025, 3, 4))),
        ),
        ("source:\n  name: A\n  published: 2025-03-04", "source", Source("A", published=date(2025, 3, 4))),
        ("corrections: [{date: 2025-03-06, note: n}]", "corrections", (Correction(date(2025, 3, 6), "n"),)),
        ("extra: {a: NO, b: on, c: 0o17, d: ~, e: 1.5, f: '1', g: true}", "extra",
         {"a": "NO", "b": "on", "c": 15, "d": None, "e": 1.5, "f": "1", "g": True}),
    ],
)  # fmt: skip
def test_what_a_line_means(line: str, field: str, value: object) -> None:
    """Values are taken as they are written, in the sense of YAML 1.2."""
    assert getattr(entry_of(in_file(line)), field) == value


@pytest.mark.parametrize(
    ("name", "code"), [("My talks", "bad-slug"), ("2025", "reserved-slug"), ("fr", "reserved-slug")]
)
def test_a_file_whose_name_can_be_no_address(name: str, code: str) -> None:
    """The file's name is the slug unless the entry gives one, so it must be able to be one."""
    path = f"content/entries/{name}.md"
    assert [p.code for p in problems_of(in_file(), path)] == [code]
    assert problems_of(in_file("slug: my-talks"), path) == []


def test_lines_are_known_to_those_who_report_later() -> None:
    """The entry remembers where its keys and its body stand, for faults that only other files show."""
    assert entry_of(in_file("translation_of: efgh", body="\n\nText")).lines == {
        "id": 2, "title": 3, "date": 4, "countries": 5, "topics": 6, "translation_of": 7, "body": 12,
    }  # fmt: skip


def test_every_fault_of_a_file_is_told_at_once() -> None:
    """An editor sees all faults in one run, not one after the other."""
    text = in_file("date: x", "lang: y", "topics: [z]", "status: w", "colour: v")
    assert [p.code for p in problems_of(text)] == [
        "bad-date", "bad-language", "unknown-topic", "bad-status", "unknown-key",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("title: Smith &amp; Sons", 'title: "Smith & Sons"'),
        ('title: "Smith &amp; Sons"', 'title: "Smith & Sons"'),
        ("summary: 1 &lt; 2", 'summary: "1 < 2"'),
        ("key_points: [It&#39;s open]", 'key_points: ["It\'s open"]'),
        ("source: {name: R&eacute;seau}", "source: {name: Réseau}"),
        ("title: AT&T", ""),
        ("title: A&B; C", ""),
        ("title: a &nothing; b", ""),
    ],
)
def test_references_of_html_in_plain_text(line: str, plain: str) -> None:
    """Readers would see `&amp;` as it stands; `--fix` writes the character."""
    text = in_file(line)
    found = [problem for problem in problems_of(text) if problem.code == "character-reference"]
    assert len(found) == bool(plain)
    after = fixed_text(text, PATH, a_context())
    if plain:
        assert after == text.replace(line, plain)
        assert not [problem for problem in problems_of(after) if problem.code == "character-reference"]
    else:
        assert after == text


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("https://port.example", True),
        ("https://port.example/", True),
        ("https://port.example/en/", True),
        ("https://port.example/pt-br", True),
        ("https://port.example/fr/index.html", True),
        ("https://port.example/home.aspx", True),
        ("https://port.example/#/", True),
        ("https://port.example/notices", False),
        ("https://port.example/en/notices/12", False),
        ("https://port.example/?p=12", False),
        ("https://port.example/#/notice/12", False),
        ("https://port.example/12", False),
    ],
)
def test_a_home_page_is_no_document(address: str, home: bool) -> None:
    """Readers who want to check a briefing do not find its document there; a title beside it helps them on."""
    assert is_home_page(address) == home
    source = f"source: {{name: Port, url: '{address}'}}"
    assert ("home-page" in [problem.code for problem in problems_of(in_file(source))]) == home
    titled = source.replace("name: Port", "title: Notice 12")
    assert "home-page" not in [problem.code for problem in problems_of(in_file(titled))]


def test_a_file_full_of_unknown_names_gets_few_suggestions() -> None:
    """Each is compared with every name of the vocabulary; two thousand would take a minute."""
    names = ", ".join(f"ceasefir{number}" for number in range(200))
    head = "id: abcd\ntitle: T\ndate: 2025-03-05\ncountries: [UA]"
    problems = problems_of(f"---\n{head}\ntopics: [{names}]\n---\n\nText.\n")
    unknown = [problem for problem in problems if problem.code == "unknown-topic"]
    assert len(unknown) == 200
    assert 0 < sum("did you mean" in problem.hint for problem in unknown) <= 40
