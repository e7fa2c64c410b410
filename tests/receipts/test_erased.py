"""What was signed stands when the words are gone: in another's place, by passkey, as sponsor."""

import json
from datetime import timedelta

from governance.models import Passage
from governance.operations.escalations import watch_review
from governance.operations.signatures import sign_gate
from governance.queries.receipts import receipt_of
from journal.checkpoints import checkpoint_due
from journal.models import Sealed
from journal.operations import erase_text
from journal.verification import verify
from receipts.verify_receipt import check
from tests.authenticator import give_passkey
from tests.governance.delegating import given
from tests.governance.operations.test_passkey_signing import answer, begun, confirmed
from tests.governance.stalemates import MOMENT, resolve
from tests.kept import kept

DAY = timedelta(days=1)


@kept
def overruled(review, noon):
    """Max signed for Ivo by passkey, People kept silent, and the sponsor let it pass."""
    world, round_ = review
    cast = world.cast
    given(cast, noon, to=cast.max)
    key = give_passkey(cast.max, noon)
    intent = begun(cast.max, round_, noon + MOMENT)
    presence = confirmed(cast.max, intent, answer(key, intent), noon + MOMENT)
    sign_gate(presence=presence, actor=cast.max, at=noon + 3 * MOMENT)
    late = noon + 12 * DAY
    watch_review(round_id=round_.pk, at=late)
    resolve(cast.cleo, round_.pk, "go", at=late + 6 * DAY)
    return world, Passage.objects.get()


def test_signatures_and_receipt_hold_without_the_words_of_who_signed(overruled, noon):
    world, passage = overruled
    people = {one.person_key: one.name for one in (world.cast.max, world.cast.ivo, world.cast.cleo)}
    at = noon + 20 * DAY
    before = json.loads(receipt_of(passage))

    for sealed in Sealed.objects.filter(person_key__in=people, erased_at=None):
        erase_text(sealed=sealed, actor=world.cast.ada, reason="Asked to.", at=at)

    checkpoint_due(at=at + DAY)
    body = receipt_of(passage)
    after = json.loads(body)
    capacities = [json.loads(one["statement"])["capacity"] for one in after["signatures"]]
    assert sorted(capacities) == ["delegate", "sponsor"]
    assert [*verify()] == []
    assert any("were erased" in one for one in check(body).holds)
    assert after["signatures"] == before["signatures"]
    assert not [name for name in people.values() if name.encode() in body]
