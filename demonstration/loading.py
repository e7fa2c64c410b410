"""Loading: found the company, then perform every event, one act after the other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from demonstration import deciding, disagreeing, ranking, rapid, reading, signing, talking, writing
from demonstration.days import Calendar
from demonstration.scripts import scripted
from demonstration.shapes import Company, Person, StoryError
from demonstration.world import Event, World
from governance.operations.breaches import breach_commitments
from governance.operations.founding import found_organisation
from journal.acts import act
from journal.acts import record as enter
from journal.kinds import Kind
from journal.models import Entry, Installation
from journal.queries import installation
from kernel.refusals import NotVisibleError, RefusedError
from people.choices import Office
from people.models import User
from people.operations.offices import appoint
from people.operations.persons import add_person
from people.queries import authority_of
from playbook.load import files
from workforce.operations import add_location, add_role, add_unit

# For everybody in the demonstration, and printed for whoever asks: it guards nothing real.
PASSWORD = "both-halves-must-fit"  # noqa: S105  # the demonstration's, known to all
DOMAIN = "harrowgate.example"
OPENING = time(8, 30)
# What the clock does overnight is found before a day's first act; acts are a minute apart.
BEFORE_THE_FIRST_ACT = timedelta(seconds=30)
PERFORM: Mapping[str, Callable[[World, Event], object]] = {
    "propose": writing.propose,
    "join": writing.join,
    "settle": writing.settle,
    "write": writing.write,
    "change": writing.change,
    "prove": writing.prove,
    "attest": writing.give_word,
    "record": writing.record,
    "open": signing.open_,
    "submit": signing.submit,
    "read": signing.read,
    "sign": signing.sign,
    "ask": signing.ask,
    "decline": signing.decline,
    "pause": signing.pause,
    "close": signing.close,
    "delegate": signing.delegate,
    "note": talking.note,
    "question": talking.question,
    "answer": talking.answer,
    "log": deciding.log,
    "disagree": disagreeing.disagree,
    "counter": disagreeing.counter,
    "make_up": disagreeing.make_up,
    "confirm": disagreeing.confirm,
    "spot": rapid.spot,
    "half": rapid.half,
    "advise": rapid.advise,
    "conclude": rapid.conclude,
    "score": ranking.score,
    "talk": ranking.talk,
    "rescore": ranking.rescore,
    "rank": ranking.rank,
    "shortlist": ranking.shortlist,
    "agree": ranking.agree,
}


@dataclass(frozen=True)
class Progress:
    """How far it has come, and what has just been done."""

    percent: int
    says: str


def email_of(person: Person) -> str:
    """Return the e-mail address that somebody signs in with."""
    return f"{person.key}@{DOMAIN}"


def is_loaded() -> bool:
    """Tell whether the demonstration was loaded to its end."""
    return Entry.objects.filter(kind=Kind.DEMONSTRATION_LOADED).exists()


def prepared(at: datetime) -> tuple[World, Company, list[Event]]:
    """Return the world before its first day, the company, and all that will happen until `at`.

    :raises StoryError: when the files do not fit the playbook, with file and line.
    """
    company, tales = reading.company(), reading.tales()
    calendar = Calendar(at.astimezone(ZoneInfo(company.zone)).date())
    world = World(calendar=calendar, password=PASSWORD)
    return world, company, scripted(tales, company, files(), calendar)


def play(world: World, company: Company, events: list[Event]) -> Iterator[Progress]:
    """Found the company and perform the events.

    :raises StoryError: when a step is refused, with the file and line that it stands on.
    """
    total = len(company.people) + len(events)
    counted = count(1)
    for person in _gathered(world, company):
        yield Progress(next(counted) * 100 // total, person.name)
    today = events[0].at.date()
    for event in events:
        if event.at.date() > today:
            today = event.at.date()
            breach_commitments(at=event.at - BEFORE_THE_FIRST_ACT)
            _appoint_auditors_again(world, company, event.at - BEFORE_THE_FIRST_ACT)
        try:
            PERFORM[event.do](world, event)
        except (RefusedError, NotVisibleError, StoryError, KeyError, ValueError) as wrong:
            raise StoryError(f"{event.place}: {event.do}: {wrong!r}") from wrong
        yield Progress(next(counted) * 100 // total, event.says)
    _finish(at=events[-1].at + timedelta(minutes=1), acts=total)


def _gathered(world: World, company: Company) -> Iterator[Person]:
    """Found the organisation and bring in its people, a minute each."""
    at = world.calendar.moment(company.founded, OPENING, company.zone)
    keeper = next(one for one in company.people if one.office == Office.ADMINISTRATOR)
    administrator = _found(world, company, keeper, at)
    yield keeper
    for add, names in (
        (add_unit, company.units),
        (add_location, company.locations),
        (add_role, company.roles),
    ):
        for name in names:
            at += timedelta(minutes=1)
            add(actor=administrator, name=name, at=at)
    for person in company.people:
        if person is not keeper:
            at += timedelta(minutes=1)
            world.people[person.key] = _welcomed(person, administrator, world.password, at)
            yield person


def _found(world: World, company: Company, keeper: Person, at: datetime) -> User:
    administrator = found_organisation(
        organisation=company.organisation,
        zone=company.zone,
        currency=company.currency,
        email=email_of(keeper),
        name=keeper.name,
        title=keeper.title,
        password=world.password,
        at=at,
        is_demo=True,
    )
    world.people[keeper.key] = administrator
    return administrator


@act
def _welcomed(person: Person, administrator: User, password: str, at: datetime) -> User:
    user = add_person(
        actor=administrator,
        email=email_of(person),
        name=person.name,
        title=person.title,
        zone=person.zone,
        at=at,
        password=password if person.here_for else None,
    )
    if person.office:
        appoint(
            actor=administrator,
            user=user,
            office=Office(person.office),
            title=person.title,
            at=at,
        )
    return user


def _appoint_auditors_again(world: World, company: Company, at: datetime) -> None:
    """Let auditors go on whose year is over."""
    keeper = next(one for one in company.people if one.office == Office.ADMINISTRATOR)
    for person in company.people:
        auditor = world.people[person.key]
        if person.office != Office.AUDITOR or authority_of(auditor, at).is_auditor:
            continue
        appoint(
            actor=world.people[keeper.key],
            user=auditor,
            office=Office.AUDITOR,
            title=person.title,
            at=at,
        )


@act
def _finish(*, at: datetime, acts: int) -> None:
    """Say in the journal that the demonstration is whole."""
    enter(
        Kind.DEMONSTRATION_LOADED,
        actor="demonstration",
        subject=Installation.objects.get(),
        at=at,
        data={"acts": acts},
    )


def standing() -> str:
    """Return how this database stands: "empty", "whole", "half" or "real"."""
    founded = installation()
    if founded is None:
        return "empty"
    if not founded.is_demo:
        return "real"
    return "whole" if is_loaded() else "half"
