"""What may be reported as stolen, by whom (V9). Saying so is cheap: it only takes away."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.choices import Means


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """Who reports what, and what the person is left with."""

    is_own: bool
    by_administrator: bool
    person_is_active: bool
    means: Means
    is_held: bool
    has_other_passkey: bool


def blockers_to_report(facts: ReportFacts) -> Iterator[Blocker]:
    """Yield every reason why this cannot be reported."""
    if not facts.is_own and not facts.by_administrator:
        yield Blocker("not_yours", "Only the person, or an administrator for them, reports this.")
    if not facts.person_is_active:
        yield Blocker("inactive", "This person has left: nothing of theirs opens anything.")
    if not facts.is_held:
        yield Blocker("none", "This is no longer in use, so nobody can use it.", "means")
    if facts.means == Means.PASSWORD and not facts.is_own and not facts.has_other_passkey:
        yield Blocker(
            "way_back",
            "Without a passkey this person could not come in again. They change the password"
            " themselves and say there that somebody may know it. If they cannot, ask a second"
            " person to let them choose another: “Let back in”, in the list of people.",
            "means",
        )
