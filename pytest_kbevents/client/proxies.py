"""The proxy that the environment names for a server, as the official client and client-go read it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from urllib.request import getproxies


def proxy_of(url: str, proxies: Mapping[str, str] | None = None) -> str:
    """URL of the proxy for ``url``, ``""`` for none. ``proxies`` are by scheme, ``no`` is what is not behind one."""
    known = getproxies() if proxies is None else proxies
    proxy = known.get(urlsplit(url).scheme) or known.get("all") or ""
    return "" if is_excepted(url, known.get("no") or "") else proxy


def is_excepted(url: str, exceptions: str) -> bool:
    """Whether ``NO_PROXY`` names its host, a domain that it is in, its network, or its host and port; ``*`` is all."""
    parts = urlsplit(url)
    host, entries = parts.hostname or "", [entry.strip().lower() for entry in exceptions.split(",")]
    names = (host, parts.netloc.lower())
    return any(_covers(entry, names) for entry in entries if entry)


def _covers(entry: str, names: tuple[str, ...]) -> bool:
    if entry == "*" or _is_in_network(_address(names[0]), entry):
        return True
    domain = entry.lstrip(".")
    return any(name == domain or name.endswith(f".{domain}") for name in names)


def _is_in_network(address: IPv4Address | IPv6Address | None, network: str) -> bool:
    try:
        return address is not None and address in ip_network(network, strict=False)
    except ValueError:
        return False


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
