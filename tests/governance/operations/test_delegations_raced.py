"""A delegation is revoked while somebody signs by it: one comes after the other, never between."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from governance.choices import RoundState
from governance.models import Revocation
from governance.operations import delegations, signatures
from governance.operations.signatures import sign_gate
from journal.verification import verify
from tests.gates import company, make_ready, make_round, make_world, presence_of, sign
from tests.governance.delegating import given
from tests.governance.operations.test_delegations import revoke

HOUR = timedelta(hours=1)
SHORT, LONG = 0.5, 30


@pytest.mark.untraced
@pytest.mark.django_db(transaction=True)
def test_a_revocation_waits_for_a_signature_under_way_and_without_the_lock_it_breaks(
    noon, monkeypatch
):
    """It comes when the signature has been judged and not yet written: it must come after."""
    judge = signatures.rules.blockers_to_sign

    def trial(name: str, patience: float) -> list[str]:
        world = make_world(noon, cast=cast, name=name)
        make_ready(world, "1", at=noon)
        round_ = make_round(world, at=noon)
        sign(cast.hana, round_.pk, at=noon)
        row = given(cast, noon)
        presence = presence_of(cast.max, round_.pk, at=noon + HOUR)
        with ThreadPoolExecutor(1) as pool:

            def meanwhile(attempt, facts):
                found = [*judge(attempt, facts)]
                wait([pool.submit(closing(partial(revoke, row, cast.ivo, noon + HOUR)))], patience)
                return found

            monkeypatch.setattr(signatures.rules, "blockers_to_sign", meanwhile)
            sign_gate(presence=presence, actor=cast.max, at=noon + HOUR + HOUR / 60)
        monkeypatch.setattr(signatures.rules, "blockers_to_sign", judge)
        round_.refresh_from_db()
        assert round_.state == RoundState.PASSED
        assert Revocation.objects.filter(delegation=row).exists()
        return [one.what for one in verify()]

    cast = company(noon)
    assert trial("Locked", SHORT) == []

    # Negative control: nothing holds the revocation back, and the record shows it.
    monkeypatch.setattr(delegations, "change_authority", lambda: None)
    (fault,) = trial("Unlocked", LONG)
    assert "was revoked before it" in fault


def closing(act):
    """Return an act for a thread of its own, whose connection ends with it."""

    def run():
        try:
            return act()
        finally:
            connection.close()

    return run
