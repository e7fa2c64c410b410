"""What follows by mail: an invitation's link, checkpoints of the record, and alarms about it."""

from zoneinfo import ZoneInfo

from django.conf import settings

from journal.checkpoints import mailed_with
from journal.installations import the_installation
from journal.kinds import Kind
from journal.models import Checkpoint, Entry
from journal.queries import Happened
from journal.subscriptions import on
from journal.transports import send_mail
from people.choices import Office
from people.models import Invitation
from people.operations.invitations import link_of
from people.queries import office_holders

BODY = """{sender} invites you to {register}{office}.

Open this link, choose a password, and you are in:

{link}

It opens once, and until {day}. If you do not know what this is about, do nothing.
"""

KEEP = """These lines say what the record of {name} came to after {size} entries:

{notes}
Keep this mail. It shows later that nobody, not even whoever owns the database,
wrote the record anew. You need not do anything now.

All of them stand here: {base}/record/checkpoints/
"""
ALARM = """{what}

Sign nothing until the auditor has looked at it. What to do is in docs/running.md,
under "When the record does not continue".

Read more here: {base}/record/checkpoints/
"""
ALARMING = "The record is not as it was"
KEEPERS = (Office.CIO, Office.CHRO, Office.SPONSOR, Office.AUDITOR)


@on(Kind.INVITATION_SENT)
def mail_invitation(entry: Entry) -> None:
    """Write to whoever is invited; of a link that was replaced or closed meanwhile, nothing."""
    rows = Invitation.objects.standing().select_related("invited_by")
    invitation = rows.filter(pk=entry.subject_id, sent_at=entry.at).first()
    ours = the_installation()
    if invitation is None or ours is None:
        return
    until = invitation.expires_at.astimezone(ZoneInfo(ours.zone))
    register = f"the AI partnership register of {ours.name}"
    office = f", to the office: {invitation.get_office_display()}" if invitation.office else ""
    send_mail(
        to=invitation.email,
        subject=f"{invitation.invited_by.name} invites you to {register}",
        body=BODY.format(
            sender=invitation.invited_by.name,
            register=register,
            office=office,
            link=link_of(invitation),
            day=f"{until:%d %B %Y, %H:%M} ({ours.zone})",
        ),
        reference=f"entry-{entry.seq}-invitation",
    )


@on(Kind.CHECKPOINT_MADE)
def mail_checkpoint(entry: Entry) -> None:
    """Give the offices the checkpoints since the last mail, once a day and at each decision."""
    made = Checkpoint.objects.get(pk=entry.subject_id)
    ours = the_installation()
    if not made.is_mailed or ours is None:
        return
    notes = "\n".join(one.note for one in mailed_with(made))
    body = KEEP.format(name=ours.name, size=made.size, notes=notes, base=settings.BASE_URL)
    _tell(KEEPERS, entry, subject=f"The record after {made.size} entries, to be kept", body=body)


@on(Kind.CHECKPOINT_REFUSED)
def mail_refusal(entry: Entry) -> None:
    """Tell the offices and the administrators that the record does not continue, once a day."""
    said = Happened(entry).data
    if not said["mailed"]:
        return
    what = (
        f"The record has {said['size']} entries, but it does not continue the checkpoint over"
        f" {said['last']} entries that was made before. No new checkpoint was given away."
    )
    body = ALARM.format(what=what, base=settings.BASE_URL)
    _tell((*KEEPERS, Office.ADMINISTRATOR), entry, subject=ALARMING, body=body)


@on(Kind.RECORD_VERIFIED)
def mail_what_was_found(entry: Entry) -> None:
    """Tell the offices and the administrators what the weekly check found, if it found anything."""
    found = Happened(entry).data["findings"]
    if found:
        things = "1 thing that is" if found == 1 else f"{found} things that are"
        what = f"The weekly check of the record found {things} not as recorded."
        body = ALARM.format(what=what, base=settings.BASE_URL)
        _tell((*KEEPERS, Office.ADMINISTRATOR), entry, subject=ALARMING, body=body)


def _tell(offices: tuple[Office, ...], entry: Entry, *, subject: str, body: str) -> None:
    holders = {
        person.pk: person for office in offices for person in office_holders(office, entry.at)
    }
    for person in holders.values():
        reference = f"entry-{entry.seq}-{person.pk}"
        send_mail(to=person.email, subject=subject, body=body, reference=reference)
