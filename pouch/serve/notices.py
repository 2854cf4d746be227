"""The preview's notices beside the site's own pages: banners, /_drafts/ and /_faults/.

Nothing of it is ever written to a file: the server puts banners into its answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import PurePosixPath

from pouch.engine.preview.facts import PreviewFacts, Waiting
from pouch.pages import addresses
from pouch.problems import Problem, Severity
from pouch.wording import counted

DRAFTS = "/_drafts/"
FAULTS = "/_faults/"
STYLESHEET = "/.pouch/preview.css"


class Notices:
    """The banners and lists of one state of the preview."""

    def __init__(self, facts: PreviewFacts, prefix: str, failure: str = "") -> None:
        """`prefix` is the path of SITEURL; `failure` says why there is no newer build, in a sentence."""
        self._facts = facts
        self._prefix = prefix
        self.failure = failure
        self._faults: dict[str, list[Problem]] = {}
        for problem in facts.faults:
            for address in facts.addresses.get(problem.path) or _first_address(problem.path):
                self._faults.setdefault(address, []).append(problem)
        self._waiting = {entry.address: entry for entry in facts.waiting}

    def banner(self, address: str) -> str:
        """The HTML that a page at `address`, without the site's path, begins with; empty where there is no news."""
        address = address.removesuffix("index.html")
        notices = []
        if entry := self._waiting.get(address):
            drafts = f'<a href="{self._prefix}{DRAFTS}">All that readers do not see: {len(self._waiting)}</a>'
            notices.append(f'<p class="pouch-notice">{_state(entry)} {drafts}</p>')
        here = self._faults.get(address, [])
        if here:
            errors = any(problem.severity is Severity.ERROR for problem in here)
            if any(problem.path in self._facts.outdated for problem in here):
                lead = "This page shows its last good text. Faults of the newest:"
            else:
                lead = "Faults to fix before this is published:" if errors else "Warnings:"
            kind = " _fault" if errors else ""
            notices.append(f'<div class="pouch-notice{kind}" role="status">{lead}{_listed(here)}</div>')
        elsewhere = sum(problem.severity is Severity.ERROR for problem in self._facts.faults)
        elsewhere -= sum(problem.severity is Severity.ERROR for problem in here)
        if self.failure:
            link = f'<a href="{self._prefix}{FAULTS}">{escape(self.failure)}</a>'
            notices.append(f'<p class="pouch-notice _fault" role="status">{link}</p>')
        elif elsewhere:
            link = f'<a href="{self._prefix}{FAULTS}">{count_faults(elsewhere)}</a>'
            notices.append(f'<p class="pouch-notice _fault">{link} in other files</p>')
        return "".join(notices)

    @staticmethod
    def early_banner(waiting: Waiting | None) -> str:
        """The banner of an entry's page that is made from its file alone, while the first build runs."""
        state = f"{_state(waiting)} " if waiting else ""
        return (
            f'<p class="pouch-notice" role="status">{state}The site is being built. This page is of its own file '
            "alone, and comes again with everything else.</p>"
        )

    @staticmethod
    def partial_banner(entries: int, all_entries: int) -> str:
        """The banner of a list of the newest entries, while the first build reads the others."""
        return (
            f'<p class="pouch-notice" role="status">The newest {entries:,} of {all_entries:,} entries have been read. '
            "This page completes itself.</p>"
        )

    def building(self, progress: str) -> str:
        """The page at an address that the first build has yet to make. It loads itself again every second."""
        lead = "Pages of briefings are shown already, at their addresses; lists follow."
        body = f'<p role="status">{escape(progress)}.</p><p>{lead}</p>'
        refresh = '<meta http-equiv="refresh" content="1">'
        return self._page("The site is being built", body).replace("<head>", f"<head>{refresh}", 1)

    def page(self, address: str) -> str | None:
        """The page at /_drafts/ or /_faults/; None for any other address."""
        if address == DRAFTS:
            return self._page("Entries that readers do not see", self._drafts())
        if address == FAULTS:
            return self.faults()
        return None

    def faults(self) -> str:
        """The page that lists all faults."""
        return self._page("Faults of this site", self._all_faults())

    def _drafts(self) -> str:
        if not self._facts.waiting:
            return "<p>Every entry is published.</p>"
        items = "".join(
            f'<li><a href="{escape(self._prefix + entry.address)}">{escape(entry.title or entry.path)}</a><br>'
            f"{_state(entry)} <code>{escape(entry.path)}</code></li>"
            for entry in self._facts.waiting
        )
        return f"<ul>{items}</ul>"

    def _all_faults(self) -> str:
        failure = f"<p>{escape(self.failure)}</p>" if self.failure else ""
        if not self._facts.faults:
            return failure or "<p>No file has a fault.</p>"
        return failure + _listed(self._facts.faults)

    def _page(self, title: str, body: str) -> str:
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
            f'<link rel="stylesheet" href="{STYLESHEET}"></head><body class="pouch-list"><h1>{title}</h1>'
            f'<p><a href="{self._prefix}/">Home</a> · <a href="{self._prefix}{DRAFTS}">Drafts</a> · '
            f'<a href="{self._prefix}{FAULTS}">Faults</a></p>{body}</body></html>\n'
        )


def _first_address(path: str) -> tuple[str, ...]:
    """The address of an entry that could never be parsed: its page is missing, and says why."""
    file = PurePosixPath(path)
    return (addresses.briefing(file.stem),) if file.suffix == ".md" and "entries" in file.parts else ()


def _state(entry: Waiting) -> str:
    """ "Draft." or the moment that the entry waits for, on the site's clock."""
    if not entry.until:
        return "<strong>Draft.</strong>"
    until = datetime.fromisoformat(entry.until)
    return f'<strong>Waits until <time datetime="{entry.until}">{until:%Y-%m-%d %H:%M}</time>.</strong>'


def count_faults(number: int) -> str:
    """ "1 fault", "2 faults"."""
    return counted(number, "fault")


def _listed(problems: Sequence[Problem] | Iterable[Problem]) -> str:
    return f"<ul>{''.join(f'<li><code>{escape(str(problem))}</code></li>' for problem in problems)}</ul>"
