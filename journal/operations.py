"""Acts of the journal itself: founding, keys, erasure, the demonstration's clock, deliveries."""

from datetime import datetime, timedelta

from django.db import models

from journal.acts import Actor, act, change_authority, record
from journal.keys import Signer, in_use
from journal.kinds import Kind
from journal.models import Installation, KeyChange, Sealed, ServerKey
from kernel.calendars import USUAL, Calendar
from kernel.canonical import canonical, moment, wrapped
from kernel.refusals import Blocker, RefusedError, StaleError

KEY_CHANGE = "key change"  # the kind of statement that both keys sign


class FoundingRefusedError(StaleError):
    """The installation has been founded already, perhaps a moment ago by somebody else."""


class KeyChangeRefusedError(RefusedError):
    """The key given as the old one is not in force, or the new one is not new."""


class ClockRefusedError(RefusedError):
    """Only a demonstration has a clock that can be moved, and only forward."""


@act
def found_installation(
    *,
    name: str,
    zone: str,
    currency: str,
    is_demo: bool,
    at: datetime,
    calendar: Calendar = USUAL,
) -> Installation:
    """Begin the journal of the one organisation of this database, and publish its key.

    :raises FoundingRefusedError: when it has been founded already.
    """
    change_authority()  # of two who found at once, the second reads what the first has written
    if Installation.objects.exists():
        raise FoundingRefusedError(
            Blocker("founded", "This installation has been founded already. Sign in instead.")
        )
    said = {
        "zone": zone,
        "currency": currency,
        "working_days": calendar.working_days,
        "fiscal_month": calendar.fiscal_month,
    }
    installation = Installation.objects.create(
        pk=1, name=name, is_demo=is_demo, founded_at=at, **said
    )
    record(
        Kind.INSTALLATION_FOUNDED,
        actor="founding",
        subject=installation,
        at=at,
        data={**said, "demonstration": is_demo},
        private={"name": name},
    )
    publish_key(at=at)
    return installation


@act
def publish_key(*, at: datetime, actor: Actor = "founding") -> ServerKey:
    """Make the public half of the configured signing key part of the record."""
    new = in_use()
    key = ServerKey.objects.create(key_id=new.key_id, public=new.public, added_at=at)
    record(
        Kind.SERVER_KEY_ADDED,
        actor=actor,
        subject=key,
        at=at,
        data={"key_id": key.key_id, "public": bytes(key.public).hex()},
    )
    return key


@act
def change_key(*, old: Signer, actor: Actor, at: datetime) -> KeyChange:
    """Let the configured signing key follow `old`, both signing that it does.

    What the old key signed stays verifiable, for its public half stays part of the record.

    :raises KeyChangeRefusedError: when `old` is not in force, or the new key was here before.
    """
    ours = Installation.objects.select_for_update().get()  # no checkpoint is made meanwhile
    new = in_use()
    replaced = KeyChange.objects.values("old")
    in_force = ServerKey.objects.exclude(pk__in=replaced).filter(key_id=old.key_id).first()
    if in_force is None:
        raise KeyChangeRefusedError(
            Blocker("old", "SERVER_SIGNING_KEY_BEFORE is not the key in force on this record.")
        )
    if ServerKey.objects.filter(key_id=new.key_id).exists():
        raise KeyChangeRefusedError(
            Blocker("new", "SERVER_SIGNING_KEY signed here before. Make a new one.")
        )
    said = {"v": 1, "org": str(ours.org), "old": old.public.hex(), "new": new.public.hex()}
    statement = canonical({**said, "at": moment(at)})
    message = wrapped(KEY_CHANGE, statement)
    change = KeyChange.objects.create(
        old=in_force,
        new=publish_key(at=at, actor=actor),
        statement=statement,
        old_signature=old.sign(message),
        new_signature=new.sign(message),
        changed_at=at,
    )
    said_of_keys = {"old": old.key_id, "new": new.key_id}
    record(Kind.SERVER_KEY_CHANGED, actor=actor, subject=change, at=at, data=said_of_keys)
    return change


@act
def erase_text(*, sealed: Sealed, actor: Actor, reason: str, at: datetime) -> None:
    """Erase one personal text for good. Its commitment stays, so the record stays whole.

    :raises RefusedError: when it has been erased before.
    """
    locked = Sealed.objects.select_for_update().get(pk=sealed.pk)
    if locked.erased_at is not None:
        raise RefusedError(Blocker("erased", "This text has been erased already."))
    locked.text, locked.key, locked.erased_at = None, None, at
    locked.save(update_fields=["text", "key", "erased_at"])
    record(Kind.TEXT_ERASED, actor=actor, subject=locked, at=at, private={"reason": reason})


@act
def move_clock(*, by: timedelta, actor: models.Model | str, at: datetime) -> Installation:
    """Set a demonstration's clock ahead, so that waiting can be shown.

    :raises ClockRefusedError: for a real installation, or for a step back in time.
    """
    installation = Installation.objects.select_for_update().get()
    if not installation.is_demo:
        raise ClockRefusedError(
            Blocker("real", "This is a real installation: its clock cannot be moved.")
        )
    if by <= timedelta():
        raise ClockRefusedError(Blocker("back", "The clock can only be set ahead."))
    installation.clock_offset += by
    installation.save(update_fields=["clock_offset"])
    seconds = int(installation.clock_offset.total_seconds())
    record(
        Kind.CLOCK_MOVED,
        actor=actor,
        subject=installation,
        at=at,
        data={"seconds_ahead": seconds},
    )
    return installation
