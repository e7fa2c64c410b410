"""The number that a passkey signs where there is no statement: made for one session, used once."""

from secrets import token_bytes

from django.http import HttpRequest

PLACE = "people.passkey_challenge"
LENGTH = 32


def new_challenge(request: HttpRequest) -> bytes:
    """Make the number that the next answer of this session must sign."""
    challenge = token_bytes(LENGTH)
    request.session[PLACE] = challenge.hex()
    return challenge


def take_challenge(request: HttpRequest) -> bytes:
    """Return that number and forget it; where none was made, one that nobody has signed."""
    made: str | None = request.session.pop(PLACE, None) if request.method == "POST" else None
    return bytes.fromhex(made) if made else token_bytes(LENGTH)
