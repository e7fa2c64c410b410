from datetime import timedelta

import pytest

from journal.kinds import Kind
from journal.models import Entry
from people.choices import Office, Side
from people.models import OfficeTerm
from people.operations.offices import (
    AppointmentRefusedError,
    TermRefusedError,
    appoint,
    end_term,
)
from people.operations.persons import deactivate_person
from people.queries import authority_of, office_holders, seat_holders
from people.rules import LONGEST_AUDIT
from tests.cast import gather
from tests.kept import kept
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db


@kept
def cast(noon):
    """A demonstration, where one administrator fills and clears offices."""
    return gather(noon, is_demo=True)


@pytest.fixture
def later(noon):
    return noon + timedelta(hours=1)


def test_an_appointment_is_a_term_with_its_person_and_an_entry(cast, later):
    term = appoint(actor=cast.ada, user=cast.erin, office=Office.AUDITOR, title="Auditor", at=later)

    assert (term.person_key, term.starts_at) == (cast.erin.person_key, later)
    assert term.ends_at == later + LONGEST_AUDIT
    entry = last_entry()
    assert (entry.kind, entry.subject_id) == (Kind.OFFICE_TAKEN, str(term.pk))
    assert authority_of(cast.erin, later).is_auditor


def test_a_chief_people_officer_signs_for_people_whatever_the_title(cast, later):
    seat = seat_holders(later)[Side.PEOPLE]

    assert (seat.user, seat.title) == (cast.hana, "Chief People Officer")
    assert seat.person_key == cast.hana.person_key
    assert seat.term_id == cast.term(cast.hana).pk


@pytest.mark.parametrize(
    ("name", "office", "code"),
    [
        ("erin", Office.CIO, "taken"),
        ("hana", Office.CIO, "two_keys"),
        ("ivo", Office.CHRO, "two_keys"),
        ("cleo", Office.CHRO, "two_keys"),
        ("hana", Office.CHRO, "held"),
    ],
)
def test_keys_stay_with_one_person_each(cast, later, name, office, code):  # one row a case
    before = Entry.objects.count()

    with pytest.raises(AppointmentRefusedError) as refusal:
        appoint(actor=cast.ada, user=getattr(cast, name), office=office, title="T", at=later)

    assert code in refusal.value.codes
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ["hana", "ivo", "cleo", "audrey", "kim", "erin"])
def test_only_an_administrator_appoints_and_ends(cast, later, name):
    actor = getattr(cast, name)

    with pytest.raises(AppointmentRefusedError):
        appoint(actor=actor, user=cast.erin, office=Office.AUDITOR, title="T", at=later)
    with pytest.raises(TermRefusedError):
        end_term(actor=actor, term=cast.term(cast.kim), at=later)

    assert cast.term(cast.kim).ends_at is None


@pytest.mark.parametrize("title", ["", "  ", "t" * 201, "\u202eOIC"])
def test_a_term_needs_a_title_that_can_be_printed(cast, later, title):
    with pytest.raises(AppointmentRefusedError) as refusal:
        appoint(actor=cast.ada, user=cast.erin, office=Office.AUDITOR, title=title, at=later)

    assert refusal.value.codes == ("title",)


def test_who_has_left_takes_no_office(cast, later):
    deactivate_person(actor=cast.ada, user=cast.erin, at=later)

    with pytest.raises(AppointmentRefusedError) as refusal:
        appoint(actor=cast.ada, user=cast.erin, office=Office.AUDITOR, title="T", at=later)

    assert refusal.value.codes == ("inactive",)


def test_an_ended_term_ends_with_that_moment_and_frees_the_seat(cast, later):
    term = cast.term(cast.hana)

    end_term(actor=cast.ada, term=term, at=later)

    assert authority_of(cast.hana, later).key_side is None
    assert authority_of(cast.hana, later - timedelta(seconds=1)).key_side == Side.PEOPLE
    assert Side.PEOPLE not in seat_holders(later)
    assert last_entry().kind == Kind.OFFICE_LEFT
    appoint(actor=cast.ada, user=cast.erin, office=Office.CHRO, title="CHRO", at=later)
    assert seat_holders(later)[Side.PEOPLE].user == cast.erin


def test_a_term_with_an_end_runs_out_by_itself(cast, later):
    end = later + timedelta(days=30)
    appoint(actor=cast.ada, user=cast.erin, office=Office.AUDITOR, title="T", at=later, ends_at=end)

    assert cast.erin in office_holders(Office.AUDITOR, end - timedelta(seconds=1))
    assert cast.erin not in office_holders(Office.AUDITOR, end)


def test_a_term_ends_once(cast, later):
    term = cast.term(cast.kim)
    end_term(actor=cast.ada, term=term, at=later)

    with pytest.raises(TermRefusedError) as refusal:
        end_term(actor=cast.ada, term=term, at=later + timedelta(hours=1))

    assert refusal.value.codes == ("over",)
    assert OfficeTerm.objects.get(pk=term.pk).ends_at == later


def test_a_term_cannot_end_in_the_moment_it_began(cast, noon):
    with pytest.raises(TermRefusedError) as refusal:
        end_term(actor=cast.ada, term=cast.term(cast.kim), at=noon)

    assert refusal.value.codes == ("not_begun",)


def test_somebody_always_keeps_people_and_offices(cast, later):
    with pytest.raises(TermRefusedError) as refusal:
        end_term(actor=cast.ada, term=cast.term(cast.ada), at=later)

    assert refusal.value.codes == ("last_administrator",)
