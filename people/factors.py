"""What a person can prove to be here with: passkeys that stand, and whether one is asked for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from kernel.assertions import RelyingParty
from kernel.compiled import compiled
from kernel.passkeys import relying_party
from people.choices import PasskeyEnding
from people.models import Passkey, PasskeyEnd, StolenReport, User
from people.rules.proving import MeansFacts, why_passkey


@dataclass(frozen=True)
class HeldPasskey:
    """A passkey as its owner sees it; `fits` tells whether it is for this address."""

    pk: int
    name: str
    added_at: datetime
    last_used_at: datetime | None
    fits: bool


def our_party() -> RelyingParty | None:
    """Return for whom passkeys sign here; None where browsers give none."""
    return relying_party(settings.BASE_URL)


def passkeys_of(user: User) -> list[HeldPasskey]:
    """Return the standing passkeys of this login, the oldest first."""
    party = our_party()
    rows = Passkey.objects.standing().filter(user=user).select_related("sealed", "use")
    return [
        HeldPasskey(
            pk=row.pk,
            name=row.sealed.text or "Passkey",
            added_at=row.added_at,
            last_used_at=row.use.last_used_at,
            fits=party is not None and row.rp_id == party.id,
        )
        for row in rows.order_by("pk")
    ]


@dataclass(frozen=True)
class Keyring:
    """What the passkeys of a person come to: those that work in this login, here, oldest first.

    `is_usable_elsewhere`: one works at this address, under another login of the same person.
    """

    usable: tuple[bytes, ...]
    is_asked_for: bool
    was_stolen: bool
    is_usable_elsewhere: bool

    @property
    def is_locked(self) -> bool:
        """Whether only two people lead back: one was stolen, and none is left that works here."""
        return self.was_stolen and not self.usable


def keyring_of(user: User) -> Keyring:
    """Return what this person can use, and whether one is asked for, by one query.

    Whoever ever had a passkey, under whichever login, is asked for one: no way back (S2). Only two
    people, who recover a lost second factor, lead back to a password.
    """
    party = our_party()
    causes: dict[str, set[str | None]] = defaultdict(set)
    fitting: set[str] = set()
    elsewhere: set[str] = set()
    for credential, login, address, cause in _on_ring(user.person_key):
        causes[credential].add(cause)
        if party is not None and address == party.id:
            (fitting if login == user.pk else elsewhere).add(credential)
    asked_for = [ends for ends in causes.values() if PasskeyEnding.RECOVERED not in ends]
    return Keyring(
        usable=tuple(
            bytes.fromhex(one) for one, ends in causes.items() if one in fitting and ends == {None}
        ),
        is_asked_for=bool(asked_for),
        was_stolen=any(PasskeyEnding.STOLEN in ends for ends in asked_for),
        is_usable_elsewhere=any(causes[one] == {None} for one in elsewhere),
    )


@compiled
def _on_ring(person_key: UUID) -> QuerySet[Passkey, tuple[str, int, str, str | None]]:
    rows = Passkey.objects.filter(person_key=person_key).order_by("pk")
    return rows.values_list("credential_id", "user_id", "rp_id", "ends__cause")


def credentials_of(user: User) -> list[bytes]:
    """Return the ids of the passkeys this login can use at this address."""
    return [*keyring_of(user).usable]


def is_locked(user: User) -> bool:
    """Tell whether only two people lead back: one was stolen, and none is left that works here."""
    return keyring_of(user).is_locked


def is_ended(credential: str) -> bool:
    """Tell whether the passkey of this id, as signatures name it, opens nothing any more."""
    return PasskeyEnd.objects.filter(passkey__credential_id=credential).exists()


def is_reported_since(person_key: UUID, at: datetime) -> bool:
    """Tell whether anything this person signs in with was reported as stolen since then."""
    return bool(_reported(person_key, at))


@compiled
def _reported(person_key: UUID, at: datetime) -> QuerySet[StolenReport, int]:
    rows = StolenReport.objects.filter(person_key=person_key, reported_at__gte=at)
    return rows.values_list("pk", flat=True)[:1]


def is_dead(person_key: UUID, proved_at: datetime, credential: str) -> bool:
    """Tell whether a proof counts no more: its passkey ended, or something was stolen since."""
    return is_reported_since(person_key, proved_at) or bool(credential and is_ended(credential))


def means_of(user: User, *, office_asks: bool = False) -> MeansFacts:
    """Return what this login can confirm an act with, and whether a passkey is asked for."""
    held = keyring_of(user)
    return MeansFacts(
        asked_because=why_passkey(had_passkey=held.is_asked_for, office_asks=office_asks),
        can_use_passkey=bool(held.usable),
        has_password=user.has_usable_password(),
        is_locked=held.is_locked,
    )


def asks_for_passkey(user: User) -> bool:
    """Tell whether this person has ever had a passkey, and no two people led back since (S2)."""
    return keyring_of(user).is_asked_for
