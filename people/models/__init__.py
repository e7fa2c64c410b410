"""The rows of people."""

from people.models.invitations import Invitation
from people.models.offices import OfficeTerm
from people.models.passkeys import Passkey, PasskeyEnd, PasskeyUse, StolenReport
from people.models.throttles import Throttle
from people.models.users import NAME_AND_TITLE, User

__all__ = [
    "NAME_AND_TITLE",
    "Invitation",
    "OfficeTerm",
    "Passkey",
    "PasskeyEnd",
    "PasskeyUse",
    "StolenReport",
    "Throttle",
    "User",
]
