"""Whose side somebody is on in one initiative, and who may take which part."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from initiatives.choices import MemberRole
from kernel.refusals import Blocker
from people.choices import Side

JOINT = "joint"


@dataclass(frozen=True)
class Part:
    """What one person is in one initiative at one moment.

    `side` is None for whoever may only read. `conflicted` says that an office and a membership
    pull to different sides: then neither counts.
    """

    side: Side | None = None
    role: MemberRole | None = None
    by_office: bool = False
    conflicted: bool = False

    @property
    def leads_side(self) -> bool:
        """Tell whether this person settles who works for the side: its lead or its office."""
        return self.side is not None and (self.by_office or self.role == MemberRole.LEAD)

    @property
    def own_sides(self) -> tuple[str, ...]:
        """Return whose slots and criteria are this person's to write: none for whoever reads."""
        return () if self.side is None else (self.side, JOINT)

    def may_edit(self, side: str) -> bool:
        """Tell whether a slot or criterion of `side` (or joint) is this person's to write."""
        return side in self.own_sides


OUTSIDE = Part()


@dataclass(frozen=True)
class PartFacts:
    """The membership and the office of one person, and whether an office bars from sides."""

    member_side: Side | None = None
    role: MemberRole | None = None
    key_side: Side | None = None
    only_reads: bool = False


def part_from(facts: PartFacts) -> Part:
    """Return what the person's membership and office amount to."""
    if facts.only_reads:
        return OUTSIDE
    if facts.member_side and facts.key_side and facts.member_side != facts.key_side:
        return Part(conflicted=True)
    return Part(
        side=facts.member_side or facts.key_side,
        role=facts.role,
        by_office=facts.key_side is not None,
    )


@dataclass(frozen=True)
class SeatFacts:
    """What decides whether a person may take a part in an initiative."""

    side: Side
    role: MemberRole
    is_over: bool = False
    is_active: bool = True
    only_reads: bool = False
    key_side: Side | None = None
    past_sides: Collection[Side] = ()
    has_same_part: bool = False
    has_other_lead: bool = False
    reads_whole: bool = True


def blockers_to_join(facts: SeatFacts) -> Iterator[Blocker]:
    """Yield every reason why the person cannot take this part of their own accord."""
    yield from blockers_to_seat(facts)
    if facts.role == MemberRole.LEAD and facts.has_other_lead:
        yield Blocker(
            "lead_taken",
            f"There is a lead of {facts.side.label} already. Join as a contributor, or ask them.",
            "role",
        )
    elif facts.has_other_lead and not facts.reads_whole:
        yield Blocker(
            "ask_lead",
            f"There is a lead of {facts.side.label} here, who settles who joins. Ask the office of"
            f" {facts.side.label} to put you in touch: the lead lets you in on the page of the"
            " initiative, under “Who works on it”.",
            "side",
        )


def blockers_to_seat(facts: SeatFacts) -> Iterator[Blocker]:
    """Yield every reason why the person cannot have this part at all."""
    if facts.is_over:
        yield Blocker("over", "This initiative is closed. Nobody joins it any more.")
    if not facts.is_active:
        yield Blocker("inactive", "This person has left and cannot take part.", "user")
    if facts.only_reads:
        yield Blocker(
            "only_reads", "The sponsor and the auditors read, and are on neither side.", "user"
        )
    if facts.key_side not in (None, facts.side):
        yield Blocker(
            "other_key", "Whoever signs for one side cannot work for the other side.", "side"
        )
    if any(side != facts.side for side in facts.past_sides):
        yield Blocker(
            "other_side",
            "Nobody is on both sides of one initiative, also not one after the other.",
            "side",
        )
    if facts.has_same_part:
        yield Blocker("has_part", "This person has this part already.", "user")
