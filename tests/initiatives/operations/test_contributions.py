from datetime import timedelta

import pytest

from initiatives.models import ArtefactVersion, Initiative
from initiatives.operations.artefacts import save_slot
from initiatives.operations.contributions import (
    Contribution,
    StaleContributionsError,
    to_write,
    write_contributions,
)
from initiatives.operations.import_rows import apply_import
from initiatives.rules.slots import SlotRefusedError
from journal.operations import erase_text
from kernel.refusals import ForbiddenError
from tests.initiatives.lists import in_csv
from tests.initiatives.operations.test_import_rows import confirmed

GAPS = {"fill_with_ai": "Finding who is free", "grow_people": "Talking with customers"}
ROOM = {"room": "enough"}


def typed(slot, raw, version=0):
    return Contribution(slot=slot, raw=raw, expected_version=version)


def found(helper, person, at, *contributions):
    return to_write(actor=person, initiative=helper, contributions=contributions, at=at)


def test_several_slots_are_written_in_one_go(helper, cast, noon):
    writings = found(
        helper,
        cast.petra,
        noon,
        typed("gaps_to_fill", GAPS),
        typed("change_room_now", ROOM),
    )

    write_contributions(initiative=helper, writings=writings, at=noon)

    versions = ArtefactVersion.objects.filter(slot__in=["gaps_to_fill", "change_room_now"])
    assert {(one.slot, one.n, one.author) for one in versions} == {
        ("gaps_to_fill", 1, cast.petra),
        ("change_room_now", 1, cast.petra),
    }


def test_what_reads_as_it_was_shown_is_left_alone(helper, cast, noon):
    shown = {"name": helper.name, "problem": helper.problem, "affected": helper.affected}
    measures = [{"metric": "tech.data_accuracy", "owner": "technology"}]
    measures += [{"metric": "people.admin_burden", "owner": "people"}]
    measures += [{"metric": "value.time_saved", "owner": "joint"}]

    assert not found(
        helper,
        cast.petra,
        noon,
        typed("gaps_to_fill", {}),
        typed("problem_statement", shown, version=1),
        typed("success_statement", {"measures": measures}),
    )


def test_a_slot_left_alone_never_clashes_with_who_wrote_it_meanwhile(helper, cast, noon):
    later = noon + timedelta(minutes=1)
    save_slot(
        actor=cast.petra,
        initiative=helper,
        slot="gaps_to_fill",
        raw=GAPS,
        expected_version=0,
        at=later,
    )

    assert not found(helper, cast.petra, later, typed("gaps_to_fill", {}))
    # Nor with the same words, typed twice.
    assert not found(helper, cast.petra, later, typed("gaps_to_fill", GAPS))


def test_words_that_were_erased_are_not_written_over_by_pressing_save(helper, cast, noon):
    version = save_slot(
        actor=cast.petra,
        initiative=helper,
        slot="gaps_to_fill",
        raw=GAPS,
        expected_version=0,
        at=noon,
    )
    erase_text(sealed=version.sealed, actor=cast.ada, reason="Asked", at=noon)

    assert not found(helper, cast.petra, noon, typed("gaps_to_fill", {}, version=1))
    assert found(helper, cast.petra, noon, typed("gaps_to_fill", GAPS, version=1))


def test_the_second_saver_gets_every_pair_of_texts_and_nothing_is_written(helper, cast, noon):
    for slot, raw in (("gaps_to_fill", GAPS), ("change_room_now", ROOM)):
        save_slot(
            actor=cast.petra,
            initiative=helper,
            slot=slot,
            raw=raw,
            expected_version=0,
            at=noon,
        )
    writings = found(
        helper,
        cast.petra,
        noon,
        typed("gaps_to_fill", {**GAPS, "grow_people": "Patience"}),
        typed("change_room_now", {"room": "tight"}),
        typed("skills_that_last", {"growing": "Judgement"}),
    )

    with pytest.raises(StaleContributionsError) as stale:
        write_contributions(initiative=helper, writings=writings, at=noon)

    assert [
        (one.slot.key, one.mine.value("room"), one.current.n) for one in stale.value.clashes
    ] == [("gaps_to_fill", "", 1), ("change_room_now", "tight", 1)]
    assert [one.field for one in stale.value.blockers] == ["gaps_to_fill", "change_room_now"]
    assert not ArtefactVersion.objects.filter(slot="skills_that_last").exists()


def test_every_value_that_cannot_be_kept_is_named_with_its_slot(helper, cast, noon):
    with pytest.raises(SlotRefusedError) as refused:
        found(
            helper,
            cast.petra,
            noon,
            typed("change_room_now", {"room": "endless"}),
            typed("workforce_evidence", {"people_asked": "many"}),
            typed("gaps_to_fill", GAPS),
        )

    assert [one.field for one in refused.value.blockers] == [
        "change_room_now.room",
        "workforce_evidence.people_asked",
    ]


def test_nobody_writes_the_half_of_the_other_side(helper, cast, noon):
    with pytest.raises(ForbiddenError):
        found(helper, cast.tariq, noon, typed("gaps_to_fill", GAPS))


def test_what_a_list_said_is_left_alone_or_made_whole(cast, noon):
    content = in_csv([("Name", "Purpose"), ("Router", "Sorts mail"), ("Sorter", "")])
    apply_import(source_id=confirmed(cast.ada, noon, content).pk, clock=lambda: noon)
    listed = Initiative.objects.get(name="Router")
    said = {"name": "Router", "problem": "Sorts mail", "affected": ""}

    left = found(listed, cast.hana, noon, typed("problem_statement", said))
    with pytest.raises(SlotRefusedError) as refusal:
        found(listed, cast.hana, noon, typed("problem_statement", said | {"problem": "Late mail"}))
    whole = found(listed, cast.hana, noon, typed("problem_statement", said | {"affected": "Post"}))

    assert left == []
    assert refusal.value.codes == ("affected_missing",)
    assert [one.slot.key for one in whole] == ["problem_statement"]
