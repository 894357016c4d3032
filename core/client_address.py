"""Whose address a request really comes from, when proxies stand in front.

``X-Forwarded-For`` is written by whoever sends the request, so it is believed only as far as
proxies of our own have added to it: read from the right, the first address that is none of
theirs is the client's. What stands further left may be invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

UNIX_SOCKET = "unix"
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class TrustedProxies:
    """The proxies of our own: addresses, networks, and "unix" for a socket on this machine.

    Raises: ValueError for what is none of these, or for a network that is everybody.
    """

    def __init__(self, names: Iterable[str]):
        wanted = list(names)
        self.unix_socket = UNIX_SOCKET in wanted
        self.networks = [_network(name) for name in wanted if name != UNIX_SOCKET]

    def client_of(self, peer: str, forwarded_for: str) -> str:
        """The client's address: ``peer``'s own, unless it is a proxy that names another."""
        nearest = peer
        hops = reversed(forwarded_for.split(",")) if forwarded_for else ()
        for hop in hops:
            if not self._trusts(nearest):
                break
            address = _address(hop)
            if address is None:  # a proxy of ours does not write this: believe no further
                break
            nearest = str(address)
        return nearest

    def _trusts(self, peer: str) -> bool:
        if not peer:
            return self.unix_socket
        address = _address(peer)
        return address is not None and any(address in network for network in self.networks)


def _network(name: str) -> Network:
    network = ip_network(name, strict=False)
    if network.prefixlen == 0:
        raise ValueError(f"{name} is everybody")
    return network


def _address(text: str) -> Address | None:
    """The address in ``text``, with or without a port; an IPv4 address in IPv6 dress undressed."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
