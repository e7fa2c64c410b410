"""What `verify_journal` asks of each proof of identity, from rows alone and without a server."""

from collections.abc import Iterator

from governance.models import Signature
from governance.rules.reproving import EnrolledKey, SignedProof, faults_of_proof
from journal.verification import Finding
from people.choices import PasskeyEnding
from people.models import Passkey

BATCH = 500
# What a column that our code never wrote raises while it is read.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)


def check_proofs() -> Iterator[Finding]:
    """Yield every signature that its proof does not carry (S2, S3)."""
    keys = enrolled_keys()
    rows = Signature.objects.only("step_up", "statement_digest", "person_key", "signed_at")
    for row in rows.order_by("pk").iterator(BATCH):
        proof = SignedProof(
            said=row.step_up,
            statement=row.statement_digest,
            person_key=str(row.person_key),
            signed_at=row.signed_at,
        )
        try:
            for fault in faults_of_proof(proof, keys):
                yield Finding(0, f"signature {row.pk} {fault}")
        except UNREADABLE:
            yield Finding(0, f"the proof of signature {row.pk} cannot be read")


def enrolled_keys() -> list[EnrolledKey]:
    """Return every passkey that was ever added, as the rules see it."""
    rows = Passkey.objects.prefetch_related("ends").order_by("pk")
    return [_enrolled(row) for row in rows]


def _enrolled(row: Passkey) -> EnrolledKey:
    ends = {end.cause: end.ended_at for end in row.ends.all()}
    return EnrolledKey(
        person_key=str(row.person_key),
        credential=row.credential_id,
        public_key=bytes(row.public_key).hex(),
        rp_id=row.rp_id,
        added_at=row.added_at,
        ended_at=min(ends.values(), default=None),
        recovered_at=ends.get(PasskeyEnding.RECOVERED),
    )
