"""Remember who came in, who left, and who was turned away."""

from datetime import datetime

from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Installation
from journal.queries import installation
from kernel.canonical import clean_text
from people.models import User
from people.operations.throttles import (
    TooManyTriesError,
    account_door,
    address_door,
    forget_tries,
    give_back_try,
    take_try,
)
from people.queries import get_person_by_email


def take_sign_in_try(*, email: str, address: str, at: datetime) -> None:
    """Count a try before the password is looked at, for the account and for the address.

    :raises TooManyTriesError: when either has to wait, whether anybody has this e-mail or not.
    """
    try:
        take_try(account_door(email), address_door(address), at=at)
    except TooManyTriesError as refusal:
        if refusal.is_first:  # once a wait, so that guessing does not fill the journal
            record_failed_sign_in(email=email, address=address, reason="throttled", at=at)
        raise


@act
def record_sign_in(*, user: User, method: str, address: str, at: datetime) -> None:
    """Remember that this person came in, and begin their count of tries afresh."""
    forget_tries(account_door(user.email))
    give_back_try(address_door(address))
    record(
        Kind.SIGNED_IN,
        actor=user,
        subject=user,
        at=at,
        data={"method": method},
        private={"address": address},
    )


@act
def record_sign_out(*, user: User, at: datetime) -> None:
    """Remember that this person left."""
    record(Kind.SIGNED_OUT, actor=user, subject=user, at=at)


def record_failed_sign_in(*, email: str, address: str, reason: str, at: datetime) -> None:
    """Remember a failure: under the person when there is one, else under the installation."""
    founded = installation()
    if founded is None:
        return
    _record_failed_sign_in(
        subject=get_person_by_email(email) or founded,
        email=email,
        address=address,
        reason=reason,
        at=at,
    )


@act
def _record_failed_sign_in(
    *, subject: User | Installation, email: str, address: str, reason: str, at: datetime
) -> None:
    record(
        Kind.SIGN_IN_FAILED,
        actor="visitor",
        subject=subject,
        at=at,
        data={"reason": reason},
        private={"email": clean_text(email)[:254], "address": address},
    )
