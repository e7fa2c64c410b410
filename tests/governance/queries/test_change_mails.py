"""Who hears of a change that takes two people."""

from datetime import timedelta

import pytest

from governance.choices import ChangeOutcome
from governance.operations.changes import answer_change
from governance.operations.proposals import propose_appointment, propose_recovery
from governance.queries.change_mails import mail_about_recovery, mails_about_change
from journal.kinds import Kind
from journal.models import Entry
from people.choices import Office
from people.operations.persons import deactivate_person
from tests.cast import gather
from tests.changes import WHY, confirm
from tests.kept import kept
from tests.make import make_second_factor, proof_of


@kept
def cast(noon):
    return gather(noon)


@pytest.fixture
def change(cast, noon):
    given = {"user": cast.erin, "office": Office.COMMITTEE_MEMBER, "title": "Member"}
    return propose_appointment(actor=cast.ada, reason=WHY, at=noon, **given)


def told(kind):
    entry = Entry.objects.filter(kind=kind).latest("seq")
    return {mail.to.partition("@")[0]: mail for mail in mails_about_change(entry)}


def test_whoever_may_be_the_second_person_is_asked(cast, change):
    found = told(Kind.CHANGE_PROPOSED)

    assert found.keys() == {"hana", "ivo", "cleo"}
    assert f"/settings/changes/{change.pk}/" in found["hana"].body
    assert WHY not in found["hana"].body


def test_the_answer_goes_to_whoever_proposed_it_and_to_whom_it_is_about(cast, noon, change):
    proof = proof_of(cast.hana, noon)
    answer_change(
        actor=cast.hana, change=change, outcome=ChangeOutcome.REFUSED, proof=proof, at=noon
    )

    found = told(Kind.CHANGE_REFUSED)
    assert found.keys() == {"ada", "erin"}
    assert "Read it here" in found["ada"].body
    assert "Read it here" not in found["erin"].body  # who holds no office finds no such page


def test_whose_lost_factor_is_removed_hears_how_to_go_on(cast, noon):
    make_second_factor(cast.erin, at=noon)
    confirm(propose_recovery(actor=cast.ada, user=cast.erin, reason=WHY, at=noon), noon)
    entry = Entry.objects.get(kind=Kind.SECOND_FACTOR_RECOVERED)

    assert "add a new app or passkey" in mail_about_recovery(entry).body
    deactivate_person(actor=cast.ada, user=cast.erin, at=noon + timedelta(hours=1))
    assert mail_about_recovery(entry) is None
