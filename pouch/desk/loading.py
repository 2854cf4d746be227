"""The archive behind the desk: its pages and what it teaches, loaded again in the background after a change.

What takes long must not hold up the pages that an editor is waiting for. Python runs one thread at a time, so a large
archive is learned from in a process of its own; the process stores what it learns, and this one reads it.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
import threading
from contextlib import suppress

from pouch import clock
from pouch.content.folders import Folders
from pouch.engine.check.checking import load_single_pages
from pouch.engine.garbage import free_earlier_builds
from pouch.engine.preview.single_page import SinglePages
from pouch.engine.scan import list_sources
from pouch.errors import PouchError
from pouch.site import Site
from pouch.tag.archive import last_learned_topics, learned_topics, teaching_state
from pouch.tag.learning import Model
from pouch.vocabulary.vocabulary import Vocabulary

LARGE = 1000
"""Entries from which on an archive is learned from in a process of its own, which takes a second to start."""


class LoadedArchive:
    """One site's archive. What is loaded serves until something newer is."""

    def __init__(self, site: Site, shown_site: Site, vocabulary: Vocabulary) -> None:
        """`shown_site` has the address below which the desk shows pages."""
        self._site = site
        self._shown_site = shown_site
        self._vocabulary = vocabulary
        self._pages: SinglePages | None = None
        self._state = ""  # of the files that `_pages` were loaded from
        self._model: Model | None = None
        self.taught = ""
        """Tells one state of what the archive teaches from another."""
        self._first = threading.Lock()  # of the first loading
        self._lock = threading.Lock()  # of the two below
        self._outdated = False
        self._loading: threading.Thread | None = None

    def pages(self) -> SinglePages:
        """The archive and its pages. Raises ContentError, EnvironmentFault where they cannot be loaded at first."""
        if self._pages is None:
            with self._first:
                if self._pages is None:
                    self._state = self._state_of_files()
                    self._pages = self._load_pages()
        return self._pages

    def model(self) -> Model | None:
        """The model of the archive's entries; of a large one the last that was learned, until a newer one is."""
        if not self.taught:
            pages = self.pages()
            with self._first:
                if self.taught:
                    pass
                elif len(pages.archive.records) < LARGE:
                    self._learn()
                else:
                    self._model, self.taught = last_learned_topics(self._site), "before"
                    self.changed()
        return self._model

    def changed(self) -> None:
        """Files may have changed: load them in the background, if they were loaded before."""
        with self._lock:
            self._outdated = self._pages is not None
            if self._outdated and self._loading is None:
                self._loading = threading.Thread(target=self._load, name="load", daemon=True)
                self._loading.start()

    def settle(self) -> None:
        """Wait until everything is loaded that was changed."""
        if (loading := self._loading) is not None:
            loading.join()

    def _load(self) -> None:
        while True:
            with self._lock:
                if not self._outdated:
                    self._loading = None
                    return
                self._outdated = False
            state = self._state_of_files()
            if not state or state != self._state:
                self._state = state
                with suppress(PouchError):  # a fault in a vocabulary or a template: `check` names it
                    self._pages = self._load_pages()
            elif self.taught != "before":
                continue
            with suppress(PouchError):  # likewise
                self._learn()
            free_earlier_builds()

    def _load_pages(self) -> SinglePages:
        pages = load_single_pages(self._shown_site, as_published=True)
        # The first page compiles the templates, and nobody has to wait for that.
        pages.page(
            "content/entries/drafts/first.md",
            "---\nid: first\ntitle: First\nlang: en\nstatus: draft\n---\n\nFirst.\n",
        )
        return pages

    def _state_of_files(self) -> str:
        """A digest that changes with any file of the site, and with the day; empty if a file disappears."""
        today = clock.now().astimezone(self._site.zone).date()
        state = hashlib.sha256(today.isoformat().encode())
        with suppress(OSError):
            for source, stat in list_sources(self._shown_site, Folders(self._shown_site)):
                stamp = (
                    f"{source.path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\0{stat.st_ino}\n"
                )
                state.update(stamp.encode("utf-8", "surrogateescape"))
            return state.hexdigest()
        return ""

    def _learn(self) -> None:
        state = teaching_state(self._site, self._vocabulary)
        if state != self.taught:
            if len(self.pages().archive.records) >= LARGE:
                _learn_apart(self._site, self._vocabulary)
            self._model, self.taught = learned_topics(self._site, self._vocabulary), state


def _learn_and_store(site: Site, vocabulary: Vocabulary) -> None:
    """Learn, with what time others leave, and store what was learned. Runs in a process of its own."""
    if sys.platform != "win32":
        os.nice(10)
    learned_topics(site, vocabulary)


def _learn_apart(site: Site, vocabulary: Vocabulary) -> None:
    # Forking would copy the server's threads in an unknown state. The process ends with this one.
    process = multiprocessing.get_context("spawn").Process(
        target=_learn_and_store, args=(site, vocabulary), daemon=True
    )
    process.start()
    process.join()
