"""The sponsor hears of the second fact before its gate, once, and what can be done."""

from datetime import timedelta

from django.core import mail

from governance.queries.signal_mails import mails_about_repetition
from governance.reactions import tell_the_sponsor_of_a_repetition
from initiatives.choices import FactKind
from initiatives.operations.facts import record_past_fact
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import installation
from tests.gates import make_world

DAY = timedelta(days=1)


def entered(world, at):
    fact = record_past_fact(
        actor=world.cast.tariq,
        initiative=world.initiative,
        kind=FactKind.VENDOR_COMMITMENT,
        happened_on=at.date(),
        at=at,
        text="Acme",
    )
    return Entry.objects.get(kind=Kind.FACT_RECORDED, subject_id=str(fact.pk))


def test_the_second_is_mailed_to_the_sponsor_alone_and_the_first_and_third_are_not(world, noon):
    other = make_world(noon, cast=world.cast, name="Shift helper")
    entries = [
        entered(place, noon + days * DAY) for days, place in enumerate((world, other, other))
    ]

    for entry in entries:
        tell_the_sponsor_of_a_repetition(entry)

    [sent] = mail.outbox
    assert sent.to == ["cleo@example.com"]
    assert sent.subject == (
        "A second fact came before its gate: Technology entered both within twelve months"
    )
    assert "- AI-002 Shift helper: Vendor commitment, 4 December 2026, before gate 2" in sent.body
    assert "- AI-001 Dispatch helper: Vendor commitment, 3 December 2026" in sent.body
    assert "You can pause\nan initiative at once" in sent.body
    assert "/sides/" in sent.body
    assert "Acme" not in sent.body
    assert f"<entry-{entries[1].seq}-" in sent.extra_headers["Message-ID"]


@act
def load(world, at):
    """Say that all that is there was invented."""
    subject = installation()
    record(Kind.DEMONSTRATION_LOADED, actor=world.cast.ada, subject=subject, thread=None, at=at)


def test_of_an_invented_past_nobody_is_told(world, noon):
    entered(world, noon)
    second = entered(world, noon)
    before = [*mails_about_repetition(second)]

    load(world, noon)

    assert (len(before), [*mails_about_repetition(second)]) == (1, [])
