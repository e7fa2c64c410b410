"""Lines to the world outside: how they are opened, for how long, and why there is none."""

import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException
from ipaddress import ip_address
from threading import Timer
from time import monotonic

from kernel.addresses import Address, Destination


class Obstacle(StrEnum):
    """Why there is no answer."""

    ADDRESS = "address"
    FORBIDDEN = "forbidden"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    TIME_OVER = "time_over"
    TOO_LARGE = "too_large"
    PACKED = "packed"
    BROKEN_OFF = "broken_off"


class OutboundError(Exception):
    """There is no answer, or no whole one."""

    def __init__(self, obstacle: Obstacle, host: str = "") -> None:
        """Keep the reason; of the address only its host."""
        super().__init__(f"{obstacle} {host}".strip())
        self.obstacle = obstacle


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long and how much; `inside` names hosts that may lie in a private network."""

    seconds: float
    most_bytes: int
    connect_seconds: float = 5.0
    ports: frozenset[int] = frozenset({80, 443})
    inside: frozenset[str] = frozenset()


class Wire:
    """The network as it is: names, lines and whom we trust."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return every address of a name."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [str(one[4][0]) for one in found]

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        """Open a line to an address; no name is looked up here."""
        return socket.create_connection((str(ip_address(address)), port), seconds)

    def trust(self) -> ssl.SSLContext:
        """Return whose word counts for who answers."""
        return ssl.create_default_context()


class Alarm:
    """Cuts the line when all time is over, however slowly something still drips."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self._ends = monotonic() + seconds
        self._timer: Timer | None = None

    @property
    def left(self) -> float:
        return max(self._ends - monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        return monotonic() >= self._ends

    def watch(self, line: socket.socket) -> None:
        """Cut this line when the time is over."""
        self._timer = Timer(self.left, _cut, [line])
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Let the line be."""
        if self._timer is not None:
            self._timer.cancel()


THE_NETWORK = Wire()


def open_line(
    place: Destination, addresses: Sequence[Address], alarm: Alarm, *, limits: Limits, wire: Wire
) -> socket.socket:
    """Open a line to the first address that answers; TLS for the name, not for the address.

    :raises OSError, OutboundError: when there is none, or whoever answers is not to be trusted.
    """
    line: socket.socket | None = None
    for address in addresses:
        with suppress(OSError):
            line = wire.dial(str(address), place.port, min(alarm.left, limits.connect_seconds))
            break
    if line is None:
        raise OutboundError(Obstacle.UNREACHABLE, place.host)
    line.settimeout(alarm.left)
    if place.scheme == "https":
        return _secured(line, place.host, alarm, wire.trust())
    alarm.watch(line)
    return line


@contextmanager
def in_words(host: str, alarm: Alarm, obstacle: Obstacle) -> Iterator[None]:
    """Say what went wrong without any word of the address but its host."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise OutboundError(Obstacle.UNTRUSTED, host) from None
    except (OSError, HTTPException, ValueError):
        raise OutboundError(Obstacle.TIME_OVER if alarm.is_over else obstacle, host) from None


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _secured(line: socket.socket, host: str, alarm: Alarm, trust: ssl.SSLContext) -> socket.socket:
    safe = trust.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
    alarm.watch(safe)
    try:
        safe.do_handshake()
    except BaseException:
        safe.close()
        raise
    return safe
