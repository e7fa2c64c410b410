"""The one door of every act that somebody confirms, but for signatures: how good is the proof."""

from datetime import datetime

from people.factors import asks_for_passkey, is_dead
from people.models import User
from people.operations.identity import IdentityProof, IdentityRefusedError
from people.rules.proving import ABSENT, GivenFacts, blockers_of_given, why_passkey


class WeakProofError(IdentityRefusedError):
    """This proof does not confirm that act. Nothing was changed."""


def refuse_weak(
    *, proof: IdentityProof | None, actor: User, at: datetime, office_asks: bool = False
) -> None:
    """Let an act go on only with a fresh proof of who does it; by passkey, where one is asked for.

    Call it inside the act. A signature has a door of its own, `governance.rules.step_up`.

    :raises WeakProofError: for none at all; for a password from somebody who has a passkey, or
        whose office asks for one; for anybody else's proof, an old one, and one whose means was
        taken off since.
    """
    if proof is None:
        raise WeakProofError(ABSENT)
    asked = why_passkey(had_passkey=asks_for_passkey(actor), office_asks=office_asks)
    facts = GivenFacts(
        level=proof.level,
        proved_at=proof.at,
        is_own=proof.user_id == actor.pk,
        asks_for_passkey=bool(asked),
        at=at,
        is_dead=is_dead(actor.person_key, proof.at, proof.assertion.get("credential", "")),
    )
    if blockers := [*blockers_of_given(facts)]:
        raise WeakProofError(*blockers)
