"""What somebody who leaves leaves open goes on from one list: all of it in one act, or nothing."""

from datetime import timedelta

import pytest

from governance.choices import OnBreach, RoundState
from governance.models import Commitment, Handover
from governance.operations.commitments import close_commitment
from governance.operations.delegations import write_delegation
from governance.operations.disagreements import raise_disagreement
from governance.operations.handovers import HandoverRefusedError, Word, hand_over
from governance.queries.handovers import lines_of, voided_by_leaving
from governance.queries.mails import mails_about
from governance.queries.offers import debtor_of, get_commitment, open_commitments
from governance.queries.waiting import waiting
from governance.rules.delegations import Scope
from initiatives.choices import MemberRole
from initiatives.models import Membership
from initiatives.operations.memberships import MembershipRefusedError, set_member
from initiatives.operations.questions import ask_question
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from kernel.refusals import StaleError
from people.choices import Side
from people.operations.persons import deactivate_person
from people.queries import authority_of
from playbook.editions import current
from tests.gates import make_ready, make_round, make_world, sign
from tests.governance.operations.test_breaches import passed_with
from tests.kept import kept
from tests.make import proof_of

MINUTE = timedelta(minutes=1)


@kept
def owing(noon):
    """Max contributes for People, and owes a condition of a gate that passed."""
    world = make_world(noon)
    set_member(
        actor=world.cast.petra,
        initiative=world.initiative,
        user=world.cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )
    make_ready(world, "1", at=noon)
    passed_with(world, make_round(world, at=noon), OnBreach.NOTIFY)
    return world


def keys(user, at):
    return [line.key for line in lines_of(user, at) if line.key]


def handed(world, user, at, shown=(), **words):
    said = [Word(key.replace("_", "-"), to) for key, to in words.items()]
    hand_over(actor=world.cast.ada, user=user, words=said, at=at, accepts_voids=shown)


def part_of(user):
    return f"part_{Membership.objects.current().get(user=user).pk}"


def owed_here():
    return f"commitment_{Commitment.objects.get().pk}"


def test_part_and_condition_go_on_in_one_act(owing, noon):
    world, at = owing, noon + MINUTE
    before = Entry.objects.count()

    handed(
        world, world.cast.max, at, **{part_of(world.cast.max): None, owed_here(): world.cast.erin}
    )

    assert keys(world.cast.max, at) == []
    assert not Membership.objects.current().filter(user=world.cast.max).exists()
    commitment = Commitment.objects.get()
    assert debtor_of(commitment.pk) == world.cast.erin
    assert commitment.owner == world.cast.max  # as both signed it
    kinds = [*Entry.objects.order_by("seq").values_list("kind", flat=True)[before:]]
    assert kinds == [Kind.COMMITMENT_HANDED_OVER, Kind.MEMBER_LEFT]
    assert [*verify()] == []


def test_whoever_took_it_on_finds_it_at_home_and_hears_of_it(owing, noon):
    handed(owing, owing.cast.max, noon, **{owed_here(): owing.cast.erin})

    def at_home(person):
        found = waiting(authority_of(person, noon), current(), today=noon.date(), at=noon, limit=5)
        return [one.owner for one in found.conditions]

    assert (at_home(owing.cast.erin), at_home(owing.cast.max)) == (["Erin Doyle"], [])
    assert [one.owner for one in open_commitments(owing.initiative, noon)] == ["Erin Doyle"]
    assert get_commitment(Commitment.objects.get().pk, noon)[0].owner == "Erin Doyle"
    mails = mails_about(Entry.objects.get(kind=Kind.COMMITMENT_HANDED_OVER))
    assert "erin@example.com" in {mail.to for mail in mails}


def test_it_may_be_handed_on_again(owing, noon):
    handed(owing, owing.cast.max, noon, **{owed_here(): owing.cast.erin})
    handed(owing, owing.cast.erin, noon + MINUTE, **{owed_here(): owing.cast.petra})

    assert debtor_of(Commitment.objects.get().pk) == owing.cast.petra
    assert Handover.objects.count() == 2


def test_it_stays_with_the_side(owing, noon):
    with pytest.raises(HandoverRefusedError) as refusal:
        handed(owing, owing.cast.max, noon, **{owed_here(): owing.cast.tariq})

    assert refusal.value.codes == ("other_side",)


def test_a_condition_is_owed_until_it_is_met(owing, noon):
    with pytest.raises(HandoverRefusedError) as ended:
        handed(owing, owing.cast.max, noon, **{owed_here(): None})
    key = owed_here()
    close_commitment(
        commitment_id=Commitment.objects.get().pk,
        note="All three shifts were trained; the list is attached.",
        actor=owing.cast.hana,
        at=noon,
    )
    with pytest.raises(HandoverRefusedError) as closed:
        handed(owing, owing.cast.max, noon, **{key: owing.cast.erin})

    assert (ended.value.codes, closed.value.codes) == (("owed",), ("not_open",))


def test_all_lines_or_none(owing, noon):
    with pytest.raises(MembershipRefusedError):
        handed(
            owing,
            owing.cast.max,
            noon,
            **{owed_here(): owing.cast.erin, part_of(owing.cast.max): owing.cast.cleo},
        )

    assert not Handover.objects.exists()
    assert len(keys(owing.cast.max, noon)) == 2


@pytest.mark.parametrize("name", ["hana", "petra", "cleo"])
def test_an_administrator_hands_over(owing, noon, name):
    with pytest.raises(HandoverRefusedError) as refusal:
        hand_over(
            actor=getattr(owing.cast, name),
            user=owing.cast.max,
            words=[Word(part_of(owing.cast.max), None)],
            at=noon,
        )

    assert refusal.value.codes == ("not_administrator",)


def test_nothing_said_hands_nothing_over(owing, noon):
    with pytest.raises(HandoverRefusedError) as refusal:
        handed(owing, owing.cast.max, noon)

    assert refusal.value.codes == ("empty",)


def test_another_lead_sends_a_waiting_gate_back(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    line, at = {part_of(world.cast.petra): world.cast.erin}, noon + MINUTE
    shown = [one.id for one in voided_by_leaving(world.cast.petra)]

    with pytest.raises(StaleError) as unseen:
        handed(world, world.cast.petra, at, **line)
    handed(world, world.cast.petra, at, shown=shown, **line)

    assert unseen.value.codes == ("voids",)
    lead = Membership.objects.leads().get(side=Side.PEOPLE)
    round_.refresh_from_db()
    assert (lead.user, round_.state) == (world.cast.erin, RoundState.RETURNED)


def test_a_leaver_of_today_leaves_a_list_behind(owing, noon):
    deactivate_person(actor=owing.cast.ada, user=owing.cast.max, at=noon)

    handed(owing, owing.cast.max, noon + MINUTE, **{owed_here(): owing.cast.petra})

    assert keys(owing.cast.max, noon + MINUTE) == [part_of(owing.cast.max).replace("_", "-")]


def test_what_follows_by_itself_is_listed_too(review, noon):
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon)
    write_delegation(
        actor=world.cast.hana,
        to=world.cast.erin,
        first=noon.date(),
        last=noon.date() + timedelta(days=5),
        scope=Scope(),
        reason="On holiday until Monday.",
        proof=proof_of(world.cast.hana, noon),
        at=noon,
    )
    raise_disagreement(
        actor=world.cast.hana,
        round_id=round_.pk,
        subject="Who answers appeals",
        position="A person, within two days.",
        due_on=noon.date() + timedelta(days=11),
        at=noon,
    )
    ask_question(
        actor=world.cast.hana,
        initiative=world.initiative,
        slot="tech_landscape",
        text="Which system knows the shifts?",
        at=noon,
    )

    what = [line.what for line in lines_of(world.cast.hana, noon)]

    assert what == [
        "Holds an office: CHRO, signs for People",
        "Signed gate 1, which is not decided yet",
        "Erin Doyle may sign for Hana Okafor",
        "Asked a question that is open",
        "Raised a disagreement: Who answers appeals",
    ]
