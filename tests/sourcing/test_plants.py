"""Sources as the web has them: what is lost, behind a wall, moved, changed, or only dressed in another way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.convert.intake.fetching import Fetched, FetchError, Hop, Limits
from pouch.sourcing.checking import Place, check_sources, problem_of
from pouch.sourcing.judging import judge, judge_failure, refreshed
from pouch.sourcing.visiting import Visitor
from tests.archives import a_site
from tests.convert.server import Answer, serve
from tests.sourcing.plants import (
    CHANGED,
    ELSEWHERE,
    GONE,
    HEADLINES,
    HTML,
    MOVED,
    NOTICES,
    SAME,
    SHIPS,
    THERE,
    UNREACHABLE,
    WALLS,
    Planted,
    article,
    docx,
    for_a_cookie,
    page,
    pdf,
    story,
    to,
)

NOW = datetime(2025, 3, 5, tzinfo=UTC)


def visits(folder: Path, first: dict[str, Planted], second: dict[str, Planted]) -> list[dict[str, str]]:
    """For each of two visits: path → the code of its problem."""
    outcomes = []
    answers: dict[str, Planted] = {}

    class Unquoted(dict[str, Planted]):
        def get(self, path: str, default: object = None) -> Planted:
            answer = answers.get(unquote(path), default)
            if isinstance(answer, tuple) and "{host}" in answer[1].get("Location", ""):
                host = base.removeprefix("http://")
                answer = (answer[0], {"Location": answer[1]["Location"].format(host=host)}, answer[2])
            return answer  # type: ignore[return-value]

    with serve(Unquoted()) as base:
        site = a_site(sources=str(folder))
        visitor = Visitor(
            allow_private=True, pause=0.0, sleep=lambda _: None, limits=Limits(connect=60, read=60, total=120)
        )
        places = [Place("a.md", 1, base + path) for path in first]
        for planted in (first, second):
            answers = {**ELSEWHERE, **planted}
            outcomes.append(
                {
                    url.removeprefix(base): problem.code if (problem := problem_of(judgement, place)) else ""
                    for url, judgement, (place,) in check_sources(places, site, visitor, NOW, 0)
                }
            )
    return outcomes


def test_sources_are_judged_as_an_editor_would(tmp_path: Path) -> None:
    """What has another text says why: a notice in any language, a wall, a fault, another address, a correction."""
    plants: list[tuple[str, Planted, Planted, str]] = []
    for kind, answers in (("gone", GONE), ("unreachable", UNREACHABLE)):
        plants += [
            (f"/{kind}-{name}", article(20), answer, f"source-{kind}") for name, answer in answers.items()
        ]
    plants += [(f"/moved-{name}", article(50), answer, "source-moved") for name, answer in MOVED.items()]
    plants += [(f"/changed-{name}", *both, "source-changed") for name, both in CHANGED.items()]
    plants += [(f"/there-{name}", SAME, answer, "") for name, answer in THERE.items()]
    text = " ".join(story(70))
    plants += [
        ("/same.pdf", pdf(text, "2025"), pdf(text, "2026"), ""),
        ("/same.docx", docx(story(71), 1), docx(story(71), 9), ""),
        (
            "/was.pdf",
            pdf(text, "2025"),
            page("Library", "It is not in our library any longer."),
            "source-gone",
        ),
    ]
    second = {path: answer for path, _, answer, _ in plants}
    outcomes = visits(tmp_path, {path: answer for path, answer, _, _ in plants}, second)
    assert {path: code for path, code in outcomes[0].items() if code} == {}
    expected = {path: code for path, _, _, code in plants}
    assert {path: code for path, code in outcomes[1].items() if code != expected[path]} == {}


def test_a_headline_is_no_notice(tmp_path: Path) -> None:
    """A first visit has no copy to compare with: a page of a server that says 404 elsewhere is a document."""
    answers: dict[str, Planted] = {f"/{number}": page(*texts) for number, texts in enumerate(HEADLINES)}
    for outcome in visits(tmp_path, answers, answers):
        assert outcome == dict.fromkeys(answers, "")


@pytest.mark.parametrize("title", ["Page not found", "Seite nicht gefunden", "404", "Página no encontrada"])
def test_a_notice_is_one_at_the_first_visit(tmp_path: Path, title: str) -> None:
    """A short title that says of the page that it is not there is believed."""
    outcome = visits(tmp_path, {"/a": page(title, "Try the search.")}, {})
    assert outcome[0] == {"/a": "source-gone"}


@pytest.mark.parametrize("at", range(len(NOTICES)))
def test_a_notice_in_place_of_a_document_is_told_without_a_copy(tmp_path: Path, at: int) -> None:
    """It says of the page itself that it is not there, and little else; the server says 404 of other addresses."""
    outcome = visits(tmp_path, {f"/{number}": notice for number, notice in enumerate(NOTICES[at])}, {})
    assert outcome[0] == dict.fromkeys(outcome[0], "source-gone")
    assert outcome[0]


def test_a_wall_is_no_document(tmp_path: Path) -> None:
    """A first visit that meets a wall stores nothing, so that the document is no change once it is seen."""
    walls: dict[str, Planted] = {f"/{number}": wall for number, wall in enumerate(WALLS)}
    outcomes = visits(tmp_path, walls, dict.fromkeys(walls, SAME))
    assert outcomes == [dict.fromkeys(walls, "")] * 2
    assert len(list(tmp_path.rglob("*.warc.gz"))) == 1


def test_a_first_visit_compares_with_what_cannot_exist(tmp_path: Path) -> None:
    """Where nothing is, a server leads to where it led for the document, shows its home page, or says so with 404."""
    lost: Answer = (
        404,
        HTML,
        page("Ooops", "Wer suchet, der findet hier nur Wasser und Wind und Wellen.")[2],
    )
    teasers = "".join(
        f"<div><h2><a href=/{n}>{ship} leaves the port</a></h2>"
        f"<p>{ship} left on day {n} with grain for the north.</p></div>"
        for n, ship in enumerate(SHIPS)
    )
    home = page("Harbour", beside=teasers)
    answers: dict[str, Planted] = {
        "/by-words": (200, HTML, lost[2]),
        "/by-start-page": home,
        "/by-canonical": page(
            "Ships", beside=teasers.replace("grain", "coal"), head="<link rel=canonical href=/>"
        ),
        "/to-list": to("/kept/ships"),
        "/to-section": to("/kept/newsroom", 302),
        "/to-index": to("/index.html"),
        "/to-language": to("/fr/accueil", 302),
        "/away/report": to("/kept/farewell"),
        "/kept/for/good": to("/kept/for/a-session"),
        "/list": page("Ships", beside=teasers.replace("left", "sailed")),
    }

    class Site(dict[str, Planted]):
        def get(self, path: str, _: object = None) -> Planted:
            if path.startswith("/away/"):
                return answers["/away/report"]
            return super().get(path, lost)

    others = {
        "/": home,
        "/kept/ships": page("Our ships", beside=teasers.replace("north", "south")),
        "/kept/newsroom": page("Newsroom", *story(30)),
        "/index.html": home,
        "/fr/accueil": page("Bonjour", *story(31)),
        "/kept/for/a-session": for_a_cookie(page("Tides", *story(33)), "/kept/for/a-session"),
        "/kept/farewell": page("We have left", *story(32)),
    }
    with serve(Site({**others, **answers})) as base:
        site = a_site(sources=str(tmp_path))
        visitor = Visitor(allow_private=True, pause=0.0, sleep=lambda _: None)
        places = [Place("a.md", 1, base + path) for path in answers]
        outcome = {
            url.removeprefix(base): judgement.verdict
            for url, judgement, _ in check_sources(places, site, visitor, NOW, 0)
        }
    others_than_gone = {"/list": "there", "/kept/for/good": "moved"}
    assert outcome == {path: others_than_gone.get(path, "gone") for path in answers}


PIECES = (
    b"<html>", b"<title>404 | x</title>", b"<h1>", b"\x00", b"\xff\xfe", b"<script>location='//[x'</script>", b"</p>",
    b"<meta http-equiv=refresh content='0;url=http://[::1'>", b"<form>", b"<td>", b"PK\x03\x04", b"%PDF-1.4", b"<!--",
    b"\x1f\x8b", b"{", b"<p>Kyiv said on Monday that talks go on.</p>", b"<iframe>", b"&#xD800;", b"<svg><script>",
    b"<aside></aside>&#1;",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<meta charset=utf-16>", b"<frameset><frame src=x>", b"<noscript>",
)  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join)
KINDS = st.sampled_from(("text/html", "application/pdf", "text/plain", "application/json", "image/png", None))


@given(
    data=PAGES,
    former=st.none() | PAGES,
    kind=KINDS,
    hops=st.sampled_from(((), (Hop(301, "https://b.example/a"),))),
)
def test_any_answer_is_judged(
    data: bytes, former: bytes | None, kind: str | None, hops: tuple[Hop, ...]
) -> None:
    """Whatever a server sends, a run over a thousand sources goes on."""
    url = "https://a.example/a"
    answer = Fetched(hops[-1].url if hops else url, data, kind, None, hops)
    refreshed(answer)
    copy = None if former is None else Fetched(url, former, "text/html", None)
    assert judge(url, answer, copy).verdict
    assert judge_failure(FetchError("http-status", "403", status=451, answer=answer)).verdict in (
        "gone",
        "unseen",
    )
