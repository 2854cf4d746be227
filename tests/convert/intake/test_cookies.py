"""Cookies of one fetch."""

from __future__ import annotations

import pytest

from pouch.convert.intake.cookies import Cookies


@pytest.mark.parametrize(
    ("scheme", "host", "sent"),
    [
        ("https", "a.example", "seen=1; lang=fr"),
        ("http", "a.example", "lang=fr"),
        ("https", "b.example", ""),
        ("https", "a.example.evil.example", ""),
        ("https", "a.example:8443", ""),
    ],
)
def test_a_cookie_goes_to_its_own_host_alone(scheme: str, host: str, sent: str) -> None:
    """Neither another host gets it, nor anybody on the way if it came encrypted."""
    cookies = Cookies()
    cookies.take("http", "a.example", ["lang=fr; Path=/"])
    cookies.take("https", "a.example", ["seen=1; Secure; HttpOnly", "\x00=bad", 'x"y', ""])
    assert set(filter(None, cookies.header(scheme, host).split("; "))) == set(filter(None, sent.split("; ")))
