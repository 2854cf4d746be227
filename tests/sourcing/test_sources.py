"""`pouch sources` against a server of this machine, with planted pages that are gone, moved, changed or slow."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pouch.convert.intake.fetching import Fetched, FetchError, Limits
from pouch.copies import Copies
from pouch.sourcing.checking import RESULTS, Place, check_sources
from pouch.sourcing.visiting import Visitor
from tests.archives import a_site
from tests.commands.sites import entry, make_site, run
from tests.convert.server import Answer, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(title: str, *paragraphs: str, frame: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<title>{title}</title><nav><p>{frame}</p></nav><h1>{title}</h1>{body}".encode()


def article(number: int, figure: str = "three") -> bytes:
    """A page of a few sentences that no other page has."""
    return page(
        f"Notice {number}",
        f"The harbour closed pier {number} on Monday. Divers look for the wreck near buoy {number}.",
        f"In {figure} days the pier opens again, the authority says. Ships wait outside until then.",
        frame=f"Read {figure} times today",
    )


def there(number: int) -> Answer:
    return 200, HTML, article(number)


def formed(state: str) -> bytes:
    return b"<form><input type=hidden value=%s>%s</form>" % (state.encode(), article(47))


def quoted(before: str, after: str) -> Answer:
    return (
        200,
        HTML,
        page("A word", f"The port calls it {before}a delay{after}, and says no more about it today."),
    )


NUMBERED = page("Resolution 404 (1977)", "The Council condemns the attack and sends a mission. " * 30)
LOST = page(
    "When a page is not found", *(f"Librarians looked for page {n} of the web in vain." for n in range(15))
)
MARKED = page("Port", *(f"Ship {n} came in on Monday with grain." for n in range(20))) + (
    b"<div class='error-message'>Sorry, the requested page could not be located.</div>"
)
REWRITTEN = page("Another", "Quite another text stands here now. " * 30)
# Address → (answer at the first visit, answer at the second, what the second run says).
PLANTED: dict[str, tuple[Answer, Answer, str]] = {
    **{f"/same-{n}": (there(n), there(n), "") for n in range(6)},
    "/frame": (there(10), (200, HTML, article(10).replace(b"three times", b"nine times")), ""),
    "/number": ((200, HTML, NUMBERED), (200, HTML, NUMBERED), ""),
    "/gone-404": (there(12), (404, HTML, b"<h1>Not found</h1>"), "source-gone"),
    "/gone-410": (there(13), (410, {}, b""), "source-gone"),
    "/soft-title": (there(14), (200, HTML, page("Page not found", "Try the search. " * 80)), "source-gone"),
    "/soft-french": (there(15), (200, HTML, page("Désolés", "Cette page est introuvable.")), "source-gone"),
    "/soft-home": (there(16), (302, {"Location": "/"}, b""), "source-gone"),
    "/moved": (there(17), (301, {"Location": "/new/17"}, b""), "source-moved"),
    "/moved-308": (there(18), (308, {"Location": "/new/18"}, b""), "source-moved"),
    "/moved-to-nothing": (there(19), (301, {"Location": "/nowhere"}, b""), "source-gone"),
    "/slash": (there(20), (301, {"Location": "/slash/"}, b""), ""),
    "/for-now": (there(21), (302, {"Location": "/for-now/today"}, b""), ""),
    "/circle": (there(22), (302, {"Location": "/circle"}, b""), "source-unreachable"),
    "/figures": (there(23), (200, HTML, article(23, "thirty")), "source-changed"),
    "/rewritten": (there(24), (200, HTML, REWRITTEN), "source-changed"),
    "/refresh": (there(27), (200, HTML, b'<meta http-equiv="Refresh" content="1; URL=new/17">'), "source-moved"),
    "/list/2025/a": (there(28), (301, {"Location": "/list"}, b""), "source-gone"),
    "/list/2025/b/amp": (there(29), (301, {"Location": "/list/2025/b"}, b""), "source-moved"),
    "/to-search": (there(31), (302, {"Location": "/en/search?q=notice"}, b""), "source-gone"),
    "/to-error": (there(32), (302, {"Location": "/erreur404.aspx"}, b""), "source-gone"),
    "/to-start": (there(33), (302, {"Location": "/de-at/startseite"}, b""), "source-gone"),
    "/to-login": (there(34), (302, {"Location": "/user/signin?to=34"}, b""), ""),
    "/empty": (there(35), (200, HTML, b" "), "source-gone"),
    "/for-sale": (there(36), (200, HTML, page("notices.example", "This domain may be for sale.")), "source-gone"),
    "/soft-dutch": (there(37), (200, HTML, page("We kunnen deze pagina niet vinden", "Nieuws. " * 90)), "source-gone"),
    "/soft-marked": (there(38), (200, HTML, MARKED), "source-gone"),
    "/soft-json": (there(39), (200, {"Content-Type": "application/json"}, b'{"m": "Not found"}'), "source-gone"),
    "/human": (there(40), (200, HTML, page("One moment", "Verify you are human.")), ""),
    "/application": (there(41), (200, HTML, b"<title>Port</title><noscript>Please enable JavaScript.</noscript>"), ""),
    "/pause": (there(42), (200, HTML, page("Harbour", "We will be back shortly.")), "source-unreachable"),
    "/quotes": (quoted("“", "”"), quoted('"', '"'), ""),
    "/blocks": (there(44), (200, HTML, article(44).replace(b"<p>", b"<div>").replace(b"</p>", b"</div>")), ""),
    "/form": ((200, HTML, formed("a")), (200, HTML, formed("b")), ""),
    "/soft-hyphens": (there(45), (200, HTML, article(45).replace(b"harbour", "har\u00adbour".encode())), ""),
    "/tracked": (there(46), (301, {"Location": "/tracked/?utm_source=feed"}, b""), ""),
    "/about-404": ((200, HTML, LOST), (200, HTML, LOST), ""),
    "/wall": (there(25), (403, {}, b""), ""),
    "/broken": (there(26), (500, {}, b""), "source-unreachable"),
    "/report.pdf": ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.7 one"),
                    (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7 one"), ""),
}  # fmt: skip
ELSEWHERE: dict[str, Answer] = {
    "/": (200, HTML, page("Harbour", "Welcome to the harbour. " * 30)),
    "/list": (200, HTML, page("All notices", "Read our notices. " * 30)),
    "/list/2025/b": there(29),
    "/en/search": (200, HTML, page("Search", "Nothing matches. " * 30)),
    "/erreur404.aspx": (200, HTML, page("Lost", "Where might it be? " * 30)),
    "/de-at/startseite": (200, HTML, page("Hafen", "Willkommen. " * 30)),
    "/user/signin": (200, HTML, page("Members", "Read on as a member. " * 30)),
    "/new/17": there(17),
    "/new/18": there(18),
    "/slash/": there(20),
    "/tracked/": there(46),
    "/for-now/today": there(21),
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
    "/private/a": there(30),
}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for the pause between requests, and none gives up a page that a busy machine keeps waiting."""
    visitors_have(monkeypatch, Limits(connect=60, read=60, total=120))


def visitors_have(monkeypatch: pytest.MonkeyPatch, limits: Limits) -> None:
    """Visits have these limits, and no pause."""
    defaults = {
        **(Visitor.__init__.__kwdefaults__ or {}),
        "pause": 0.0,
        "limits": limits,
        "sleep": lambda _: None,
    }
    monkeypatch.setattr(Visitor.__init__, "__kwdefaults__", defaults)


def site_of(root: Path, base: str, paths: list[str]) -> Path:
    files = {
        f"entries/notice-{number}.md": entry(
            f"id-{number:04}", f"source: {{title: Notice, url: '{base}{path}'}}"
        )
        for number, path in enumerate(paths)
    }
    return make_site(root, files)


def codes(site: Path, *arguments: str) -> dict[str, str]:
    """Address without its host → the code of its problem."""
    outcome = run(site, "sources", "--check", "--allow-private", "--format", "json", *arguments)
    problems = json.loads(outcome.stdout)
    assert outcome.exit_code == int(any(problem["severity"] == "error" for problem in problems)), outcome
    return {"/" + problem["message"].split(": ")[0].split("/", 3)[3]: problem["code"] for problem in problems}


def test_planted_sources_are_judged_rightly(tmp_path: Path) -> None:
    """Gone, moved, changed and soft ones are told from those that only have another frame, spelling or wall."""
    answers: dict[str, Answer] = {path: first for path, (first, _, _) in PLANTED.items()} | ELSEWHERE
    with serve(answers) as base:
        site = site_of(tmp_path, base, [*PLANTED, "/private/a", "/broken-off"])
        first = codes(site)
        assert first == {"/broken-off": "source-unreachable"}
        answers |= {path: second for path, (_, second, _) in PLANTED.items()}
        # What was there a moment ago is not asked again, and what failed is.
        assert codes(site) == first
        second = codes(site, "--days", "0")
    expected = {path: code for path, (_, _, code) in PLANTED.items() if code} | first
    assert second == expected
    assert Counter(second.values())["source-gone"] == 15


def test_a_source_without_an_end_is_unreachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that goes on and on with its headers holds nobody up."""
    visitors_have(monkeypatch, Limits(connect=60, read=60, total=1))
    with serve({}) as base:
        site = site_of(tmp_path, base, ["/slow-headers"])
        assert codes(site) == {"/slow-headers": "source-unreachable"}


def test_a_page_for_every_address_is_no_document(tmp_path: Path) -> None:
    """At the first visit there is no copy to compare with: an address that cannot exist is."""
    text = page("Welcome", "All our pages have moved to a better place. " * 30)
    answers: dict[str, Answer] = {"/a/real": there(1)}

    class Anything(dict[str, Answer]):
        def get(self, key: str, _: object = None) -> Answer:
            return answers.get(key) or (200, HTML, text)

    with serve(Anything()) as base:
        site = site_of(tmp_path, base, ["/old/report", "/a/real"])
        assert codes(site) == {"/old/report": "source-gone"}


def test_programs_stay_away_while_robots_txt_has_an_error(tmp_path: Path) -> None:
    """The server may be about to forbid it (RFC 9309, 2.3.1.4); a file that is not there forbids nothing."""
    answers = {"/a": there(1), "/robots.txt": (503, {}, b"")}
    with serve(answers) as base:
        site = site_of(tmp_path, base, ["/a"])
        assert codes(site) == {"/a": "source-unreachable"}
        del answers["/robots.txt"]
        assert codes(site) == {}


def test_visits_are_polite() -> None:
    """One request a host a second; a failure is tried again, later each time; robots.txt is asked once."""
    slept: list[float] = []
    clock = [0.0]

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        clock[0] += seconds

    asked: list[str] = []
    with serve({"/a": there(1), "/b": (503, {}, b"")}, asked) as base:
        visitor = Visitor(allow_private=True, pause=1.0, sleep=sleep, now=lambda: clock[0])
        visitor.visit(f"{base}/a")
        with pytest.raises(FetchError):
            visitor.visit(f"{base}/b")
    assert asked == ["/robots.txt", "/a", "/b", "/b", "/b"]
    assert slept == [1.0, 1.0, 2.0, 4.0]


def test_hosts_take_turns(tmp_path: Path) -> None:
    """The second address of a host comes after the first of each other one."""
    visited: list[str] = []

    class Recorded(Visitor):
        def visit(self, url: str) -> Fetched:
            visited.append(url)
            raise FetchError("no-source", "nobody is there")

    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1", "https://a.example/3"]
    site = a_site(sources=str(tmp_path / "sources"))
    places = [Place("a.md", 1, url) for url in urls]
    now = datetime(2025, 3, 5, tzinfo=UTC)
    (tmp_path / "sources").mkdir()
    # A damaged file of results only costs visits.
    damaged = json.dumps({urls[0]: {"verdict": "there", "reason": "", "url": "", "when": "yesterday"}})
    (tmp_path / "sources" / RESULTS).write_text(damaged)
    list(check_sources(places, site, Recorded(), now, 7))
    assert visited == [urls[0], urls[2], urls[1], urls[3]]


def test_convert_keeps_what_it_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes of a page and of a file, in WARC; once, however often they are read; not in a dry run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741132800")
    site = make_site(tmp_path)
    text = page(
        "The pier opens", *[f"Sentence {n} about the pier of the harbour in Ukraine." for n in range(9)]
    )
    (tmp_path / "note.html").write_bytes(text.replace(b"pier", b"quay"))
    folder = tmp_path / ".pouch/sources"
    with serve({"/pier": (200, HTML, text)}) as base:
        arguments = ("--allow-private", f"{base}/pier", str(tmp_path / "note.html"))
        run(site, "convert", "--dry-run", *arguments)
        assert not folder.exists()
        for _ in range(2):
            assert run(site, "convert", *arguments).exit_code == 0
        copy = Copies(str(folder)).latest()[f"{base}/pier"]
    assert Copies(str(folder)).read(copy.sha256) == text
    assert (copy.date, copy.media_type) == ("2025-03-05T00:00:00Z", "text/html")
    files = sorted(folder.rglob("*.warc.gz"))
    assert len(files) == 2
    targets = set()
    for file in files:
        with file.open("rb") as stream:
            (record,) = [
                each
                for each in ArchiveIterator(stream, check_digests="raise")
                if each.content_stream().read()
            ]
            targets.add(record.rec_headers.get_header("WARC-Target-URI"))
    assert targets == {f"{base}/pier", "file:///note.html"}
    files[0].write_bytes(b"damaged")
    assert Copies(str(folder)).read(files[0].name.partition(".")[0]) is None


@pytest.mark.parametrize("several", [False, True])
def test_a_copy_is_asked_for_and_noted(tmp_path: Path, several: bool) -> None:
    """Its address, date and hash stand in front matter; all else stays, and a second run asks for nothing."""
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    with serve(answers, asked) as base:
        source = f"{base}/doc"
        answers[f"/save/{source}"] = (302, {"Location": f"/web/20250306101112/{source}"}, b"")
        answers[f"/web/20250306101112/{source}"] = (200, HTML, b"<p>The archive's bar</p>")
        answers[f"/web/20250306101112id_/{source}"] = (200, HTML, b"<p>As it came</p>")
        more = "\n  - {name: Other, archived: {url: 'https://archive.example/1'}}" if several else ""
        named = f"\n  {'- ' if several else '  '}name: Port  # ours\n    url: {source}{more}"
        site = make_site(
            tmp_path, {"entries/a.md": entry("aaaa", f"source:{named}", "authors: [Jo]  # a comment")}
        )
        with (site / "pelicanconf.py").open("a") as settings:
            settings.write(f'POUCH_WEB_ARCHIVE = "{base}"\n')
        outcome = run(site, "sources", "--archive", "--allow-private")
        assert outcome.exit_code == 0, outcome
        text = (site / "content/entries/a.md").read_text("utf-8")
        assert f"{base}/web/20250306101112/{source}" in text
        assert "date: 2025-03-06T10:11:12Z" in text
        assert "sha256: " in text
        assert "authors: [Jo]  # a comment" in text
        assert run(site, "check").exit_code == 0
        before = len(asked)
        assert run(site, "sources", "--archive", "--allow-private").exit_code == 0
        assert len(asked) == before
