"""One person proposes: nothing changes, whatever door is tried (I19)."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from governance.choices import ChangeKind
from governance.models import Change
from governance.operations.editions import AdoptionRefusedError, adopt_edition
from governance.operations.proposals import (
    ChangeRefusedError,
    adopt_or_propose,
    clear_office,
    fill_office,
    propose_appointment,
    propose_ending,
    propose_playbook,
    propose_recovery,
)
from journal.acts import act
from journal.clock import now
from journal.kinds import Kind
from journal.transports import FOLDER_BACKEND
from people.choices import Office, Side
from people.operations.founding import found
from people.operations.invitations import accept_invitation, invite
from people.operations.offices import (
    AppointmentRefusedError,
    TermRefusedError,
    appoint,
    end_term,
)
from people.queries import authority_of, seat_holders
from playbook.editions import current, current_digest
from playbook.load import files
from tests.cast import PASSWORD, gather
from tests.changes import WHY, confirm
from tests.governance.operations.test_editions import next_edition
from tests.kept import kept
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@kept
def cast(noon):
    return gather(noon)


def proposed(cast, at, **changes):
    given = {"user": cast.erin, "office": Office.COMMITTEE_MEMBER, "title": "Member", **changes}
    return propose_appointment(**{"actor": cast.ada, "reason": WHY, "at": at, **given})


def test_a_proposal_is_kept_with_its_reason_and_changes_nothing(cast, noon):
    change = proposed(cast, noon)

    assert (change.kind, change.person_key) == (ChangeKind.APPOINTMENT, cast.erin.person_key)
    assert change.reason.text == WHY
    assert last_entry().kind == Kind.CHANGE_PROPOSED
    assert WHY not in bytes(last_entry().body).decode()
    assert authority_of(cast.erin, noon + MINUTE).offices == frozenset()


def test_no_door_lets_one_person_change_offices_or_playbook(cast, noon):
    at = noon + MINUTE

    with pytest.raises(AppointmentRefusedError) as appointing:
        appoint(actor=cast.ada, user=cast.erin, office=Office.CIO, title="CIO", at=at)
    with pytest.raises(TermRefusedError) as ending:
        end_term(actor=cast.ada, term=cast.term(cast.hana), at=at)
    with pytest.raises(AdoptionRefusedError) as adopting:
        adopt_edition(playbook=next_edition(), actor=cast.ada, at=at)

    assert "two_people" in appointing.value.codes
    assert ending.value.codes == adopting.value.codes == ("two_people",)


def test_an_accepted_invitation_only_proposes_an_office_that_was_held_before(cast, noon):
    invitation = invite(
        actor=cast.ada, email="n@example.com", office=Office.AUDITOR, title="Auditor", at=noon
    )

    nora = accept_invitation(
        invitation=invitation, name="Nora", zone="UTC", password=PASSWORD, at=noon + MINUTE
    )

    assert authority_of(nora, noon + 2 * MINUTE).offices == frozenset()
    change = Change.objects.get()
    assert (change.user, change.office, change.proposed_by) == (nora, "auditor", cast.ada)
    assert change.title.text == "Auditor"


def test_the_same_is_proposed_once(cast, noon):
    proposed(cast, noon)

    with pytest.raises(ChangeRefusedError) as refusal:
        proposed(cast, noon + MINUTE)

    assert refusal.value.codes == ("proposed",)


@pytest.mark.parametrize("name", ["hana", "ivo", "kim", "audrey", "erin"])
def test_only_administrator_and_sponsor_propose(cast, noon, name):
    actor = getattr(cast, name)
    term = cast.term(cast.kim)

    for propose in (
        lambda: proposed(cast, noon, actor=actor),
        lambda: propose_ending(actor=actor, term=term, reason=WHY, at=noon),
        lambda: propose_playbook(actor=actor, playbook=next_edition(), reason=WHY, at=noon),
    ):
        with pytest.raises(ChangeRefusedError) as refusal:
            propose()
        assert refusal.value.codes == ("not_entitled",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"office": Office.CIO, "title": "CIO"}, "taken"),
        ({"title": " "}, "title"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_could_not_begin_is_not_proposed(cast, noon, changes, code):
    with pytest.raises(ChangeRefusedError) as refusal:
        proposed(cast, noon, **changes)

    assert refusal.value.codes == (code,)


def test_a_term_that_is_over_is_not_ended_again(cast, noon):
    term = cast.term(cast.kim)
    term.ends_at = noon + MINUTE

    with pytest.raises(ChangeRefusedError) as refusal:
        propose_ending(actor=cast.ada, term=term, reason=WHY, at=noon + MINUTE)

    assert refusal.value.codes == ("over",)


def test_a_playbook_that_was_in_force_before_is_not_proposed(cast, noon):
    with pytest.raises(ChangeRefusedError) as refusal:
        propose_playbook(actor=cast.ada, playbook=current(), reason=WHY, at=noon)

    assert refusal.value.codes == ("adopted",)


def test_nobody_without_a_second_factor_has_lost_one(cast, noon):
    with pytest.raises(ChangeRefusedError) as refusal:
        propose_recovery(actor=cast.ada, user=cast.hana, reason=WHY, at=noon)

    assert refusal.value.codes == ("none",)


def test_the_first_holder_of_an_office_begins_at_once_until_a_gate_was_sent(db, noon):
    cast = gather(noon, without=[Office.CHRO])
    given = {"actor": cast.ada, "title": "T", "reason": "", "at": noon}

    first = fill_office(user=cast.hana, office=Office.CHRO, **given)

    assert first is None
    assert seat_holders(noon)[Side.PEOPLE].user == cast.hana
    with pytest.raises(ChangeRefusedError):
        fill_office(user=cast.erin, office=Office.AUDITOR, **given)


def test_a_demonstration_is_one_persons_to_change(db, noon):
    cast = gather(noon, is_demo=True)
    at = noon + MINUTE

    ended = clear_office(actor=cast.ada, term=cast.term(cast.hana), reason="", at=at)
    filled = fill_office(
        actor=cast.ada, user=cast.erin, office=Office.CHRO, title="CHRO", reason="", at=at
    )
    adopted = adopt_or_propose(playbook=next_edition(), actor=cast.ada, reason="", at=at)

    assert (ended, filled, adopted) == (None, None, None)
    assert seat_holders(at)[Side.PEOPLE].user == cast.erin
    assert current_digest() == next_edition().digest


def test_the_command_proposes_the_files_to_a_second_person(db, capsys):
    @act
    def founded():
        ada = found(
            organisation="Harrowgate",
            zone="UTC",
            currency="EUR",
            email="ada@example.com",
            name="Ada",
            password=PASSWORD,
            at=now() - MINUTE,
        )
        adopt_edition(playbook=next_edition(), actor=ada, at=now() - MINUTE)

    founded()

    call_command("adopt_playbook", email="ada@example.com")

    change = Change.objects.get()
    assert f"/settings/changes/{change.pk}/" in capsys.readouterr().out
    assert (change.digest, current_digest()) == (files().digest, next_edition().digest)


def test_whoever_has_no_password_that_works_chooses_one_when_let_back_in(cast, noon):
    cast.hana.set_unusable_password()
    cast.hana.save(update_fields=["password"])

    assert propose_recovery(actor=cast.ada, user=cast.hana, reason=WHY, at=noon).with_password


def test_no_new_password_is_proposed_while_administrators_would_read_the_link(cast, noon, settings):
    settings.EMAIL_BACKEND = FOLDER_BACKEND

    with pytest.raises(ChangeRefusedError) as refused:
        propose_recovery(actor=cast.ada, user=cast.hana, reason=WHY, at=noon, with_password=True)

    assert refused.value.codes == ("mailbox",)
    assert not Change.objects.exists()


def test_the_sponsor_proposes_even_what_one_administrator_does_alone(db, noon):
    cast = gather(noon, is_demo=True)
    given = {"actor": cast.cleo, "reason": WHY, "at": noon + MINUTE}

    ending = clear_office(term=cast.term(cast.hana), **given)
    filling = fill_office(user=cast.erin, office=Office.AUDITOR, title="Auditor", **given)

    assert (ending.kind, filling.kind) == (ChangeKind.ENDING, ChangeKind.APPOINTMENT)
    assert seat_holders(given["at"])[Side.PEOPLE].user == cast.hana
    confirm(filling, given["at"])
    assert authority_of(cast.erin, given["at"]).is_auditor
