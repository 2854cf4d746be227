"""Releases: a whole site, then the next; readers see one or the other."""

from __future__ import annotations

import fcntl
import http.client
import os
import threading
from pathlib import Path

import pytest

from audit.host import Host, program
from pouch.errors import EnvironmentFault
from pouch.releasing.nginx import configuration
from pouch.releasing.releases import listed, publish, roll_back
from tests.archives import a_site
from tests.engine.sites import tree
from tests.held import PATIENCE


def write(output: Path, files: dict[str, str]) -> Path:
    """A built site of these files; others go."""
    for file in output.rglob("*") if output.is_dir() else ():
        if file.is_file() and file.relative_to(output).as_posix() not in files:
            file.unlink()
    for name, text in files.items():
        file = output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_text() != text:
            file.write_text(text)
    return output


FIRST = {"index.html": "one", "feed.xml": "<rss/>", "a/index.html": "a"}
SECOND = {**FIRST, "index.html": "two", "b/index.html": "b"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the first site in it."""
    publish(write(tmp_path / "output", FIRST), tmp_path / "www")
    return tmp_path


def seen(folder: Path) -> dict[str, str]:
    """What a web server serves."""
    root = folder / "current"
    return {file.relative_to(root).as_posix(): file.read_text() for file in root.rglob("*") if file.is_file()}


def test_readers_see_the_newest_release_and_can_be_led_back(place: Path) -> None:
    """Each publication is a release of its own; going back and forth builds nothing."""
    assert seen(place / "www") == FIRST
    published = publish(write(place / "output", SECOND), place / "www")
    assert (published.release, published.files, published.changed) == ("000002", 4, 2)
    assert seen(place / "www") == SECOND
    assert roll_back(place / "www").release == "000001"
    assert seen(place / "www") == FIRST
    assert listed(place / "www") == (["000001", "000002"], "000001")
    with pytest.raises(EnvironmentFault, match="no release before"):
        roll_back(place / "www")
    with pytest.raises(EnvironmentFault, match="no release '9'; there are 000001, 000002"):
        roll_back(place / "www", "9")
    roll_back(place / "www", "000002")
    assert seen(place / "www") == SECOND
    roll_back(place / "www")
    write(place / "output", {"index.html": "three"})
    assert publish(place / "output", place / "www").release == "000003"
    assert seen(place / "www") == {"index.html": "three"}


def test_what_is_as_it_was_keeps_its_time_and_its_place_on_the_disk(place: Path) -> None:
    """Also after a build from nothing, which writes every file anew."""
    before = (place / "www" / "current" / "feed.xml").stat()
    for file in (place / "output").rglob("*.*"):
        os.utime(file, (2_000_000_000, 2_000_000_000))
    write(place / "output", SECOND)
    publish(place / "output", place / "www")
    after = (place / "www" / "current" / "feed.xml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    again = publish(place / "output", place / "www")
    assert (again.release, again.switched) == ("000002", False)
    assert listed(place / "www")[0] == ["000001", "000002"]


def test_a_change_within_the_second_has_another_time(place: Path) -> None:
    """Servers compare whole seconds and sizes: they would call the new bytes the old ones."""
    old = (place / "www" / "current" / "index.html").stat()
    write(place / "output", {**FIRST, "index.html": "two"})
    os.utime(place / "output" / "index.html", ns=(old.st_mtime_ns, old.st_mtime_ns))
    publish(place / "output", place / "www")
    assert int((place / "www" / "current" / "index.html").stat().st_mtime) == int(old.st_mtime) + 1


def test_the_newest_stay(place: Path) -> None:
    """As many as are asked for, and the current one in any case; what is not called like a release is not touched."""
    (place / "www" / "releases" / "notes").mkdir()
    for number in range(2, 6):
        publish(write(place / "output", {"index.html": str(number)}), place / "www")
    roll_back(place / "www", "000002")
    published = publish(write(place / "output", {"index.html": "6"}), place / "www", keep=2)
    assert published.removed == ("000001", "000002", "000003", "000004")
    roll_back(place / "www")
    assert seen(place / "www") == {"index.html": "5"}
    assert (place / "www" / "releases" / "notes").is_dir()


def test_a_run_that_is_killed_leaves_what_readers_saw(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the switch nothing is seen of it; the next run begins anew."""
    write(place / "output", SECOND)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            publish(place / "output", place / "www")
    assert seen(place / "www") == FIRST
    unfinished = place / "www" / "releases" / ".pouch-unfinished"
    unfinished.mkdir()
    (unfinished / "half.html").write_text("<ht")
    publish(place / "output", place / "www")
    assert seen(place / "www") == SECOND
    assert not unfinished.exists()


def test_folders_that_cannot_be_published_to(place: Path) -> None:
    """What is not ours is not replaced, and a site is not published into itself."""
    output = place / "output"
    (place / "other" / "current").mkdir(parents=True)
    with pytest.raises(EnvironmentFault, match="no symbolic link"):
        publish(output, place / "other")
    for folder in (output / "www", place, output):
        with pytest.raises(EnvironmentFault, match="lie in each other"):
            publish(output, folder)
    (place / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot publish"):
        publish(output, place / "file")
    with pytest.raises(EnvironmentFault, match="cannot publish"):
        publish(place / "nowhere", place / "elsewhere")
    with (place / "www" / "lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(EnvironmentFault, match="another publication is under way"):
            publish(output, place / "www")


def test_only_files_are_published(place: Path) -> None:
    """A symbolic link in the output could lead anywhere; a temporary file is not finished."""
    write(place / "output", SECOND)
    (place / "output" / "secret").symlink_to("/etc/passwd")
    (place / "output" / "folder").symlink_to("/etc")
    (place / "output" / ".pouch-x.tmp").write_text("half")
    publish(place / "output", place / "www")
    assert seen(place / "www") == SECOND


def test_a_site_under_a_path_lies_under_it(tmp_path: Path) -> None:
    """The root of the server is the release, whatever the path of SITEURL."""
    output = write(tmp_path / "output", FIRST)
    publish(output, tmp_path / "www", path="/archive")
    assert seen(tmp_path / "www") == {f"archive/{name}": text for name, text in FIRST.items()}
    assert not publish(output, tmp_path / "www", path="/archive").switched


def test_a_folder_with_signs_that_nginx_reads_is_refused(tmp_path: Path) -> None:
    """The configuration would mean something else."""
    with pytest.raises(EnvironmentFault, match="mean something to nginx"):
        configuration(a_site(), tmp_path / "a; b")


@pytest.mark.slow
@pytest.mark.skipif(program("nginx") is None, reason="needs nginx; on Debian: apt-get install nginx-light")
def test_nginx_answers_with_one_release_or_the_other(tmp_path: Path) -> None:
    """While releases change under load, every answer is whole; unchanged files are 304, feeds have their types."""
    pages = {f"{number}/index.html": "" for number in range(40)}
    sites = [
        {**dict.fromkeys(pages, letter * (200_000 + 1000 * place)), "feed.xml": "<rss/>", "404.html": "nothing here",
         "redirects.map": "/old/ /1/;\n", "feed.json": "{}", "atom.xml": "<feed/>", "x.words": "x"}
        for place, letter in enumerate("AB")
    ]  # fmt: skip
    output, www, work = tmp_path / "output", tmp_path / "www", tmp_path / "work"
    work.mkdir()
    publish(write(output, sites[0]), www)
    with Host(www / "current", work, lambda port: configuration(a_site(), www, f"127.0.0.1:{port}")) as host:
        answers: list[tuple[int, bytes]] = []
        stop = threading.Event()

        def read() -> None:
            client = http.client.HTTPConnection("127.0.0.1", host.port, timeout=PATIENCE)
            number = 0
            while not stop.is_set() or number < 40:
                client.request("GET", f"/{number % 40}/")
                answer = client.getresponse()
                answers.append((answer.status, answer.read()))
                number += 1

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for turn in range(1, 13):
            publish(write(output, sites[turn % 2]), www, keep=2)
        roll_back(www)
        stop.set()
        for reader in readers:
            reader.join()
        whole = {(200, letter.encode() * (200_000 + 1000 * place)) for place, letter in enumerate("AB")}
        assert set(answers) == whole
        ask = http.client.HTTPConnection("127.0.0.1", host.port, timeout=PATIENCE)

        def get(path: str, **headers: str) -> http.client.HTTPResponse:
            ask.request(
                "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = ask.getresponse()
            answer.read()
            return answer

        etag = get("/feed.xml").headers["ETag"]
        for file in output.rglob("*.*"):
            os.utime(file, (2_000_000_000, 2_000_000_000))
        publish(write(output, {**sites[1], "new.html": "new"}), www)
        assert get("/feed.xml", If_None_Match=etag).status == 304
        assert [get(f"/{name}").headers["Content-Type"] for name in ("feed.xml", "atom.xml", "feed.json")] == [
            "application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8",
            "application/feed+json; charset=utf-8",
        ]  # fmt: skip
        assert (get("/old/").status, get("/old/").headers["Location"]) == (301, f"{host.url}/1/")
        assert [get(path).status for path in ("/nowhere/", "/redirects.map", "/new.html")] == [404, 404, 200]
        assert get("/x.words").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert tree(www / "current")
