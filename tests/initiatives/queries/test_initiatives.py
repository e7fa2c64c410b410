"""The two voices page: who wrote what, what is missing, what one may edit, in few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.choices import Stage, Standing
from initiatives.operations.artefacts import save_slot
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.operations.stages import change_standing
from initiatives.queries.artefacts import current_texts, slot_named, versions
from initiatives.queries.initiatives import initiative_page, slot_view
from initiatives.queries.visibility import get_initiative
from journal.models import Sealed
from journal.operations import erase_text
from kernel.refusals import NotVisibleError
from people.choices import Side
from playbook.editions import current
from playbook.load import files

TODAY = date(2026, 12, 3)


@pytest.fixture
def page(helper, cast, may):
    def read(person=cast.petra):
        authority = may(person)
        initiative = get_initiative(helper.number, authority)
        return initiative_page(initiative, authority=authority, playbook=current(), on=TODAY)

    return read


@pytest.fixture
def write(helper, noon):
    def writing(actor, slot, text="As we see it", n=0):
        key = next(field.key for field in files().slot(slot).fields if field.is_text)
        return save_slot(
            actor=actor,
            initiative=helper,
            slot=slot,
            raw={key: text},
            expected_version=n,
            at=noon,
        )

    return writing


def views(voices):
    return {view.slot.key: view for stage in voices.stages for view in stage.slots}


def test_each_voice_has_its_slots_its_author_and_what_is_missing(page, write, cast):
    write(cast.tariq, "tech_landscape")

    seen = page()
    first = seen.stages[0]

    assert first.stage == Stage.PROBLEM
    assert "tech_landscape" in [view.slot.key for view in first.technology]
    assert "gaps_to_fill" in [view.slot.key for view in first.people]
    assert "success_statement" in [view.slot.key for view in first.joint]
    assert views(seen)["tech_landscape"].text.author == cast.tariq
    assert views(seen)["gaps_to_fill"].text is None
    assert not views(seen)["gaps_to_fill"].is_complete
    assert seen.leads[Side.TECHNOLOGY].user == cast.tariq


def test_one_edits_what_is_open_and_of_the_own_side(page, cast, reach):
    def editable(person):
        return {key for key, view in views(page(person)).items() if view.may_edit}

    assert {"gaps_to_fill", "success_statement"} <= editable(cast.petra)
    assert "tech_landscape" not in editable(cast.petra)
    assert "exit_plan" not in editable(cast.tariq)
    assert editable(cast.cleo) == set()
    reach(2)
    assert {"exit_plan", "tech_landscape"} <= editable(cast.tariq)


def test_a_pause_opens_what_a_resumption_needs(page, helper, cast, noon):
    assert not any(view.is_open for view in page().resume)

    change_standing(initiative=helper, standing=Standing.PAUSED, actor=cast.hana, at=noon)

    assert [view.may_edit for view in page().resume] == [True] * 3


def test_stale_evidence_completes_nothing(page, helper, cast, noon):
    for number in range(2):
        add_evidence_attestation(
            actor=cast.petra,
            initiative=helper,
            slot="problem_statement",
            title=f"Interview {number}",
            note="I was there",
            valid_until=TODAY,
            at=noon,
        )
    authority_page = page()
    fresh = {one.field for one in views(authority_page)["problem_statement"].missing}
    later = slot_view(
        helper,
        files().slot("problem_statement"),
        part=authority_page.part,
        playbook=files(),
        on=date(2026, 12, 4),
    )

    assert "sources" not in fresh
    assert "sources" in {one.field for one in later.missing}
    assert len(views(authority_page)["problem_statement"].evidence) == 2


def test_the_page_asks_as_often_for_one_version_as_for_thirty(page, write, helper, cast, noon):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            page()
        return len(seen)

    few = queries()
    for slot in files().slots_of(1):
        actor = cast.tariq if slot.side == "technology" else cast.petra
        if slot.key != "problem_statement" and any(field.is_text for field in slot.fields):
            write(actor, slot.key)
            write(actor, slot.key, "Seen again", 1)
        add_evidence_attestation(
            actor=actor,
            initiative=helper,
            slot=slot.key,
            title="Seen",
            note="I was there",
            at=noon,
        )

    assert queries() == few <= 8


def test_versions_are_told_newest_first_with_what_changed(write, helper, cast):
    write(cast.tariq, "tech_landscape", "Two systems")
    write(cast.tariq, "tech_landscape", "Three systems", 1)

    newest, oldest = versions(helper, files().slot("tech_landscape"))

    assert (newest.text.n, oldest.text.n) == (2, 1)
    assert [(one.before, one.after) for one in newest.changes] == [("Two systems", "Three systems")]
    assert [one.before for one in oldest.changes] == [""]


def test_an_erased_version_is_shown_as_erased(write, helper, cast, noon):
    write(cast.tariq, "tech_landscape", "Two systems")
    write(cast.tariq, "tech_landscape", "Three systems", 1)
    text = current_texts(helper)["tech_landscape"]
    erase_text(
        sealed=Sealed.objects.get(pk=text.commitment), actor=cast.ada, reason="Asked", at=noon
    )

    assert current_texts(helper)["tech_landscape"].clean is None
    newest, oldest = versions(helper, files().slot("tech_landscape"))
    assert newest.changes == ()
    assert oldest.text.clean is not None
    assert write(cast.tariq, "tech_landscape", "Three systems", 2).n == 3


def test_a_slot_that_the_playbook_has_not_is_not_there():
    with pytest.raises(NotVisibleError):
        slot_named(files(), "no_such_slot")
