"""Who hears by mail of a change that takes two people, and in which words."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from governance.choices import ChangeKind
from governance.models import Change
from governance.queries.changes import change_view
from governance.queries.mails import Mail
from governance.rules.changes import CONFIRMERS
from journal.kinds import Kind
from journal.models import Entry
from people.models import User
from people.operations.new_passwords import link_word
from people.queries import authority_of, get_person, office_holders

SUBJECTS = {
    Kind.CHANGE_PROPOSED: "It waits for a second person: {what}",
    Kind.CHANGE_CONFIRMED: "Confirmed by a second person: {what}",
    Kind.CHANGE_REFUSED: "Refused, nothing is changed: {what}",
    Kind.CHANGE_TAKEN_BACK: "Taken back, nothing is changed: {what}",
}
LOST = """An administrator and the sponsor, or two administrators, have removed the second
factor you lost. Every session of yours was ended.

Sign in with your password, then add a new app or passkey:

{address}

If you have not asked for this, tell your administrator at once.
"""
COMES_IN_AGAIN = """An administrator and the sponsor, or two administrators, let you come in again.
Your old password opens nothing any more; every session of yours was ended, and with them went the
app and the passkeys you had.

Choose a new password here, within three days. The link opens once, so pass it on to nobody:

{address}

If you have not asked for this, tell your administrator at once.
"""


def mails_about_change(entry: Entry) -> Iterator[Mail]:
    """Yield a message to each who may answer, or whom the answer concerns; none to the actor."""
    if Entry.objects.filter(kind=Kind.DEMONSTRATION_LOADED, seq__gt=entry.seq).exists():
        return
    change = Change.objects.select_related("user", "proposed_by").get(pk=entry.subject_id)
    found = change_view(change.pk, entry.at)
    subject = SUBJECTS[Kind(entry.kind)].format(what=found.what)
    address = f"{settings.BASE_URL}/settings/changes/{change.pk}/"
    for person in _told(entry, change):
        if person.person_key != entry.actor_key:
            reads = authority_of(person, entry.at).reads_everything
            where = f" Read it here: {address}" if reads else ""
            body = f"{subject}.\n\nProposed by {found.proposed_by}.{where}\n"
            yield Mail(to=person.email, recipient=person.pk, subject=subject, body=body)


def mail_about_recovery(entry: Entry) -> Mail | None:
    """Return what is written to whoever lost the second factor."""
    person = get_person(int(entry.subject_id))
    if person is None or not person.is_active:
        return None
    if person.has_usable_password():
        body = LOST.format(address=f"{settings.BASE_URL}/profile/")
        subject = "Your lost second factor is removed"
    else:
        word = link_word(person, entry.at)
        body = COMES_IN_AGAIN.format(address=f"{settings.BASE_URL}/new-password/{word}/")
        subject = "Choose a new password"
    return Mail(to=person.email, recipient=person.pk, subject=subject, body=body)


def _told(entry: Entry, change: Change) -> Iterable[User]:
    if entry.kind != Kind.CHANGE_PROPOSED:
        told = [change.proposed_by, *([change.user] if change.user else [])]
    else:
        offices = sorted(CONFIRMERS[ChangeKind(change.kind)])
        told = [person for office in offices for person in office_holders(office, entry.at)]
        told = [one for one in told if one.person_key != change.person_key]
    return {one.pk: one for one in told if one.is_active}.values()
