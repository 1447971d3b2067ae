"""IP addresses and networks: ``cidr("10.0.0.0/8").containsIP("10.1.2.3")``."""

from __future__ import annotations

import ipaddress
from typing import Any

from pytest_kbevents.apiserver.custom.cel.functions.reading import reads

IP, CIDR = "ip", "cidr"
"""The one field of each's value in CEL."""
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Interface | ipaddress.IPv6Interface


def ip(value: Any) -> dict[str, str]:
    """The address that a text is, or that a network is written with. Raises ValueError."""
    return {IP: str(_network(value).ip if isinstance(value, dict) else _address(value))}


def is_ip(text: str) -> bool:
    """Whether a text is an address."""
    return reads(_address, text)


def is_canonical(text: str) -> bool:
    """Whether an address is written as it should be. Raises ValueError."""
    return str(_address(text)) == text


def cidr(text: str) -> dict[str, str]:
    """The network that a text is. Raises ValueError."""
    return {CIDR: str(_network(text))}


def is_cidr(text: str) -> bool:
    """Whether a text is a network."""
    return reads(_network, text)


def family(value: Any) -> int:
    """4 or 6."""
    return _address(value).version


def is_unspecified(value: Any) -> bool:
    """0.0.0.0 or ::."""
    return _address(value).is_unspecified


def is_loopback(value: Any) -> bool:
    """127.0.0.0/8 or ::1."""
    return _address(value).is_loopback


def is_link_local_unicast(value: Any) -> bool:
    """169.254.0.0/16 or fe80::/10."""
    return _address(value).is_link_local


def is_link_local_multicast(value: Any) -> bool:
    """224.0.0.0/24 or ff02::/16."""
    address = _address(value)
    inside = "224.0.0.0/24" if address.version == 4 else "ff02::/16"
    return address in ipaddress.ip_network(inside)


def is_global_unicast(value: Any) -> bool:
    """What is none of the others."""
    address = _address(value)
    special = address.is_unspecified or address.is_loopback or address.is_multicast or address.is_link_local
    return not special and str(address) != "255.255.255.255"


def contains_ip(value: Any, address: Any) -> bool:
    """Whether an address lies in a network."""
    return _address(address) in _network(value).network


def contains_cidr(value: Any, other: Any) -> bool:
    """Whether a network lies in another."""
    outer, inner = _network(value).network, _network(other).network
    return outer.version == inner.version and inner.network_address in outer and inner.prefixlen >= outer.prefixlen


def prefix_length(value: Any) -> int:
    """How many bits of a network are the same in all of it."""
    return _network(value).network.prefixlen


def masked(value: Any) -> dict[str, str]:
    """The network itself, without the address that it was written with."""
    return {CIDR: str(_network(value).network)}


def _address(value: Any) -> _Address:
    text = value[IP] if isinstance(value, dict) else value
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        raise ValueError(f"IP Address {text!r} parse error during conversion from string: invalid") from None
    if "%" in text:
        raise ValueError(f'IP address "{text}" with zone value is not allowed')
    if found.version == 6 and found.ipv4_mapped is not None:
        raise ValueError(f'IPv4-mapped IPv6 address "{text}" is not allowed')
    return found


def _network(value: Any) -> _Network:
    text = value[CIDR] if isinstance(value, dict) else value
    if "/" not in text or not text.rpartition("/")[2].isdigit():
        raise ValueError("network address parse error during conversion from string: no '/'")
    try:
        return ipaddress.ip_interface(text)
    except ValueError as error:
        raise ValueError(f"network address parse error during conversion from string: {error}") from None
