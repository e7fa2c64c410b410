"""Where an address leads: what of the network may be asked, judged without asking it.

What lies inside (private, loopback, link-local, metadata of clouds, what is reserved, and every
way to write such an address into another one) is never public. The lists stand here, because what
the standard library calls global changes with its version.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

Address = IPv4Address | IPv6Address

LONGEST_URL = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST_HOST = 253
_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BLANKS = re.compile(r"[\x00-\x20\x7f\\]")
_PATH, _QUERY = "%/:@!$&'()*+,;=~-._", "%/:@!$&'()*+,;=~-._?"

_NEVER4 = [
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        "168.63.129.16/32",  # public to look at, and the inside of a cloud
    )
]
_PUBLIC6 = ip_network("2000::/3")
# IETF's own with Teredo, documentation, 6to4: they hold another address, or nobody's.
_NEVER6 = [ip_network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_ISATAP = (0x00005EFE, 0x02005EFE)
_INSIDE = [
    ip_network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
]
_METADATA = {ip_address(one) for one in ("100.100.100.200", "fd00:ec2::254", "fd20:ce::254")}


class AddressError(ValueError):
    """This is no address that may be asked; says nothing of what it was."""


@dataclass(frozen=True)
class Destination:
    """An address taken apart: the name as it is asked for, and the rest as it is sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def literal(self) -> Address | None:
        """The address itself where it is no name."""
        return _literal(self.host)


def destination(url: str, *, ports: Collection[int]) -> Destination:
    """Take a web address apart.

    :raises AddressError: for all but plain addresses of pages: other schemes and ports, names and
        passwords in it, numbers that only some read as an address.
    """
    if not 0 < len(url) <= LONGEST_URL or _BLANKS.search(url):
        raise AddressError
    try:
        parts = urlsplit(url)
        port = parts.port
        is_plain = parts.scheme in DEFAULT_PORTS and "@" not in parts.netloc
        host = _plain_host(parts.hostname or "")
    except ValueError as broken:
        raise AddressError from broken
    port = DEFAULT_PORTS.get(parts.scheme, 0) if port is None else port
    if not (is_plain and host and port in ports):
        raise AddressError
    path = quote(parts.path or "/", safe=_PATH)
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return Destination(parts.scheme, host, port, path + query)


def is_public(address: Address) -> bool:
    """Tell whether it is somebody's place in the public network, and nothing inside."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NEVER4)
    if address not in _PUBLIC6 or any(address in network for network in _NEVER6):
        return False
    return (int(address) >> 32) & 0xFFFFFFFF not in _ISATAP


def is_inside(address: Address) -> bool:
    """Tell whether it lies in a private network, where a host may be that was named for it.

    Never this machine itself, the line it hangs on, or what tells a cloud's secrets.
    """
    return address not in _METADATA and any(address in network for network in _INSIDE)


def _plain_host(name: str) -> str:
    """Return the name in the letters it is asked for; "" for what is none."""
    if _literal(name):
        return name
    host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    last = host.rpartition(".")[2]
    # Some read 2130706433, 0x7f.1 and 127.1 as an address, others as a name.
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host) or _NUMBER.fullmatch(last):
        return host if _literal(host) else ""
    return host


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host) if "%" not in host else None
    except ValueError:
        return None
