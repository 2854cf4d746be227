"""Addresses that are told at a glance are what taking them apart would say."""

from __future__ import annotations

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from pouch.markdown.links import is_plain_address

PIECES = st.sampled_from(
    ["http://", "https://", "www", "www.", "a", "b-c", ".", "-", "/", "//", ":", ":80", "@", "?d=e", "&f", "#g", "%20",
     "~", "é", "١", "[", "]", "\\", " ", "\n", "\t", "_", "2"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=6).map("".join), st.sampled_from(["http://", "https://", ""]))
def test_a_plain_address_has_a_host_and_no_port(rest: str, scheme: str) -> None:
    """An address that passes at a glance has a host beside `www.`, and no port or user that could be wrong."""
    address = scheme + rest
    if is_plain_address(address):
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert (parts.hostname or "").removeprefix("www.")
        assert parts.netloc == parts.hostname


def test_what_needs_a_second_look() -> None:
    """Anything else is taken apart, so that this glance never says no by itself."""
    plain = ["https://a.bc", "http://a-b.cd/e_f/g.html?h=i&j=%20#k~", "https://localhost/"]
    other = [
        "https://",
        "https://www./",
        "https://a.bc:0/",
        "https://a@b.cd/",
        "https://é.fr/",
        "HTTPS://a.bc",
        "ftp://a.bc",
    ]
    assert [is_plain_address(address) for address in plain + other] == [True] * len(plain) + [False] * len(
        other
    )
