"""A static host as a site has one: nginx, with the site's redirects, telling clients what has not changed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from pouch.errors import EnvironmentFault

# The media types are those of docs/publishing.md.
_CONFIGURATION = """\
{user}
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
    log_format statuses "$status $request_method $uri";
    access_log {work}/access.log statuses;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    types {{ text/html html; application/feed+json json; application/xml xml; }}
    {servers}
}}
"""
_SERVER = """\
    map_hash_bucket_size 256;
    map_hash_max_size 65536;
    map $uri $pouch_moved {{ include {output}/redirects*.map; }}
    server {{
        listen 127.0.0.1:{port};
        root {output};
        if ($pouch_moved) {{ return 301 $pouch_moved; }}
    }}
"""


def program(name: str) -> str | None:
    """The path of a program; Debian keeps nginx where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


class Host:
    """nginx over one folder, on a free port of this machine, for as long as the `with` lasts."""

    def __init__(self, output: Path, work: Path, servers: Callable[[int], str] | None = None) -> None:
        """`output` is served; `work` takes nginx's own files; `servers` writes the configuration for a port.

        Raises EnvironmentFault where there is no nginx.
        """
        nginx = program("nginx")
        if nginx is None:
            raise EnvironmentFault("no nginx; on Debian: apt-get install nginx-light")
        self._work = work
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        # Started by root, its workers would be nobody, who cannot look into a temporary folder.
        user = "user root;" if os.geteuid() == 0 else ""
        configuration = work / "nginx.conf"
        served = servers(self.port) if servers else _SERVER.format(output=output, port=self.port)
        written = _CONFIGURATION.format(user=user, work=work, servers=served)
        configuration.write_text(written, "utf-8")
        self._command = [nginx, "-p", str(work), "-c", str(configuration)]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Host:
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise EnvironmentFault(f"nginx does not start: {self.complaint()}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        if self._process:
            self._process.terminate()
            self._process.wait(10)

    def reload(self) -> str:
        """Read the redirects again; what nginx has against them, else ""."""
        tested = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)
        if tested.returncode:
            return tested.stderr.strip()
        if self._process:
            self._process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
        return ""

    def complaint(self) -> str:
        """The last lines of its log."""
        log = self._work / "error.log"
        return log.read_text()[-500:] if log.is_file() else ""

    def statuses(self) -> Counter[str]:
        """How often it answered with each status since it was last asked."""
        log = self._work / "access.log"
        lines = log.read_text().splitlines()
        log.write_text("")
        return Counter(line.partition(" ")[0] for line in lines)
