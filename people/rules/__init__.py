"""What people may do: judged by facts alone."""

from people.rules.appointments import (
    LONGEST_AUDIT,
    AppointmentFacts,
    EndingFacts,
    blockers_to_appoint,
    blockers_to_end_term,
    latest_end,
    takes_two_to_fill,
)
from people.rules.authorities import (
    NOBODY,
    Authority,
    TermFacts,
    audit_ended_at,
    authority,
)
from people.rules.invitations import InvitationFacts, blockers_to_accept, blockers_to_invite
from people.rules.throttles import PER_ADDRESS, PER_PERSON, Limit, Tries, one_more, wait_until
from people.rules.zones import known_zones

__all__ = [
    "LONGEST_AUDIT",
    "NOBODY",
    "PER_ADDRESS",
    "PER_PERSON",
    "AppointmentFacts",
    "Authority",
    "EndingFacts",
    "InvitationFacts",
    "Limit",
    "TermFacts",
    "Tries",
    "audit_ended_at",
    "authority",
    "blockers_to_accept",
    "blockers_to_appoint",
    "blockers_to_end_term",
    "blockers_to_invite",
    "known_zones",
    "latest_end",
    "one_more",
    "takes_two_to_fill",
    "wait_until",
]
