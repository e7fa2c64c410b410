"""Who is told by mail that somebody is asked to sign, takes it on, or signs no more."""

from collections.abc import Iterator

from django.conf import settings

from governance.models import Delegation
from governance.queries.delegation_facts import last_day
from governance.queries.mails import Mail
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from people.models import User

WORDS = {
    Kind.DELEGATION_WRITTEN: (
        "{by} asks you to sign in their place",
        "From {first:%-d %B %Y} to {last:%-d %B %Y}. It counts only if you take it on.",
    ),
    Kind.DELEGATION_ACCEPTED: (
        "{to} signs in your place",
        "Until {last:%-d %B %Y}. You are told of each signature, and can end it at any time.",
    ),
    Kind.DELEGATION_DECLINED: (
        "{to} does not sign in your place",
        "Every gate waits for you alone, until you ask somebody else.",
    ),
    Kind.DELEGATION_REVOKED: (
        "{to} no longer signs in the place of {by}",
        "What was signed under it on open gates no longer counts; what is passed stays passed.",
    ),
}
# Of whom the sponsor named, after the holder stepped back from one round.
NAMED = {
    Kind.DELEGATION_WRITTEN: (
        "{named} asks you to sign in the place of {by}",
        "{by} stepped back from one gate. It counts only if you take it on, by {last:%-d %B %Y}.",
    ),
    Kind.DELEGATION_ACCEPTED: (
        "{to} signs in the place of {by}",
        "{by} stepped back from that gate; it is for this round alone.",
    ),
    Kind.DELEGATION_DECLINED: (
        "{to} does not sign in the place of {by}",
        "The sponsor names somebody else.",
    ),
}


def delegation_mails(entry: Entry) -> Iterator[Mail]:
    """Yield a message to both whom it concerns but the one who acted; none of an invented past."""
    if Entry.objects.filter(kind=Kind.DEMONSTRATION_LOADED, seq__gt=entry.seq).exists():
        return
    happened = Happened(entry)
    pk = happened.data.get("delegation", entry.subject_id)
    row = Delegation.objects.select_related("by", "to", "named_by").get(pk=pk)
    said = NAMED.get(happened.kind) if row.named_by else None
    named = {
        "by": row.by.name,
        "to": row.to.name,
        "named": row.named_by.name if row.named_by else "",
    }
    subject, follows = (
        words.format(**named, first=row.starts_at, last=last_day(row))
        for words in said or WORDS[happened.kind]
    )
    address = f"{settings.BASE_URL}/delegations/{row.pk}/"
    body = f"{subject}.\n\n{follows}\n\nRead it here: {address}\n"
    told: tuple[User, ...] = (*filter(None, [row.named_by]), row.by, row.to)
    for person in told:
        if person.is_active and person.person_key != entry.actor_key:
            yield Mail(to=person.email, recipient=person.pk, subject=subject, body=body)
