"""The CIO is on holiday: asked, taken on, signed "A for B", revoked; and nobody on both sides."""

import json
from datetime import date, timedelta

import pytest

from governance.choices import Capacity, RoundState, SigningAct, VoidCause
from governance.models import Delegation, GateSide, Revocation, Round, Signature
from governance.operations.ceremony import StandInRefusedError
from governance.operations.delegations import (
    WrittenAlreadyError,
    answer_delegation,
    revoke_delegation,
)
from governance.operations.lending import DelegationRefusedError
from governance.operations.refusals import decline_gate, take_back_decline
from governance.operations.signatures import (
    SigningStaleError,
    sign_gate,
    withdraw_signature,
)
from governance.queries.delegations import signatory
from governance.reactions import StandsInError
from governance.rules.delegations import Scope
from governance.rules.wishes import Wish
from initiatives.choices import MemberRole
from initiatives.operations.memberships import set_member
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from journal.verification import verify
from kernel.refusals import ForbiddenError, NotVisibleError, RefusedError
from people.choices import Office, Side
from people.operations.proofs import WeakProofError
from playbook.editions import current
from tests.authenticator import give_passkey
from tests.changes import appoint, end_term
from tests.gates import ask_for_changes, presence_of, sign
from tests.governance.delegating import FIRST, WHY, given, written

REASON = "Nobody can appeal against what a machine decides about them."
HOUR = timedelta(hours=1)


@pytest.fixture
def away(review, noon):
    """A gate that waits, and Max who signs for Ivo."""
    world, round_ = review
    return world, round_, given(world.cast, noon)


def revoke(row, actor, at):
    return revoke_delegation(delegation_id=row.pk, reason="I am back.", actor=actor, at=at)


def live(round_, side="technology"):
    return GateSide.objects.get(round=round_, side=side).live_signature


def last(kind) -> Happened:
    return Happened(Entry.objects.filter(kind=kind).latest("seq"))


def test_a_delegate_signs_in_the_holders_place_and_the_gate_passes(away, noon):
    world, round_, row = away

    first = sign(world.cast.max, round_.pk, at=noon + HOUR)
    sign(world.cast.hana, round_.pk, at=noon + 2 * HOUR)

    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED
    assert (first.capacity, first.delegation, first.term) == (Capacity.DELEGATE, row, row.term)
    said = json.loads(bytes(first.intent.statement))
    assert said["capacity"] == "delegate"
    assert (said["delegation"], said["person"]) == (str(row.pk), str(world.cast.max.person_key))
    assert said["instead_of"] == str(world.cast.ivo.person_key)
    printed = json.loads(first.intent.sealed.text)
    assert (printed["name"], printed["for_name"]) == ("Max Weber", "Ivo Brandt")
    assert last(Kind.GATE_PASSED).data["round"] == round_.pk
    assert [*verify()] == []


def test_a_seat_holders_statement_keeps_its_bytes(away, noon):
    world, round_, _ = away

    signed = sign(world.cast.ivo, round_.pk, at=noon + HOUR)

    said = json.loads(bytes(signed.intent.statement))
    assert said["capacity"] == "seat"
    assert not {"delegation", "instead_of"} & said.keys()
    assert signed.delegation is None


def test_what_was_written_stands_in_the_journal_without_its_words(review, noon):
    world, _ = review

    row = given(world.cast, noon, scope=Scope(gates=frozenset({"1", "2"})))

    entry = last(Kind.DELEGATION_WRITTEN)
    assert entry.data == {
        "side": "technology",
        "to": str(world.cast.max.person_key),
        "starts_at": "2026-12-03T12:00:00.000000Z",
        "ends_at": "2026-12-16T23:00:00.000000Z",
        "gates": ["1", "2"],
        "initiatives": [],
        "risks": [],
    }
    assert row.sealed.text == WHY
    assert WHY not in bytes(entry.entry.body).decode()
    assert last(Kind.DELEGATION_ACCEPTED).data == {"delegation": row.pk, "side": "technology"}
    assert str(row) == f"delegation {row.pk} of technology"
    assert str(row.answer) == f"answer to delegation {row.pk}"


def test_nothing_is_signed_before_it_is_taken_on_or_where_it_is_not(review, noon):
    world, round_ = review
    row = written(world.cast, noon)
    with pytest.raises(ForbiddenError):
        presence_of(world.cast.max, round_.pk, at=noon + HOUR)

    answer_delegation(delegation_id=row.pk, accepts=False, actor=world.cast.max, at=noon)

    with pytest.raises(ForbiddenError):
        presence_of(world.cast.max, round_.pk, at=noon + HOUR)
    with pytest.raises(DelegationRefusedError) as again:
        answer_delegation(delegation_id=row.pk, accepts=True, actor=world.cast.max, at=noon)
    with pytest.raises(DelegationRefusedError) as ended:
        revoke(row, world.cast.ivo, noon)
    assert (again.value.codes, ended.value.codes) == (("state",), ("over",))
    assert last(Kind.DELEGATION_DECLINED).data["delegation"] == row.pk


def test_only_from_its_first_day_until_its_last(review, noon):
    world, round_ = review
    given(world.cast, noon, first=date(2026, 12, 5), last=date(2026, 12, 5))

    for at in (noon + timedelta(days=1), noon + timedelta(days=2, hours=12)):
        with pytest.raises(ForbiddenError):
            presence_of(world.cast.max, round_.pk, at=at)
    assert sign(world.cast.max, round_.pk, at=noon + timedelta(days=2))


def test_the_end_of_its_days_leaves_a_proper_signature_standing(review, noon):
    world, round_ = review
    given(world.cast, noon, last=FIRST)
    sign(world.cast.max, round_.pk, at=noon + HOUR)

    sign(world.cast.hana, round_.pk, at=noon + timedelta(days=3))

    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED
    assert [*verify()] == []


@pytest.mark.parametrize("who", ["ivo", "cleo"])
def test_revoking_it_voids_what_is_undecided_in_the_same_act(away, noon, who):
    world, round_, row = away
    signed = sign(world.cast.max, round_.pk, at=noon + HOUR)

    revocation = revoke(row, getattr(world.cast, who), noon + 2 * HOUR)

    assert signed.void.cause == VoidCause.DELEGATION_ENDED
    assert signed.void.caused_by == f"governance.revocation:{revocation.pk}"
    assert live(round_) is None
    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW
    assert str(revocation) == f"revocation of delegation {row.pk}"
    with pytest.raises(ForbiddenError):
        presence_of(world.cast.max, round_.pk, at=noon + 3 * HOUR)
    sign(world.cast.hana, round_.pk, at=noon + 3 * HOUR)
    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW
    assert [*verify()] == []


def test_after_the_passage_revoking_it_changes_nothing_there(away, noon):
    world, round_, row = away
    signed = sign(world.cast.max, round_.pk, at=noon + HOUR)
    sign(world.cast.hana, round_.pk, at=noon + HOUR)

    revoke(row, world.cast.ivo, noon + 2 * HOUR)

    assert not hasattr(Signature.objects.get(pk=signed.pk), "void")
    assert [*verify()] == []


def test_the_end_of_the_holders_tenure_ends_it_and_what_was_signed(away, noon):
    world, round_, row = away
    signed = sign(world.cast.max, round_.pk, at=noon + HOUR)

    end_term(actor=world.cast.ada, term=row.term, at=noon + 2 * HOUR)

    assert Signature.objects.get(pk=signed.pk).void.cause == VoidCause.AUTHORITY_CHANGED
    appoint(
        actor=world.cast.ada,
        user=world.cast.otto,
        office=Office.CIO,
        title="Chief Information Officer",
        at=noon + 3 * HOUR,
    )
    following = Round.objects.latest("pk")
    assert signatory(world.cast.max, following, noon + 4 * HOUR) is None


def test_an_intent_made_before_it_was_revoked_signs_nothing(away, noon):
    world, round_, row = away
    presence = presence_of(world.cast.max, round_.pk, at=noon + HOUR)
    revoke(row, world.cast.ivo, noon + HOUR)

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=presence, actor=world.cast.max, at=noon + HOUR + timedelta(minutes=1))

    assert refused.value.codes == ("authority",)
    assert not Signature.objects.exists()


def test_an_intent_whose_days_end_meanwhile_signs_nothing(review, noon):
    world, round_ = review
    given(world.cast, noon, last=FIRST)
    midnight = noon + timedelta(hours=11)
    presence = presence_of(world.cast.max, round_.pk, at=midnight - timedelta(minutes=1))

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=presence, actor=world.cast.max, at=midnight + timedelta(minutes=1))

    assert refused.value.codes == ("authority",)


def test_a_delegate_declines_and_takes_it_back_offers_and_asks_for_changes(away, noon):
    world, round_, _ = away
    sign(world.cast.hana, round_.pk, at=noon)
    wish = Wish(act=SigningAct.DECLINE, code="privacy", reason=REASON, reversed_by=REASON)
    presence = presence_of(world.cast.max, round_.pk, at=noon + HOUR, wish=wish)

    decline = decline_gate(presence=presence, actor=world.cast.max, at=noon + HOUR + HOUR / 60)

    assert decline.signature.capacity == Capacity.DELEGATE
    assert last(Kind.GATE_DECLINED).data["capacity"] == "delegate"
    back = take_back_decline(
        decline_id=decline.pk, reason="Settled.", actor=world.cast.max, at=noon + 2 * HOUR
    )
    criterion = current().criteria_of("1")[0].key
    points = {criterion: "Name who answers appeals."}
    following = ask_for_changes(world.cast.max, back.pk, points, at=noon + 3 * HOUR)
    assert following.n == 2
    assert round_.change_request.side == "technology"


def test_the_holder_withdraws_what_the_delegate_signed(away, noon):
    world, round_, _ = away
    signed = sign(world.cast.max, round_.pk, at=noon + HOUR)
    with pytest.raises(RefusedError):
        withdraw_signature(
            signature_id=signed.pk, reason="No.", actor=world.cast.hana, at=noon + HOUR
        )

    withdraw_signature(
        signature_id=signed.pk, reason="I had promised.", actor=world.cast.ivo, at=noon + HOUR
    )

    assert live(round_) is None


def test_one_person_signs_once_for_a_side_in_office_or_in_its_place(away, noon):
    world, round_, _ = away
    sign(world.cast.ivo, round_.pk, at=noon + HOUR)

    with pytest.raises(RefusedError) as refused:
        sign(world.cast.max, round_.pk, at=noon + HOUR)

    assert refused.value.codes == ("signed",)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"by": "tariq"}, "not_yours"),
        ({"to": "ivo"}, "own"),
        ({"to": "hana"}, "other_key"),
        ({"to": "cleo"}, "sponsor"),
        ({"last": date(2027, 3, 3)}, "long"),
        ({"first": date(2026, 12, 2)}, "past"),
        ({"reason": "Away"}, "short"),
    ],
)
def test_it_is_not_given_to_just_anybody_nor_for_ever(review, noon, options, code):
    world, _ = review
    named = {k: getattr(world.cast, v) if k in ("by", "to") else v for k, v in options.items()}

    with pytest.raises(DelegationRefusedError) as refused:
        written(world.cast, noon, **named)

    assert code in refused.value.codes
    assert not Delegation.objects.exists()
    assert last(Kind.ACT_REFUSED).data["act"] == "write_delegation"


def test_a_password_gives_no_place_away_for_whoever_has_a_passkey(review, noon):
    world, _ = review
    give_passkey(world.cast.ivo, noon)

    with pytest.raises(WeakProofError) as refused:
        written(world.cast, noon)

    assert refused.value.codes == ("level",)
    assert not Delegation.objects.exists()


def test_nobody_gives_on_what_was_given(away, noon):
    world, _, _ = away

    with pytest.raises(DelegationRefusedError) as refused:
        written(world.cast, noon, by=world.cast.max, to=world.cast.erin)

    assert refused.value.codes == ("not_yours",)


def test_one_delegate_for_a_scope_at_a_time_judged_again_when_it_is_taken_on(review, noon):
    world, _ = review
    first, second = written(world.cast, noon), written(world.cast, noon, to=world.cast.erin)
    answer_delegation(delegation_id=first.pk, accepts=True, actor=world.cast.max, at=noon)

    with pytest.raises(DelegationRefusedError) as refused:
        answer_delegation(delegation_id=second.pk, accepts=True, actor=world.cast.erin, at=noon)
    with pytest.raises(DelegationRefusedError) as third:
        written(world.cast, noon, to=world.cast.otto)

    assert refused.value.codes == third.value.codes == ("taken",)
    assert answer_delegation(delegation_id=second.pk, accepts=False, actor=world.cast.erin, at=noon)


def test_of_named_initiatives_nobody_of_the_other_side_is_asked(review, noon):
    world, _ = review
    scope = Scope(initiatives=frozenset({world.initiative.pk}))

    with pytest.raises(DelegationRefusedError) as refused:
        written(world.cast, noon, to=world.cast.petra, scope=scope)

    assert refused.value.codes == ("other_side",)
    assert world.initiative.code in refused.value.blockers[0].message


@pytest.mark.parametrize(("who", "code"), [("petra", "other_side"), ("tariq", "own_work")])
def test_whoever_speaks_otherwise_or_wrote_it_signs_in_nobodys_place(review, noon, who, code):
    world, round_ = review
    given(world.cast, noon, to=getattr(world.cast, who))

    with pytest.raises(StandInRefusedError) as refused:
        presence_of(getattr(world.cast, who), round_.pk, at=noon + HOUR)

    assert code in refused.value.codes


def test_a_gate_outside_its_scope_is_not_the_delegates(review, noon):
    world, round_ = review
    given(world.cast, noon, scope=Scope(gates=frozenset({"2"})))

    with pytest.raises(ForbiddenError):
        presence_of(world.cast.max, round_.pk, at=noon + HOUR)


def test_whoever_stands_in_takes_no_part_and_no_office_of_the_other_side(away, noon):
    world, _, _ = away
    part = {"initiative": world.initiative, "user": world.cast.max, "role": MemberRole.CONTRIBUTOR}

    with pytest.raises(StandsInError) as joined:
        set_member(actor=world.cast.petra, side=Side.PEOPLE, at=noon, **part)
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.cleo), at=noon + HOUR)
    with pytest.raises(StandsInError):
        appoint(
            actor=world.cast.ada,
            user=world.cast.max,
            office=Office.SPONSOR,
            title="CEO",
            at=noon + 2 * HOUR,
        )

    assert "16 December 2026" in joined.value.blockers[0].message
    set_member(actor=world.cast.tariq, side=Side.TECHNOLOGY, at=noon, **part)
    appoint(
        actor=world.cast.ada,
        user=world.cast.max,
        office=Office.COMMITTEE_MEMBER,
        title="Member",
        at=noon + 2 * HOUR,
    )


def test_a_scope_elsewhere_leaves_other_initiatives_open_to_the_delegate(review, noon):
    world, _ = review
    given(world.cast, noon, scope=Scope(initiatives=frozenset({world.initiative.pk + 1})))

    assert set_member(
        actor=world.cast.petra,
        initiative=world.initiative,
        user=world.cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )


@pytest.mark.parametrize("who", ["max", "hana", "otto"])
def test_nobody_else_revokes_it(away, noon, who):
    world, _, row = away

    with pytest.raises(DelegationRefusedError) as refused:
        revoke(row, getattr(world.cast, who), noon)

    assert refused.value.codes == ("not_yours",)
    assert not Revocation.objects.exists()


def test_nothing_is_done_to_a_delegation_that_is_not_there(world, noon):
    with pytest.raises(NotVisibleError):
        revoke_delegation(delegation_id=9, reason="x", actor=world.cast.ivo, at=noon)


def test_what_the_holder_before_gave_does_not_keep_the_next_one_from_giving(world, noon):
    given(world.cast, noon)
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=noon + HOUR)
    appoint(
        actor=world.cast.ada,
        user=world.cast.kim,
        office=Office.CIO,
        title="Chief Information Officer",
        at=noon + 2 * HOUR,
    )

    row = given(world.cast, noon + 3 * HOUR, by=world.cast.kim)

    assert row.by == world.cast.kim


def test_asked_twice_for_the_same_it_is_one_until_that_is_revoked(review, noon):
    cast, first = review[0].cast, written(review[0].cast, noon)

    with pytest.raises(WrittenAlreadyError) as refused:
        written(cast, noon + HOUR)
    other = written(cast, noon, last=FIRST + timedelta(days=1))
    later = written(cast, noon, first=FIRST + timedelta(days=1))
    narrow = written(cast, noon, scope=Scope(gates=frozenset("2")))
    revoke(first, cast.ivo, noon)

    assert refused.value.delegation_id == first.pk
    assert len({first.pk, other.pk, later.pk, narrow.pk, written(cast, noon).pk}) == 5
