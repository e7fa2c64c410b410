"""What a person can prove to be here with: passkeys that stand, and whether one is asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from kernel.assertions import RelyingParty
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


def credentials_of(user: User) -> list[bytes]:
    """Return the ids of the passkeys this login can use at this address."""
    party = our_party()
    if party is None:
        return []
    rows = Passkey.objects.standing().filter(user=user, rp_id=party.id)
    return [
        bytes.fromhex(row) for row in rows.order_by("pk").values_list("credential_id", flat=True)
    ]


def is_locked(user: User) -> bool:
    """Tell whether only two people lead back: one was stolen, and none is left that works here."""
    stolen = Passkey.objects.asked_for().filter(
        person_key=user.person_key, ends__cause=PasskeyEnding.STOLEN
    )
    return stolen.exists() and not credentials_of(user)


def is_ended(credential: str) -> bool:
    """Tell whether the passkey of this id, as signatures name it, opens nothing any more."""
    return PasskeyEnd.objects.filter(passkey__credential_id=credential).exists()


def is_reported_since(person_key: UUID, at: datetime) -> bool:
    """Tell whether anything this person signs in with was reported as stolen since then."""
    return StolenReport.objects.filter(person_key=person_key, reported_at__gte=at).exists()


def is_dead(person_key: UUID, proved_at: datetime, credential: str) -> bool:
    """Tell whether a proof counts no more: its passkey ended, or something was stolen since."""
    return is_reported_since(person_key, proved_at) or is_ended(credential)


def means_of(user: User, *, office_asks: bool = False) -> MeansFacts:
    """Return what this login can confirm an act with, and whether a passkey is asked for."""
    why = why_passkey(had_passkey=asks_for_passkey(user), office_asks=office_asks)
    return MeansFacts(
        asked_because=why,
        can_use_passkey=bool(credentials_of(user)),
        has_password=user.has_usable_password(),
        is_locked=is_locked(user),
    )


def asks_for_passkey(user: User) -> bool:
    """Tell whether this person has ever had a passkey, under whichever login: no way back (S2).

    Only two people, who recover a lost second factor, lead back to a password.
    """
    return Passkey.objects.asked_for().filter(person_key=user.person_key).exists()
