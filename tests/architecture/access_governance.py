"""Who may open what of governance: home, gates, the ceremony, stops, the record."""

from datetime import timedelta

from governance.choices import SigningAct
from governance.models import Commitment
from governance.operations.calendars import go_away, keep_day
from governance.operations.ceremony import Wish
from governance.operations.delegations import answer_delegation, write_delegation
from governance.operations.disagreements import raise_disagreement, state_position
from governance.operations.recusals import recuse
from governance.operations.refusals import decline_gate
from governance.operations.rounds import open_round
from governance.operations.stops import pause_initiative
from governance.rules.delegations import Scope
from governance.rules.terms import Condition
from initiatives.choices import MemberRole
from initiatives.operations.memberships import set_member
from initiatives.queries.days import home_day
from journal.checkpoints import checkpoint_due
from journal.clock import now
from people.choices import Side
from people.operations.persons import add_person
from tests.architecture.access import EVERYBODY, SIGNED_IN, Row
from tests.cast import ZONE
from tests.gates import make_ready, make_round, make_world, presence_of, sign
from tests.governance.stalemates import resolve
from tests.make import proof_of

REASON = "Nobody can appeal against what a machine decides about them."
STATES = (
    *(
        "Waiting",
        "Half",
        "Refused",
        "Split",
        "Draft",
        "Passed",
        "Fresh",
        "Paused",
        "Closed",
        "Left",
    ),
)


def prepare(world):
    """Make a gate in each state that has doors of its own; Max helps everywhere."""
    at, cast, things = now() - timedelta(days=2), world.cast, world.things
    made = {name: make_world(at, cast=cast, name=f"{name} gate") for name in STATES}
    for one in made.values():
        _let_max_help(one, at)
    for name in (one for one in STATES if one not in ("Draft", "Fresh")):
        make_ready(made[name], "1", at=at)
        things[name] = make_round(made[name], at=at)
    things["Half signature"] = sign(cast.hana, things["Half"].pk, at=at)
    for name in ("Split", "Closed"):
        sign(cast.ivo, things[name].pk, at=at)
    for name in ("Refused", "Split", "Closed"):
        things[f"{name} decline"] = _declined(cast.hana, things[name], at)
    resolve(cast.cleo, things["Closed"].pk, "kill", at=at + timedelta(minutes=2))
    sign(cast.hana, things["Paused"].pk, at=at)
    paused = made["Paused"].initiative
    pause_initiative(initiative=paused, reason="Wrong answers", actor=cast.ivo, at=at)
    pass_with_a_condition(cast, things["Passed"], at)
    things |= {"Delegation": _delegated(cast, at), "recusal": _left(cast.hana, things, at)}
    things |= _stand_ins(cast, at)
    fresh, draft = made["Fresh"].initiative, made["Draft"].initiative
    things["Draft"] = open_round(initiative=draft, gate="1", actor=cast.petra, at=at)
    things["Fresh"] = fresh
    things |= _days_and_words(cast, things["Draft"], at)


def _days_and_words(cast, draft, at):
    """Keep two days, sign what the record holds, and let two people see a draft otherwise."""
    soon = working_day_before(now() + timedelta(days=40))
    absence = go_away(starts_on=soon, ends_on=soon, actor=cast.petra, at=now())
    day = keep_day(day=soon, is_worked=False, name="Stocktaking", actor=cast.ada, at=now())
    disagreement = raise_disagreement(
        actor=cast.max,
        round_id=draft.pk,
        subject="Who answers appeals",
        position="A person, within two days.",
        due_on=working_day_before(at + timedelta(days=30)),
        at=at,
    )
    state_position(
        actor=cast.tariq,
        disagreement_id=disagreement.pk,
        position="The tool explains itself.",
        seen=2,
        at=at,
    )
    return {
        "absence": absence,
        "own day": day,
        "checkpoint": checkpoint_due(at=now()),
        "Disagreement": disagreement,
    }


def _left(person, things, at):
    return recuse(round_id=things["Left"].pk, reason=REASON, actor=person, at=at)


def _delegated(cast, at, *, by=None, to=None):
    """Let somebody ask another to sign; Ivo asks Erin, who has not answered."""
    today = home_day(at)
    return write_delegation(
        to=to or cast.erin,
        first=today,
        last=today + timedelta(days=13),
        scope=Scope(),
        reason="I am away on leave.",
        proof=proof_of(by or cast.ivo, at),
        actor=by or cast.ivo,
        at=at,
    )


def _stand_ins(cast, at):
    """Let two who work on nothing sign in the place of the two who hold the keys."""
    made = {}
    for name, by in (("nils", cast.ivo), ("lena", cast.hana)):
        made[name] = add_person(
            actor=cast.ada,
            email=f"{name}@example.com",
            name=name.title(),
            title="",
            zone=ZONE,
            at=at,
        )
        row = _delegated(cast, at, by=by, to=made[name])
        answer_delegation(delegation_id=row.pk, accepts=True, actor=made[name], at=at)
    return made


def working_day_before(moment):
    day = moment.date()
    return day - timedelta(days=max(day.isoweekday() - 5, 0))


def _let_max_help(world, at):
    set_member(
        actor=world.cast.petra,
        initiative=world.initiative,
        user=world.cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=at,
    )


def _declined(person, round_, at):
    wish = Wish(act=SigningAct.DECLINE, code="privacy", reason=REASON, reversed_by=REASON)
    presence = presence_of(person, round_.pk, at=at, wish=wish)
    return decline_gate(presence=presence, actor=person, at=at + timedelta(minutes=1))


def pass_with_a_condition(cast, round_, at):
    condition = Condition(
        text="Name a person who answers appeals.",
        evidence="The name on the page",
        owner_id=cast.petra.pk,
        owner_key=str(cast.petra.person_key),
        due_on=(at + timedelta(days=30)).date(),
        kind="dated",
        on_breach="notify",
        asked_by="people",
    )
    wish = Wish(act=SigningAct.APPROVE_WITH_TERMS, conditions=(condition,))
    sign(cast.hana, round_.pk, at=at, wish=wish)
    sign(cast.ivo, round_.pk, at=at + timedelta(minutes=1))


def _verifier(_):
    return {"name": "verify_receipt.py"}


def _at(name, **more):
    def arguments(world):
        return {"pk": world.things[name].pk, **more}

    return arguments


def _signature(world):
    return {"pk": world.things["Half"].pk, "signature": world.things["Half signature"].pk}


def _decline(name):
    def arguments(world):
        return {"pk": world.things[name].pk, "decline": world.things[f"{name} decline"].pk}

    return arguments


def _recusal(world):
    return {"pk": world.things["Left"].pk, "recusal": world.things["recusal"].pk}


def _code(world):
    return {"code": world.things["Fresh"].code}


def _gate(world):
    return {**_code(world), "gate": "1"}


def _commitment(_):
    return {"pk": Commitment.objects.get().pk}


def _form(name):
    return lambda _: {"form": name}


def _nonce(_):
    return {"nonce": "f" * 64}


# anonymous · employee · outsider lead · lead · contributor · CHRO · CIO · sponsor · committee ·
# auditor · administrator
READERS = "sign 404 404 200 200 200 200 200 200 200 200"
DRIVERS = "sign 404 404 {0} 403 {0} {0} 403 403 403 403"
KEYS = "sign 404 404 403 403 {0} {0} 403 403 403 403"
CHRO_ALONE = "sign 404 404 403 403 {0} 403 403 403 403 403"
CIO_ALONE = "sign 404 404 403 403 403 {0} 403 403 403 403"
SIDES = "sign 404 404 {0} {0} {0} {0} 403 403 403 403"
STOPPERS = "sign 404 404 403 403 {0} {0} {0} 403 403 403"
SPONSOR_ALONE = "sign 404 404 403 403 403 403 {0} 403 403 403"
STANDERS = "sign 404 404 {0} {0} {0} {0} {0} 403 403 403"
HOLDERS = "sign 403 403 403 403 {0} {0} 403 403 403 403"
OFFICES = "sign 403 403 403 403 {0} {0} {0} {0} {0} {0}"

OFFICERS = "sign 404 404 404 404 200 200 200 200 200 200"
KEEPER_POSTS = "sign 404 404 404 404 403 403 403 403 403 422"
KEEPER_DOES = "sign 404 404 404 404 403 403 403 403 403 302"


def _absence(world):
    return {"pk": world.things["absence"].pk}


def _own_day(world):
    return {"pk": world.things["own day"].pk}


RESOLVER = "sign 404 404 403 403 403 403 422 403 403 403"

ROWS = (
    # Each keeps it in the own browser.
    Row("governance:first-steps-away", "POST", SIGNED_IN.format("302")),
    # Everybody here works for an organisation that is founded.
    Row("governance:organisation-found", "GET", EVERYBODY.format("404")),
    Row("governance:organisation-found", "POST", EVERYBODY.format("404")),
    Row("governance:calendar-detail", "GET", SIGNED_IN.format("200")),
    Row("governance:calendar-holidays", "POST", SIGNED_IN.format("302")),
    Row("governance:absence-add", "POST", SIGNED_IN.format("422")),
    # The absence is Petra's, who is none of the roles.
    Row("governance:absence-end", "POST", SIGNED_IN.format("422"), args=_absence),
    Row("governance:day-list", "GET", OFFICERS),
    Row("governance:day-list", "POST", KEEPER_POSTS),
    Row("governance:day-drop", "POST", KEEPER_DOES, args=_own_day),
    Row("governance:home", "GET", SIGNED_IN.format("200")),
    # Who decides and who checks; an administrator keeps the logins and reads the initiatives.
    Row("governance:signal-list", "GET", "sign 403 403 403 403 200 200 200 200 200 403"),
    Row("governance:round-open", "POST", DRIVERS.format("302"), args=_gate),
    Row("governance:gate-detail", "GET", READERS, args=_at("Waiting")),
    Row("governance:gate-text", "GET", READERS, args=_at("Waiting")),
    # The draft is not ready, so even who may send it is told what is missing.
    Row("governance:gate-submit", "POST", DRIVERS.format("422"), args=_at("Draft")),
    Row("governance:gate-withdraw", "POST", DRIVERS.format("302"), args=_at("Draft")),
    # A point of the people side: Tariq leads for Technology.
    Row(
        "governance:gate-attest",
        "POST",
        "sign 404 404 403 422 422 403 403 403 403 403",
        args=_at("Draft", criterion="g1_change_load"),
    ),
    Row(
        "governance:gate-waive",
        "GET",
        DRIVERS.format("200"),
        args=_at("Draft", criterion="g1_change_load"),
    ),
    Row(
        "governance:gate-waive",
        "POST",
        DRIVERS.format("422"),
        args=_at("Draft", criterion="g1_change_load"),
    ),
    Row("governance:gate-decide", "POST", KEYS.format("422"), args=_at("Waiting")),
    Row("governance:gate-recuse", "POST", KEYS.format("422"), args=_at("Waiting")),
    Row("governance:gate-substitute", "GET", SPONSOR_ALONE.format("200"), args=_recusal),
    Row("governance:gate-substitute", "POST", SPONSOR_ALONE.format("422"), args=_recusal),
    Row("governance:gate-dissent", "POST", KEYS.format("422"), args=_at("Split")),
    Row("governance:gate-resolve", "POST", RESOLVER, args=_at("Split")),
    Row("governance:gate-signed", "GET", READERS, args=_at("Passed")),
    Row("governance:receipt-detail", "GET", READERS, args=_at("Passed")),
    Row("governance:receipt-file", "GET", READERS, args=_at("Passed")),
    # Whoever was given a receipt needs no account to check it.
    Row("governance:verifier-file", "GET", EVERYBODY.format("200"), args=_verifier),
    # Hana signed, Hana declined: only she, or her side, takes it back.
    Row("governance:signature-withdraw", "POST", CHRO_ALONE.format("422"), args=_signature),
    Row("governance:decline-take-back", "POST", CHRO_ALONE.format("422"), args=_decline("Split")),
    Row("governance:decline-contest", "POST", CIO_ALONE.format("422"), args=_decline("Refused")),
    # A confirmation that was never made is nobody's.
    Row("governance:step-up", "GET", SIGNED_IN.format("409"), args=_nonce),
    Row("governance:step-up", "POST", SIGNED_IN.format("409"), args=_nonce),
    Row("governance:initiative-pause", "GET", STOPPERS.format("200"), args=_code),
    Row("governance:initiative-pause", "POST", STOPPERS.format("422"), args=_code),
    Row("governance:pause-decide", "GET", SPONSOR_ALONE.format("200"), args=_code),
    Row("governance:pause-decide", "POST", SPONSOR_ALONE.format("422"), args=_code),
    # Nothing is paused: whoever could say that it stands still is told so.
    Row("governance:initiative-standstill", "POST", STANDERS.format("422"), args=_code),
    # The condition was asked for by People.
    Row("governance:disagreement-list", "GET", READERS, args=_code),
    Row("governance:disagreement-form", "GET", SIDES.format("200"), args=_at("Draft")),
    Row("governance:disagreement-form", "POST", SIDES.format("422"), args=_at("Draft")),
    Row("governance:disagreement-detail", "GET", READERS, args=_at("Disagreement")),
    Row("governance:disagreement-state", "POST", SIDES.format("422"), args=_at("Disagreement")),
    Row("governance:disagreement-date", "POST", DRIVERS.format("422"), args=_at("Disagreement")),
    Row("governance:disagreement-settle", "POST", DRIVERS.format("422"), args=_at("Disagreement")),
    Row("governance:disagreement-confirm", "POST", DRIVERS.format("422"), args=_at("Disagreement")),
    Row(
        "governance:disagreement-decide",
        "POST",
        "sign 404 404 403 403 403 403 422 403 403 403",
        args=_at("Disagreement"),
    ),
    Row(
        "governance:disagreement-take-back",
        "POST",
        SIDES.format("422"),
        args=_at("Disagreement"),
    ),
    Row("governance:commitment-close", "GET", CHRO_ALONE.format("200"), args=_commitment),
    Row("governance:commitment-close", "POST", CHRO_ALONE.format("422"), args=_commitment),
    # Everybody has such a page; only who holds a key can ask somebody.
    Row("governance:delegation-list", "GET", SIGNED_IN.format("200")),
    Row("governance:delegation-write", "GET", HOLDERS.format("200")),
    Row("governance:delegation-write", "POST", HOLDERS.format("422")),
    # Ivo asks Erin: both and the offices read it, Erin answers, Ivo or the sponsor revokes it.
    Row(
        "governance:delegation-detail",
        "GET",
        "sign 200 404 404 404 200 200 200 200 200 200",
        args=_at("Delegation"),
    ),
    Row(
        "governance:delegation-answer",
        "POST",
        "sign 422 404 404 404 403 403 403 403 403 403",
        args=_at("Delegation"),
    ),
    Row(
        "governance:delegation-revoke",
        "POST",
        "sign 403 404 404 404 403 422 422 403 403 403",
        args=_at("Delegation"),
    ),
    Row("governance:search-list", "GET", SIGNED_IN.format("200")),
    Row("governance:glossary-list", "GET", SIGNED_IN.format("200")),
    # Nothing is chosen: everybody may look, and an empty post asks for nothing.
    Row("governance:chosen-list", "GET", SIGNED_IN.format("200")),
    Row("governance:chosen-list", "POST", SIGNED_IN.format("422")),
    # Everybody takes what they see.
    Row(
        "governance:portfolio-export",
        "POST",
        SIGNED_IN.format("200"),
        args=lambda _: {"form": "csv"},
    ),
    Row("governance:record-list", "GET", SIGNED_IN.format("200")),
    Row("governance:journal-list", "GET", SIGNED_IN.format("200")),
    Row("governance:checkpoint-list", "GET", OFFICES.format("200")),
    Row("governance:checkpoint-notes", "GET", OFFICES.format("200")),
    Row(
        "governance:checkpoint-note",
        "GET",
        OFFICES.format("200"),
        args=lambda world: {"size": world.things["checkpoint"].size},
    ),
    Row("governance:record-check", "POST", OFFICES.format("200")),
    Row("governance:record-export", "POST", OFFICES.format("200"), args=_form("csv")),
)
