"""Who may open what of initiatives. Of one's own one sees all, of others nothing but lists."""

from datetime import timedelta

from initiatives.choices import MemberRole
from initiatives.operations.decision_logs import bring_decisions
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.operations.imports import start_import
from initiatives.operations.memberships import set_member
from initiatives.operations.notes import share_note
from initiatives.operations.questions import ask_question
from initiatives.operations.saved_views import save_view
from people.choices import Side
from tests.architecture.access import SIGNED_IN, Row
from tests.cast import LONG_AGO
from tests.gates import make_world
from tests.initiatives.decision_files import line, log
from tests.initiatives.reads import started

AT = LONG_AGO + timedelta(days=1)


def prepare(world):
    """Tariq and Petra lead the one that is asked for, Otto leads another one."""
    cast = world.cast
    own = make_world(AT, cast=cast, name="Dispatch helper").initiative
    _seat(cast, own, cast.max, MemberRole.CONTRIBUTOR)
    foreign = make_world(AT, cast=cast, name="Invoice reader for finance").initiative
    _seat(cast, foreign, cast.otto, MemberRole.LEAD)
    world.things["initiative"] = own
    world.things["view"] = save_view(actor=cast.hana, name="Mine", query="?view=table", at=AT)
    world.things["evidence"] = add_evidence_attestation(
        actor=cast.petra,
        initiative=own,
        slot="problem_statement",
        title="Forty calls a day",
        note="Counted in one week of March.",
        at=AT,
    )
    world.things["list"] = start_import(
        actor=cast.ada, name="list.csv", content=b"Name,Unit\nRouter,Post\nSorter,Post\n", at=AT
    )
    decided = log(line(when=AT.date().isoformat()))
    world.things["log"] = bring_decisions(
        actor=cast.petra, initiative=own, name="log.csv", content=decided, at=AT
    )
    world.things["question"] = ask_question(
        actor=cast.tariq, initiative=own, slot="gaps_to_fill", text="Which of these?", at=AT
    )
    _prepare_before_it(world)


def _seat(cast, initiative, user, role):
    set_member(
        actor=cast.petra, initiative=initiative, user=user, side=Side.PEOPLE, role=role, at=AT
    )


def _prepare_before_it(world):
    tariq = world.cast.tariq
    world.things["read"] = started(tariq, AT)
    world.things["note"] = share_note(
        actor=tariq, side=Side.TECHNOLOGY, title="Rota", text="So far.", at=AT
    )


def _code(world):
    return {"code": world.things["initiative"].code}


def _slot(world):
    return {**_code(world), "slot": "problem_statement"}


def _people_slot(world):
    return {**_code(world), "slot": "gaps_to_fill"}


def _people_half(world):
    return {**_code(world), "side": "people"}


def _evidence(world):
    return {**_code(world), "pk": world.things["evidence"].pk}


def _note(world):
    return {"pk": world.things["note"].pk}


def _read(world):
    return {"pk": world.things["read"].pk}


def _people_read(world):
    return {**_read(world), "side": "people"}


def _question(world):
    return {**_code(world), "pk": world.things["question"].pk}


def _asking(_):
    return {"slot": "gaps_to_fill"}


def _member(world):
    own = world.things["initiative"].memberships.current()
    return {**_code(world), "pk": own.get(user=world.cast.max).pk}


def _talk(world):
    return {**_code(world), "criterion": "value"}


def _log(world):
    return {**_code(world), "pk": world.things["log"].pk}


def _no_list(_):
    return {"pk": 1}


def _list(world):
    return {"pk": world.things["list"].pk}


def _joining(_):
    return {"side": "people", "name": "Dispatch helper", "problem": "Phones"}


# anonymous · employee · outsider lead · lead · contributor · CHRO · CIO · sponsor · committee ·
# auditor · administrator
READERS = "sign 404 404 200 200 200 200 200 200 200 200"
# A lead and a key score; a contributor reads, a key alone scores again and moves the order.
LEADS_POST = "sign 404 404 422 403 422 422 403 403 403 403"
KEYS = "sign 404 404 403 403 200 200 403 403 403 403"
KEYS_POST = "sign 404 404 403 403 422 422 403 403 403 403"
IMPORTERS = "sign 404 404 404 404 {0} {0} 403 403 403 {0}"
KEEPERS = "sign 404 404 {0} 403 {0} {0} 403 403 403 {0}"
SIDES = "sign 404 404 200 200 200 200 403 403 403 403"
SIDES_POST = "sign 404 404 422 422 422 422 403 403 403 403"

ROWS = (
    Row("initiatives:portfolio-list", "GET", SIGNED_IN.format("200")),
    # Whoever works on nothing and holds no office ranks nothing; an outsider reads what is his.
    Row("initiatives:priorities-list", "GET", "sign 404 200 200 200 200 200 200 200 200 200"),
    Row("initiatives:shortlist-list", "GET", "sign 404 200 200 200 200 200 200 200 200 200"),
    Row("initiatives:shortlist-list", "POST", "sign 404 403 403 403 422 422 403 403 403 403"),
    Row(
        "initiatives:shortlist-answer",
        "POST",
        "sign 404 403 403 403 422 422 403 403 403 403",
        args=_no_list,
    ),
    Row("initiatives:view-list", "GET", SIGNED_IN.format("200")),
    Row("initiatives:view-list", "POST", SIGNED_IN.format("422")),
    # The view is Hana's, and nobody else's.
    Row(
        "initiatives:view-change",
        "POST",
        "sign 404 404 404 404 422 404 404 404 404 404",
        args=lambda world: {"pk": world.things["view"].pk},
    ),
    # The sponsor and the auditors read, and propose nothing.
    Row("initiatives:proposal-form", "GET", "sign 200 200 200 200 200 200 403 200 403 200"),
    Row("initiatives:proposal-form", "POST", "sign 422 422 422 422 422 422 403 422 403 422"),
    # Administrators and who signs for a side bring in lists.
    Row("initiatives:import-list", "GET", IMPORTERS.format("200")),
    Row("initiatives:import-form", "GET", IMPORTERS.format("200")),
    Row("initiatives:import-form", "POST", IMPORTERS.format("422")),
    Row("initiatives:import-columns", "GET", IMPORTERS.format("200"), args=_list),
    Row("initiatives:import-columns", "POST", IMPORTERS.format("422"), args=_list),
    Row("initiatives:import-detail", "GET", IMPORTERS.format("302"), args=_list),
    # Without the version that the form showed, nothing is decided or put away.
    Row("initiatives:import-detail", "POST", IMPORTERS.format("409"), args=_list),
    # Nothing stands still about it.
    Row("initiatives:import-resume", "POST", IMPORTERS.format("409"), args=_list),
    Row("initiatives:import-discard", "POST", IMPORTERS.format("409"), args=_list),
    Row(
        "initiatives:import-refused",
        "GET",
        "sign 404 404 404 404 404 404 403 403 403 404",
        args=_list,
    ),
    Row("initiatives:note-list", "GET", SIGNED_IN.format("200")),
    Row("initiatives:note-form", "GET", "sign 200 200 200 200 200 200 403 200 403 200"),
    Row("initiatives:note-form", "POST", "sign 422 422 422 422 422 422 403 422 403 422"),
    # Whoever works on an initiative reads all notes; its author takes one back.
    Row(
        "initiatives:note-detail", "GET", "sign 404 200 200 200 200 200 200 200 200 200", args=_note
    ),
    Row(
        "initiatives:note-withdraw",
        "POST",
        "sign 404 422 302 422 422 422 422 422 422 422",
        args=_note,
    ),
    Row("initiatives:rapid-read-list", "GET", SIGNED_IN.format("200")),
    Row("initiatives:rapid-read-form", "GET", "sign 200 200 200 200 200 200 403 200 403 200"),
    Row("initiatives:rapid-read-form", "POST", "sign 422 422 422 422 422 422 403 422 403 422"),
    # Whoever reads early thinking reads it. The lead of Technology has begun it, and writes no
    # more for People; nor does the CIO. Who stands for a side decides.
    Row(
        "initiatives:rapid-read-detail",
        "GET",
        "sign 404 200 200 200 200 200 200 200 200 200",
        args=_read,
    ),
    Row(
        "initiatives:rapid-read-half",
        "GET",
        "sign 404 200 403 200 200 403 403 200 403 200",
        args=_people_read,
    ),
    Row(
        "initiatives:rapid-read-half",
        "POST",
        "sign 404 422 403 422 422 403 403 422 403 422",
        args=_people_read,
    ),
    Row(
        "initiatives:rapid-read-decide",
        "GET",
        "sign 404 403 200 403 200 200 403 403 403 403",
        args=_read,
    ),
    Row(
        "initiatives:rapid-read-decide",
        "POST",
        "sign 404 403 422 403 422 422 403 403 403 403",
        args=_read,
    ),
    # Without the decision that the page showed, nothing is confirmed.
    Row(
        "initiatives:rapid-read-confirm",
        "POST",
        "sign 404 403 409 403 409 409 403 403 403 403",
        args=_read,
    ),
    Row("initiatives:initiative-detail", "GET", READERS, args=_code),
    Row("initiatives:initiative-history", "GET", READERS, args=_code),
    # An office joins; whoever found it as a duplicate asks the lead there is; who is in it
    # already, or signs for Technology, or only reads, is told why not.
    Row(
        "initiatives:member-join",
        "POST",
        "sign 422 422 422 422 302 302 422 302 422 302",
        args=_code,
        data=_joining,
    ),
    Row("initiatives:member-list", "GET", READERS, args=_code),
    Row("initiatives:member-list", "POST", SIDES_POST, args=_code),
    Row(
        "initiatives:member-end",
        "POST",
        "sign 404 404 403 302 302 403 403 403 403 403",
        args=_member,
    ),
    Row("initiatives:scores-form", "GET", READERS, args=_code),
    Row("initiatives:scores-form", "POST", LEADS_POST, args=_code),
    Row("initiatives:scores-discuss", "POST", SIDES_POST, args=_talk),
    Row("initiatives:scores-again", "POST", KEYS_POST, args=_code),
    Row("initiatives:rank-form", "GET", KEYS, args=_code),
    Row("initiatives:rank-form", "POST", KEYS_POST, args=_code),
    Row("initiatives:details-form", "GET", SIDES, args=_code),
    Row("initiatives:details-form", "POST", SIDES_POST, args=_code),
    # Who leads a side brings logs of decisions, and administrators; who reads it takes them along.
    Row("initiatives:decision-list", "GET", READERS, args=_code),
    Row("initiatives:decision-template", "GET", READERS, args=_code),
    Row("initiatives:decision-export", "POST", READERS, args=_code),
    Row("initiatives:decision-form", "GET", KEEPERS.format("200"), args=_code),
    Row("initiatives:decision-form", "POST", KEEPERS.format("422"), args=_code),
    Row("initiatives:decision-withdraw", "GET", KEEPERS.format("200"), args=_log),
    Row("initiatives:decision-withdraw", "POST", KEEPERS.format("422"), args=_log),
    Row("initiatives:fact-form", "GET", SIDES, args=_code),
    Row("initiatives:fact-form", "POST", SIDES_POST, args=_code),
    Row("initiatives:artefact-form", "GET", READERS, args=_slot),
    # A slot of the people side is not Technology's to write.
    Row(
        "initiatives:artefact-form",
        "POST",
        "sign 404 404 403 422 422 403 403 403 403 403",
        args=_people_slot,
    ),
    # Each side fills in its own half; whoever only reads finds it on the page of the initiative.
    Row(
        "initiatives:half-form",
        "GET",
        "sign 404 404 403 200 200 403 403 403 403 403",
        args=_people_half,
    ),
    Row(
        "initiatives:half-form",
        "POST",
        "sign 404 404 403 302 302 403 403 403 403 403",
        args=_people_half,
    ),
    Row("initiatives:artefact-versions", "GET", READERS, args=_slot),
    # It belongs to one side, so nobody leaves it.
    Row("initiatives:call-change", "POST", SIDES_POST, args=_code, data=_asking),
    Row("initiatives:question-list", "GET", READERS, args=_code),
    Row("initiatives:question-list", "POST", SIDES_POST, args=_code, data=_asking),
    Row("initiatives:question-detail", "GET", READERS, args=_question),
    Row("initiatives:question-detail", "POST", SIDES_POST, args=_question),
    # Tariq asked it; it is open, so there is nothing to open again.
    Row(
        "initiatives:question-close",
        "POST",
        "sign 404 404 302 422 422 422 403 403 403 403",
        args=_question,
    ),
    Row("initiatives:question-reopen", "POST", SIDES_POST, args=_question),
    # Without a slot or a criterion in the address there is nothing to add to.
    Row("initiatives:evidence-form", "GET", SIGNED_IN.format("404"), args=_code),
    Row("initiatives:evidence-form", "POST", SIGNED_IN.format("404"), args=_code),
    # It is a statement, not a file: nobody can download it.
    Row("initiatives:evidence-file", "GET", SIGNED_IN.format("404"), args=_evidence),
    # Nor is it a link: it has no copy, and none can be asked for.
    Row("initiatives:evidence-copy", "GET", SIGNED_IN.format("404"), args=_evidence),
    Row("initiatives:evidence-copy", "POST", SIDES_POST, args=_evidence),
    Row("initiatives:evidence-withdraw", "GET", SIDES, args=_evidence),
    Row("initiatives:evidence-withdraw", "POST", SIDES_POST, args=_evidence),
)
