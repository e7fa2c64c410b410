"""Who may be invited, and who may still accept."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker


@dataclass(frozen=True)
class InvitationFacts:
    """What decides whether somebody may be invited, or may still accept."""

    has_login: bool
    is_invited: bool = False
    is_promised: bool = False
    is_withdrawn: bool = False
    is_used: bool = False
    has_run_out: bool = False


def blockers_to_invite(facts: InvitationFacts) -> Iterator[Blocker]:
    """Yield every reason, besides the office's own, why this e-mail cannot be invited."""
    if facts.has_login:
        yield Blocker("email_taken", "Somebody signs in with this e-mail already.", "email")
    if facts.is_invited:
        yield Blocker("invited", "This e-mail is invited already. Send that again.", "email")
    if facts.is_promised:
        yield Blocker("promised", "Somebody else is invited to it. Withdraw that first.", "office")


def blockers_to_accept(facts: InvitationFacts) -> Iterator[Blocker]:
    """Yield why the link does not open any more; the first reason is the one to say."""
    if facts.is_used:
        yield Blocker("used", "It has been used. Sign in with the password chosen then.")
    if facts.is_withdrawn:
        yield Blocker("withdrawn", "It was withdrawn. Ask whoever invited you.")
    if facts.has_run_out:
        yield Blocker("run_out", "It was good for 14 days. Ask whoever invited you for another.")
    if facts.has_login:  # in words that do not tell that there is one
        yield Blocker("unfit", "It fits no more. Ask whoever invited you.")
