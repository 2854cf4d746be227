"""What a browser sends to the preview's server, for its tests."""

from __future__ import annotations

import http.client
import re

from pouch.serve.server import Server

PATIENCE = 120
"""Seconds that an answer may take: a server that does not answer fails a test, a busy machine does not."""
SCRIPT_TAG = re.compile(rb'<script src="/\.pouch/reload\.js\?([0-9a-f]{32})"></script>')
PAGE = b"<!doctype html><html><head><title>Home</title></head></html>"


def get(server: Server, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.request(method, path)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found
