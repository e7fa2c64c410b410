"""What may be reported as stolen, by whom (V9). Saying so is cheap: it only takes away."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.choices import Means

WAY_BACK = {
    Means.PASSWORD: "Without a passkey this person could not come in again. They change the"
    " password themselves and say there that somebody may know it. If they cannot, ask a second"
    " person to let them choose another: “Let back in”, in the list of people.",
    Means.APP: "Without a passkey this person could not come in again: a stolen app goes on being"
    " asked for. They report it themselves. If they cannot, ask a second person to take the app"
    " off: “Let back in”, in the list of people.",
    Means.PASSKEY: "It is the last way in for this person: no password opens anything. They report"
    " it themselves. If they cannot, ask a second person to take it off and let them choose a"
    " password: “Let back in”, in the list of people.",
}


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """Who reports what, and what the person is left with.

    `password_opens` says that a password would let the person in, with its code where an app asks.
    """

    is_own: bool
    by_administrator: bool
    person_is_active: bool
    means: Means
    is_held: bool
    has_other_passkey: bool
    password_opens: bool = True


def blockers_to_report(facts: ReportFacts) -> Iterator[Blocker]:
    """Yield every reason why this cannot be reported."""
    if not facts.is_own and not facts.by_administrator:
        yield Blocker("not_yours", "Only the person, or an administrator for them, reports this.")
    if not facts.person_is_active:
        yield Blocker("inactive", "This person has left: nothing of theirs opens anything.")
    if not facts.is_held:
        yield Blocker("none", "This is no longer in use, so nobody can use it.", "means")
    elif _is_guarded(facts) and not _comes_in_again(facts):
        yield Blocker("way_back", WAY_BACK[facts.means], "means")


def _is_guarded(facts: ReportFacts) -> bool:
    """Tell whether a way in must be left: by others always; one's own password is just changed."""
    return not facts.is_own or facts.means == Means.PASSWORD


def _comes_in_again(facts: ReportFacts) -> bool:
    """Tell whether something is left that opens: one person shuts nobody else out (decision 10)."""
    if facts.has_other_passkey:
        return True
    return facts.means == Means.PASSKEY and facts.password_opens
