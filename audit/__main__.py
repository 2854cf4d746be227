"""`make audit`: every judge in turn; exit 1 where one finds something, 2 where one cannot be asked.

python -m audit [JUDGE…]          markup, feeds, mail, subscribers, lighthouse, dependencies, patterns, workflows;
                               default: all
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import msgspec

from audit import dependencies, feeds, lighthouse, mail, markup, patterns, subscribers, workflows
from audit.findings import Finding
from audit.programs import install
from pouch.engine.build import build
from pouch.errors import EnvironmentFault
from pouch.reporting import say
from pouch.serve.server import Handler, Server
from pouch.site import Site, find_root, load_site


class Compressing(Handler):
    """Answers as a host on the web does to those who take gzip: a page's weight is half of its speed."""

    def send(
        self, status: HTTPStatus, body: bytes, kind: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        if "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().send(status, body, kind, headers)
            return
        body = gzip.compress(body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in (("Content-Encoding", "gzip"), *headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Judge(NamedTuple):
    """Who is asked, and the programs without which there is no answer."""

    ask: Callable[[Site], list[Finding]]
    needs: tuple[str, ...]


JUDGES = {
    "markup": Judge(markup.judge, ("npm", "java")),
    "feeds": Judge(feeds.judge, ("npm", "node")),
    "mail": Judge(mail.judge, ("npm",)),
    "subscribers": Judge(subscribers.judge, ("newsboat", "nginx")),
    "lighthouse": Judge(lighthouse.judge, ("npm", "node")),
    "dependencies": Judge(dependencies.judge, ()),
    "patterns": Judge(patterns.judge, ()),
    "workflows": Judge(workflows.judge, ("npm", "node")),
}


def main(names: Sequence[str]) -> int:
    """Build the site for this machine, ask the judges, print what they find and how long each took."""
    names = names or tuple(JUDGES)
    if unknown := set(names) - set(JUDGES):
        say(f"audit: no judge {', '.join(sorted(unknown))}; there are {', '.join(JUDGES)}")
        return 2
    try:
        install({name: JUDGES[name].needs for name in names})
        found: list[Finding] = []
        root = find_root(Path.cwd())
        with tempfile.TemporaryDirectory(prefix="pouch-audit-") as folder:
            site = load_site(root, output=Path(folder))
            server = Server("127.0.0.1", 0, Path(folder), site.path, live=False)
            server.RequestHandlerClass = Compressing
            # Lighthouse wants canonical links that lead to the page it looks at.
            site = msgspec.structs.replace(site, url=server.address + site.path)
            build(site)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for name in names:
                say(f"{name} …")
                began = time.monotonic()
                findings = JUDGES[name].ask(site)
                say(f"{name}: {_counted(findings)} in {time.monotonic() - began:.0f} s")
                found += findings
            server.shutdown()
    except EnvironmentFault as error:
        say(f"audit: {error}")
        return 2
    except subprocess.CalledProcessError as error:
        say(f"audit: {error}")
        return 2
    for finding in sorted(found):
        print(finding)
    say(f"audit: {_counted(found)} by {', '.join(names)}")
    return 1 if found else 0


def _counted(findings: Sequence[Finding]) -> str:
    return f"{len(findings)} finding{'s' * (len(findings) != 1)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
