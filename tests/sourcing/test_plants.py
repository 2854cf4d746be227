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
from tests.convert.server import serve
from tests.sourcing.plants import (
    CHANGED,
    ELSEWHERE,
    GONE,
    HEADLINES,
    MOVED,
    SAME,
    THERE,
    UNREACHABLE,
    Planted,
    article,
    docx,
    page,
    pdf,
    story,
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
