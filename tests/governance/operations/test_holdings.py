"""A vacant key is held by somebody acting; both titles in one hand need a counter-signer."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError

from governance.choices import Capacity, RoundState
from governance.models import Round
from governance.operations.lending import DelegationRefusedError
from governance.operations.proposals import ChangeRefusedError, fill_office
from governance.operations.rounds import submit_round
from journal.verification import verify
from people.choices import Holding, Office
from people.models import OfficeTerm
from people.operations.offices import appoint_by_two
from people.queries import seat_holders
from tests.changes import WHY, confirm, end_term
from tests.gates import sign
from tests.governance.delegating import written

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def named(cast, at, **changes):
    """Let the sponsor propose how the Technology key is held, and the CHRO confirm it."""
    wish = {
        "actor": cast.cleo,
        "user": cast.otto,
        "office": Office.CIO,
        "title": "Acting CIO",
        "reason": WHY,
        "ends_at": at + 60 * DAY,
        "capacity": Holding.ACTING,
        **changes,
    }
    change = fill_office(at=at, **wish)
    confirm(change, at)
    return change


@pytest.fixture
def vacant(review, noon):
    """A gate went back to its draft, since the CIO has left."""
    world, round_ = review
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=noon + HOUR / 2)
    return world, Round.objects.exclude(pk=round_.pk).get()


def test_an_acting_holder_signs_what_was_sent_again_and_the_seal_says_so(vacant, noon):
    world, draft = vacant
    named(world.cast, noon + HOUR)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon + 2 * HOUR)

    signed = sign(world.cast.otto, draft.pk, at=noon + 3 * HOUR)
    sign(world.cast.hana, draft.pk, at=noon + 3 * HOUR)

    draft.refresh_from_db()
    assert draft.state == RoundState.PASSED
    assert signed.capacity == Capacity.ACTING
    assert json.loads(bytes(signed.intent.statement))["capacity"] == "acting"
    frozen = json.loads(bytes(draft.snapshot.body))["seats"]
    assert frozen["technology"]["capacity"] == "acting"
    assert "capacity" not in frozen["people"]
    assert [*verify()] == []


def test_what_waits_goes_back_when_somebody_begins_to_act(vacant, noon):
    """Else a late appointment could sign a waiting round within a minute (D-5)."""
    world, draft = vacant
    named(world.cast, noon + HOUR)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon + 2 * HOUR)
    term = OfficeTerm.objects.get(capacity=Holding.ACTING)
    end_term(actor=world.cast.ada, term=term, at=noon + 3 * HOUR)

    draft.refresh_from_db()
    assert draft.state == RoundState.RETURNED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"actor": "ada"}, "sponsor"),
        ({"ends_at": None}, "acting"),
        ({"user": "petra"}, "other_side"),
        ({"user": "hana"}, "two_keys"),
        ({"office": Office.AUDITOR}, "capacity"),
    ],
)
def test_only_the_sponsor_names_somebody_of_no_other_side_for_a_while(vacant, noon, changes, code):
    world, _ = vacant
    people = {k: getattr(world.cast, v) for k, v in changes.items() if k in ("actor", "user")}

    with pytest.raises(ChangeRefusedError) as refused:
        named(world.cast, noon + HOUR, **{**changes, **people})

    assert code in refused.value.codes
    assert seat_holders(noon + 2 * HOUR).keys() == {"people"}


def test_one_person_with_both_titles_signs_one_side_beside_a_counter_signer(vacant, noon):
    world, draft = vacant
    named(world.cast, noon + HOUR, capacity=Holding.COUNTER_SIGNER, ends_at=None)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon + 2 * HOUR)

    signed = sign(world.cast.otto, draft.pk, at=noon + 3 * HOUR)
    sign(world.cast.hana, draft.pk, at=noon + 3 * HOUR)

    draft.refresh_from_db()
    assert (draft.state, signed.capacity) == (RoundState.PASSED, Capacity.COUNTER_SIGNER)
    assert [*verify()] == []


def test_whoever_holds_the_other_key_is_no_counter_signer_of_their_own(vacant, noon):
    world, _ = vacant

    with pytest.raises(ChangeRefusedError) as refused:
        named(
            world.cast,
            noon + HOUR,
            user=world.cast.hana,
            capacity=Holding.COUNTER_SIGNER,
            ends_at=None,
        )

    assert "let the sponsor propose a counter-signer" in refused.value.blockers[0].message


def test_a_counter_signer_signs_in_person(vacant, noon):
    world, _ = vacant
    named(world.cast, noon + HOUR, capacity=Holding.COUNTER_SIGNER, ends_at=None)

    with pytest.raises(DelegationRefusedError) as refused:
        written(world.cast, noon + 2 * HOUR, by=world.cast.otto)

    assert refused.value.codes == ("counter_signer",)


def test_the_database_too_knows_how_long_somebody_acts(vacant, noon):
    world, _ = vacant

    with pytest.raises(IntegrityError, match="only_a_key_is_held_otherwise"):
        appoint_by_two(
            actor=world.cast.hana,
            user=world.cast.otto,
            office=Office.CIO,
            title="Acting CIO",
            at=noon + HOUR,
            ends_at=noon + 100 * DAY,
            capacity=Holding.ACTING,
        )


def test_a_counter_signer_goes_with_the_person_of_both_titles(vacant, noon):
    """What waits goes back with either, and the key is filled anew."""
    world, draft = vacant
    named(world.cast, noon + HOUR, capacity=Holding.COUNTER_SIGNER, ends_at=None)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon + 2 * HOUR)

    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.hana), at=noon + 3 * HOUR)

    draft.refresh_from_db()
    assert draft.state == RoundState.RETURNED
    assert seat_holders(noon + 3 * HOUR) == {}
    assert [*verify()] == []


def test_whoever_signs_in_office_stays_when_the_other_key_is_given_up(review, noon):
    world, _ = review

    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.hana), at=noon + HOUR)

    assert seat_holders(noon + HOUR).keys() == {"technology"}
