"""Gates in several states, and whatever can be done at them, ready to be done in one moment.

Every act was prepared as a person would have prepared it: the page was read, the statement made
ready and the password given. What remains is the click, and that is what races.
"""

import json
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from governance.choices import SigningAct, Way
from governance.models import Decline, GateSide, Round
from governance.operations.delegations import answer_delegation, revoke_delegation
from governance.operations.disagreements import raise_disagreement
from governance.operations.escalations import state_dissent, watch_review
from governance.operations.proposals import propose_ending, propose_playbook
from governance.operations.recusals import name_substitute, recuse
from governance.operations.refusals import (
    contest_decline,
    decline_gate,
    request_changes,
    take_back_decline,
)
from governance.operations.resolutions import resolve_round
from governance.operations.rounds import expire_round, open_round, submit_round, withdraw_round
from governance.operations.rulings import rule_on_pause
from governance.operations.signatures import sign_gate, withdraw_signature
from governance.operations.stops import pause_initiative
from governance.operations.waivers import waive_criterion
from governance.rules.terms import Condition
from governance.rules.waiving import Waiver
from governance.rules.wishes import Wish
from initiatives.operations.artefacts import save_slot
from initiatives.queries.artefacts import current_texts
from kernel.canonical import canonical
from people.choices import Means
from people.operations.identity import check_identity
from people.operations.stolen import report_stolen
from playbook.editions import current
from playbook.load import from_bytes
from tests.cast import PASSWORD
from tests.changes import WHY, confirm
from tests.gates import (
    World,
    company,
    make_ready,
    make_round,
    make_world,
    presence_of,
    shown,
    sign,
    whole,
)
from tests.governance.delegating import given
from tests.governance.stalemates import DISSENT, REASON, decline, sponsor_presence

Act = Callable[[], object]

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
"""When everything was sent for signature; its time is over thirty days later."""
OVER = NOON + timedelta(days=30)
NOW = OVER - timedelta(minutes=1)
READY = NOW - timedelta(seconds=40)
LAST, THURSDAY = date(2027, 1, 31), date(2027, 1, 28)

TECHNOLOGY, PEOPLE = "Technology signs", "People sign"
EDIT, TERMS, WITHDRAW = "it is edited", "other terms are offered", "a signature is withdrawn"
OFFICE, PAUSE = "an office changes hands", "it is paused"
PLAYBOOK, REVOKE = "the playbook changes", "a delegation is revoked"
GO = "the sponsor lets it pass"
BACK, PEOPLE_BACK = "Technology steps back", "People step back"
TECHNOLOGY_AGAIN, PEOPLE_AGAIN = "Technology signs elsewhere", "People sign elsewhere"
OTHER_EDIT = "somebody else edits"
OF_THE_FIRST_GATE = ("gaps_to_fill", "market_view")
OF_THE_WAY_OUT = ("resume_cause", "resume_fix")
FEW = ("open", "half", "late")
EVERY = (*FEW, "draft", "disputed", "declined", "stopped", "drill", "left")
STOPPED = ("stopped", "drill")
NAMED = (TECHNOLOGY, PEOPLE, EDIT, TERMS, WITHDRAW, OFFICE, PAUSE, PLAYBOOK, REVOKE, GO)
"""What the race trials of every run are made of, each with each."""


@dataclass(frozen=True)
class Scene:
    """One gate in one state, and what can be done at it, each thing by its name."""

    name: str
    world: World
    round: Round
    acts: Mapping[str, Act]


def confirmed(person, round_, operation=sign_gate, **more) -> Act:
    """Go through the ceremony now; return what the last click does, however often it is made."""
    presence = presence_of(person, round_.pk, at=READY, **more)
    return clicked(presence, person, operation)


def clicked(presence, person, operation) -> Act:
    def click():
        fresh = replace(presence, intent=copy(presence.intent))
        return operation(presence=fresh, actor=copy(person), at=NOW)

    return click


def sponsors(scene_world, round_, way) -> Act:
    cleo = scene_world.cast.cleo
    return clicked(sponsor_presence(cleo, round_.pk, way, at=READY), cleo, resolve_round)


def edited(world, round_, slot_key) -> Act:
    """Return a save of that slot by somebody who was told which signatures it voids."""
    slot = current().slot(slot_key)
    shown = current_texts(world.initiative)[slot_key]
    live = GateSide.objects.filter(round=round_, live_signature__isnull=False)
    return partial(
        save_slot,
        actor=world.writer(slot.side),
        initiative=world.initiative,
        slot=slot_key,
        raw=whole(slot, NOW, "written anew"),
        expected_version=shown.n,
        accepts_voids=[*live.values_list("live_signature", flat=True)],
        at=NOW,
    )


def terms_of(world) -> Wish:
    """Return Technology's wish for a condition that must be met before the next gate."""
    condition = Condition(
        text="Train the night shift first",
        evidence="Attendance list",
        owner_id=world.cast.max.pk,
        owner_key=str(world.cast.max.person_key),
        due_on=(NOW + timedelta(days=30)).date(),
        kind="hard",
        on_breach="escalate",
        asked_by="technology",
    )
    return Wish(act=SigningAct.APPROVE_WITH_TERMS, conditions=(condition,))


def no(**changes) -> Wish:
    said = {"code": "privacy", "reason": REASON, "reversed_by": REASON, **changes}
    return Wish(act=SigningAct.DECLINE, **said)


def sent_again(world) -> object:
    """Send whatever round of the initiative is the newest."""
    newest = Round.objects.filter(initiative=world.initiative).order_by("-pk")[0]
    return submit_round(round_id=newest.pk, actor=world.cast.petra, at=NOW)


def of_everybody(world, delegation) -> dict[str, Act]:
    """Return what is done to all gates at once: offices, playbook, delegations, a theft."""
    cast, before = world.cast, NOW - timedelta(hours=1)
    said = json.loads(current().bytes)
    said["files"]["playbook.yaml"]["revision"] += 1
    edition = from_bytes(canonical(said))
    changes = {
        OFFICE: propose_ending(actor=cast.ada, term=cast.term(cast.ivo), reason=WHY, at=before),
        "the other office changes hands": propose_ending(
            actor=cast.ada, term=cast.term(cast.hana), reason=WHY, at=before
        ),
        PLAYBOOK: propose_playbook(actor=cast.ada, playbook=edition, reason=WHY, at=before),
    }
    return {
        **{name: partial(confirm, change, NOW) for name, change in changes.items()},
        REVOKE: partial(
            revoke_delegation, delegation_id=delegation.pk, reason=WHY, actor=cast.ivo, at=NOW
        ),
        "a password is stolen": lambda: report_stolen(
            actor=cast.ivo, user=copy(cast.ivo), means=Means.PASSWORD, at=NOW
        ),
    }


def at_left_gate(world, round_) -> dict[str, Act]:
    """Return what can be done where People stepped back, and nobody is named yet."""
    cast = world.cast
    names = (("Kim", cast.kim), ("Erin", cast.erin), ("Kim once more", cast.kim))
    return {
        **{f"{name} is named": named(world, round_, who) for name, who in names},
        TECHNOLOGY: confirmed(cast.ivo, round_),
        BACK: partial(recuse, round_id=round_.pk, reason=REASON, actor=cast.ivo, at=NOW),
        PAUSE: paused(world),
        **of_the_text(world, round_),
        **of_the_round(world, round_),
        **voiding(world, round_),
    }


def named(world, round_, who) -> Act:
    """Let the sponsor name who signs for People, and that person take it on and sign."""
    cleo, row = world.cast.cleo, round_.recusals.get()
    proof = check_identity(user=cleo, password=PASSWORD, at=READY)

    def name():
        given_ = name_substitute(
            recusal_id=row.pk,
            to=copy(who),
            last=LAST,
            reason=REASON,
            proof=proof,
            actor=copy(cleo),
            at=NOW,
        )
        return answer_delegation(delegation_id=given_.pk, accepts=True, actor=copy(who), at=NOW)

    return name


def at_gate(world, round_) -> dict[str, Act]:
    """Return what can be done at any gate in review."""
    cast = world.cast
    return {
        TECHNOLOGY: confirmed(cast.ivo, round_),
        PEOPLE: confirmed(cast.hana, round_),
        TECHNOLOGY_AGAIN: confirmed(cast.ivo, round_),
        PEOPLE_AGAIN: confirmed(cast.hana, round_),
        "a stand-in signs": confirmed(cast.max, round_),
        TERMS: confirmed(cast.ivo, round_, wish=terms_of(world)),
        "People decline": confirmed(cast.hana, round_, decline_gate, wish=no()),
        "Technology declines": confirmed(cast.ivo, round_, decline_gate, wish=no()),
        PAUSE: paused(world),
        BACK: partial(recuse, round_id=round_.pk, reason=REASON, actor=cast.ivo, at=NOW),
        PEOPLE_BACK: partial(recuse, round_id=round_.pk, reason=REASON, actor=cast.hana, at=NOW),
        "changes are asked for": partial(
            request_changes,
            round_id=round_.pk,
            items={current().criteria_of(round_.gate)[0].key: REASON},
            seen=shown(round_.pk),
            actor=cast.hana,
            at=NOW,
        ),
        **of_the_text(world, round_),
        **of_the_round(world, round_),
    }


def of_the_text(world, round_) -> dict[str, Act]:
    """Return what two writers do to what is signed."""
    is_out = round_.gate == "resume"
    slot, other_slot = OF_THE_WAY_OUT if is_out else OF_THE_FIRST_GATE
    return {EDIT: edited(world, round_, slot), OTHER_EDIT: edited(world, round_, other_slot)}


def paused(world) -> Act:
    return partial(
        pause_initiative,
        initiative=world.initiative,
        reason=REASON,
        actor=world.cast.hana,
        at=NOW,
    )


def of_the_round(world, round_) -> dict[str, Act]:
    """Return what is done to a round as a whole, by people and by the clock."""
    cast, initiative = world.cast, world.initiative
    return {
        "the round is taken back": partial(
            withdraw_round, round_id=round_.pk, actor=cast.petra, at=NOW
        ),
        "a round is opened": partial(
            open_round, initiative=initiative, gate=round_.gate, actor=cast.petra, at=NOW
        ),
        "the draft is sent": partial(sent_again, world),
        "its time is over": partial(expire_round, round_id=round_.pk, at=OVER),
        "the clock looks": partial(watch_review, round_id=round_.pk, at=NOW),
        "somebody disagrees": partial(
            raise_disagreement,
            actor=cast.tariq,
            round_id=round_.pk,
            subject="Who owns the ranking?",
            position="One lead with both teams.",
            due_on=THURSDAY,
            at=NOW,
        ),
    }


def voiding(world, round_) -> dict[str, Act]:
    """Return what needs to know who has signed so far."""
    live = GateSide.objects.filter(round=round_, live_signature__isnull=False)
    signatures = [*live.values_list("live_signature", flat=True)]
    excuse = Waiver(excuse="waived", reason=REASON, until=LAST)
    acts = {
        "a point is waived": partial(
            waive_criterion,
            initiative=world.initiative,
            criterion="g1_change_load",
            waiver=excuse,
            actor=world.cast.petra,
            accepts_voids=signatures,
            at=NOW,
        )
    }
    if signatures:
        acts[WITHDRAW] = partial(
            withdraw_signature,
            signature_id=signatures[0],
            reason="Wait.",
            actor=world.cast.ivo,
            at=NOW,
        )
    return acts


def before_the_sponsor(world, round_) -> dict[str, Act]:
    """Return what can be done only while the sides disagree."""
    return {
        GO: sponsors(world, round_, "go"),
        "the sponsor sends it back": sponsors(world, round_, "recycle"),
        "the sponsor holds it": sponsors(world, round_, "hold"),
        "the sponsor ends it": sponsors(world, round_, "kill"),
        "a dissent is stated": partial(
            state_dissent, round_id=round_.pk, text=DISSENT, actor=world.cast.hana, at=NOW
        ),
    }


def ruled(world) -> Act:
    """Let the sponsor end a pause that both left open."""
    cleo = world.cast.cleo
    return partial(
        rule_on_pause,
        initiative=world.initiative,
        way=Way.COMPLETED,
        reason=REASON,
        proof=check_identity(user=cleo, password=PASSWORD, at=READY),
        actor=cleo,
        at=NOW,
    )


def scenes(names) -> list[Scene]:
    """Make one company with a gate in each state named."""
    cast = company(NOON)
    delegation = given(cast, NOON, last=LAST)
    worlds = {name: sent(cast, name) for name in names}
    declines = {name: brought(name, *here) for name, here in worlds.items()}
    for name in STOPPED:
        if name in worlds:
            worlds[name] = stopped(*worlds[name], is_drill=name == "drill")
    everybody = of_everybody(worlds[names[0]][0], delegation)
    return [
        Scene(name, *here, acts={**everybody, **acts_of(name, here, declines[name])})
        for name, here in worlds.items()
    ]


def sent(cast, name) -> tuple[World, Round]:
    """Return a gate that waits for both signatures, or for being sent."""
    world = make_world(NOON, cast=cast, name=name)
    make_ready(world, "1", at=NOON)
    if name == "draft":
        who = world.cast.petra
        return world, open_round(initiative=world.initiative, gate="1", actor=who, at=NOON)
    return world, make_round(world, at=NOON)


def brought(name, world, round_) -> Decline | None:
    """Bring a gate into the state of that name; return the decline there, where there is one."""
    cast = world.cast
    if name in ("half", "late"):
        sign(cast.max, round_.pk, at=NOON)
    if name == "disputed" or name in STOPPED:
        sign(cast.ivo, round_.pk, at=NOON)
    if name == "left":
        sign(cast.max, round_.pk, at=NOON)
        recuse(round_id=round_.pk, reason=REASON, actor=cast.hana, at=READY)
    if name == "late":
        watch_review(round_id=round_.pk, at=NOON + timedelta(days=12))
    if name in ("disputed", "declined"):
        days = 10 if name == "disputed" else 1
        return decline(cast.hana, round_, at=NOW - timedelta(days=days))
    return None


def stopped(world, round_, *, is_drill) -> tuple[World, Round]:
    """Pause it, and prepare the way out: Technology has signed."""
    at, hana = NOON + timedelta(days=1), world.cast.hana
    pause_initiative(
        initiative=world.initiative, reason=REASON, actor=hana, at=at, is_exercise=is_drill
    )
    world.initiative.refresh_from_db()
    make_ready(world, "resume", at=at)
    out = make_round(world, "resume", at=at)
    sign(world.cast.ivo, out.pk, at=at)
    return world, out


def acts_of(name, here, declined) -> dict[str, Act]:
    """Return what can be done in the scene of that name."""
    world, round_ = here
    round_.refresh_from_db()
    if name == "declined":
        contest = partial(contest_decline, decline_id=declined.pk, reason=REASON, at=NOW)
        return {
            "a decline is contested": partial(contest, actor=world.cast.ivo),
            "a round is opened": partial(
                open_round, initiative=world.initiative, gate="1", actor=world.cast.petra, at=NOW
            ),
            "the draft is sent": partial(sent_again, world),
            PAUSE: paused(world),
        }
    if name == "draft":
        return {
            **of_the_round(world, round_),
            **voiding(world, round_),
            **of_the_text(world, round_),
            PAUSE: paused(world),
        }
    if name == "left":
        return at_left_gate(world, round_)
    found = at_gate(world, round_) | voiding(world, round_)
    if name in ("late", "disputed"):
        found |= before_the_sponsor(world, round_)
    if name == "disputed":
        found["a decline is taken back"] = partial(
            take_back_decline,
            decline_id=declined.pk,
            reason="Agreed.",
            actor=world.cast.hana,
            at=NOW,
        )
    if name in STOPPED:
        found["the sponsor ends the pause"] = ruled(world)
    return found
