"""Rapid reads for tests, made by operations: begun, answered by both, decided."""

from datetime import timedelta

from initiatives.choices import ReadOutcome
from initiatives.models import RapidDecision, RapidHalf
from initiatives.operations.rapid_decisions import confirm_decision, propose_decision
from initiatives.operations.rapid_halves import write_half
from initiatives.operations.rapid_reads import start_read
from initiatives.queries.days import home_day
from people.choices import Side
from playbook.editions import current

NAME = "Reads drawings"
SEEN = "It reads parts lists off a drawing. Seen at a fair."


def started(person, at, *, side=Side.TECHNOLOGY, name=NAME, days=8, before=None):
    """Begin a read that is to be decided in so many days."""
    return start_read(
        actor=person,
        side=side,
        name=name,
        seen=SEEN,
        decide_by=workday(home_day(at) + timedelta(days=days)),
        at=at,
        before_id=before.pk if before else None,
    )


def workday(day):
    """Return the day, or the Monday after it."""
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > 4 else 0)


def answered(read, person, side, at, *, text="Nobody knows yet.", expected=None):
    """Answer the first question of a side."""
    first = current().rapid_read.of(side)[0].key
    if expected is None:
        expected = RapidHalf.objects.filter(read=read, side=side).count()
    return write_half(
        actor=person,
        read_id=read.pk,
        side=side,
        answers={first: text},
        expected_version=expected,
        at=at,
    )


def proposed(read, person, at, *, outcome=ReadOutcome.TRY, day=None, words="One week of it."):
    """Propose a decision in place of the newest."""
    return propose_decision(
        actor=person,
        read_id=read.pk,
        outcome=outcome,
        words=words,
        look_again_on=day,
        expected=RapidDecision.objects.filter(read=read).count(),
        at=at,
    )


def confirmed(read, person, at, *, seen="1-1"):
    """Confirm the newest decision, as the page shows it with one version of each half."""
    newest = RapidDecision.objects.filter(read=read).latest("n")
    return confirm_decision(actor=person, read_id=read.pk, decision_id=newest.pk, seen=seen, at=at)


def whole(cast, at, *, tech="ivo", people="hana", **start):
    """Return a read that both sides have answered: Ivo for Technology, Hana for People."""
    read = started(getattr(cast, tech), at, **start)
    answered(read, getattr(cast, tech), Side.TECHNOLOGY, at)
    answered(read, getattr(cast, people), Side.PEOPLE, at)
    return read


def decided(cast, at, *, outcome=ReadOutcome.TRY, day=None, **start):
    """Return a read that both sides have decided."""
    read = whole(cast, at, **start)
    proposed(read, cast.ivo, at, outcome=outcome, day=day)
    confirmed(read, cast.hana, at)
    return read
