"""The way in for newcomers: which first steps are done, and which one is next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from people.choices import Office, Side


@dataclass(frozen=True, kw_only=True)
class FirstFacts:
    """What has happened here so far, in this organisation and by this person."""

    can_invite: bool
    held: frozenset[Side]
    invited: frozenset[Side]
    is_proposed: bool
    is_scored: bool
    is_submitted: bool
    is_passed: bool
    has_app: bool
    is_led: bool
    has_signed: bool


@dataclass(frozen=True)
class Step:
    """One step: what to do, what for, and whether it is done, next, or waits for others."""

    key: str
    title: str
    why: str
    is_done: bool = False
    is_next: bool = False
    is_waiting: bool = False
    note: str = ""


def way_in(facts: FirstFacts) -> tuple[Step, ...]:
    """Return the steps from an empty installation to the first gate; none once it is passed."""
    if facts.is_passed:
        return ()
    both = len(facts.held) == len(Side)
    return _in_order(
        Step("found", "Found the organisation", "Its record begins with this entry.", is_done=True),
        Step(
            "invite",
            "Invite the two who hold the keys" if not facts.held else "Invite the other half",
            "The CIO signs for Technology, the CHRO for People. With one key nothing passes.",
            is_done=both,
            is_waiting=not facts.can_invite or vacant(facts) is None,
            note=_invited(facts),
        ),
        Step(
            "propose",
            "Bring the list you have, or propose one",
            "For a first gate, a small problem that both sides feel teaches more than a large one.",
            is_done=facts.is_proposed,
        ),
        Step(
            "score",
            "Score it apart",
            "Each side says what it sees before it hears the other. Gate 1 asks for both.",
            is_done=facts.is_scored,
        ),
        Step(
            "halves",
            "Build both halves",
            "Each side writes what only it knows. Complete, they are sent for signature.",
            is_done=facts.is_submitted,
        ),
        Step("gate", "Pass gate 1", "Two people sign the same words, and neither can change them."),
    )


def first_three(facts: FirstFacts, office: Office) -> tuple[Step, ...]:
    """Return the three first actions of an office; none for others, and none once all are done."""
    steps = _in_order(*_of_office(facts, office))
    return () if all(step.is_done for step in steps) else steps


def vacant(facts: FirstFacts) -> Side | None:
    """Return the side whose key nobody holds and nobody is invited to, People first."""
    open_sides = [side for side in (Side.PEOPLE, Side.TECHNOLOGY) if side not in facts.held]
    return next((side for side in open_sides if side not in facts.invited), None)


def _of_office(facts: FirstFacts, office: Office) -> Iterator[Step]:
    app = Step(
        "app",
        "Add an app to your sign-in",
        "Your signature then takes more than a password.",
        is_done=facts.has_app,
    )
    sign = Step(
        "gate",
        "Give your first word at a gate",
        "Sign it, ask for changes or decline: each is kept.",
        is_done=facts.has_signed,
    )
    if office == Office.CHRO:
        why = "People are part of it before a vendor is, not after."
        yield Step("lead", "See that People have a lead", why, is_done=facts.is_led)
        yield app
        yield sign
    elif office == Office.CIO:
        yield app
        why = "Somebody of your side answers for what it takes to run."
        yield Step("lead", "See that Technology has a lead", why, is_done=facts.is_led)
        yield sign
    elif office == Office.SPONSOR:
        both = len(facts.held) == len(Side)
        why = "Two people, or no gate can pass."
        yield Step("keys", "See that both keys are held", why, is_done=both)
        why = "Begin with one small problem that needs both sides."
        yield Step("portfolio", "See one joint problem proposed", why, is_done=facts.is_proposed)
        why = "It shows what both agreed to, in their own words."
        yield Step("record", "Read the first decision", why, is_done=facts.is_passed)


def _invited(facts: FirstFacts) -> str:
    if not facts.can_invite and vacant(facts) is not None:
        return "An administrator invites them."
    waiting = [side.label for side in Side if side in facts.invited and side not in facts.held]
    return f"Invited, not answered yet: {' and '.join(waiting)}." if waiting else ""


def _in_order(*steps: Step) -> tuple[Step, ...]:
    """Mark the first step that can be done now as the next one."""
    coming = next((step for step in steps if not (step.is_done or step.is_waiting)), None)
    return tuple(replace(step, is_next=step is coming) for step in steps)
