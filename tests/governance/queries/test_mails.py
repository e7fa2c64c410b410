"""Who is told of what: the office that did not act; both, where the clock did."""

from datetime import timedelta

import pytest

from governance.choices import SigningAct
from governance.operations.breaches import breach_commitments
from governance.operations.commitments import close_commitment
from governance.operations.refusals import contest_decline, take_back_decline
from governance.operations.rounds import expire_rounds, open_round, withdraw_round
from governance.operations.signatures import withdraw_signature
from governance.operations.stops import pause_initiative
from governance.queries.mails import TOLD, mails_about
from governance.rules.deadlines import EXPIRY
from governance.rules.rounds import RESUME
from governance.rules.wishes import Wish
from initiatives.operations.questions import answer_question, ask_question
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import subscribers_on
from people.operations.persons import deactivate_person
from tests.changes import end_term
from tests.gates import pass_gate, sign
from tests.governance.disagreeing import OURS, confirmed, offered, raised
from tests.governance.operations.test_breaches import LATE, passed_with
from tests.governance.operations.test_refusals import REASON, decline


def latest(kind: Kind) -> Entry:
    return Entry.objects.filter(kind=kind).latest("seq")


def test_the_side_that_signed_is_not_told_the_other_is(review, noon) -> None:
    world, round_ = review
    sign(
        world.cast.ivo, round_.pk, at=noon, wish=Wish(act=SigningAct.APPROVE, words="A secret word")
    )

    [mail] = mails_about(latest(Kind.GATE_SIGNED))

    code = world.initiative.code
    assert (mail.to, mail.recipient) == ("hana@example.com", world.cast.hana.pk)
    assert mail.subject == f"Ivo Brandt signed for {code} Dispatch helper"
    assert mail.body.endswith(f"/initiatives/{code}/\n")
    assert "A secret word" not in mail.body


def test_what_a_lead_sends_goes_to_both_keys(review) -> None:
    world, _ = review

    mails = [*mails_about(latest(Kind.ROUND_SUBMITTED))]

    assert {one.to for one in mails} == {"hana@example.com", "ivo@example.com"}
    assert {one.subject for one in mails} == {
        f"Gate 1 of {world.initiative.code} Dispatch helper waits for your signature"
    }


def test_what_the_clock_did_goes_to_both_and_says_so(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    expire_rounds(at=noon + EXPIRY)

    mails = [*mails_about(latest(Kind.ROUND_EXPIRED))]

    assert {one.to for one in mails} == {"hana@example.com", "ivo@example.com"}
    assert mails[0].subject.startswith("The time for gate 1 of ")
    assert "begin a new round" in mails[0].body
    assert [*mails_about(latest(Kind.SIGNATURE_VOIDED))] == []


def subject_of(kind: Kind, *, to: str) -> str:
    """Return the subject of the one mail about the latest entry of `kind`."""
    [mail] = mails_about(latest(kind))
    assert mail.to == f"{to}@example.com"
    assert REASON not in mail.subject + mail.body
    return mail.subject


def test_a_decline_taken_back_or_contested_is_told_to_the_other_side(review, noon) -> None:
    world, round_ = review
    name = f"{world.initiative.code} Dispatch helper"
    made = decline(world.cast.hana, round_, noon)
    contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)
    take_back_decline(decline_id=made.pk, reason=REASON, actor=world.cast.hana, at=noon)

    assert subject_of(Kind.DECLINE_CONTESTED, to="hana") == (
        f"Ivo Brandt contests the decline of gate 1 of {name}"
    )
    assert subject_of(Kind.DECLINE_TAKEN_BACK, to="ivo") == (
        f"Hana Okafor took back the decline of gate 1 of {name}"
    )
    assert [*mails_about(latest(Kind.SIGNATURE_VOIDED))] == []


def test_what_is_withdrawn_is_told_once_and_a_draft_never_waited(review, noon) -> None:
    world, round_ = review
    name = f"{world.initiative.code} Dispatch helper"
    first = sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_signature(signature_id=first.pk, reason=REASON, actor=world.cast.ivo, at=noon)
    sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_round(round_id=round_.pk, actor=world.cast.ivo, reason=REASON, at=noon)

    assert subject_of(Kind.SIGNATURE_WITHDRAWN, to="hana") == (
        f"Ivo Brandt withdrew the signature on gate 1 of {name}"
    )
    assert subject_of(Kind.ROUND_WITHDRAWN, to="hana") == f"Ivo Brandt took gate 1 of {name} back"
    assert [*mails_about(latest(Kind.SIGNATURE_VOIDED))] == []

    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)
    withdraw_round(round_id=draft.pk, actor=world.cast.ivo, at=noon)
    assert [*mails_about(latest(Kind.ROUND_WITHDRAWN))] == []


def test_a_pause_and_its_end_are_told(world, noon) -> None:
    name = f"{world.initiative.code} Dispatch helper"
    pause_initiative(initiative=world.initiative, reason=REASON, actor=world.cast.ivo, at=noon)
    assert subject_of(Kind.INITIATIVE_PAUSED, to="hana") == f"Ivo Brandt paused {name}"

    world.initiative.refresh_from_db()
    pass_gate(world, RESUME, at=noon)
    assert {one.subject for one in mails_about(latest(Kind.ROUND_SUBMITTED))} == {
        f"The way out of the pause of {name} waits for your signature"
    }
    assert subject_of(Kind.INITIATIVE_RESUMED, to="ivo") == f"{name} goes on"
    assert [*mails_about(latest(Kind.GATE_PASSED))] == []


def test_a_stop_in_earnest_says_that_the_drill_is_over(world, noon) -> None:
    for who, is_exercise in ((world.cast.ivo, True), (world.cast.cleo, False)):
        pause_initiative(
            initiative=world.initiative,
            reason=REASON,
            actor=who,
            at=noon,
            is_exercise=is_exercise,
        )

    mails = [*mails_about(latest(Kind.INITIATIVE_PAUSED))]

    assert {one.to for one in mails} == {"ivo@example.com", "hana@example.com"}
    assert mails[0].subject.startswith("Cleo Marchetti paused ")
    assert "The drill is over" in mails[0].body


def test_a_condition_that_is_met_is_told_to_the_other_side_and_to_who_owed_it(review, noon) -> None:
    [owed] = passed_with(*review, "escalate")
    world, _ = review
    close_commitment(commitment_id=owed.pk, note=REASON, actor=world.cast.hana, at=noon)

    mails = [*mails_about(latest(Kind.COMMITMENT_CLOSED))]

    assert {one.to for one in mails} == {"ivo@example.com", "max@example.com"}
    assert mails[0].subject == (
        f"Hana Okafor says that a condition of gate 1 of {world.initiative.code}"
        " Dispatch helper is met"
    )
    assert REASON not in mails[0].body


def test_the_passage_says_which_gate(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    sign(world.cast.hana, round_.pk, at=noon)

    [mail] = mails_about(latest(Kind.GATE_PASSED))

    assert mail.to == "ivo@example.com"
    assert mail.subject.startswith("Gate 1 of ")


def test_a_vacant_office_is_told_nothing(world, noon) -> None:
    later = noon + timedelta(minutes=1)
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=later)

    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.cleo, at=later
    )

    assert [one.to for one in mails_about(latest(Kind.INITIATIVE_PAUSED))] == ["hana@example.com"]


def test_what_belongs_to_no_initiative_is_nobodys_mail(world) -> None:
    assert [*mails_about(latest(Kind.EDITION_ADOPTED))] == []


@pytest.mark.parametrize(
    ("consequence", "told"),
    [
        ("notify", {"hana", "ivo", "max"}),
        ("escalate", {"hana", "ivo", "max", "cleo"}),
        ("pause", {"hana", "ivo", "max", "cleo"}),
    ],
)
def test_a_broken_promise_goes_to_both_keys_its_owner_and_whoever_both_named(
    review, consequence, told
) -> None:
    passed_with(*review, consequence)
    breach_commitments(at=LATE)

    mails = [*mails_about(latest(Kind.COMMITMENT_BREACHED))]

    assert {one.to for one in mails} == {f"{name}@example.com" for name in told}
    assert len(mails) == len(told)
    assert "was not met in time" in mails[0].subject
    assert "night shift" not in mails[0].subject + mails[0].body


@pytest.mark.parametrize("kind", TOLD)
def test_each_kind_with_words_is_one_that_somebody_is_told_of(kind) -> None:
    assert "governance.reactions.tell_the_pair" in subscribers_on(kind)
    assert "{" not in TOLD[kind].subject.format(gate="gate 1", name="AI-001", actor="Ivo", step=80)
    assert "{" not in TOLD[kind].follows


def test_a_question_is_told_to_the_other_lead_and_its_answer_to_the_asker(world, noon) -> None:
    cast, code = world.cast, world.initiative.code
    question = ask_question(
        actor=cast.ivo,
        initiative=world.initiative,
        text="A secret question",
        slot="gaps_to_fill",
        at=noon,
    )
    [mail] = mails_about(latest(Kind.QUESTION_ASKED))
    assert (mail.to, mail.subject) == (
        "petra@example.com",
        f"Ivo Brandt asks you about {code} Dispatch helper",
    )
    assert mail.body.endswith(f"/initiatives/{code}/questions/{question.pk}/\n")
    assert "secret" not in mail.body

    answer_question(
        actor=cast.petra,
        initiative=world.initiative,
        question_id=question.pk,
        text="Said",
        at=noon,
    )

    [mail] = mails_about(latest(Kind.QUESTION_ANSWERED))
    assert (mail.to, mail.subject) == (
        "ivo@example.com",
        f"Petra Novak answered about {code} Dispatch helper",
    )


def test_a_disagreement_is_told_to_the_side_across_and_its_end_to_both_offices(world, noon) -> None:
    cast, code = world.cast, world.initiative.code
    round_ = open_round(initiative=world.initiative, gate="1", actor=cast.petra, at=noon)
    found = raised(world, round_, noon)
    [mail] = mails_about(latest(Kind.DISAGREEMENT_RAISED))
    assert (mail.to, mail.subject) == (
        "petra@example.com",
        f"Tariq Haddad disagrees about gate 1 of {code} Dispatch helper",
    )
    assert mail.body.endswith(f"/disagreements/{found.id}/\n")
    assert OURS not in mail.body

    world.initiative.memberships.get(user=cast.petra).end(noon)
    offered(found, cast.tariq, "So.", noon)
    [mail] = mails_about(latest(Kind.SETTLEMENT_OFFERED))
    assert mail.to == "hana@example.com"

    confirmed(found, cast.hana, noon)
    [mail] = mails_about(latest(Kind.DISAGREEMENT_SETTLED))
    assert mail.to == "ivo@example.com"


def test_whoever_has_left_is_told_nothing_and_the_key_instead(world, noon) -> None:
    cast = world.cast
    round_ = open_round(initiative=world.initiative, gate="1", actor=cast.petra, at=noon)
    deactivate_person(actor=cast.ada, user=cast.petra, at=noon)

    raised(world, round_, noon)
    [about] = mails_about(latest(Kind.DISAGREEMENT_RAISED))
    ask_question(
        actor=cast.ivo, initiative=world.initiative, text="Why?", slot="gaps_to_fill", at=noon
    )
    [asked] = mails_about(latest(Kind.QUESTION_ASKED))

    assert about.to == asked.to == "hana@example.com"


def test_once_both_have_scored_the_leads_are_told_but_whoever_completed_it(review) -> None:
    world, _ = review
    entry = latest(Kind.SCORES_REVEALED)

    [mail] = mails_about(entry)

    lead = {world.cast.tariq.person_key: "petra", world.cast.petra.person_key: "tariq"}
    assert mail.to == f"{lead[entry.actor_key]}@example.com"
    assert mail.subject == f"Both sides have scored {world.initiative.code} Dispatch helper"
    assert mail.body.endswith(f"/initiatives/{world.initiative.code}/scores/\n")
