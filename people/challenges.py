"""The number that a passkey signs where there is no statement.

It is made for one page of one session, and used once.
"""

from secrets import token_bytes

from django.http import HttpRequest

PLACE = "people.passkey_challenge"
LENGTH = 32


def new_challenge(request: HttpRequest) -> bytes:
    """Make the number that the next answer to this page must sign."""
    challenge = token_bytes(LENGTH)
    request.session[PLACE] = {"number": challenge.hex(), "page": request.path}
    return challenge


def take_challenge(request: HttpRequest) -> bytes:
    """Return that number and forget it; where none was made, one that nobody has signed."""
    if request.method != "POST":
        return token_bytes(LENGTH)
    made: dict[str, str] = request.session.pop(PLACE, None) or {}
    if made.get("page") != request.path:
        return token_bytes(LENGTH)
    return bytes.fromhex(made["number"])
