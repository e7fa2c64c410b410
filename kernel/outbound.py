"""Asking the world outside on behalf of somebody who typed an address: guarded.

A name is resolved once, every address it has is judged, and the line goes to an address that was
judged, so that a name which leads elsewhere a moment later leads nowhere. Nothing is followed,
unpacked or remembered: no redirect, no packed answer, no cookie, no proxy of the environment.
Neither an error nor the log ever holds more of an address than its host.
"""

import logging
import queue
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from ipaddress import ip_address
from threading import Thread

from kernel.addresses import (
    DEFAULT_PORTS,
    Address,
    AddressError,
    Destination,
    destination,
    is_inside,
    is_public,
)
from kernel.wires import (
    THE_NETWORK,
    Alarm,
    Limits,
    Obstacle,
    OutboundError,
    Wire,
    in_words,
    open_line,
)

USER_AGENT = "Counterpart"
_CHUNK = 1 << 16

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of which address."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the type it is said to have, and the bytes as they come."""

    host: str
    status: int
    media_type: str
    limits: Limits
    response: HTTPResponse = field(repr=False)
    alarm: Alarm = field(repr=False)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of a whole answer.

        :raises OutboundError: for a byte too many, for packed bytes, and when it breaks off.
        """
        packing = self.response.headers.get("Content-Encoding", "identity").strip().lower()
        if packing not in ("", "identity"):
            raise OutboundError(Obstacle.PACKED, self.host)
        if (self.response.length or 0) > self.limits.most_bytes:
            raise OutboundError(Obstacle.TOO_LARGE, self.host)
        read = 0
        while chunk := self._piece():
            read += len(chunk)
            if read > self.limits.most_bytes:
                raise OutboundError(Obstacle.TOO_LARGE, self.host)
            yield chunk
        if self.alarm.is_over or self.response.length:
            over = self.alarm.is_over
            raise OutboundError(Obstacle.TIME_OVER if over else Obstacle.BROKEN_OFF, self.host)

    def _piece(self) -> bytes:
        with in_words(self.host, self.alarm, Obstacle.BROKEN_OFF):
            return self.response.read(_CHUNK)


@contextmanager
def asked(question: Question, *, limits: Limits, wire: Wire = THE_NETWORK) -> Iterator[Answer]:
    """Ask, and hand over the answer; the line is closed afterwards.

    :raises OutboundError: when the address may not be asked, or there is no answer.
    """
    try:
        place = destination(question.url, ports=limits.ports)
    except AddressError:
        raise OutboundError(Obstacle.ADDRESS) from None
    logger.info("asking %s", place.host)
    alarm = Alarm(limits.seconds)
    addresses = _judged(place, limits, wire, alarm)
    talk = HTTPConnection(place.host, place.port)
    talk.default_port = DEFAULT_PORTS[place.scheme]
    talk.auto_open = 0  # never by itself to wherever the name leads by now
    with ExitStack() as stack:
        stack.callback(alarm.cancel)
        stack.enter_context(closing(talk))
        with in_words(place.host, alarm, Obstacle.UNREACHABLE):
            talk.sock = open_line(place, addresses, alarm, limits=limits, wire=wire)
        with in_words(place.host, alarm, Obstacle.BROKEN_OFF):
            _send(talk, place, question)
            response = stack.enter_context(closing(talk.getresponse()))
        said = response.headers.get("Content-Type", "")
        yield Answer(place.host, response.status, said, limits, response, alarm)


def _judged(place: Destination, limits: Limits, wire: Wire, alarm: Alarm) -> list[Address]:
    """Return the addresses of the place, each of which may be asked; one that may not bars all."""
    literal = place.literal
    found = [literal] if literal else _looked_up(place, wire, alarm)
    may_be_inside = place.host in limits.inside
    if not found:
        raise OutboundError(Obstacle.UNKNOWN_HOST, place.host)
    if not all(is_public(one) or (may_be_inside and is_inside(one)) for one in found):
        raise OutboundError(Obstacle.FORBIDDEN, place.host)
    return found


def _looked_up(place: Destination, wire: Wire, alarm: Alarm) -> list[Address]:
    """Look the name up, once; what takes too long is left to itself."""
    answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

    def look() -> None:
        try:
            answers.put(wire.resolve(place.host, place.port))
        except (OSError, UnicodeError):
            answers.put(())

    Thread(target=look, daemon=True).start()
    try:
        return [ip_address(one) for one in dict.fromkeys(answers.get(timeout=alarm.left))]
    except queue.Empty:
        raise OutboundError(Obstacle.TIME_OVER, place.host) from None


def _send(talk: HTTPConnection, place: Destination, question: Question) -> None:
    talk.putrequest(question.method, place.path, skip_accept_encoding=True)
    headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    if question.body:
        headers["Content-Length"] = str(len(question.body))
    for name, value in {**headers, **question.headers, "Connection": "close"}.items():
        talk.putheader(name, value)
    talk.endheaders(question.body or None)
