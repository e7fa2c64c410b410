import socket

import pytest

from launcher import ports


@pytest.fixture
def listening():
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_with_a_server_is_busy(listening):
    assert not ports.is_free(listening)
    assert ports.answers(listening)


def test_a_chosen_port_is_free():
    port = ports.any_free()

    assert ports.is_free(port)
    assert not ports.answers(port)


def test_a_port_is_remembered(tmp_path):
    book = tmp_path / "deep" / "ports.json"

    port = ports.remembered(book, "postgres")

    assert ports.remembered(book, "postgres") == port
    assert ports.read(book) == {"postgres": port}


def test_a_remembered_port_that_became_busy_is_chosen_anew(tmp_path, listening):
    book = tmp_path / "ports.json"
    book.write_text(f'{{"postgres": {listening}, "valkey": 1}}')

    port = ports.remembered(book, "postgres")

    assert port != listening
    assert ports.read(book) == {"postgres": port, "valkey": 1}


@pytest.mark.parametrize("text", ["", "[]", '{"postgres": "x"}', "{"])
def test_a_broken_book_is_an_empty_one(tmp_path, text):
    book = tmp_path / "ports.json"
    book.write_text(text)

    assert ports.read(book) == {}
