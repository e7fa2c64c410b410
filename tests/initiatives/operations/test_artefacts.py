"""Saving slots: versions, authority, conflicts, and what reads the same."""

import pytest

from initiatives.choices import MemberRole, Standing
from initiatives.models import ArtefactVersion
from initiatives.operations.artefacts import SavingRefusedError, StaleVersionError, save_slot
from initiatives.operations.memberships import set_member
from initiatives.operations.stages import change_standing
from initiatives.queries.artefacts import current_texts
from initiatives.rules.slots import SlotRefusedError
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import _within, within
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError, RefusedError
from people.choices import Office, Side
from playbook.load import files
from tests.changes import appoint, end_term
from workforce.operations import add_role

TECH, PEOPLE, JOINT = "tech_landscape", "gaps_to_fill", "success_statement"


@pytest.fixture
def save(helper, noon):
    """Save a slot: save(actor, slot, raw, expected, **more)."""

    def saved(actor, slot, raw, expected=0, **more):
        return save_slot(
            actor=actor,
            initiative=helper,
            slot=slot,
            raw=raw,
            expected_version=expected,
            at=noon,
            **more,
        )

    return saved


@pytest.fixture
def raw():
    """Something to write into the slot's first text field, from the playbook itself."""
    return lambda slot, text="As we see it": {
        next(field.key for field in _slot(slot).fields if field.is_text): text
    }


def _slot(key):
    return files().slot(key)


def test_a_save_is_a_version_with_its_author_and_entry(save, raw, helper, cast):
    first = save(cast.tariq, TECH, raw(TECH, "Two systems"))
    second = save(cast.tariq, TECH, raw(TECH, "Three systems"), expected=1)

    assert (first.n, second.n) == (1, 2)
    text = current_texts(helper)[TECH]
    assert (text.n, text.side, [*text.clean.texts.values()]) == (
        2,
        Side.TECHNOLOGY,
        ["Three systems"],
    )
    entry = Entry.objects.filter(kind=Kind.SLOT_SAVED).latest("seq")
    assert b"Three systems" not in bytes(entry.body)
    assert b'"signed":true' in bytes(entry.body)


@pytest.mark.parametrize(
    ("who", "slot"),
    [
        ("tariq", TECH),
        ("ivo", TECH),
        ("petra", PEOPLE),
        ("hana", PEOPLE),
        ("tariq", JOINT),
        ("hana", JOINT),
    ],
)
def test_a_side_and_its_office_write_their_own_and_what_is_joint(save, raw, cast, who, slot):
    assert save(getattr(cast, who), slot, raw(slot)).n == 1


@pytest.mark.parametrize(
    ("who", "slot", "error"),
    [
        ("petra", TECH, ForbiddenError),
        ("hana", TECH, ForbiddenError),
        ("ivo", PEOPLE, ForbiddenError),
        ("cleo", JOINT, ForbiddenError),
        ("audrey", JOINT, ForbiddenError),
        ("ada", JOINT, ForbiddenError),
        ("kim", JOINT, ForbiddenError),
        ("erin", JOINT, NotVisibleError),
        ("otto", TECH, NotVisibleError),
    ],
)
def test_nobody_else_does(save, raw, cast, who, slot, error):
    with pytest.raises(error):
        save(getattr(cast, who), slot, raw(slot))

    assert not ArtefactVersion.objects.filter(slot=slot).exists()


def test_an_unknown_slot_is_not_there(save, cast):
    with pytest.raises(NotVisibleError):
        save(cast.petra, "no_such_slot", {})


def test_whoever_has_both_sides_writes_for_neither(helper, raw, cast, noon):
    end_term(actor=cast.ada, term=cast.term(cast.ivo), at=noon.replace(hour=13))
    appoint(
        actor=cast.ada, user=cast.petra, office=Office.CIO, title="CIO", at=noon.replace(hour=14)
    )

    with pytest.raises(ForbiddenError) as refused:
        save_slot(
            actor=cast.petra,
            initiative=helper,
            slot=PEOPLE,
            raw=raw(PEOPLE),
            expected_version=0,
            at=noon.replace(hour=15),
        )

    assert refused.value.codes == ("conflicted",)


def test_the_second_saver_gets_both_texts_and_overwrites_nothing(save, raw, helper, cast):
    save(cast.tariq, JOINT, raw(JOINT, "From forty to ten minutes"))

    with pytest.raises(StaleVersionError) as stale:
        save(cast.petra, JOINT, raw(JOINT, "From long to short"))

    assert [*stale.value.mine.texts.values()] == ["From long to short"]
    assert [*stale.value.current.clean.texts.values()] == ["From forty to ten minutes"]
    assert stale.value.slot.key == JOINT
    assert current_texts(helper)[JOINT].n == 1


def test_a_version_that_was_never_there_is_stale_too(save, raw, cast):
    with pytest.raises(StaleVersionError) as stale:
        save(cast.tariq, TECH, raw(TECH), expected=4)

    assert stale.value.current is None


def test_what_reads_the_same_makes_no_version_and_no_entry(save, raw, cast):
    first = save(cast.tariq, TECH, raw(TECH, "Café,  two systems"))
    entries = Entry.objects.count()

    again = save(cast.tariq, TECH, raw(TECH, "Cafe\u0301, two systems "), expected=1)

    assert again == first
    assert Entry.objects.count() == entries


def test_a_wrong_value_names_its_field(save, cast):
    with pytest.raises(SlotRefusedError) as refused:
        save(cast.petra, JOINT, {"nonsense": "x"})

    assert "nonsense" in refused.value.blockers[0].field


def test_the_problem_statement_keeps_its_copies_beside_the_initiative(save, helper, cast):
    save(
        cast.petra,
        "problem_statement",
        {"name": "Route helper", "problem": "Long routes.", "affected": "All drivers"},
        expected=1,
    )

    helper.refresh_from_db()
    assert (helper.name, helper.problem, helper.affected) == (
        "Route helper",
        "Long routes.",
        "All drivers",
    )
    assert "route helper" in helper.search
    assert helper.version == 2


def test_a_problem_statement_without_a_name_is_refused(save, cast):
    with pytest.raises(SlotRefusedError) as refused:
        save(cast.petra, "problem_statement", {"name": ""}, expected=1)

    assert {blocker.field for blocker in refused.value.blockers} == {
        "name",
        "problem",
        "affected",
    }


def test_who_asked_for_a_change_is_kept(save, raw, helper, cast):
    save(cast.tariq, JOINT, raw(JOINT), asked_for_by=cast.hana)

    assert current_texts(helper)[JOINT].asked_for_by == cast.hana


def test_a_slot_opens_with_its_stage(save, raw, cast):
    with pytest.raises(SavingRefusedError) as refused:
        save(cast.tariq, "exit_plan", raw("exit_plan"))

    assert refused.value.codes == ("not_open",)


def test_the_slots_of_a_resumption_are_open_while_paused_only(save, raw, helper, cast, noon):
    with pytest.raises(SavingRefusedError) as refused:
        save(cast.tariq, "resume_cause", raw("resume_cause"))
    change_standing(initiative=helper, standing=Standing.PAUSED, actor=cast.hana, at=noon)

    assert refused.value.codes == ("not_paused",)
    assert save(cast.tariq, "resume_cause", raw("resume_cause")).n == 1


def test_a_closed_initiative_stays_as_it_is(save, raw, helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    with pytest.raises(SavingRefusedError) as refused:
        save(cast.tariq, TECH, raw(TECH))

    assert refused.value.codes == ("over",)


def test_contributors_write_like_their_lead(save, raw, helper, cast, noon):
    set_member(
        actor=cast.tariq,
        initiative=helper,
        user=cast.max,
        side=Side.TECHNOLOGY,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )

    assert save(cast.max, TECH, raw(TECH)).author == cast.max


def test_a_refusal_inside_the_transaction_leaves_nothing(save, raw, cast):
    @within(Kind.SLOT_SAVED)
    def refuse(happening):
        assert happening.accepts_voids == [5]
        raise RefusedError(Blocker("voids", "This voids a signature."))

    try:
        with pytest.raises(RefusedError):
            save(cast.tariq, TECH, raw(TECH), accepts_voids=[5])
    finally:
        _within[Kind.SLOT_SAVED].remove(refuse)

    assert not ArtefactVersion.objects.filter(slot=TECH).exists()


def test_a_reference_names_somebody_who_is_here(save, reach, cast):
    reach(3)

    with pytest.raises(SlotRefusedError):
        save(cast.petra, "feedback_channel", {"answered_by": "999999"})
    saved = save(cast.petra, "feedback_channel", {"answered_by": str(cast.erin.pk)})

    assert saved.open == {"answered_by": str(cast.erin.pk)}


def test_a_reference_names_a_role_we_have(save, reach, cast, noon):
    reach(3)
    role = add_role(actor=cast.ada, name="Dispatcher", at=noon)
    rows = [{"speaker_role": str(role.pk)}]

    with pytest.raises(SlotRefusedError):
        save(cast.petra, "comms_plan", {"messages": [{"speaker_role": "999999"}]})

    assert save(cast.petra, "comms_plan", {"messages": rows}).open == {"messages": rows}
