"""Scoring apart, talking over, ranking and shortlisting, by whoever holds the keys."""

from demonstration.world import Event, World
from initiatives.models import Shortlist
from initiatives.operations.discussions import discuss_difference
from initiatives.operations.opportunities import give_scores, score_again
from initiatives.operations.rankings import move_initiative
from initiatives.operations.shortlists import answer_shortlist, propose_shortlist
from initiatives.queries.days import home_day, this_quarter
from initiatives.queries.opportunities import newest_scoring
from kernel.calendars import quarter_after


def score(world: World, event: Event) -> None:
    newest = newest_scoring(world.initiative(event.tale))
    give_scores(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        values=event.said["values"],
        n=newest.n if newest else 1,
        at=event.at,
    )


def talk(world: World, event: Event) -> None:
    discuss_difference(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        criterion=event.said["criterion"],
        text=world.calendar.told(event.said["text"]),
        at=event.at,
    )


def rescore(world: World, event: Event) -> None:
    score_again(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        reason=world.calendar.told(event.said["reason"]),
        at=event.at,
        accepts_voids=world.live(event.tale),
    )


def rank(world: World, event: Event) -> None:
    move_initiative(
        actor=world.person(event.actor),
        initiative=world.initiative(event.tale),
        place=event.said["place"],
        reason=world.calendar.told(event.said["reason"]),
        at=event.at,
    )


def shortlist(world: World, event: Event) -> None:
    """Propose what the next quarter takes on."""
    propose_shortlist(
        actor=world.person(event.actor),
        quarter=quarter_after(this_quarter(home_day(event.at))),
        chosen=[world.initiatives[code].pk for code in event.said["codes"]],
        words=world.calendar.told(event.said["words"]),
        at=event.at,
    )


def agree(world: World, event: Event) -> None:
    """Agree to the shortlist that was proposed last."""
    answer_shortlist(
        actor=world.person(event.actor),
        shortlist_id=Shortlist.objects.latest("pk").pk,
        is_agreed=True,
        reason=world.calendar.told(event.said["words"]),
        at=event.at,
    )
