"""make_x(**overrides): what a test needs, made by operations, so that a made world is possible."""

import time
from dataclasses import replace

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

from people.operations.accounts import add_second_factor
from people.operations.identity import IdentityProof

PERIOD = 30


# --- people -------------------------------------------------------------------------------
def make_second_factor(user, *, at):
    """Give `user` an app and return its secret. The code shown at this moment is spent by it."""
    secret = generate_totp_secret()
    proof = proof_of(user, at, level="L3")  # enough for whoever has a passkey, too
    add_second_factor(user=user, secret=secret, code=totp_code(secret), proof=proof, at=at)
    return secret


def proof_of(user, at, **changes):
    """Return what `check_identity` gives for the right password, without its count and its hash."""
    given = IdentityProof(
        user_id=user.pk, person_key=user.person_key, level="L1", method="password", at=at
    )
    return replace(given, **changes)


def totp_code(secret):
    """Return what the app shows at this moment. See the fixture `phone` to move it on."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
