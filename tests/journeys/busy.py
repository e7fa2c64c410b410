"""A company in which everything has happened that a page can show, and the numbers of it."""

from datetime import timedelta
from types import SimpleNamespace

from governance.choices import ChangeOutcome
from governance.models import Commitment, Delegation
from governance.operations.calendars import go_away
from governance.operations.changes import answer_change
from governance.operations.escalations import state_dissent
from governance.operations.proofs import attest
from governance.operations.proposals import propose_appointment, propose_recovery
from governance.operations.rounds import expire_stale_rounds, open_round
from initiatives.operations.decision_logs import bring_decisions, withdraw_decisions
from initiatives.operations.notes import share_note
from initiatives.operations.questions import ask_question
from initiatives.queries.days import home_day
from journal.clock import now
from people.choices import Office, Side
from people.models import OfficeTerm, Passkey
from playbook.editions import current
from tests.architecture.access_governance import prepare
from tests.authenticator import give_passkey
from tests.gates import company, make_ready, make_round, make_world
from tests.governance.stalemates import DISSENT, fall_silent, resolve
from tests.initiatives.decision_files import line, log
from tests.initiatives.reads import decided, proposed, whole
from tests.make import proof_of

GATES = ("Waiting", "Half", "Refused", "Split", "Draft", "Passed", "Left")
LONG_AGO = timedelta(days=25)
WHY = "The board decided so."


def make_busy() -> SimpleNamespace:
    """Return a company with a gate in every state, and the numbers that addresses are made of."""
    world = SimpleNamespace(cast=company(now() - timedelta(days=30)), things={})
    prepare(world)
    rounds = {name: world.things[name] for name in GATES}
    read = whole(world.cast, now(), tech="tariq", people="petra")
    proposed(read, world.cast.tariq, now())
    world.numbers = {name: round_.pk for name, round_ in rounds.items()} | {
        "Disagreement": world.things["Disagreement"].pk,
        "Delegation": world.things["Delegation"].pk,
        "recusal": world.things["recusal"].pk,
        "passed": rounds["Passed"].initiative.code,
        "half": rounds["Half"].initiative.code,
        "draft": rounds["Draft"].initiative.code,
        "commitment": Commitment.objects.get().pk,
        "read": read.pk,
        "tried": decided(world.cast, now(), name="Reads parts lists").pk,
        "note": share_note(
            actor=world.cast.petra,
            side=Side.PEOPLE,
            title="The rota before the phones",
            text="It may be the rota, and not the phones at all.",
            at=now(),
        ).pk,
        "question": ask_question(
            actor=world.cast.tariq,
            initiative=rounds["Half"].initiative,
            slot="gaps_to_fill",
            text="Which of these could people grow into?",
            at=now(),
        ).pk,
    }
    world.numbers |= _logged(world.cast, rounds["Passed"].initiative)
    world.numbers |= _settled(world.cast) | _stale(world.cast) | _by_two(world.cast)
    world.numbers |= _in_place(world.cast, world.things["lena"])
    return world


def _logged(cast, initiative) -> dict[str, object]:
    """Two logs of what the AI took part in: one counts, the other was taken back."""
    days = {"when": home_day(now() - timedelta(days=1)).isoformat()}
    told = {"actor": cast.petra, "initiative": initiative, "at": now()}
    wrong = bring_decisions(content=log(line(**days, subject="CASE-0")), name="wrong.csv", **told)
    withdraw_decisions(log_id=wrong.pk, reason="It is another system's.", **told)
    lines = [
        line(**days, subject=f"CASE-{n}", overridden=("no", "yes", "")[n % 3], why="It was wrong")
        for n in range(1, 16)
    ]
    return {"log": bring_decisions(content=log(*lines), name="log.csv", **told).pk}


def _settled(cast) -> dict[str, object]:
    """Two rounds that came before the sponsor: one is held, the other was let pass."""
    numbers: dict[str, object] = {}
    at = now() - LONG_AGO
    for name, way, after in (("Held", "hold", 1), ("Let", "go", 6)):
        world = make_world(at, cast=cast, name=f"{name} gate")
        make_ready(world, "1", at=at)
        round_ = make_round(world, at=at)
        late = fall_silent(world, round_, at=at)
        state_dissent(round_id=round_.pk, text=DISSENT, actor=cast.hana, at=late)
        resolve(cast.cleo, round_.pk, way, at=late + timedelta(days=after))
        numbers |= {name: round_.pk, name.lower(): world.initiative.code}
        if way == "hold":
            world.initiative.refresh_from_db()
            out = open_round(initiative=world.initiative, gate="resume", actor=cast.petra, at=now())
            numbers["Out"] = out.pk
    return numbers


def _stale(cast) -> dict[str, object]:
    """A round that ended because a word it rests on went out of date."""
    at = now() - LONG_AGO
    world = make_world(at, cast=cast, name="Stale gate")
    make_ready(world, "1", at=at)
    point = next(one for one in current().criteria_of("1") if one.proof == "attested")
    attest(
        initiative=world.initiative,
        criterion=point.key,
        is_met=True,
        value=point.met_at,
        note="Good for a week.",
        valid_until=home_day(at + timedelta(days=7)),
        actor=world.writer(point.side),
        at=at,
    )
    round_ = make_round(world, at=at)
    expire_stale_rounds(at=at + timedelta(days=9))
    return {"Stale": round_.pk}


def _by_two(cast) -> dict[str, object]:
    """Changes that take two people: one waits, one was refused, and a passkey is lost."""
    at = now()
    seat = {"actor": cast.cleo, "user": cast.erin, "office": Office.COMMITTEE_MEMBER}
    wish = {**seat, "title": "Member", "reason": "Dispatch should be heard."}
    first = propose_appointment(**wish, at=at)
    answer_change(
        actor=cast.ada,
        change=first,
        outcome=ChangeOutcome.REFUSED,
        proof=proof_of(cast.ada, at),
        reason="Not yet.",
        at=at,
    )
    give_passkey(cast.kim, at)
    term = OfficeTerm.objects.get(user=cast.kim)
    return {
        "appointment": propose_appointment(**wish, at=at).pk,
        "refused": first.pk,
        "recovery": propose_recovery(actor=cast.ada, user=cast.kim, reason=WHY, at=at).pk,
        "passkey": Passkey.objects.get().pk,
        "term": term.pk,
        "kim": cast.kim.pk,
        "petra": cast.petra.pk,
    }


def _in_place(cast, signing) -> dict[str, object]:
    """Who is away now, and who signs meanwhile."""
    today = home_day(now())
    last = today + timedelta(days=6)
    go_away(starts_on=today, ends_on=last, actor=cast.hana, at=now())
    return {"Running": Delegation.objects.get(to=signing).pk}
