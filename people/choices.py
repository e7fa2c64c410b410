"""Every enum of the app: sides, offices, themes."""

from django.db.models import TextChoices


class Side(TextChoices):
    """Who speaks: belongs to tenures and memberships, never to a person."""

    TECHNOLOGY = "technology", "Technology"
    PEOPLE = "people", "People"


class Office(TextChoices):
    """What a person may hold for a tenure. The value is hashed: once released it never changes."""

    CIO = "cio", "CIO, signs for Technology"
    CHRO = "chro", "CHRO, signs for People"
    SPONSOR = "sponsor", "Sponsor (CEO or COO)"
    COMMITTEE_CHAIR = "committee_chair", "Committee chair"
    COMMITTEE_MEMBER = "committee_member", "Committee member"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"

    @property
    def usual_title(self) -> str:
        """The title that is printed where nobody says another."""
        return USUAL_TITLES.get(self, str(self.label))


class Holding(TextChoices):
    """How a key is held: in office, for a while until it is filled, or beside a double title.

    Whoever carries both titles signs for one side; for the other a counter-signer does.
    """

    SEAT = "seat", "In office"
    ACTING = "acting", "Acting, until somebody takes up the office"
    COUNTER_SIGNER = "counter_signer", "Counter-signer of one person with both titles"


KEY_OFFICE: dict[Side, Office] = {Side.TECHNOLOGY: Office.CIO, Side.PEOPLE: Office.CHRO}
USUAL_TITLES: dict[Office, str] = {
    Office.CIO: "Chief Information Officer",
    Office.CHRO: "Chief Human Resources Officer",
    Office.SPONSOR: "Sponsor",
}
SIDE_OF_KEY: dict[Office, Side] = {office: side for side, office in KEY_OFFICE.items()}

# Offices with one holder at a time. Nobody ever holds two of them at once.
SINGLE_OFFICES: tuple[Office, ...] = (Office.CIO, Office.CHRO, Office.SPONSOR)

# Whoever holds one of these has a say in who holds which office: it takes two of them.
DECIDING_OFFICES: tuple[Office, ...] = (*SINGLE_OFFICES, Office.ADMINISTRATOR)


class Theme(TextChoices):
    """How the pages look: as the person's system says, or always the same."""

    SYSTEM = "system", "As my system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class PasskeyEnding(TextChoices):
    """Why a passkey opens nothing any more. The value is hashed: once released it stays."""

    REVOKED = "revoked", "Revoked by its owner"
    STOLEN = "stolen", "Reported as stolen"
    RECOVERED = "recovered", "Taken off by two people"


class Means(TextChoices):
    """What somebody signs in and signs with. The value is hashed: once released it stays."""

    PASSKEY = "passkey", "Passkey"
    APP = "app", "App that shows codes"
    PASSWORD = "password", "Password"
