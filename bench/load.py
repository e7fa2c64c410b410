"""Visitors over HTTP on loopback: signed in, timed, and taking turns."""

import http.client
import random
import re
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.servers import Server
from launcher.ports import LOOPBACK

TIMEOUT = 60
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float


class Visitor:
    """One browser: a connection that stays open, and cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection = self._connect()

    def get(self, address: str, **headers: str) -> Answer:
        return self._ask("GET", address, None, headers)

    def post(self, address: str, fields: dict[str, str], **headers: str) -> Answer:
        token = {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Content-Type": FORM}
        return self._ask("POST", address, urlencode(fields), {**token, **headers})

    def sign_in(self, email: str, password: str) -> "Visitor":
        """Sign in as a person does, through the page."""
        self.get("/sign-in/")
        answer = self.post("/sign-in/", {"login": email, "password": password})
        if answer.status != http.client.FOUND:
            raise SystemExit(f"bench: {email} could not sign in ({answer.status})")
        self.get("/bench/framed/")
        return self

    def close(self) -> None:
        self.connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(LOOPBACK, self.port, timeout=TIMEOUT)

    def _ask(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, **headers} if cookies else headers
        begun = time.perf_counter()
        try:
            answer = self._once(method, address, body, sent)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()  # kept open for too long: the server ended it, unasked
            begun = time.perf_counter()
            answer = self._once(method, address, body, sent)
        seconds = time.perf_counter() - begun
        for cookie in answer[1].get_all("Set-Cookie", []):
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()
            self.cookies[name] = value
        return Answer(*answer, seconds)

    def _once(
        self, method: str, address: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        self.connection.request(method, address, body, headers)
        response = self.connection.getresponse()
        return response.status, response.headers, response.read()


@dataclass
class Cell:
    """One thing that is measured again and again, in turns with the others."""

    name: str
    visitor: Visitor
    server: Server
    address: str
    headers: dict[str, str] = field(default_factory=dict)
    expected: int = 200
    milliseconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    size: int = 0

    def visit(self, times: int) -> None:
        """Ask so many times; keep each duration, and the CPU time of one on average."""
        before = self.server.cpu()
        for _ in range(times):
            answer = self.visitor.get(self.address, **self.headers)
            if answer.status != self.expected:
                raise SystemExit(f"bench: {self.address} answered {answer.status}")
            self.milliseconds.append(answer.seconds * 1000)
            self.size = len(answer.body)
        self.cpu.append((self.server.cpu() - before) * 1000 / times)

    @property
    def p50(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]

    @property
    def cpu_each(self) -> float:
        return statistics.median(self.cpu)


def take_turns(cells: Sequence[Cell], *, rounds: int, block: int = 4) -> None:
    """Visit all cells in each round, in an order of its own; the first round does not count."""
    order = list(cells)
    for number in range(rounds + 1):
        random.shuffle(order)
        for cell in order:
            cell.visit(block)
        if number == 0:
            for cell in cells:
                cell.milliseconds.clear()
                cell.cpu.clear()


def warm(cell: Cell) -> Cell | None:
    """Return the same visit by a browser that kept the page, if the page lets it."""
    tag = cell.visitor.get(cell.address, **cell.headers).headers.get("ETag")
    if not tag:
        return None
    headers = {**cell.headers, "If-None-Match": tag}
    return Cell(f"{cell.name}, warm", cell.visitor, cell.server, cell.address, headers, 304)
