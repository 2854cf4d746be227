"""The addresses of the network that a fetch may connect to: public ones, unless the person says otherwise.

An address in an article, a feed or a redirect comes from a third party. Without a check it could make this machine
call its own services, or those of its network, on that party's behalf (server-side request forgery, CWE-918).
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

IPAddress = IPv4Address | IPv6Address

# Registered for protocols, and never a server of the public internet: IANA's special-purpose registry (RFC 6890), and
# the relays of 6to4 (withdrawn by RFC 7526). Some versions of `ipaddress` call them public, in whole or in part.
_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
# RFC 6052, 2.1: addresses that stand for an IPv4 address behind a translator, as networks without IPv4 have them.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Whether an address is on the public internet, by the registries that `ipaddress` knows (RFC 6890).

    An IPv6 address that is a way of writing an IPv4 address is as public as that one.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        tunnelled = (address.sixtofour, *(address.teredo or ()))
        if address.is_site_local or any(inner is not None and not is_public(inner) for inner in tunnelled):
            return False
    elif any(address in network for network in _SPECIAL):
        return False
    outside = address.is_private or address.is_loopback or address.is_link_local or address.is_reserved
    return address.is_global and not (outside or address.is_multicast or address.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses that a host's name stands for now, in the system's order. Raises OSError, UnicodeError."""
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in addresses))


def private_ones(addresses: list[str]) -> list[str]:
    """The addresses of a name that are not public."""
    return [text for text in addresses if not is_public(ip_address(text.partition("%")[0]))]
