"""What both sides sign of an initiative: every column is declared, so that none is forgotten.

A signed column changes the bytes that are signed. Of an unsigned one the reason is given.
"""

from collections.abc import Mapping

SIGNED = "signed"

_ROW = "identity of the row"
_COPY = "copy of the signed problem statement"
_DERIVED = "derived from signed columns"
_PERSON = "the person key is signed instead"
_STATE = "moved by signing, not signed"
_VERSION = "counts saves"
_WHEN = "when it was written: the journal holds it"
_BESIDE = "said beside the content, never part of it"
_TEXT = "the commitment is signed by the row that points to it"
_LISTED = "said by the list it was brought in with, not by either side"
_SORTED = "for finding and sorting, promises nothing"
_SCORED = "the verdict of the gate's criterion is signed, not the scores it rests on"
_LOGGED = "logged once the AI runs, after what is signed"
_OF_THE_LOG = {
    "decisionlog": "id initiative sha256 n name row_count here_count brought_by brought_key"
    " brought_at",
    "decisionlogwithdrawal": "id log reason withdrawn_by withdrawn_key withdrawn_at",
    "loggeddecision": "id log line decided_on decided_at share is_overridden sealed",
}
_OF_THE_LIST = {
    "importedrow": "id source line key initiative claimed_stage imported_at",
    "import": "id name sha256 content read_as header header_key row_count columns stages left_out"
    " alike to_bring refused state version started_by started_at matched_at confirmed_by ended_at",
}
_BESIDE_THE_GATE = {
    "scoring": "id initiative n edition reason opened_by opened_key opened_at",
    "score": "id scoring side criterion value salt given_by given_key given_at",
    "reveal": "id scoring technology_feasible technology_needed people_feasible people_needed"
    " priority gap to_discuss revealed_by revealed_key revealed_at",
    "discussion": "id scoring criterion side sealed written_by written_key written_at",
    "placing": "id initiative place reason side placed_by placed_key placed_at",
    "shortlistplace": "id shortlist initiative place",
    "shortlist": "id quarter n side words proposed_by proposed_key proposed_at",
    "shortlistanswer": "id shortlist is_agreed side reason answered_by answered_key answered_at",
}

_SAID_BESIDE = {
    "question": "id initiative slot criterion side asked_by asked_at waits_for closed_at",
    "deferral": "id initiative slot criterion side is_left said_by said_key said_at",
    "post": "id question sealed side by by_key said_at",
}
_BEFORE_IT = {
    "rapidread": "id sealed decide_by edition before side started_by started_key started_at",
    "rapidhalf": "id read side n sealed author author_key written_at",
    "rapiddecision": "id read n outcome look_again_on words side proposed_by proposed_key"
    " proposed_at",
    "rapidconfirmation": "id read decision technology_n people_n side confirmed_by confirmed_key"
    " proposed_key proposed_side"
    " confirmed_at",
    "rapiduse": "id read initiative",
}

DECLARED: Mapping[str, Mapping[str, str]] = {
    "initiatives.initiative": {
        "id": _ROW,
        "number": SIGNED,
        "name": _COPY,
        "problem": _COPY,
        "affected": _COPY,
        "unit": SIGNED,
        "stage": _STATE,
        "stage_since": _STATE,
        "standing": _STATE,
        "standing_since": _STATE,
        "operating_model": SIGNED,
        "about_people": SIGNED,
        "ranks_people": SIGNED,
        "touches_jobs": SIGNED,
        "acts_alone": SIGNED,
        "watches_people": SIGNED,
        "risk_tier": _DERIVED,
        "planned_month": SIGNED,
        "budget_ask": SIGNED,
        "budget_currency": SIGNED,
        "duplicate_reason": "said when proposing, not part of the decision",
        "reference": _LISTED,
        "claimed_stage": _LISTED,
        "needs": _SORTED,
        "tags": _SORTED,
        "archived_at": _SORTED,
        "search": _DERIVED,
        "version": _VERSION,
        "proposed_by": "not part of the decision",
        "proposed_at": "not part of the decision",
    },
    "initiatives.membership": {
        "id": _ROW,
        "initiative": _ROW,
        "user": _PERSON,
        # Of the two leads, who are accountable; contributors come and go.
        "person_key": SIGNED,
        "side": SIGNED,
        "role": SIGNED,
        "since": _WHEN,
        "until": "only current leads are signed",
    },
    "initiatives.artefactversion": {
        "id": _ROW,
        "initiative": _ROW,
        "slot": SIGNED,
        "n": SIGNED,
        "edition": SIGNED,
        "open": SIGNED,
        "sealed": SIGNED,
        "side": SIGNED,
        "author": _PERSON,
        "author_key": SIGNED,
        "asked_for_by": "shown on the version, not part of the decision",
        "created_at": _WHEN,
    },
    "initiatives.evidence": {
        "id": SIGNED,
        "initiative": _ROW,
        "slot": SIGNED,
        "criterion": SIGNED,
        "kind": SIGNED,
        "sha256": SIGNED,
        "size": "follows from the SHA-256",
        "content_type": "follows from the SHA-256",
        "sealed": SIGNED,
        "fetched_at": SIGNED,
        "valid_until": SIGNED,
        "side": SIGNED,
        "added_by": _PERSON,
        "added_key": SIGNED,
        "added_at": _WHEN,
    },
    "initiatives.evidencewithdrawal": {
        "id": _ROW,
        "evidence": "signed by leaving the evidence out",
        "reason": "not part of the decision",
        "withdrawn_by": _PERSON,
        "withdrawn_key": "not part of the decision",
        "withdrawn_at": _WHEN,
    },
    "initiatives.scan": {
        "id": _ROW,
        "evidence": "signed as part of the evidence",
        "result": SIGNED,
        "scanned_at": _WHEN,
    },
    "initiatives.capturerequest": {
        "id": _ROW,
        "evidence": "signed as part of the evidence",
        "asked_by": "who asked for the copy is no part of the decision",
        "asked_key": "who asked for the copy is no part of the decision",
        "asked_at": _WHEN,
    },
    "initiatives.capture": {
        "id": _ROW,
        "request": _ROW,
        "evidence": "signed as part of the evidence",
        "result": "a copy that is kept is signed, a try that failed is not",
        "sha256": SIGNED,
        "size": "follows from the SHA-256",
        "content_type": SIGNED,
        "scan": SIGNED,
        "fetched_at": SIGNED,
    },
    "initiatives.fact": {
        "id": SIGNED,
        "initiative": _ROW,
        "kind": SIGNED,
        "happened_on": SIGNED,
        "amount": SIGNED,
        "currency": SIGNED,
        "sealed": SIGNED,
        "breach": SIGNED,
        "recorded_by": _PERSON,
        "recorded_key": "not part of the decision",
        "recorded_at": _WHEN,
    },
    "initiatives.stageadvance": {
        "id": _ROW,
        "initiative": _ROW,
        "gate": "signed by the passage it records",
        "from_stage": _STATE,
        "to_stage": _STATE,
        "after": _STATE,
        "at": _WHEN,
    },
    "initiatives.stagereturn": {
        "id": _ROW,
        "initiative": _ROW,
        "from_stage": _STATE,
        "to_stage": _STATE,
        "at": _WHEN,
    },
    "initiatives.note": {
        "id": _ROW,
        "sealed": _BESIDE,
        "side": _BESIDE,
        "author": _BESIDE,
        "author_key": _BESIDE,
        "shared_at": _BESIDE,
    },
    "initiatives.notewithdrawal": {"id": _ROW, "note": _BESIDE, "withdrawn_at": _BESIDE},
    "initiatives.noteuse": {"id": _ROW, "note": _BESIDE, "initiative": _ROW},
    **{
        f"initiatives.{table}": dict.fromkeys(columns.split(), _BESIDE)
        for table, columns in _BEFORE_IT.items()
    },
    **{
        f"initiatives.{table}": dict.fromkeys(columns.split(), _BESIDE)
        for table, columns in _SAID_BESIDE.items()
    },
    # Of the scores only the verdict is signed that both sides gave them apart and talked.
    **{
        f"initiatives.{table}": dict.fromkeys(columns.split(), _SCORED)
        for table, columns in _BESIDE_THE_GATE.items()
    },
    **{
        f"initiatives.{table}": dict.fromkeys(columns.split(), _LISTED)
        for table, columns in _OF_THE_LIST.items()
    },
    **{
        f"initiatives.{table}": dict.fromkeys(columns.split(), _LOGGED)
        for table, columns in _OF_THE_LOG.items()
    },
    "workforce.orgunit": {"id": _ROW, "name": SIGNED},
    "journal.sealed": {
        "commitment": SIGNED,
        "key": _TEXT,
        "text": _TEXT,
        "person_key": _TEXT,
        "erased_at": _TEXT,
    },
}
# Rows that are only named: by person key, or by digest.
NAMED_ONLY = frozenset({"people.user", "playbook.playbookedition"})
