"""A way back for whose password opens nothing any more: a link, after two people said yes.

The link is made of what the login is now, so it dies with the first password chosen by it, and with
everything else that ends sessions; nothing of it is stored.
"""

from datetime import UTC, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.operations.persons import password_blocker

LASTS = timedelta(days=3)
LONGEST = 24  # digits of a number and a moment
GONE = Blocker(
    "link",
    "It was used, it is older than three days, or something changed since. An administrator and a"
    " second person can let you have another.",
)


class LinkClosedError(RefusedError):
    """The link lets nobody choose a password any more."""


class NewPasswordRefusedError(RefusedError):
    """This is too weak for a password."""


def link_word(person: User, at: datetime) -> str:
    """Return the end of the link by which `person` chooses a password; the same for one moment."""
    stamp = int(at.timestamp())
    return f"{person.pk}-{stamp}-{_sign(person, stamp)}"


def opened_by(word: str, at: datetime) -> User | None:
    """Return who may choose a password by the link that ends so, at that moment."""
    number, _, rest = word.partition("-")
    stamp, _, given = rest.partition("-")
    if not (number.isdecimal() and stamp.isdecimal() and len(number + stamp) <= LONGEST):
        return None
    person = User.objects.filter(pk=int(number), is_active=True).first()
    if person is None or person.has_usable_password():
        return None
    if not constant_time_compare(_sign(person, int(stamp)), given):
        return None
    sent = datetime.fromtimestamp(int(stamp), tz=UTC)
    return person if sent <= at < sent + LASTS else None


@act
def choose_password(*, word: str, new: str, at: datetime) -> User:
    """Let whoever a link is for choose a password. It opens once.

    :raises LinkClosedError: when the link was used, or has run out.
    :raises NewPasswordRefusedError: when the password is too weak.
    """
    found = opened_by(word, at)
    person = User.objects.select_for_update().get(pk=found.pk) if found else None
    if person is None or opened_by(word, at) is None:
        raise LinkClosedError(GONE)
    if blocker := password_blocker(new, person):
        raise NewPasswordRefusedError(blocker)
    person.set_password(new)
    person.save(update_fields=["password"])
    record(Kind.PASSWORD_CHANGED, actor=person, subject=person, at=at, data={"by": "link"})
    return person


def _sign(person: User, stamp: int) -> str:
    stands = f"{person.pk}:{person.password}:{person.session_salt}:{stamp}"
    return salted_hmac("people.new_password", stands, algorithm="sha256").hexdigest()
