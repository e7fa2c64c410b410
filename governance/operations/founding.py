"""The first act of an installation: the organisation, its administrator, and its playbook."""

from datetime import datetime

from governance.operations.editions import adopt_edition
from journal.acts import act
from kernel.calendars import USUAL, Calendar
from people.models import User
from people.operations.founding import found
from playbook.load import files


@act
def found_organisation(
    *,
    organisation: str,
    zone: str,
    currency: str,
    email: str,
    name: str,
    password: str,
    at: datetime,
    title: str = "",
    calendar: Calendar = USUAL,
    is_demo: bool = False,
) -> User:
    """Found the installation, and adopt the playbook that came with it.

    :raises RefusedError: when it has been founded before, or an entry is not usable.
    """
    administrator = found(
        organisation=organisation,
        zone=zone,
        currency=currency,
        email=email,
        name=name,
        password=password,
        at=at,
        title=title,
        calendar=calendar,
        is_demo=is_demo,
    )
    adopt_edition(playbook=files(), actor=administrator, at=at)
    return administrator
