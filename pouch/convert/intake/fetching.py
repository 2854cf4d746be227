"""A web address → the bytes of its response, within limits of time, size, redirects and network.

urllib3 speaks HTTP; the checks are ours. A name is resolved once for each request, all its addresses are
checked, and the connection is made to the very address that was checked, so that a name which answers differently the
second time (DNS rebinding) gains nothing. Redirects are followed by hand, each like a new address.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from email.message import Message
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from pouch import __version__
from pouch.convert.intake.cookies import Cookies
from pouch.convert.intake.hosts import private_ones, resolve
from pouch.convert.intake.unpacking import PackingError, unpack

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 16_384
_PAGE_OF_ERROR = 100_000
"""Bytes of the page that comes with an error: more than any says."""


class Limits(msgspec.Struct, frozen=True):
    """The limits of one fetch."""

    connect: float = 10.0  # seconds, for each connection
    read: float = 20.0  # seconds without a byte
    total: float = 60.0  # seconds, redirects and all
    size: int = 20_000_000  # bytes, unpacked
    redirects: int = 5


class MediaKind(msgspec.Struct, frozen=True):
    """A kind of document that a fetch accepts."""

    name: str  # as messages call it
    media_types: frozenset[str]  # a response of any other media type is not read
    accept: str  # the header that says so (RFC 9110, 12.5.1)


ARTICLE = MediaKind(
    "article",
    frozenset(
        """text/html application/xhtml+xml text/plain text/markdown application/rss+xml application/atom+xml
        application/rdf+xml application/xml text/xml application/feed+json application/json message/rfc822
        multipart/related application/x-mimearchive application/x-ndjson application/jsonl
        application/jsonlines""".split()  # noqa: SIM905  # a list of words
    ),
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
)
"""A page, a feed, or another document that holds articles."""
ANY = MediaKind("document", frozenset(), "text/html, */*;q=0.8")
"""Whatever an address gives."""


class Hop(msgspec.Struct, frozen=True):
    """A redirect."""

    status: int
    url: str  # where it leads, absolute


class Fetched(msgspec.Struct, frozen=True):
    """The response of an address."""

    url: str  # after redirects
    data: bytes
    media_type: str | None
    charset: str | None
    hops: tuple[Hop, ...] = ()  # the redirects that led to `url`
    status: int = 200
    headers: Mapping[str, str] = {}  # names in lower case


class FetchError(Exception):
    """Why an address does not give the kind of document that was requested."""

    def __init__(
        self, code: str, message: str, hint: str = "", status: int = 0, answer: Fetched | None = None
    ) -> None:
        """`status`: that of the response, where there was one; `answer`: its page, where any document is accepted."""
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.status = status
        self.answer = answer


def is_address(source: str) -> bool:
    """Whether a SOURCE is a web address rather than a file: it names a scheme and a host."""
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.isalnum() and scheme[:1].isalpha() and len(scheme) > 1


def fetch(
    url: str, *, media: MediaKind = ARTICLE, allow_private: bool = False, limits: Limits | None = None
) -> Fetched:
    """The response of `url`. Raises FetchError."""
    limits = limits or Limits()
    outcome: list[Fetched | BaseException] = []
    ended = threading.Event()

    def work() -> None:
        try:
            outcome.append(_follow(url, media, allow_private, limits, ended))
        except BaseException as error:  # noqa: BLE001, RUF100  # handed to the caller, whatever it is
            outcome.append(error)

    # In a thread, so that the limit covers everything: slow name servers and slow headers too.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(limits.total)
    if not outcome:
        ended.set()
        raise FetchError("timeout", f"it did not answer in full within {limits.total:g} seconds")
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _follow(
    url: str, media: MediaKind, allow_private: bool, limits: Limits, ended: threading.Event
) -> Fetched:
    seen_requests: list[tuple[str, str]] = []  # address and cookies
    hops: list[Hop] = []
    cookies = Cookies()
    while True:
        host = _Host.of(url)
        request = (url, cookies.header(host.scheme, host.netloc))
        if request in seen_requests:
            raise FetchError("redirects", f"it redirects in a circle, back to {url}")
        if len(seen_requests) > limits.redirects:
            raise FetchError("redirects", f"it redirects more than {limits.redirects} times")
        seen_requests.append(request)
        answer = _request(host, url, media, allow_private, limits, ended, cookies)
        if isinstance(answer, Fetched):
            return msgspec.structs.replace(answer, hops=tuple(hops))
        try:
            url = urljoin(url, answer.url)
        except ValueError as error:
            raise FetchError("bad-address", f"it redirects to {answer.url!r}, which is no address") from error
        hops.append(Hop(answer.status, url))


def _request(
    host: _Host,
    url: str,
    media: MediaKind,
    allow_private: bool,
    limits: Limits,
    ended: threading.Event,
    cookies: Cookies,
) -> Fetched | Hop:
    """The response of one address, or where it redirects to."""
    from urllib3 import exceptions

    addresses = host.checked(allow_private)
    for number, address in enumerate(addresses, 1):
        pool = host.pool(address, media, limits, cookies.header(host.scheme, host.netloc))
        try:
            response = pool.urlopen(
                "GET",
                host.target,
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            try:
                cookies.take(host.scheme, host.netloc, response.headers.getlist("Set-Cookie"))
                return _read(response, url, media, limits, ended)
            finally:
                # Not returned to the pool: the rest of the body may be endless.
                response.close()
        except (exceptions.NewConnectionError, exceptions.ConnectTimeoutError) as error:
            # Half of a network may be down: IPv6, as a rule.
            if number == len(addresses):
                raise FetchError("unreachable", _reason(error)) from error
        except PackingError as error:
            raise FetchError("unreachable", str(error)) from error
        except (exceptions.HTTPError, OSError, ValueError) as error:
            raise FetchError("unreachable", _reason(error)) from error
        finally:
            pool.close()
    raise FetchError("unreachable", "its host has no address")


def _read(response: Any, url: str, media: MediaKind, limits: Limits, ended: threading.Event) -> Fetched | Hop:
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        return Hop(response.status, _utf8(str(location)))
    _check(response, url, media, limits)
    data = bytearray()
    packing = response.headers.get("Content-Encoding", "")
    for chunk in unpack(response.stream(_CHUNK, decode_content=False), packing):
        data += chunk
        if len(data) > limits.size:
            raise _too_large(media, limits)
        if ended.is_set():
            break
    return _fetched(response, url, bytes(data))


def _fetched(response: Any, url: str, data: bytes) -> Fetched:
    kind = Message()
    kind["Content-Type"] = response.headers.get("Content-Type", "")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Fetched(
        url, data, _media_type(response), kind.get_content_charset(), status=response.status, headers=headers
    )


def _page_of_error(response: Any, url: str) -> Fetched:
    """The beginning of the page that an error comes with."""
    data = bytearray()
    try:
        packing = response.headers.get("Content-Encoding", "")
        for chunk in unpack(response.stream(_CHUNK, decode_content=False), packing):
            data += chunk
            if len(data) > _PAGE_OF_ERROR:
                break
    except Exception:  # the error counts, whatever its page does
        data.clear()
    return _fetched(response, url, bytes(data))


def _utf8(location: str) -> str:
    """A Location that a server sent as UTF-8 without escapes, which headers are not read as."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


class _Host(msgspec.Struct, frozen=True):
    """The host of a URL, and the request target."""

    scheme: str
    name: str
    port: int
    netloc: str
    target: str

    @classmethod
    def of(cls, url: str) -> _Host:
        try:
            parts = urlsplit(url)
            name = parts.hostname or ""
            name = name if ":" in name else name.encode("idna").decode("ascii")
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        except ValueError as error:
            raise FetchError("bad-address", f"{url} is no web address: {error}") from error
        if parts.scheme not in ("http", "https"):
            raise FetchError("bad-address", f"{url} is no http or https address")
        if not name:
            raise FetchError("bad-address", f"{url} names no host")
        if "@" in parts.netloc:
            raise FetchError("bad-address", "an address with a user's name or password in it is not fetched")
        netloc = f"[{name}]" if ":" in name else name
        netloc += f":{parts.port}" if parts.port else ""
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, name, port, netloc, quote(target, safe="/?:@!$&'()*+,;=%~-._"))

    def checked(self, allow_private: bool) -> list[str]:
        """The numeric addresses of the host, all of which may be connected to."""
        try:
            addresses = resolve(self.name, self.port)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise FetchError("unreachable", f"the host {self.name} is not found: {reason}") from error
        if not allow_private and (private := private_ones(addresses)):
            raise FetchError(
                "private-address",
                f"{self.name} is {private[0]}, an address of this machine or of a private network; it is not fetched",
                "--allow-private fetches it",
            )
        return addresses

    def pool(self, address: str, media: MediaKind, limits: Limits, cookies: str) -> Any:
        """Connections to one numeric address, under the host's name."""
        # Imported here: few conversions fetch.
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

        options: dict[str, Any] = {
            "headers": {
                "Host": self.netloc,
                "User-Agent": f"pelican-pouch/{__version__}",
                "Accept": media.accept,
                "Accept-Encoding": "gzip, deflate",
                **({"Cookie": cookies} if cookies else {}),
            },
            "timeout": Timeout(connect=limits.connect, read=limits.read),
            "maxsize": 1,
        }
        if self.scheme == "http":
            return HTTPConnectionPool(address, self.port, **options)
        # The certificate is the name's, not the number's.
        return HTTPSConnectionPool(
            address, self.port, server_hostname=self.name, assert_hostname=self.name, **options
        )


def _check(response: Any, url: str, media: MediaKind, limits: Limits) -> None:
    """Raises FetchError if the status or the headers rule out a document of this kind."""
    if not 200 <= response.status < 300:
        try:
            name = f"{response.status} {HTTPStatus(response.status).phrase}"
        except ValueError:
            name = str(response.status)
        hints = {401: "log in with a browser and save the page", 403: "open it in a browser and save the page",
                 404: "is the address whole?", 410: "is the address whole?", 429: "wait a while"}  # fmt: skip
        page = None if media.media_types else _page_of_error(response, url)
        message = f"the server answers {name}"
        raise FetchError("http-status", message, hints.get(response.status, ""), response.status, page)
    kind = _media_type(response)
    if kind is not None and media.media_types and kind not in media.media_types:
        raise FetchError("not-article", f"it is {kind}, and no {media.name} comes as that")
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > limits.size:
        raise _too_large(media, limits)


def _media_type(response: Any) -> str | None:
    value = response.headers.get("Content-Type")
    return value.partition(";")[0].strip().lower() or None if value else None


def _too_large(media: MediaKind, limits: Limits) -> FetchError:
    return FetchError("too-large", f"it has more than {limits.size // 1_000_000} MB, no {media.name} has")


def _reason(error: BaseException) -> str:
    """The reason of a failure, for a person who does not know urllib3."""
    from urllib3 import exceptions

    match error:
        case exceptions.NewConnectionError():
            return "no connection to the server"
        case exceptions.ConnectTimeoutError():
            return "the server does not answer"
        case exceptions.ReadTimeoutError():
            return "the server stopped answering"
        case exceptions.SSLError():
            return f"its certificate is not trusted: {error}"
        case exceptions.ProtocolError() | exceptions.IncompleteRead():
            return "the server broke off in the midst of its answer"
        case exceptions.HTTPError():
            return f"the server's answer is no HTTP that can be read: {type(error).__name__}"
    return str(error)
