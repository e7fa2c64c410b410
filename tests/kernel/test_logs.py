import logging

import pytest

from kernel.logs import WithoutSecrets

HIDES = WithoutSecrets(["/invitations/", "/other/"])


def said(message: str, *args: object) -> str:
    record = logging.LogRecord("x", logging.INFO, "", 0, message, args, None)
    assert HIDES.filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("message", "args", "kept"),
    [
        ("Not Found: %s", ("/invitations/0123abc/",), "Not Found: /invitations/…/"),
        ('"GET /invitations/0123abc?x=1 HTTP/1.1"', (), '"GET /invitations/…?x=1 HTTP/1.1"'),
        ("%(r)s, %(f)s", ({"r": "/other/ab/", "f": "/other/cd/"},), "/other/…/, /other/…/"),
    ],
)
def test_what_opens_something_is_left_out(
    message: str, args: tuple[object, ...], kept: str
) -> None:
    assert said(message, *args) == kept


def test_other_lines_are_kept_as_they_are() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "100 %% of %s", ("/gates/17/",), None)

    assert HIDES.filter(record)

    assert (record.msg, record.args) == ("100 %% of %s", ("/gates/17/",))
