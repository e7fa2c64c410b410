"""A round's way until it is signed, as rows and entries."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.choices import Resolved, RoundState, SigningAct
from governance.models import GateSide, Round, Snapshot, Terms
from governance.operations.ceremony import IntentRefusedError, begin_signing
from governance.operations.proofs import attest
from governance.operations.resolutions import begin_resolving
from governance.operations.rounds import (
    RoundRefusedError,
    expire_round,
    expire_rounds,
    expire_stale_rounds,
    open_round,
    submit_round,
    withdraw_round,
)
from governance.rules.wishes import Wish
from journal.models import Entry
from journal.queries import Happened
from kernel.canonical import canonical, digest
from kernel.refusals import NotVisibleError
from playbook.editions import current
from tests.gates import SESSION, make_ready, make_round, make_world, sign


def kinds(initiative) -> list[str]:
    thread = f"initiatives.initiative:{initiative.pk}"
    return list(Entry.objects.filter(thread=thread).order_by("seq").values_list("kind", flat=True))


def test_a_lead_opens_the_first_round(world, noon) -> None:
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.tariq, at=noon)

    assert (round_.n, round_.state, round_.gate) == (1, RoundState.DRAFT, "1")
    assert kinds(world.initiative)[-1] == "round.opened"


def test_a_stranger_opens_nothing_and_the_attempt_is_recorded(world, noon) -> None:
    with pytest.raises(RoundRefusedError) as refused:
        open_round(initiative=world.initiative, gate="1", actor=world.cast.erin, at=noon)

    assert refused.value.codes == ("not_yours",)
    assert not Round.objects.exists()
    assert Entry.objects.order_by("-seq")[0].kind == "act.refused"


def test_a_gate_has_one_open_round(world, noon) -> None:
    open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)

    with pytest.raises(RoundRefusedError) as refused:
        open_round(initiative=world.initiative, gate="1", actor=world.cast.hana, at=noon)

    assert refused.value.codes == ("open_round",)


def test_the_database_keeps_to_one_open_round_too(world, noon) -> None:
    first = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)
    first.pk, first.n = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize("gate", ["2", "3", "4", "resume"])
def test_a_later_gate_waits_for_its_stage(world, noon, gate) -> None:
    with pytest.raises(RoundRefusedError):
        open_round(initiative=world.initiative, gate=gate, actor=world.cast.ivo, at=noon)


def test_sending_freezes_exactly_what_is_there(review) -> None:
    world, round_ = review
    snapshot = Snapshot.objects.get(round=round_)
    body = bytes(snapshot.body)

    assert snapshot.digest == digest(body)
    assert b"phone each other" not in body
    assert Terms.objects.get(round=round_).n == 1
    assert set(GateSide.objects.values_list("side", "live_signature")) == {
        ("technology", None),
        ("people", None),
    }
    assert round_.expires_at == round_.submitted_at + timedelta(days=30)
    assert kinds(world.initiative)[-1] == "round.submitted"
    assert canonical(json.loads(body)) == body


def test_what_is_missing_is_listed_whole(world, noon) -> None:
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=round_.pk, actor=world.cast.ivo, at=noon)

    assert "criterion.g1_people_view" in refused.value.codes
    assert "criterion.g1_technology_view" in refused.value.codes
    assert "criterion.g1_accountable_pair" not in refused.value.codes
    assert not Snapshot.objects.exists()


def test_nobody_sends_for_others(world, noon) -> None:
    make_ready(world, "1", at=noon)
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=round_.pk, actor=world.cast.max, at=noon)

    assert refused.value.codes == ("not_yours",)


def test_a_round_is_sent_once(review, noon) -> None:
    world, round_ = review

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=round_.pk, actor=world.cast.petra, at=noon)

    assert refused.value.codes == ("state",)


def test_taking_a_round_back_voids_what_was_signed(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=noon, reason="Too early.")

    round_.refresh_from_db()
    assert round_.state == RoundState.WITHDRAWN
    assert signature.void.cause == "round_closed"
    assert kinds(world.initiative)[-2:] == ["signature.voided", "round.withdrawn"]


def test_a_stranger_takes_nothing_back(review, noon) -> None:
    world, round_ = review

    with pytest.raises(RoundRefusedError):
        withdraw_round(round_id=round_.pk, actor=world.cast.otto, at=noon)


def test_silence_never_approves_it_expires(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    assert expire_rounds(at=noon + timedelta(days=29, hours=23)) == 0
    assert expire_rounds(at=noon + timedelta(days=30)) == 1
    assert expire_rounds(at=noon + timedelta(days=31)) == 0

    round_.refresh_from_db()
    assert round_.state == RoundState.EXPIRED
    assert signature.void.cause == "round_closed"


def test_a_round_that_moved_on_meanwhile_does_not_expire(review, noon) -> None:
    world, round_ = review
    withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=noon)

    assert expire_round(round_id=round_.pk, at=noon + timedelta(days=40)) is False


def test_an_unknown_round_is_not_there(db, noon) -> None:
    world = make_world(noon)

    with pytest.raises(NotVisibleError):
        submit_round(round_id=10_000, actor=world.cast.ivo, at=noon)


def test_a_round_on_a_word_out_of_date_ends_by_itself_once(world, noon) -> None:
    make_ready(world, "1", at=noon)
    point = next(one for one in current().criteria_of("1") if one.proof == "attested")
    attest(
        initiative=world.initiative,
        criterion=point.key,
        is_met=True,
        value=point.met_at,
        note="Good for a week.",
        valid_until=(noon + timedelta(days=7)).date(),
        actor=world.writer(point.side),
        at=noon,
    )
    round_ = make_round(world, at=noon)
    sign(world.cast.ivo, round_.pk, at=noon)

    assert expire_stale_rounds(at=noon + timedelta(days=7)) == 0
    assert expire_stale_rounds(at=noon + timedelta(days=8)) == 1
    assert expire_stale_rounds(at=noon + timedelta(days=9)) == 0

    round_.refresh_from_db()
    assert round_.state == RoundState.EXPIRED
    assert Happened(Entry.objects.get(kind="round.expired")).data["cause"] == "stale"
    assert not GateSide.objects.filter(live_signature__isnull=False).exists()


def test_after_its_30_days_nothing_is_signed_whenever_the_clock_comes(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(IntentRefusedError) as refused:
        sign(world.cast.hana, round_.pk, at=noon + timedelta(days=30))

    assert refused.value.codes == ("state",)


def test_nobody_signs_what_was_not_sent(world, noon) -> None:
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    said = {"round_id": draft.pk, "seen": {}, "session_ref": SESSION, "at": noon}

    with pytest.raises(IntentRefusedError) as refused:
        begin_signing(**said, wish=Wish(act=SigningAct.APPROVE), actor=world.cast.hana)
    with pytest.raises(IntentRefusedError):
        begin_resolving(**said, way=Resolved.KILL, reason="", actor=world.cast.cleo)

    assert refused.value.codes == ("state",)
