"""Saying no with a reason: changes asked for, declines, withdrawals, contests, pauses."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from governance.rules.rounds import DRAFT, ESCALATED, IN_REVIEW, PASSED
from kernel.canonical import seen_text
from kernel.refusals import Blocker

LEAST_REASON = 30
LEAST_WORDS = 10
MOST_TEXT = 5_000
STANDING_STATES = frozenset({DRAFT, IN_REVIEW, ESCALATED, PASSED})


def blockers_to_request(
    items: Mapping[str, str], *, criteria: Collection[str], state: str, is_seat: bool
) -> Iterator[Blocker]:
    """Yield what keeps a wish for changes from being recorded (T6).

    `items` maps a criterion to what would satisfy it.
    """
    if not is_seat:
        yield Blocker(
            "not_yours", "Only the CIO, the CHRO or who signs for one may ask for changes."
        )
    if state != IN_REVIEW:
        yield Blocker("state", "This round is no longer in review.")
    if not items:
        yield Blocker("items", "Name at least one point and what would satisfy it.", "items")
    for key, text in items.items():
        if key not in criteria:
            yield Blocker("criterion", "Choose one of the points of this gate.", "items")
        yield from blockers_of_text(text, field="items", least=LEAST_WORDS)


def blockers_to_explain(
    *, code: str, codes: Collection[str], reason: str, is_final: bool, reversed_by: str
) -> Iterator[Blocker]:
    """Yield what is missing in the reason of a decline (T7)."""
    if code not in codes:
        yield Blocker("code", "Choose what the decline is about.", "code")
    yield from blockers_of_text(reason, field="reason", least=LEAST_REASON)
    if not is_final and len(seen_text(reversed_by)) < LEAST_WORDS:
        yield Blocker(
            "reversed_by", "Say what would change your mind, or decline for good.", "reversed_by"
        )


def blockers_to_take_back(
    *, state: str, is_decliner: bool, is_void: bool = False
) -> Iterator[Blocker]:
    """Yield why a decline cannot be taken back (T7); one that is void counts no longer anyway."""
    if not is_decliner:
        yield Blocker("not_yours", "Only the side that declined may take it back.")
    if state != ESCALATED or is_void:
        yield Blocker("state", "Only while the sides disagree can a decline be taken back.")


def blockers_to_contest(
    *,
    state: str,
    is_other_side: bool,
    newer: Collection[str],
    until: datetime,
    at: datetime,
    is_resolved: bool = False,
    is_before: bool = True,
) -> Iterator[Blocker]:
    """Yield why a decline cannot be contested (T7).

    `is_before` says that the initiative still stands before the gate: it was not closed, paused
    and let go, or sent back to an earlier stage meanwhile.
    `newer` holds the states of the rounds of the gate after it: one that came to nothing must
    not take its days from the other side, or whoever declined could begin one and end it.
    """
    if not is_other_side:
        yield Blocker("not_yours", "Only the other side may contest a decline.")
    if state != "declined":
        yield Blocker("state", "Only a declined round can be contested.")
    if is_resolved:
        yield Blocker("resolved", "The sponsor has decided this.")
    if not STANDING_STATES.isdisjoint(newer):
        yield Blocker("newer", "A newer round of this gate is open or has passed. Go on there.")
    elif not is_before:
        yield Blocker("moved_on", "The initiative does not stand before this gate any more.")
    if at > until:
        yield Blocker("late", "Five business days have passed: the decline stands.")


def blockers_to_withdraw_signature(*, is_own: bool, is_live: bool) -> Iterator[Blocker]:
    """Yield why a signature cannot be withdrawn (T8)."""
    if not is_own:
        yield Blocker("not_yours", "Only the person who signed may withdraw the signature.")
    if not is_live:
        yield Blocker("state", "This signature does not count any more.")


def blockers_to_pause(
    *, may_pause: bool, is_paused: bool, is_closed: bool, reason: str
) -> Iterator[Blocker]:
    """Yield why the initiative cannot be paused (K1)."""
    if not may_pause:
        yield Blocker("not_yours", "Only the CIO, the CHRO or the sponsor may pause.")
    if is_paused:
        yield Blocker("paused", "The initiative is paused already.")
    if is_closed:
        yield Blocker("closed", "The initiative is closed.")
    yield from blockers_of_text(reason, field="reason", least=LEAST_WORDS)


def blockers_of_text(text: str, *, field: str, least: int) -> Iterator[Blocker]:
    """Yield why a reason is too short to mean something, or too long to be read."""
    if len(seen_text(text)) < least:
        words = f"Give a reason of at least {least} characters." if least > 1 else "Say why."
        yield Blocker("short", words, field)
    if len(text) > MOST_TEXT:
        yield Blocker("long", f"Keep it under {MOST_TEXT:,} characters.", field)
