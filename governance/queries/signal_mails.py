"""What the sponsor hears by mail once a side has entered a second fact before its gate."""

from collections.abc import Iterator

from django.conf import settings

from governance.queries.early_facts import Repetition, repetition_begun_by
from governance.queries.holders import read_holders
from governance.queries.mails import Mail
from journal.kinds import Kind
from journal.models import Entry
from people.choices import Office
from people.queries import office_holders

SUBJECT = "A second fact came before its gate: {side} entered both within twelve months"
BODY = """{subject}.

{rows}

Nothing is stopped by this, and who entered a fact need not be who brought it about. You can pause
an initiative at once; going on then takes both signatures. Or hear both leads: how will the next
one wait for its gate?

Read it here: {address}
"""


def mails_about_repetition(entry: Entry) -> Iterator[Mail]:
    """Yield a message to the sponsor where the fact is the second; none of an invented past."""
    if Entry.objects.filter(kind=Kind.DEMONSTRATION_LOADED, seq__gt=entry.seq).exists():
        return
    found = repetition_begun_by(entry, read_holders())
    if found is None:
        return
    subject = SUBJECT.format(side=found.side.label)
    body = BODY.format(subject=subject, rows=_rows(found), address=f"{settings.BASE_URL}/sides/")
    for person in office_holders(Office.SPONSOR, entry.at):
        yield Mail(to=person.email, recipient=person.pk, subject=subject, body=body)


def _rows(found: Repetition) -> str:
    return "\n".join(
        f"- {row.code} {row.initiative.name}: {row.kind.label}, {row.came_on:%-d %B %Y},"
        f" before gate {row.gate}"
        for row in found.rows
    )
