from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection

from journal.kinds import Kind
from journal.models import Entry
from people.choices import Office
from people.models import OfficeTerm, User
from people.operations.offices import TermRefusedError
from people.operations.persons import (
    PersonRefusedError,
    add_person,
    change_profile,
    deactivate_person,
)
from people.queries import authority_of, seat_holders
from tests.cast import gather
from tests.changes import appoint
from tests.people.journal_reading import kinds_since, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(noon):
    return noon.replace(hour=13)


def test_a_person_is_added_by_an_administrator_and_their_name_is_not_hashed_in_clear(cast, later):
    person = add_person(
        actor=cast.ada, email="Nia@Example.com", name="Nia Ode", title="", zone="UTC", at=later
    )

    entry = last_entry()
    assert entry.kind == Kind.PERSON_ADDED
    assert b"Nia" not in bytes(entry.body)
    assert "Nia Ode" in entry.private.text
    assert person.email == "nia@example.com"
    assert not person.has_usable_password()


def test_of_two_who_add_one_e_mail_at_once_the_second_is_told(transactional_db, noon):
    cast = gather(noon)

    for n in range(6):
        barrier = Barrier(2)
        with ThreadPoolExecutor(2) as threads:
            answers = [*threads.map(added_at_once, [(cast.ada, barrier, n, noon)] * 2)]

        assert sorted(type(one).__name__ for one in answers) == ["PersonRefusedError", "User"]


def added_at_once(given):
    actor, barrier, n, at = given
    email = f"nia{n}@example.com"
    try:
        barrier.wait(timeout=20)
        return add_person(actor=actor, email=email, name="Nia", title="", zone="UTC", at=at)
    except PersonRefusedError as refusal:
        return refusal
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["hana", "ivo", "cleo", "audrey", "erin"])
def test_nobody_but_an_administrator_adds_people(cast, later, name):
    with pytest.raises(PersonRefusedError) as refusal:
        add_person(
            actor=getattr(cast, name),
            email="x@example.com",
            name="X",
            title="",
            zone="UTC",
            at=later,
        )

    assert refusal.value.codes == ("not_administrator",)


def test_an_email_serves_one_login_only(cast, later):
    with pytest.raises(PersonRefusedError) as refusal:
        add_person(
            actor=cast.ada, email="HANA@example.com", name="H", title="", zone="UTC", at=later
        )

    assert refusal.value.codes == ("email_taken",)


def test_a_further_login_of_a_person_shares_their_key_and_never_their_office(cast, later):
    second = add_person(
        actor=cast.ada,
        email="hana.two@example.com",
        name="Hana Okafor",
        title="",
        zone="UTC",
        at=later,
        person_key=cast.hana.person_key,
    )

    assert second.person_key == cast.hana.person_key
    assert authority_of(second, later).key_side is None


def test_a_further_login_needs_a_person_who_is_here(cast, later, noon):
    stranger = User(email="s@example.com", name="S", added_at=noon)

    with pytest.raises(PersonRefusedError) as refusal:
        add_person(
            actor=cast.ada,
            email="t@example.com",
            name="T",
            title="",
            zone="UTC",
            at=later,
            person_key=stranger.person_key,
        )

    assert refusal.value.codes == ("person",)


def test_a_changed_profile_is_saved_and_says_which_fields(cast, later):
    change_profile(
        actor=cast.erin, name="Erin D.", title="Dispatcher", zone="UTC", theme="dark", at=later
    )

    cast.erin.refresh_from_db()
    assert (cast.erin.name, cast.erin.zone, cast.erin.theme) == ("Erin D.", "UTC", "dark")
    assert last_entry().kind == Kind.PERSON_CHANGED
    assert b"Erin" not in bytes(last_entry().body)


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"name": ""}, "name"),
        ({"zone": "Nowhere"}, "zone"),
        ({"theme": "sepia"}, "theme"),
        ({"title": "t" * 201}, "title"),
        ({"name": "\u202enirE"}, "text"),
        ({}, "unchanged"),
    ],
)
def test_a_profile_refuses_what_does_not_do(cast, later, overrides, code):
    erin = cast.erin
    same = {"name": erin.name, "title": erin.title, "zone": erin.zone, "theme": erin.theme}

    with pytest.raises(PersonRefusedError) as refusal:
        change_profile(actor=erin, at=later, **{**same, **overrides})

    assert refusal.value.codes == (code,)


def test_who_leaves_loses_every_office_and_every_session_at_once(cast, later, client):
    client.force_login(cast.hana)
    stored = SessionStore(client.session.session_key)

    deactivate_person(actor=cast.ada, user=cast.hana, at=later)

    hana = User.objects.get(pk=cast.hana.pk)
    assert not hana.is_active
    assert seat_holders(later).keys() == seat_holders(later).keys() - {"people"}
    assert OfficeTerm.objects.get(user=hana).ends_at == later
    assert stored["_auth_user_hash"] != hana.get_session_auth_hash()
    assert kinds_since(Entry.objects.count() - 2) == [Kind.OFFICE_LEFT, Kind.PERSON_DEACTIVATED]


def test_who_has_left_cannot_leave_again(cast, later):
    deactivate_person(actor=cast.ada, user=cast.erin, at=later)

    with pytest.raises(PersonRefusedError) as refusal:
        deactivate_person(actor=cast.ada, user=cast.erin, at=later)

    assert refusal.value.codes == ("inactive",)


def test_only_an_administrator_lets_people_go(cast, later):
    with pytest.raises(PersonRefusedError):
        deactivate_person(actor=cast.hana, user=cast.ivo, at=later)

    assert User.objects.get(pk=cast.ivo.pk).is_active


def test_the_last_administrator_cannot_be_let_go(cast, later):
    with pytest.raises(TermRefusedError) as refusal:
        deactivate_person(actor=cast.ada, user=cast.ada, at=later)

    assert refusal.value.codes == ("last_administrator",)


def test_an_administrator_may_go_once_there_is_another(cast, later):
    appoint(actor=cast.ada, user=cast.max, office=Office.ADMINISTRATOR, title="Admin", at=later)

    deactivate_person(actor=cast.max, user=cast.ada, at=later.replace(minute=5))

    assert not User.objects.get(pk=cast.ada.pk).is_active
