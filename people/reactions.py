"""What follows when somebody is invited: the mail with the link."""

from zoneinfo import ZoneInfo

from journal.installations import the_installation
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import on
from journal.transports import send_mail
from people.models import Invitation
from people.operations.invitations import link_of

BODY = """{sender} invites you to {register}{office}.

Open this link, choose a password, and you are in:

{link}

It opens once, and until {day}. If you do not know what this is about, do nothing.
"""


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
