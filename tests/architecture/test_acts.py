"""Every public operation is an act, or leads to one: nothing changes without an entry."""

import importlib
import inspect

from journal.acts import act
from tests.architecture.tree import APPS, ROOT, short, sources

# Public functions of operations that are no acts: each with the reason.
STATEMENT = "builds what is to be signed; writes nothing"
PART = "a piece of one act, called only from inside it"
OUTSIDE = "kept outside the journal on purpose: the file or counter is no evidence by itself"
TYPED = "judges what was typed, before the act that writes it"
JUDGES_EDITION = "judges which edition comes in force; writes nothing"
TWICE = "tells a second click, inside the act that would write it again"
JUDGES_TENURE = "judges who may hold what, for several acts; writes nothing"
NO_ACTS: dict[str, str] = {
    "governance.operations.ceremony.refuse_closed": PART,
    "governance.operations.ceremony.refuse_stale": PART,
    "governance.operations.disagreeing.cleaned": TYPED,
    "governance.operations.disagreeing.cleaned_line": TYPED,
    "governance.operations.disagreeing.enter": PART,
    "governance.operations.disagreeing.held": PART,
    "governance.operations.editions.is_adopted_by_two": JUDGES_EDITION,
    "governance.operations.editions.was_adopted": JUDGES_EDITION,
    "governance.operations.lending.enter_delegation": PART,
    "governance.operations.lending.period_of": TYPED,
    "governance.operations.locking.locked_round": PART,
    "governance.operations.locking.wait_for_round": "waits for a lock; writes nothing",
    "governance.operations.offers.offer_body": STATEMENT,
    "governance.operations.proposals.refuse_holding": "judges how a key is held; writes nothing",
    "governance.operations.proposals.said_of": "words an entry; writes nothing",
    "governance.operations.proofs.is_given": TWICE,
    "governance.operations.readings.note_reading": "the one write of a GET: when it was first read",
    "governance.operations.signatures.add_signature": PART,
    "governance.operations.signatures.attempt_of": STATEMENT,
    "governance.operations.signatures.refuse": PART,
    "governance.operations.signatures.refuse_other_act": PART,
    "governance.operations.signatures.refuse_replay": PART,
    "governance.operations.voids.close_round": PART,
    "governance.operations.voids.standing_signatures": PART,
    "initiatives.operations.artefacts.cleaned": TYPED,
    "initiatives.operations.contributions.are_written": TWICE,
    "initiatives.operations.contributions.to_write": TYPED,
    "initiatives.operations.evidence.source_draft": TYPED,
    "initiatives.operations.files.drop_unused": OUTSIDE,
    "initiatives.operations.files.keep": OUTSIDE,
    "initiatives.operations.files.received": OUTSIDE,
    "initiatives.operations.memberships.said_of_part": "words an entry; writes nothing",
    "initiatives.operations.memberships.seat_facts": "judges who may have a part; writes nothing",
    "initiatives.operations.orphans.remove_orphans": OUTSIDE,
    "initiatives.operations.pieces.is_added": TWICE,
    "initiatives.operations.requests.enter_request": PART,
    "initiatives.operations.scanner.scanned": "asks the scanner; its answer is recorded by an act",
    "people.operations.founding.check_founding_code": TYPED,
    "people.operations.founding.founding_code": "derives the code; writes nothing",
    "people.operations.identity.has_second_factor": "reads; it stands beside what asks for it",
    "people.operations.invitations.closed_because": "judges a link; writes nothing",
    "people.operations.invitations.find_invitation": "reads; a link that leads nowhere is counted",
    "people.operations.invitation_lists.read_people": TYPED,
    "people.operations.invitations.why_not_invite": "judges who is invited; writes nothing",
    "people.operations.invitations.link_of": "derives the link; writes nothing",
    "people.operations.new_passwords.link_word": "derives the link; writes nothing",
    "people.operations.new_passwords.opened_by": "judges a link; writes nothing",
    "people.operations.proofs.refuse_weak": "judges a proof within the act it serves",
    "people.operations.recovery.has_any_factor": "reads; it stands beside what removes it",
    "people.operations.recovery.reaches_mailbox": "judges where a link would go; writes nothing",
    "people.operations.persons.email_blocker": "judges an e-mail; writes nothing",
    "people.operations.persons.keeper_blocker": "judges who acts; writes nothing",
    "people.operations.persons.password_blocker": "judges a password; writes nothing",
    "people.operations.tenures.is_ended_by_two": JUDGES_TENURE,
    "people.operations.tenures.is_filled_by_two": JUDGES_TENURE,
    "people.operations.tenures.is_last_administrator": JUDGES_TENURE,
    "people.operations.tenures.is_last_to_confirm": JUDGES_TENURE,
    "people.operations.tenures.title_blockers": JUDGES_TENURE,
    "people.operations.tenures.why_not_appoint": JUDGES_TENURE,
    "people.operations.throttles.account_door": OUTSIDE,
    "people.operations.throttles.address_door": OUTSIDE,
    "people.operations.throttles.founding_door": OUTSIDE,
    "people.operations.throttles.forget_tries": OUTSIDE,
    "people.operations.throttles.give_back_try": OUTSIDE,
    "people.operations.throttles.identity_door": OUTSIDE,
    "people.operations.throttles.invitation_door": OUTSIDE,
    "people.operations.throttles.take_try": OUTSIDE,
}


def operation_modules():
    for path in sources(*APPS):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[1] == "operations" and parts[-1] != "__init__":
            yield importlib.import_module(".".join(parts))


def public_functions(module):
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("_") and function.__module__ == module.__name__:
            yield function


def leads_to_an_act(function, seen=()):
    """Tell whether `function` is an act or calls, however indirectly, one of ours that is."""
    if getattr(function, "is_act", False):
        return True
    for name in names_in(inspect.unwrap(function).__code__):
        called = function.__globals__.get(name)
        if (
            inspect.isfunction(called)
            and called not in seen
            and called.__module__.split(".")[0] in APPS
            and leads_to_an_act(called, (*seen, function))
        ):
            return True
    return False


def names_in(code):
    """Yield the names a function uses, its comprehensions and inner functions included."""
    yield from code.co_names
    for constant in code.co_consts:
        if inspect.iscode(constant):
            yield from names_in(constant)


def silent_operations():
    for module in operation_modules():
        for function in public_functions(module):
            if not leads_to_an_act(function):
                yield f"{module.__name__}.{function.__name__}"


def test_every_operation_is_an_act_or_leads_to_one():
    assert sorted(set(silent_operations()) - NO_ACTS.keys()) == []


def test_no_exception_outlives_its_reason():
    assert sorted(NO_ACTS.keys() - set(silent_operations())) == []


def test_there_are_operations():
    assert len([*operation_modules()]) > 5, short(ROOT / "governance")


def test_an_operation_that_records_nothing_is_told_from_one_that_does():
    @act
    def acting():
        """Record."""

    def silent():
        """Say nothing."""

    assert leads_to_an_act(acting)
    assert not leads_to_an_act(silent)
