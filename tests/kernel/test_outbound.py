"""Asking the world outside: nothing inside is ever called, whatever the address looks like.

The forbidden target is a real server on loopback, and a hook of the interpreter hears of every
line that anything in this process opens. Nothing here leaves the machine, and no name is looked up.
"""

import logging
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from kernel import outbound
from kernel.outbound import Question, asked
from kernel.wires import Limits, Obstacle, OutboundError, Wire
from tests.kernel.outside import PUBLIC, Names, certificate, page, serving

WORD = "you-are-inside"
NAMES = {
    "loop_example": [["127.0.0.1"]],
    "six_example": [["::1"]],
    "both_example": [[PUBLIC, "10.0.0.7"]],
    "cloud_example": [["169.254.169.254"]],
    "mapped_example": [["::ffff:127.0.0.1"]],
    "nat_example": [["64:ff9b::7f00:1"]],
    "scoped_example": [["fe80::1%lo"]],
    "localhost": [["127.0.0.1"]],
    "xn--bcher-kva_example": [["127.0.0.1"]],
    # Judged once; asked again, it would lead inside.
    "rebound_example": [[PUBLIC], ["127.0.0.1"]],
    "rebound-first_example": [["127.0.0.1"], [PUBLIC]],
}
# PORT is where the forbidden server listens.
CORPUS = [
    *Path(__file__).with_name("inside.txt").read_text().splitlines(),
    "http:// 127.0.0.1:PORT/",
    " http://127.0.0.1:PORT/",
    "http://127.0.0.1\t:PORT/",
    "ht\ntp://127.0.0.1:PORT/",
    "http://loop.example:PORT/\r\nHost: inside",
    "http://loop.example:PORT/" + "a" * 3_000,
    "http://" + "a." * 200 + "example:PORT/",
]

heard: list[tuple] = []


def _listen(event, arguments):
    if event == "socket.connect":
        heard.append(arguments[1])


sys.addaudithook(_listen)


@contextmanager
def recorded():
    heard.clear()
    yield heard


@pytest.fixture
def inside():
    with serving(page(WORD.encode())) as server:
        yield server


def limits(**more):
    ports = frozenset({80, 443, *more.pop("ports", ())})
    return Limits(**{"seconds": 5, "most_bytes": 1 << 16, "ports": ports, **more})


def fetch(url, wire, **more):
    with asked(Question(url=url), limits=limits(**more), wire=wire) as answer:
        return answer, b"".join(answer.chunks())


def fresh(server=None, **names):
    return Names(server, **{name: [*map(list, answers)] for name, answers in names.items()})


def assault(inside, urls):
    """Ask for each address; return which obstacles there were and which words came back."""
    said = []
    for url in urls:
        try:
            _, body = fetch(
                url.replace("PORT", str(inside.port)), fresh(**NAMES), ports=[inside.port]
            )
            said.append(body.decode())
        except OutboundError as error:
            said.append(error.obstacle)
    return said


def test_no_address_of_the_corpus_reaches_anything_inside(inside):
    with recorded() as lines:
        said = assault(inside, CORPUS)

    assert len(CORPUS) > 90
    assert lines == []
    assert inside.asked == []
    assert {*said} <= {Obstacle.ADDRESS, Obstacle.FORBIDDEN, Obstacle.UNKNOWN_HOST}


def test_without_the_judgement_many_of_them_would_get_in(inside, monkeypatch):
    """Negative control: the server answers, and the hook hears of it."""
    monkeypatch.setattr(outbound, "is_public", lambda address: address.is_loopback)

    with recorded() as lines:
        said = assault(inside, ["http://127.0.0.1:PORT/", "http://loop.example:PORT/"])

    assert said == [WORD, WORD]
    assert len(lines) == len(inside.asked) == 2


def test_a_name_that_leads_elsewhere_a_moment_later_is_asked_where_it_was_judged(inside):
    with serving(page(b"outside")) as public, recorded() as lines:
        wire = fresh(public, **NAMES)
        answer, body = fetch(f"http://rebound.example:{inside.port}/", wire, ports=[inside.port])

    assert (body, answer.status) == (b"outside", 200)
    assert (wire.looked_up, wire.dialled) == (["rebound.example"], [PUBLIC])
    assert [*lines] == [("127.0.0.1", public.port)]  # what stands for the public address here
    assert inside.asked == []


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Go", "308 Go"])
def test_no_redirect_is_followed(inside, status):
    leads = page(b"", status=status, more=[f"Location: http://127.0.0.1:{inside.port}/"])
    with serving(leads) as public, recorded() as lines:
        answer, _ = fetch("http://a.example/", fresh(public, a_example=[[PUBLIC]]))

    assert answer.status == int(status[:3])
    assert len(lines) == len(public.asked) == 1
    assert inside.asked == []


def test_it_says_who_asks_and_nothing_else(monkeypatch, caplog):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    caplog.set_level(logging.DEBUG)
    with serving(page(more=["Set-Cookie: a=b"])) as public:
        wire = fresh(public, a_example=[[PUBLIC]])
        for _ in range(2):
            fetch("http://a.example:80/a%20b/ü?key=geheim#part", wire)

    head = public.asked[1].decode().split("\r\n")
    assert head[:2] == ["GET /a%20b/%C3%BC?key=geheim HTTP/1.1", "Host: a.example"]
    assert sorted(head[2:-2]) == [
        "Accept-Encoding: identity",
        "Accept: */*",
        "Connection: close",
        "User-Agent: Counterpart",
    ]
    assert "a.example" in caplog.text
    assert "geheim" not in caplog.text


def test_a_letter_is_sent_with_its_body():
    with serving(page(b"")) as public:
        question = Question(
            url="http://a.example/hook", method="POST", headers={"Webhook-Id": "1"}, body=b"{}"
        )
        with asked(question, limits=limits(), wire=fresh(public, a_example=[[PUBLIC]])) as answer:
            assert answer.status == 200

    assert public.asked[0].startswith(b"POST /hook HTTP/1.1\r\n")
    assert b"Content-Length: 2\r\nWebhook-Id: 1\r\n" in public.asked[0]
    assert public.asked[0].endswith(b"\r\n\r\n{}")


def test_the_name_is_proved_and_not_the_address(tmp_path):
    serves, trusts = certificate(tmp_path, "a.example")
    serves.sni_callback = lambda _, name, __: public.names.append(name)
    with serving(page(), context=serves) as public:
        wire = fresh(public, a_example=[[PUBLIC]], b_example=[[PUBLIC]])
        wire.trusted = trusts
        assert fetch("https://a.example/", wire)[0].media_type == "text/html"
        with pytest.raises(OutboundError) as other:
            fetch("https://b.example/", wire)
        wire.trusted = None
        with pytest.raises(OutboundError) as unknown:
            fetch("https://a.example/", wire)

    assert public.names == ["a.example", "b.example", "a.example"]
    assert other.value.obstacle == unknown.value.obstacle == Obstacle.UNTRUSTED


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("answer", "drip", "obstacle"),
    [
        (page(bytes(1 << 17)), None, Obstacle.TOO_LARGE),
        (HEAD + b"\r\n", bytes(1 << 16), Obstacle.TOO_LARGE),
        (page(more=["Content-Encoding: gzip"]), None, Obstacle.PACKED),
        (HEAD + b"Content-Length: 9\r\n\r\nhalf", None, Obstacle.BROKEN_OFF),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhalf", None, Obstacle.BROKEN_OFF),
        (b"220 mail.example ESMTP\r\n", None, Obstacle.BROKEN_OFF),
        (b"", None, Obstacle.BROKEN_OFF),
        (HEAD + b"X: " + bytes(1 << 17), None, Obstacle.BROKEN_OFF),
        # Something keeps dripping: of the body, of the heads, before them.
        (HEAD + b"\r\n", b".", Obstacle.TIME_OVER),
        (HEAD + b"Content-Length: 999\r\n\r\n", b".", Obstacle.TIME_OVER),
        (HEAD + b"X: ", b"x", Obstacle.TIME_OVER),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", Obstacle.TIME_OVER),
    ],
)
def test_an_answer_without_end_or_measure_is_none(answer, drip, obstacle):
    with serving(answer, drip=drip) as public, pytest.raises(OutboundError) as none:
        fetch("http://a.example/?key=geheim", fresh(public, a_example=[[PUBLIC]]), seconds=0.5)

    assert none.value.obstacle == obstacle
    assert "geheim" not in str(none.value)


def test_an_answer_just_within_its_measure_is_whole():
    with serving(page(bytes(1 << 16))) as public:
        assert len(fetch("http://a.example/", fresh(public, a_example=[[PUBLIC]]))[1]) == 1 << 16


def test_a_handshake_that_never_ends_is_ended():
    with serving(b"", drip=b"") as public, pytest.raises(OutboundError) as none:
        fetch("https://a.example/", fresh(public, a_example=[[PUBLIC]]), seconds=0.3)

    assert none.value.obstacle == Obstacle.TIME_OVER


class Slow(Names):
    def resolve(self, host, port):
        self.waits.wait()
        return ()


def test_a_name_that_is_looked_up_for_ever_is_given_up():
    wire = Slow()
    wire.waits = Event()
    try:
        with pytest.raises(OutboundError) as none:
            fetch("http://a.example/", wire, seconds=0.2)
    finally:
        wire.waits.set()

    assert none.value.obstacle == Obstacle.TIME_OVER


def test_the_next_address_is_tried_when_one_does_not_answer(inside):
    nobody = "203.0.114.9"

    class Half(Names):
        def dial(self, address, port, seconds):
            if address == nobody:
                self.dialled.append(address)
                raise ConnectionRefusedError
            return super().dial(address, port, seconds)

    with serving(page()) as public:
        wire = Half(public, a_example=[[nobody, PUBLIC]], b_example=[[nobody]])
        assert fetch("http://a.example/", wire)[0].status == 200
        with pytest.raises(OutboundError) as none:
            fetch("http://b.example/", wire)

    assert wire.dialled == [nobody, PUBLIC, nobody]
    assert none.value.obstacle == Obstacle.UNREACHABLE


class Dialled(Names):
    """Says where it would have gone."""

    def dial(self, address, port, seconds):
        self.dialled.append(address)
        raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("address", "is_called"),
    [
        ("10.1.2.3", True),
        ("192.168.1.9", True),
        ("fd12::9", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("fd00:ec2::254", False),
        ("fe80::1", False),
        ("0.0.0.0", False),  # noqa: S104  it is refused
        ("224.0.0.1", False),
    ],
)
def test_a_host_that_was_named_may_be_inside_but_never_this_machine(address, is_called):
    wire = Dialled(wiki_example=[[address]], other_example=[[address]])

    for host in ("wiki.example", "other.example"):
        with pytest.raises(OutboundError):
            fetch(f"http://{host}/", wire, inside=frozenset({"wiki.example"}))

    assert wire.dialled == ([address] if is_called else [])


def test_numbers_need_no_one_to_look_them_up():
    assert [*Wire().resolve("127.0.0.1", 80)] == ["127.0.0.1"]
