"""A lost second factor goes with every session; who has none, or has left, has nothing to lose."""

import pytest

from journal.acts import act
from journal.transports import FOLDER_BACKEND
from people.operations.persons import deactivate_person
from people.operations.recovery import (
    RecoveryRefusedError,
    recover_second_factor,
)
from tests.make import make_second_factor
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db


@act
def recovered(cast, noon):
    recover_second_factor(actor=cast.cleo, user=cast.hana, at=noon)


def test_who_has_none_has_nothing_to_recover(cast, noon):
    with pytest.raises(RecoveryRefusedError) as refusal:
        recovered(cast, noon)

    assert refusal.value.codes == ("none",)


def test_who_has_left_recovers_nothing(cast, noon):
    make_second_factor(cast.hana, at=noon)
    deactivate_person(actor=cast.ada, user=cast.hana, at=noon.replace(hour=13))

    with pytest.raises(RecoveryRefusedError) as refusal:
        recovered(cast, noon.replace(hour=14))

    assert refusal.value.codes == ("inactive",)


def test_without_a_mail_server_nobody_is_let_in_by_a_link(cast, noon, settings):
    settings.EMAIL_BACKEND = FOLDER_BACKEND

    with pytest.raises(RecoveryRefusedError) as refusal:
        act(recover_second_factor)(actor=cast.cleo, user=cast.hana, at=noon, with_password=True)

    cast.hana.refresh_from_db()
    assert refusal.value.codes == ("mailbox",)
    assert cast.hana.has_usable_password()


def test_a_lost_password_opens_nothing_from_then_on(cast, noon):
    act(recover_second_factor)(actor=cast.cleo, user=cast.hana, at=noon, with_password=True)

    cast.hana.refresh_from_db()
    assert not cast.hana.has_usable_password()
    assert b'"password":true' in bytes(last_entry().body)
