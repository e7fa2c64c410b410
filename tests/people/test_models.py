"""What the database itself refuses, shown by raw SQL as the runtime role."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from people.choices import Office
from people.models import User

pytestmark = pytest.mark.django_db


def take(person, office, starts_at, ends_at=None, *, person_key=None):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_officeterm (user_id, person_key, office, title, starts_at, ends_at)"
            " VALUES (%s, %s, %s, 'Chief', %s, %s)",
            [person.pk, str(person_key or person.person_key), office, starts_at, ends_at],
        )


@pytest.mark.parametrize("office", [Office.CIO, Office.CHRO, Office.SPONSOR])
def test_a_key_and_the_sponsors_office_have_one_holder_at_a_time(cast, noon, office):
    with pytest.raises(IntegrityError, match="one_holder_of_a_key_at_a_time"):
        take(cast.erin, office, noon + timedelta(days=1))


@pytest.mark.parametrize("first", [Office.CIO, Office.CHRO, Office.SPONSOR])
@pytest.mark.parametrize("second", [Office.CIO, Office.CHRO, Office.SPONSOR])
def test_no_person_holds_two_keys_in_overlapping_time_even_under_another_login(
    cast, noon, first, second
):
    other_login = User.objects.create(
        email="erin.two@example.com", name="Erin", person_key=cast.erin.person_key, added_at=noon
    )
    before = noon - timedelta(days=400)
    take(cast.erin, first, before, before + timedelta(days=30))

    with pytest.raises(IntegrityError):
        take(other_login, second, before + timedelta(days=29), before + timedelta(days=60))

    take(other_login, second, before + timedelta(days=30), before + timedelta(days=60))


def test_committees_and_audits_may_have_several_members_but_nobody_twice(cast, noon):
    take(cast.erin, Office.COMMITTEE_MEMBER, noon)

    with pytest.raises(IntegrityError, match="nobody_holds_an_office_twice"):
        take(cast.erin, Office.COMMITTEE_MEMBER, noon + timedelta(days=1))


def test_a_term_ends_after_it_starts(cast, noon):
    with pytest.raises(IntegrityError, match="term_ends_after_it_starts"):
        take(cast.erin, Office.AUDITOR, noon, noon)


def test_an_office_that_does_not_exist_is_refused(cast, noon):
    with pytest.raises(IntegrityError, match="office_is_one_we_have"):
        take(cast.erin, "superuser", noon)


def test_a_term_cannot_carry_another_persons_key(cast, noon):
    with pytest.raises(IntegrityError, match="term_names_the_person_of_its_user"):
        take(cast.erin, Office.COMMITTEE_MEMBER, noon, person_key=uuid4())


def test_the_person_behind_a_login_cannot_change_while_a_term_names_it(cast):
    with (
        pytest.raises(IntegrityError, match="term_names_the_person_of_its_user"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE people_user SET person_key = %s WHERE id = %s", [str(uuid4()), cast.ivo.pk]
        )


@pytest.mark.usefixtures("cast")
def test_an_email_is_unique_whatever_its_case(noon):
    with pytest.raises(IntegrityError, match="email_is_lower_case"), transaction.atomic():
        User.objects.create(email="Hana@Example.com", name="Hana again", added_at=noon)
    with pytest.raises(IntegrityError, match="people_user_email"), transaction.atomic():
        User.objects.create(email="hana@example.com", name="Hana again", added_at=noon)


def test_a_person_is_found_by_email_whatever_its_case(cast):
    assert User.objects.get_by_natural_key("HANA@example.COM") == cast.hana


def test_there_is_no_staff_flag_superuser_group_or_permission():
    names = {field.name for field in User._meta.get_fields()}

    assert names.isdisjoint({"is_staff", "is_superuser", "groups", "user_permissions"})
