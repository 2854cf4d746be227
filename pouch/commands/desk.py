"""`pouch desk`: review in the browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch desk                                     open the desk in the browser
  pouch desk inbox/ https://example.org/feed.xml with what a folder and a feed bring in its inbox
"""
)
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option(
    "--allow-private", is_flag=True, help="Fetch from addresses of private networks and of this machine too."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
@site_option
def command(
    sources: tuple[str, ...], port: int, allow_private: bool, no_browser: bool, site: Path | None
) -> None:
    """Curate in the browser: drop an article, see why each term is proposed, decide, save, publish.

    The desk stands at http://127.0.0.1:8001/ and answers this machine alone. It writes files as `pouch convert` and an
    editor do; git stays the way to publish. SOURCE is what `pouch convert` takes: a file, a folder, a feed; its
    articles wait in the inbox. Ctrl-C ends it.
    """
    import threading
    import webbrowser

    from pouch.convert.intake.sources import read_sources
    from pouch.desk.server import DeskServer
    from pouch.reporting import say

    articles = read_sources(sources, sys.stdin.buffer, allow_private=allow_private)
    # What loads in the background gives way to a page at once: a page opens files, and after each waits for its turn.
    sys.setswitchinterval(0.0005)
    server = DeskServer(load_site(site_root(site)), port, allow_private=allow_private)
    serving = threading.Thread(target=server.serve_forever, name="desk", daemon=True)
    serving.start()
    say(f"{server.address}/ is the desk; Ctrl-C ends it")
    if not no_browser:
        webbrowser.open(f"{server.address}/")
    try:
        if sources:
            waiting, refused = server.desk.take_in(articles)
            for message in refused:
                say(f"pouch: {message}")
            say(f"{len(waiting)} in the inbox")
        server.desk.warm()
        serving.join()
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()
