"""What is printed: nothing that a terminal would obey, and no traceback where nothing can be printed."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pouch.characters import printable
from tests.commands.sites import entry, make_site, run

ROOT = Path(__file__).parents[1]
# A red text, a title of the window, the same in one sign, a text that runs backwards, an erased line.
ORDERS = "\x1b[31mred\x1b]0;title\x07 \x9b31m \u202eoverride\u2066 \rerased\x08\x7f"


def test_control_characters_are_escaped_and_letters_are_not() -> None:
    """JSON reads the escapes back; other scripts and their marks stay."""
    shown = printable(f"a\tb\n{ORDERS}")
    assert shown.startswith(
        "a\tb\n\\u001b[31mred\\u001b]0;title\\u0007 \\u009b31m \\u202eoverride\\u2066 \\u000d"
    )
    assert json.loads(json.dumps({"x": ORDERS}, ensure_ascii=False)) == {"x": ORDERS}
    assert json.loads(printable(json.dumps({"x": ORDERS}, ensure_ascii=False))) == {"x": ORDERS}
    for text in ("Ünïcødé – “quoted”", "العربية \u200fعلامة", "日本語\u3000文", "a\u00a0b", "🙂\u200d🙃"):
        assert printable(text) == text


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("check", []),
        ("check", ["--format", "github"]),
        ("check", ["--format", "json"]),
        ("list", []),
        ("list", ["--json"]),
        ("build", []),
        ("convert", ["article.txt", "--dry-run"]),
        ("tag", ["article.txt"]),
        ("rename", ["topic", ORDERS.replace("\x07", ""), "x"]),
    ],
)
def test_no_command_sends_orders_to_the_terminal(
    command: str, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles, topics, names of files, articles: whatever comes from elsewhere is shown as it is spelt."""
    orders = ORDERS.replace("\x07", "").replace("\x1b", "\\e").replace("\x9b", "\\x9b").replace("\x08", "\\b")
    orders = orders.replace("\r", "\\r").replace("\x7f", "\\x7f")
    files = {
        "entries/a.md": entry("aaaa", f'title: "{orders}"', f'topics: ["{orders}"]', body=f"x{ORDERS[:4]}"),
        "entries/b.md": entry("bbbb", f'title: "A {orders[:3]} \\u202e title"'),
        f"images/{ORDERS.replace('/', '')}.png": "x",
    }
    site = make_site(tmp_path, files)
    (tmp_path / "article.txt").write_text(f"A title {ORDERS}\n\nKyiv said {ORDERS} on Monday.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    done = run(site, command, *arguments)
    said = done.stdout + done.stderr
    assert said.strip()
    assert [hex(ord(sign)) for sign in said if sign != "\n" and printable(sign) != sign] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", ["list", "check", "schema"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_stdout_is_told(command: str, unbuffered: str, tmp_path: Path) -> None:
    """Exit code 2 and one line, as for every other fault of the machine, whenever Python writes what was printed."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", "topics: []")})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pouch", command, "--site", str(site)],
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "pouch: the output: No space left on device"
    assert "Traceback" not in done.stderr.decode()


def test_a_reader_that_has_ended_is_no_fault(tmp_path: Path) -> None:
    """`pouch list | head` ends silently, with exit code 0."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa")})
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "pouch", "list", "--site", str(site)],
        env=os.environ | {"PYTHONUNBUFFERED": ""},
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_closed_streams_cost_no_traceback_and_mix_nothing(tmp_path: Path) -> None:
    """Messages for people never end up among results, nor in a file that has the freed number."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa")})
    command = f"{sys.executable} -m pouch list --site {site}"
    for redirection, lines in (("2>&-", 1), (">&-", 0), (">&- 2>&-", 0)):
        done = subprocess.run(["/bin/sh", "-c", f"{command} {redirection}"], capture_output=True, check=False)
        assert (done.returncode, len(done.stdout.splitlines())) == (0, lines), redirection
        assert done.stderr == b""


def test_one_module_prints() -> None:
    """Whatever goes to a terminal goes through it, so that nothing is forgotten."""
    others = []
    for file in sorted((ROOT / "pouch").rglob("*.py")):
        if file.name in ("reporting.py", "__main__.py"):
            continue
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call):
                named = ast.unparse(node.func)
                if named in (
                    "print",
                    "click.echo",
                    "click.secho",
                    "sys.stdout.write",
                    "sys.stdout.buffer.write",
                ):
                    others.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert others == []


def test_results_of_a_command_are_as_they_were(tmp_path: Path) -> None:
    """What scripts read has not changed."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", 'title: "Überblick – \\u200fمرحبا"')})
    assert json.loads(run(site, "list", "--json").stdout)["title"] == "Überblick – \u200fمرحبا"
