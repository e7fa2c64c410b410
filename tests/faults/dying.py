"""A process of the product that is killed in the middle of signing: python -m tests.faults.dying.

Arguments: the round, the moment as ISO 8601, and when to die: before or after the commit.
"""

import os
import signal
import sys
from datetime import datetime, timedelta

import django

django.setup()

from governance.models import Signature  # noqa: E402  # Django is set up by now
from governance.operations.ceremony import Presence  # noqa: E402  # see above
from governance.operations.signatures import sign_gate  # noqa: E402  # see above
from journal.acts import act  # noqa: E402  # see above
from people.models import User  # noqa: E402  # see above
from tests.gates import presence_of  # noqa: E402  # see above


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@act
def sign_and_die(presence: Presence, actor: User, at: datetime) -> None:
    """Sign, with everything that follows from it, and end before anything is committed."""
    sign_gate(presence=presence, actor=actor, at=at)
    assert Signature.objects.filter(intent=presence.intent).exists()
    die()


def main(round_id: str, moment: str, when: str) -> None:
    at = datetime.fromisoformat(moment)
    hana = User.objects.get(email="hana@example.com")
    presence = presence_of(hana, int(round_id), at=at)
    at += timedelta(seconds=20)
    if when == "before":
        sign_and_die(presence, hana, at)
    sign_gate(presence=presence, actor=hana, at=at)
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
