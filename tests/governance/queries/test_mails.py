"""Who is told of what: the office that did not act; both, where the clock did."""

from datetime import timedelta

import pytest

from governance.choices import SigningAct
from governance.operations.breaches import breach_commitments
from governance.operations.rounds import expire_rounds
from governance.operations.stops import pause_initiative
from governance.queries.mails import SUBJECTS, mails_about
from governance.rules.deadlines import EXPIRY
from governance.rules.wishes import Wish
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import subscribers_on
from people.operations.offices import end_term
from tests.gates import sign
from tests.governance.operations.test_breaches import LATE, passed_with


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

    mails = [*mails_about(latest(Kind.SIGNATURE_VOIDED))]

    assert {one.to for one in mails} == {"hana@example.com", "ivo@example.com"}


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


@pytest.mark.parametrize("kind", SUBJECTS)
def test_each_subject_is_for_a_kind_that_somebody_is_told_of(kind) -> None:
    assert "governance.reactions.tell_the_pair" in subscribers_on(kind)
    assert "{" not in SUBJECTS[kind].format(gate="1", name="AI-001", actor="Ivo")
