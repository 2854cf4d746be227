"""Parse: files of content/ become parsed files, in worker processes. One holds all that later steps need of a file.

It records what it took from elsewhere (names that the vocabulary resolved, sizes of images), so that a later
build can tell whether reading the file again would give anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from pouch.archive.records import DossierRecord, PageRecord, Record, record_of
from pouch.checks.entries import EntryKey, key_of
from pouch.content.dossier import parse_dossier
from pouch.content.entry_files import unreadable
from pouch.content.fields import Context
from pouch.content.files import read_content
from pouch.content.page import parse_page
from pouch.content.parse import read_bytes
from pouch.digests import digest
from pouch.engine.scan import DOSSIER, ENTRY, Source
from pouch.exporting.rows import WITH_ROWS, json_line, row_of
from pouch.markdown.images import ImageFile, image_files, large_image, too_large
from pouch.markdown.renderer import Link, Rendered, Renderer
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.tag.sentences import opening
from pouch.vocabulary.vocabulary import Vocabulary


class ParsedFile(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One file, read. Exactly one of entry, dossier, page is set, unless the file has errors."""

    path: str
    contents: bytes = b""  # the digest of the file's bytes; empty where it could not be read
    problems: tuple[Problem, ...] = ()
    key: EntryKey | None = None  # of an entry, even of one with errors: what the others must know of it
    entry: Record | None = None
    dossier: DossierRecord | None = None
    page: PageRecord | None = None
    lookups: tuple[tuple[str, str, str | None], ...] = ()  # (kind, name, its key) of names that are no keys
    links: tuple[Link, ...] = ()  # within the site, their lines those of the file
    pinned_line: int = 0  # of a dossier
    images: tuple[tuple[str, ImageFile], ...] = ()  # (path below content/, what is there)
    anchors: tuple[str, ...] = ()  # ids in the text

    @property
    def shared(self) -> tuple[object, ...]:
        """The parts that cross-file checks read, as whole values."""
        return self.key, self.dossier, self.page, self.links, self.pinned_line


class Encoded(NamedTuple):
    """The result of a worker for one file, in the form in which it is stored."""

    path: str
    contents: bytes  # the digest of its bytes; empty where it could not be read
    reading: bytes  # a ParsedFile as JSON
    html: bytes  # of its body


class _Lookups:
    """The vocabulary, remembering which names it was asked to resolve."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.countries = vocabulary.countries
        self.topics = vocabulary.topics
        self.seen: dict[tuple[str, str], str | None] = {}

    def find_country(self, text: str) -> str | None:
        key = self._vocabulary.find_country(text)
        self.seen["country", text] = key
        return key

    def find_topic(self, text: str) -> str | None:
        key = self._vocabulary.find_topic(text)
        self.seen["topic", text] = key
        return key

    def __getattr__(self, name: str) -> object:
        return getattr(self._vocabulary, name)


class Parser:
    """Parses files of one site. One for each process: it keeps the Markdown converter warm."""

    def __init__(self, site: Site, vocabulary: Vocabulary) -> None:
        self.site = site
        self.zone = site.zone
        self.vocabulary = vocabulary
        self._images: dict[str, ImageFile] = {}
        self._image_file = image_files(site.content_path)
        self.renderer = Renderer(prefix=site.path, images=self._image, url=site.url)

    def _image(self, path: str) -> ImageFile:
        self._images[path] = image = self._image_file(path)
        return image

    def read(self, source: Source) -> tuple[ParsedFile, bytes]:
        """The reading of a file and the HTML of its body. Faults are in the reading's problems; none is raised."""
        self._images = {}
        try:
            data = read_content(source.file)
        except OSError as error:
            return ParsedFile(path=source.path, problems=(unreadable(source.path, error),)), b""
        reading, html = self.parse(source.kind, source.path, data)
        return msgspec.structs.replace(reading, contents=digest(data)), html

    def parse(self, kind: str, path: str, data: bytes) -> tuple[ParsedFile, bytes]:
        """Parse the bytes of a file, whether or not it is on disk. `kind`: "entry", "dossier" or "page"."""
        self._images = {}
        if kind == ENTRY:
            return self._entry(path, data)
        if kind == DOSSIER:
            return self._dossier(path, data)
        return self._page(path, data)

    def encoded(self, source: Source) -> Encoded:
        """Parse a file, and encode the result for the state."""
        reading, html = self.read(source)
        return Encoded(source.path, reading.contents, encode_parsed(reading), html)

    def _entry(self, path: str, data: bytes) -> tuple[ParsedFile, bytes]:
        lookups = _Lookups(self.vocabulary)
        parsed = read_bytes(data, path, Context(self.site, lookups))  # type: ignore[arg-type]  # a recording stand-in
        entry = parsed.entry
        names = tuple((kind, text, key) for (kind, text), key in sorted(lookups.seen.items()) if text != key)
        reading = ParsedFile(
            path=path, problems=tuple(parsed.problems), key=key_of(parsed, self.site), lookups=names
        )
        if entry is None:
            # The body is checked all the same: an editor learns of every fault at once.
            lang = parsed.values.get("lang") or self.site.lang
            if parsed.body:
                reading, _ = self._rendered(reading, parsed.body, "body", lang, parsed.lines["body"])
            return reading, b""
        lang = entry.lang or self.site.lang
        picture = self._image(entry.image.file) if entry.image else ImageFile()
        if entry.image:
            line = parsed.lines.get("image.file", parsed.lines["image"])
            reading = self._with_problem_of_image(reading, entry.image.file, picture, line)
        reading, rendered = self._rendered(reading, entry.body, entry.id, lang, parsed.lines["body"])
        record = record_of(
            entry,
            path=path,
            site=self.site,
            body=body_key(path, rendered.html),
            words=rendered.words,
            first_paragraph=rendered.text_start,
            image_size=(picture.width, picture.height),
        )
        if any(self.site.has(feature) for feature in WITH_ROWS):
            row = json_line(row_of(entry, path, self.site)).decode().rstrip("\n")
            record = msgspec.structs.replace(record, row=row)
        return msgspec.structs.replace(reading, entry=record), rendered.html.encode()

    @staticmethod
    def _with_problem_of_image(reading: ParsedFile, path: str, file: ImageFile, line: int) -> ParsedFile:
        """The parsed file with what is wrong with the picture that its front matter names."""
        if file.fault:
            code, severity = "broken-image", Severity.ERROR
            message = f"the image {path!r} cannot be shown: {file.fault}"
            hint = file.hint
        elif too_large(file):
            code, severity = "large-image", Severity.WARNING
            message, hint = large_image(path, file)
        else:
            return reading
        problem = Problem(reading.path, line, 0, code, message, hint, severity)
        return msgspec.structs.replace(reading, problems=(*reading.problems, problem))

    def _dossier(self, path: str, data: bytes) -> tuple[ParsedFile, bytes]:
        parsed = parse_dossier(data, path, vocabulary=self.vocabulary, site=self.site)
        reading = ParsedFile(path=path, problems=tuple(parsed.problems), pinned_line=parsed.pinned_line)
        if (dossier := parsed.dossier) is None:
            return reading, b""
        name = f"{dossier.kind}-{dossier.key}".lower()
        reading, rendered = self._rendered(reading, dossier.body, name, dossier.lang, parsed.body_line)
        record = DossierRecord(
            path,
            dossier.kind,
            dossier.key,
            dossier.lang,
            dossier.pinned,
            dossier.links,
            body_key(path, rendered.html),
            dossier.title or "",
        )
        return msgspec.structs.replace(reading, dossier=record), rendered.html.encode()

    def _page(self, path: str, data: bytes) -> tuple[ParsedFile, bytes]:
        parsed = parse_page(data, path, site=self.site)
        reading = ParsedFile(path=path, problems=tuple(parsed.problems))
        if (page := parsed.page) is None:
            return reading, b""
        reading, rendered = self._rendered(reading, page.body, page.slug, page.lang, parsed.body_line)
        key = body_key(path, rendered.html)
        record = PageRecord(path, page.slug, page.lang, page.title, key, opening(rendered.text_start))
        return msgspec.structs.replace(reading, page=record), rendered.html.encode()

    def _rendered(
        self, reading: ParsedFile, body: str, name: str, lang: str, first_line: int
    ) -> tuple[ParsedFile, Rendered]:
        """The HTML of a body; its problems, links and images join the reading, their lines those of the file."""
        rendered = self.renderer.render(body, entry_id=name, lang=lang)
        problems = [
            msgspec.structs.replace(problem, path=reading.path, line=problem.line + first_line - 1)
            for problem in rendered.problems
        ]
        reading = msgspec.structs.replace(
            reading,
            problems=(*reading.problems, *problems),
            links=tuple(link._replace(line=link.line + first_line - 1) for link in rendered.links),
            anchors=rendered.anchors,
            images=tuple(sorted(self._images.items())),
        )
        return reading, rendered


# JSON, since MessagePack would bring every moment back in UTC, and years and months are the site's.
encode_parsed = msgspec.json.Encoder().encode
decode_parsed = msgspec.json.Decoder(ParsedFile).decode


def body_key(path: str, html: str) -> str:
    """The key under which a body is stored: it changes when the HTML does, and no two files share it."""
    return digest(f"{path}\0{html}".encode()).hex()


def stale_files(
    readings: Mapping[str, ParsedFile],
    vocabulary: Vocabulary,
    site: Site,
    *,
    vocabulary_changed: bool,
    statics_changed: bool,
) -> set[str]:
    """Paths of files that would read otherwise now, though their own bytes are the same."""
    stale = set()
    answers: dict[tuple[str, str], str | None] = {}
    image_file = image_files(site.content_path)
    for path, reading in readings.items():
        if vocabulary_changed:
            if (
                reading.problems
                or reading.dossier
                or any(key not in vocabulary.topics for key in _topics(reading))
            ):
                stale.add(path)
            for kind, text, key in reading.lookups:
                if (kind, text) not in answers:
                    find = vocabulary.find_country if kind == "country" else vocabulary.find_topic
                    answers[kind, text] = find(text)
                if answers[kind, text] != key:
                    stale.add(path)
        if statics_changed and any(image_file(image) != before for image, before in reading.images):
            stale.add(path)
    return stale


def _topics(reading: ParsedFile) -> tuple[str, ...]:
    return reading.entry.topics if reading.entry else ()
