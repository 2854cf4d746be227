"""The files of a site's folders. One rule decides which are read; every other file is reported, with the reason.

The rule: hidden files are left out, except `.well-known` (RFC 8615) where files are published. A symbolic link to a
file is followed if it stays within the site. A symbolic link to a folder is not followed, so that no loop can hold the
build. The files that operating systems and editors leave behind are left out without a problem.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.slugs import DEVICES

LISTED_APART = 5
"""More unread files of one ending in one folder are one problem."""

# Files of operating systems and file managers, in small letters. No page needs one; some tell names of other files.
_LEFTOVERS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"})
# Hidden files of version control, synchronisers and editors: everyone has them, and nobody means them to be read.
_TOOLS = re.compile(
    r"\.(?:git|git[a-z-]+|hg|hg[a-z]+|svn|jj|keep|DS_Store|_.*|AppleDouble|localized|directory|hidden"
    r"|Spotlight-V100|fseventsd|TemporaryItems|[Tt]rash.*|vscode|idea|obsidian|editorconfig|prettier.*|markdownlint.*"
    r"|vale.*|dropbox.*|stfolder|stignore|sync.*|nextcloud.*|owncloud.*|nfs\w+|fuse_hidden\w+|~lock\..*|#.*"
    r"|.*\.sw[a-z]|.*\.tmp|.*~)"
)
_BACKUPS = ("~", ".swp", ".tmp")
PUBLISHED_THOUGH_HIDDEN = ".well-known"
# Windows takes these for the digits in names of devices.
_RAISED = str.maketrans("¹²³", "123")
# Windows cannot hold such names (learn.microsoft.com, "Naming Files, Paths, and Namespaces"); Netlify refuses # and ?.
# Names that everything takes, told at a glance.
_ORDINARY = re.compile(
    # What is longer than all names of devices need not be compared with each.
    rf"(?:[A-Za-z0-9_-]{{{max(map(len, DEVICES)) + 1},}}+|(?!(?i:{'|'.join(sorted(DEVICES))})(?:\.|$))[A-Za-z0-9_-]+)"
    r"(?:\.[A-Za-z0-9_-]+)*",
    re.ASCII,
)
_REFUSED_SIGNS = re.compile(r'[#?\\:*"<>|]')
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ANNEX = f"{os.sep}.git{os.sep}annex{os.sep}"
"""git-annex keeps the files of a repository there, and links to them."""


class Folders:
    """Walks the folders of one site and notes in `problems` what is not read, and why."""

    def __init__(self, site: Site) -> None:
        self.problems: list[Problem] = []
        self.targets: set[str] = set()  # absolute paths of the files that links led to
        self._inside = f"{site.root}{os.sep}"
        self._root = os.path.realpath(site.root)
        places = (site.root, site.content, site.theme, *site.template_overrides, *site.plugin_paths)
        self._bounds = tuple({f"{os.path.realpath(place)}{os.sep}" for place in places})
        self._published = {os.path.join(site.content, path) for path in site.static_addresses}  # noqa: PTH118

    def path(self, file: str) -> str:
        """A path as messages show it: relative to the site's folder, showable whatever bytes its name has."""
        inside = self._inside
        # relpath costs more than the stat; it is needed only for content that lies outside the site's folder.
        path = file[len(inside) :] if file.startswith(inside) else os.path.relpath(file, inside)
        path = path.replace(os.sep, "/")
        if path.isprintable():
            return path
        return _CONTROLS.sub(
            lambda sign: ascii(sign[0])[1:-1], path.encode("utf-8", "backslashreplace").decode()
        )

    def texts(self, folder: str, suffix: str, what: str) -> Iterator[tuple[str, os.stat_result]]:
        """Files below `folder` that end in `suffix`, with their stat, in order of name; `what` names one of them.

        Every other file there is a problem. A FIFO, a socket or a device with that suffix is yielded too: its reader
        reports why it cannot be read.
        """
        unread: dict[tuple[str, str], list[str]] = {}
        for listing in self._walk(folder, suffix=suffix):
            for file, stat in listing:
                if file.endswith(suffix):
                    yield file, stat
                else:
                    ending = os.path.splitext(file)[1].lower()  # noqa: PTH122  # strings: a hundred thousand of them
                    unread.setdefault((os.path.dirname(file), ending), []).append(file)  # noqa: PTH120  # likewise
        for (_, ending), files in unread.items():
            shown = files if len(files) <= LISTED_APART else files[:1]
            more = (
                f", and {len(files) - 1} others that end in {ending or 'nothing'} there"
                if shown != files
                else ""
            )
            for file in shown:
                message, hint = _unread(os.path.basename(file), suffix, what)  # noqa: PTH119
                self.tell(file, "unread-file", message + more, hint)

    def published(self, place: str) -> Iterator[tuple[str, os.stat_result]]:
        """The file `place`, or the files below that folder: what is published as it is."""
        if os.path.isdir(place):  # noqa: PTH112
            yield from chain.from_iterable(self._walk(place, published=True))
        elif os.path.lexists(place) and self.may_read(place):
            yield place, os.stat(place)  # noqa: PTH116

    def code(self, folder: str) -> Iterator[tuple[str, os.stat_result]]:
        """Files below a folder of templates or of a plugin. Files that are skipped there are not reported."""
        before = len(self.problems)
        yield from chain.from_iterable(self._walk(folder))
        new_problems = self.problems[before:]
        self.problems[before:] = [problem for problem in new_problems if problem.severity is Severity.ERROR]

    def tell(
        self, file: str, code: str, message: str, hint: str = "", severity: Severity = Severity.WARNING
    ) -> None:
        """Note a problem of a file or folder as a whole."""
        self.problems.append(Problem(self.path(file), 0, 0, code, message, hint, severity))

    def _walk(
        self, folder: str, *, suffix: str = "", published: bool = False
    ) -> Iterator[list[tuple[str, os.stat_result]]]:
        """The files below `folder`, in lists: one generator for each folder, not for each file, is passed through."""
        if os.path.islink(folder) and not self._may_follow(folder):  # noqa: PTH114
            return
        try:
            # Files are looked up from there: a third faster than from the root for each.
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror or error}"
            hint = "give the user that runs Pouch the right to read it"
            self.tell(folder, "unreadable-file", message, hint, Severity.ERROR)
            return
        files: list[tuple[str, os.stat_result]] = []
        above = folder + os.sep
        try:
            for name in sorted(os.listdir(descriptor)):  # noqa: PTH208  # a Path cannot list an open folder
                path = above + name
                is_text = bool(suffix) and name.endswith(suffix)
                # Nearly every file is ordinary, and what is asked of others costs as much as the stat.
                if not (is_text and _ORDINARY.fullmatch(name)) and not self._is_wanted(
                    path, name, checked=published or bool(suffix), published=published
                ):
                    continue
                stat = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
                if S_ISLNK(stat.st_mode):
                    if is_text and not os.path.exists(path):  # noqa: PTH110
                        # An entry that cannot be read must not go missing unnoticed: reading it gives the reason.
                        if self._leads_inside(path):
                            files.append((path, stat))
                    elif self.may_read(path):
                        files.append((path, os.stat(path)))  # noqa: PTH116
                elif S_ISDIR(stat.st_mode):
                    yield files
                    files = []
                    yield from self._walk(path, suffix=suffix, published=published)
                elif S_ISREG(stat.st_mode) or is_text:
                    files.append((path, stat))
                else:
                    self.tell(path, "unread-file", "it is no regular file, so it is not read", "remove it")
        finally:
            os.close(descriptor)
        yield files

    # Names

    def _is_wanted(self, path: str, name: str, *, checked: bool, published: bool) -> bool:
        """Whether a file or folder is looked at, by its name, which is a problem if it is `checked` and refused."""
        if not name.isascii() and not self._has_text_name(path):
            return False
        left_out = name[0] == "." or name.endswith(_BACKUPS) or name.lower() in _LEFTOVERS
        if left_out and not (published and (name == PUBLISHED_THOUGH_HIDDEN or path in self._published)):
            self._passed_over(path, name, published=published)
            return False
        if checked:
            self._check_name(path, name)
        return True

    def _has_text_name(self, path: str) -> bool:
        """A name in another encoding than UTF-8 has no address, and no place in state or manifest."""
        try:
            path.encode()
        except UnicodeEncodeError:
            self.tell(
                path, "unreadable-file", "the file's name is no UTF-8", "rename the file", Severity.ERROR
            )
            return False
        return True

    def _passed_over(self, path: str, name: str, *, published: bool) -> None:
        if name[0] != "." or is_of_tools(name):
            return
        if published:
            message = "a hidden file or folder is not published"
            below = self.path(path).partition("/")[2] or name
            hint = f"to publish a file, name it: EXTRA_PATH_METADATA = {{{below!r}: {{'path': {name!r}}}}}"
        else:
            message, hint = "a hidden file or folder is not read", "rename or remove it"
        self.tell(path, "unread-file", message, hint)

    def _check_name(self, path: str, name: str) -> None:
        if problem := refused_name(name):
            hint = "rename it"
            if _CONTROLS.search(name) or _is_device(name):
                self.tell(path, "refused-name", problem, hint, Severity.ERROR)
            else:
                self.tell(path, "refused-name", problem, hint)

    # Symbolic links

    def _may_follow(self, path: str) -> bool:
        """Whether the link `path` leads to a place within the site. Any other link is a problem."""
        if path.startswith(self._inside) and not self._leads_inside(path):
            return False
        if os.path.exists(path):  # noqa: PTH110
            return True
        message = f"the symbolic link leads to {_target(path)}, and nothing can be read there"
        self.tell(path, "unread-file", message, "correct or remove the link")
        return False

    def may_read(self, path: str) -> bool:
        """Whether the link `path` leads to a file that may be read. Every other is a problem."""
        if os.path.islink(path) and not self._may_follow(path):  # noqa: PTH114
            return False
        if os.path.isfile(path):  # noqa: PTH113
            self.targets.add(os.path.realpath(path))
            return True
        what = "folder" if os.path.isdir(path) else "place that is no file"  # noqa: PTH112
        message = f"a symbolic link to a {what} is not followed: {_target(path)}"
        self.tell(path, "unread-file", message, "put the files there themselves, or a link to each file")
        return False

    def _leads_inside(self, path: str) -> bool:
        """Whether a link stays within the site and out of its hidden folders, which hold keys and passwords."""
        real = os.path.realpath(path)
        bounds = [place for place in self._bounds if f"{real}{os.sep}".startswith(place)]
        fault = "" if bounds else "out of the site"
        if bounds and _ANNEX not in real:
            hidden = any(part[0] == "." for part in Path(real).relative_to(max(bounds, key=len)).parts)
            own = f"{os.sep}{PUBLISHED_THOUGH_HIDDEN}"
            fault = "to a hidden file" if hidden and own not in real else ""
        if fault:
            message = f"the symbolic link leads {fault}: {_target(path)}"
            hint = "put the file itself there; nothing outside the site is read or published"
            self.tell(path, "link-out-of-site", message, hint, Severity.ERROR)
        return not fault


def is_of_tools(name: str) -> bool:
    """Whether a hidden file or folder is one of version control, an editor, a synchroniser or a file manager."""
    return _TOOLS.fullmatch(name) is not None


def refused_name(name: str) -> str:
    """Why a host or a disk refuses the name of a file or folder, in words; empty for an ordinary name."""
    if _ORDINARY.fullmatch(name):
        return ""
    if match := _CONTROLS.search(name):
        return f"the name holds a control character, U+{ord(match[0]):04X}, which no address can hold"
    if match := _REFUSED_SIGNS.search(name):
        who = "some hosts refuse" if match[0] == "#" else "Windows and some hosts refuse"
        return f"the name holds {match[0]!r}, which {who}"
    if _is_device(name):
        return "the name is that of a device of Windows, which cannot hold such a file"
    if name.strip(" ") != name or name.endswith("."):
        return "the name begins or ends with a blank or ends with a full stop, which Windows refuses"
    return ""


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip(" ").lower().translate(_RAISED) in DEVICES


def _target(path: str) -> str:
    target = os.readlink(path) if os.path.islink(path) else path  # noqa: PTH114, PTH115
    return target if target.isprintable() else ascii(target)[1:-1]


def _unread(name: str, suffix: str, what: str) -> tuple[str, str]:
    """Message and cure for a file that lies among texts and is none."""
    message = f"it is not read: the name of {what} ends in {suffix}"
    ending = Path(name).suffix.lower()
    lowered = name.lower()
    if lowered.endswith(suffix):
        return f"{message}, in small letters", f"rename it to {name[: -len(suffix)]}{suffix}"
    if suffix == ".md" and (
        f"{suffix}." in lowered or ending in (".markdown", ".mdown", ".mkd", ".mdwn", ".mdx")
    ):
        stem = name[: lowered.rfind(suffix + ".")] if f"{suffix}." in lowered else Path(name).stem
        return message, f"rename it to {stem}{suffix}"
    if suffix == ".md" and ending in (".txt", ".html", ".htm", ".eml", ".docx", ".pdf", ".rst", ".mbox"):
        return message, "`pouch convert` makes a draft of it"
    if ending in (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"):
        return message, "images live under content/images/"
    return message, "rename it, or move it to another folder"
