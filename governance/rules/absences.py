"""When a person may be away, and which days the organisation may keep for itself (E1)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from kernel.refusals import Blocker

LONGEST = 90
FURTHEST = 730
LONGEST_NAME = 80

Span = tuple[date, date]


def blockers_to_go_away(
    *, starts_on: date, ends_on: date, today: date, known: Sequence[Span]
) -> Iterator[Blocker]:
    """Yield why the absence cannot be entered.

    No day that is over: a clock that has run is not turned back. `known` are the person's other
    absences, first and last day.
    """
    if starts_on < today:
        yield Blocker("past", "Begin today or later. What is over has counted.", "starts_on")
    if ends_on < starts_on:
        yield Blocker("order", "The last day comes after the first.", "ends_on")
    if (ends_on - starts_on).days >= LONGEST:
        yield Blocker(
            "long", f"At most {LONGEST} days at once. For longer, fill the office anew.", "ends_on"
        )
    if ends_on > today + timedelta(days=FURTHEST):
        yield Blocker("far", "That is more than two years from now.", "ends_on")
    if any(first <= ends_on and starts_on <= last for first, last in known):
        yield Blocker("overlap", "You have said already that you are away then.", "starts_on")


def blockers_to_come_back(
    *, is_own: bool, is_back: bool, ends_on: date, today: date
) -> Iterator[Blocker]:
    """Yield why an absence cannot be ended."""
    if not is_own:
        yield Blocker("not_yours", "Only the person who is away can end it.")
    if is_back or ends_on < today:
        yield Blocker("over", "This absence is over.")


def blockers_to_set_holidays(
    *, country: str, region: str, countries: Collection[str], regions: Collection[str]
) -> Iterator[Blocker]:
    """Yield why these holidays cannot be counted; `regions` are those of the country."""
    if country and country not in countries:
        yield Blocker("country", "Choose one of the countries.", "country")
    elif region and not country:
        yield Blocker("region", "Choose the country first.", "region")
    elif region and region not in regions:
        known = ", ".join(sorted(regions))
        words = f"Known there: {known}." if known else "This country has no regions of its own."
        yield Blocker("region", f"No such region. {words}", "region")


def blockers_to_keep_day(
    *, is_administrator: bool, day: date, today: date, name: str, is_known: bool
) -> Iterator[Blocker]:
    """Yield why the organisation cannot keep a day for itself; one that is over has counted."""
    if not is_administrator:
        yield Blocker("not_administrator", "Only an administrator changes the days. Ask one.")
    if day < today:
        yield Blocker("past", "Choose today or a later day. What is over has counted.", "day")
    if day > today + timedelta(days=FURTHEST):
        yield Blocker("far", "That is more than two years from now.", "day")
    if not 0 < len(name) <= LONGEST_NAME:
        yield Blocker("name", f"Say what day it is, in up to {LONGEST_NAME} characters.", "name")
    if is_known:
        yield Blocker("known", "This day stands in the list already. Remove it first.", "day")


def blockers_to_drop_day(*, is_administrator: bool, day: date, today: date) -> Iterator[Blocker]:
    """Yield why an own day cannot be taken off the list."""
    if not is_administrator:
        yield Blocker("not_administrator", "Only an administrator changes the days. Ask one.")
    if day < today:
        yield Blocker("past", "This day is over and has counted.")
