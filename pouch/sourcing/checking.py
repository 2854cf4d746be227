"""Goes through the sources of an archive and says which are gone, moved or changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import msgspec

from pouch.content.files import write_whole
from pouch.content.parse import ParsedEntry
from pouch.convert.intake.fetching import Fetched, FetchError, Hop
from pouch.copies import Copies, Copy
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.sourcing.judging import Judgement, is_list, judge, judge_failure, refreshed, says_the_same
from pouch.sourcing.landing import is_home
from pouch.sourcing.visiting import Visitor

RESULTS = "checks.json"
_NOT_THERE = (404, 410)
_STEPS = 3
"""Pages in a row that lead on by themselves."""
_CODES = {
    "gone": ("source-gone", Severity.ERROR),
    "moved": ("source-moved", Severity.WARNING),
    "changed": ("source-changed", Severity.WARNING),
    "unreachable": ("source-unreachable", Severity.WARNING),
}


class Place(msgspec.Struct, frozen=True):
    """The place where an entry names a source."""

    path: str
    line: int
    url: str
    archived: str = ""  # the address of the copy that it names
    titles: tuple[str, ...] = ()  # that the document may have


class Checked(msgspec.Struct, frozen=True):
    """The result of a run for one address."""

    verdict: str
    reason: str
    url: str
    when: datetime


def places(readings: Iterable[ParsedEntry]) -> Iterator[Place]:
    """Every web address of a source of every entry that is no draft."""
    for reading in readings:
        entry = reading.entry
        if entry is None or entry.status == "draft":
            continue
        line = entry.lines.get("source.url") or entry.lines.get("source") or 0
        for source in entry.sources:
            if source.url and source.url.startswith(("http://", "https://")):
                archived = source.archived.url if source.archived and source.archived.url else ""
                titles = tuple(filter(None, (source.title, entry.title)))
                yield Place(reading.path, line, source.url, archived, titles)


def check_sources(
    found_places: Iterable[Place], site: Site, visitor: Visitor, now: datetime, days: int
) -> Iterator[tuple[str, Judgement, list[Place]]]:
    """Each address with what has become of it, and where it is named; addresses take turns by host.

    What was there within the last `days` is not asked again. The first visit stores a copy, later ones compare.
    Raises EnvironmentFault.
    """
    by_url: dict[str, list[Place]] = {}
    for place in found_places:
        by_url.setdefault(place.url, []).append(place)
    copies = Copies(site.sources)
    latest = copies.latest()
    results = _Results(Path(site.sources) / RESULTS)
    for url in _in_turns(by_url):
        judgement = results.recent(url, now, days)
        if judgement is None:
            titles = [title for place in by_url[url] for title in place.titles]
            judgement = _visited(url, visitor, copies, _former(copies, latest.get(url)), titles)
            results.put(url, judgement, now)
        yield url, judgement, by_url[url]
    results.store()


def _in_turns(urls: Iterable[str]) -> Iterator[str]:
    """One address of each host, then the second of each, so that no host's second is waited for needlessly."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).netloc, []).append(url)
    for round_of_hosts in zip_longest(*by_host.values()):
        yield from (url for url in round_of_hosts if url is not None)


def problem_of(judgement: Judgement, place: Place) -> Problem | None:
    """The problem at a place; None where the document is there, or cannot be seen by programs."""
    if judgement.verdict not in _CODES:
        return None
    code, severity = _CODES[judgement.verdict]
    hint = {
        "gone": "name a copy in `archived`, or another document"
        if not place.archived
        else "its copy stays linked",
        "moved": f"write {judgement.url}",
        "changed": "read it again; a correction may be due",
        "unreachable": "look again later",
    }[judgement.verdict]
    if judgement.verdict == "gone" and place.archived:
        severity = Severity.WARNING
    return Problem(place.path, place.line, 0, code, f"{place.url}: {judgement.reason}", hint, severity)


def _former(copies: Copies, copy: Copy | None) -> Fetched | None:
    data = copies.read(copy.sha256) if copy else None
    return Fetched(copy.url, data, copy.media_type or None, None) if copy and data is not None else None


def _visited(
    url: str, visitor: Visitor, copies: Copies, former: Fetched | None, titles: Sequence[str]
) -> Judgement:
    try:
        answer = visitor.visit(url)
        for _ in range(_STEPS):
            if not (target := refreshed(answer)):
                break
            final = visitor.visit(target)
            hops = (*answer.hops, Hop(HTTPStatus.MOVED_PERMANENTLY, target), *final.hops)
            answer = msgspec.structs.replace(final, hops=hops)
    except FetchError as error:
        return judge_failure(error)
    judgement = judge(url, answer, former, titles)
    is_new = judgement.verdict in ("there", "moved") and former is None
    if is_new or judgement.is_replaced or judgement.is_doubtful:
        judgement = _compared(url, answer, judgement, visitor)
    if former is None and judgement.verdict in ("there", "moved"):
        copies.keep(answer.data, url, "", answer.media_type or "")
    return judgement


def _compared(url: str, answer: Fetched, judgement: Judgement, visitor: Visitor) -> Judgement:
    """The judgement after a look at what the server gives for an address that cannot exist, and for its home page."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0]
    name = hashlib.sha256(url.encode()).hexdigest()[:24]
    # Bar-Yossef et al., WWW 2004.
    other, status = _asked(urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}", "", "")), visitor)
    if judgement.verdict != "unreachable" and other is not None and (answer.hops or not is_home(url)):
        if says_the_same(answer, other):
            return Judgement("gone", "its server gives the same page for an address that cannot exist")
        if answer.hops and other.hops and answer.url == other.url:
            return Judgement("gone", f"it leads to {answer.url}, as an address that cannot exist does")
    if judgement.is_doubtful and status in _NOT_THERE:
        # A server that says 404 where nothing is has not said so here.
        return Judgement("there")
    if not is_home(url) and (judgement.is_replaced or (judgement.verdict == "there" and is_list(answer))):
        home, _ = _asked(urlunsplit((parts.scheme, parts.netloc, "/", "", "")), visitor)
        if home is not None and says_the_same(answer, home):
            return Judgement("gone", "its server gives its home page in its place")
    return judgement


def _asked(url: str, visitor: Visitor) -> tuple[Fetched | None, int]:
    """The answer of an address, or the page that came with its error; and the status."""
    try:
        answer = visitor.visit(url)
    except FetchError as error:
        return error.answer, error.status
    return answer, answer.status


class _Results:
    """The results of earlier runs, by address."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._results: dict[str, Checked] = {}
        try:
            self._results = msgspec.json.decode(file.read_bytes(), type=dict[str, Checked])
        except (OSError, msgspec.DecodeError):
            # No run yet, or a damaged file: every address is asked.
            self._results = {}

    def recent(self, url: str, now: datetime, days: int) -> Judgement | None:
        """The document was there at a visit within the last `days`."""
        result = self._results.get(url)
        if result is None or result.verdict not in ("there", "unseen"):
            return None
        if now - result.when >= timedelta(days=days):
            return None
        return Judgement("there" if result.verdict == "there" else "unseen", result.reason)

    def put(self, url: str, judgement: Judgement, now: datetime) -> None:
        """Note what a visit found out."""
        self._results[url] = Checked(judgement.verdict, judgement.reason, judgement.url, now)
        if len(self._results) % 20 == 0:
            # A long run that is interrupted goes on where it was.
            self.store()

    def store(self) -> None:
        """Write them. Raises EnvironmentFault."""
        write_whole(
            self._file, msgspec.json.format(msgspec.json.encode(self._results, order="sorted")) + b"\n"
        )
