"""The demonstration, loaded once: what it promises to show is there, and the record is intact."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase

from demonstration.loading import PASSWORD, email_of, play, prepared, standing
from demonstration.shapes import StoryError
from demonstration.world import slot_named
from governance.choices import ReturnReason, RoundState, VoidCause
from governance.models import (
    Breach,
    ChangeRequest,
    Commitment,
    Decline,
    Delegation,
    GateSide,
    Reading,
    Round,
    Settlement,
    Signature,
    Void,
)
from governance.operations.founding import found_organisation
from governance.queries.desk import piles
from governance.queries.waiting import waiting
from initiatives.choices import Standing
from initiatives.models import Initiative, Note, NoteUse, Question
from initiatives.queries.artefacts import versions
from initiatives.queries.decision_logs import figures_of
from initiatives.queries.involvement import involvement_of, with_involvement
from initiatives.queries.priorities_page import priorities_page
from initiatives.queries.rapid_reads import reads_page
from initiatives.queries.shortlists import shortlists
from initiatives.rules.slots import clean_slot, is_same
from journal.models import Entry, Installation
from journal.verification import verify
from people.logins import authority_known, get_login
from people.models import User
from people.queries import authority_of, seat_holders
from playbook.editions import current

AT = datetime(2026, 12, 3, 14, tzinfo=UTC)


def command(*words: str) -> str:
    out = StringIO()
    call_command("demonstration", *words, stdout=out)
    return out.getvalue()


class TestLoaded(TestCase):
    """One loading for all of these: it is long, and nothing here changes it."""

    @classmethod
    def setUpTestData(cls):
        cls.world, company, events = prepared(AT)
        cls.progress = list(play(cls.world, company, events))
        cls.company = company

    def initiative(self, code: str) -> Initiative:
        return self.world.initiatives[code]

    def rounds(self, code: str, gate: str) -> list[Round]:
        return list(Round.objects.filter(initiative=self.initiative(code), gate=gate).order_by("n"))

    def signed(self, round_: Round) -> set[str]:
        live = GateSide.objects.filter(round=round_, live_signature__isnull=False)
        return set(live.values_list("side", flat=True))

    def test_it_is_a_demonstration_for_ever(self):
        assert Installation.objects.get().is_demo
        assert standing() == "whole"

    def test_the_record_is_intact(self):
        assert list(verify()) == []

    def test_each_has_the_number_of_its_tale(self):
        assert all(one.code == code for code, one in self.world.initiatives.items())

    def test_time_never_goes_back_nor_ahead(self):
        moments = list(Entry.objects.order_by("seq").values_list("at", flat=True))
        assert all(one <= later for one, later in pairwise(moments))
        assert moments[-1] < AT

    def test_progress_ends_at_a_hundred(self):
        percents = [step.percent for step in self.progress]
        assert percents == sorted(percents)
        assert percents[-1] == 100

    def test_every_text_opens_as_it_was_written(self):
        opened = {
            (code, view.text.slot, view.text.n): view.text.clean
            for code, initiative in self.world.initiatives.items()
            for slot in {one.slot for one in self.world.written if one.code == code}
            for view in versions(initiative, slot_named(slot))
        }
        assert len(self.world.written) > 250
        for one in self.world.written:
            slot = slot_named(one.slot)
            clean = opened[one.code, one.slot, one.n]
            assert is_same(clean, clean_slot(slot, self.world.raw(slot, one.raw))), one

    def test_stages_are_those_of_the_story(self):
        stages = dict(Initiative.objects.order_by("number").values_list("number", "stage"))
        assert list(stages.values()) == [4, 3, 2, 4, 2, 4, 3, 4, 1, 1, 1]

    def test_gate_4_waits_for_people_who_read_an_older_text(self):
        first, second = self.rounds("AI-001", "4")
        assert (first.state, first.reason) == (RoundState.RETURNED, ReturnReason.CONTENT_CHANGED)
        assert second.state == RoundState.IN_REVIEW
        assert self.signed(second) == {"technology"}
        read = Reading.objects.filter(reader=self.world.people["maren"])
        assert read.filter(snapshot=first.snapshot).exists()
        assert not read.filter(snapshot=second.snapshot).exists()
        assert first.snapshot.digest != second.snapshot.digest

    def test_gate_1_waits_for_technology_which_asked_three_times_for_changes(self):
        *returned, last = self.rounds("AI-009", "1")
        assert ChangeRequest.objects.filter(round__in=returned, side="technology").count() == 3
        # The third time goes to the sponsor (T12), until the text is changed.
        reasons = [ReturnReason.CHANGES_REQUESTED] * 2 + [ReturnReason.CONTENT_CHANGED]
        assert [one.reason for one in returned] == reasons
        assert last.state == RoundState.IN_REVIEW
        assert self.signed(last) == {"people"}

    def test_scores_agree_differ_wait_and_are_given_by_one_side_alone(self):
        order = priorities_page(authority_of(self.world.people["maren"], AT))
        rows = {row.initiative.code: row for row in order.rows}
        assert len(rows) == 8
        assert not rows["AI-004"].reveal.to_discuss
        assert rows["AI-009"].reveal.to_discuss
        assert not rows["AI-009"].open_differences
        assert rows["AI-009"].move.reason
        assert rows["AI-003"].open_differences == 1
        assert rows["AI-003"].reveal.scoring.n == 2
        (waiting,) = order.waiting
        assert waiting.initiative.code == "AI-010"
        assert (waiting.technology, waiting.people) == (6, 0)

    def test_a_shortlist_is_agreed_by_both(self):
        (agreed,) = shortlists(None)
        assert agreed.is_in_force
        assert {one.code for one in agreed.initiatives} == {"AI-004", "AI-009"}

    def test_one_signature_is_void_and_the_gate_waits_again(self):
        first, second = self.rounds("AI-006", "4")
        void = Void.objects.get(signature__round=first)
        assert void.cause == VoidCause.CONTENT_CHANGED
        assert void.signature.side == "people"
        assert second.state == RoundState.IN_REVIEW
        assert self.signed(second) == set()

    def test_the_sides_disagree_in_the_fifth_round(self):
        *returned, last = self.rounds("AI-003", "2")
        assert [one.reason for one in returned] == [ReturnReason.CHANGES_REQUESTED] * 4
        assert last.state == RoundState.ESCALATED
        assert self.signed(last) == {"technology"}

    def test_one_gate_is_declined_for_good_and_uncontested(self):
        decline = Decline.objects.get(is_final=True)
        round_ = decline.signature.round
        assert (round_.initiative.code, round_.gate) == ("AI-005", "2")
        assert (decline.code, round_.state) == ("ethical_boundary", RoundState.DECLINED)
        assert not hasattr(decline, "contest")

    def test_one_is_paused_and_shows_two_breaches(self):
        paused = Initiative.objects.get(standing=Standing.PAUSED)
        assert paused.code == "AI-002"
        facts = dict(paused.facts.values_list("kind", "breach"))
        assert facts == {
            "vendor_commitment": "gate_not_passed",
            "launch_set": "gate_not_passed",
        }
        involved = involvement_of(with_involvement(Initiative.objects.filter(pk=paused.pk)).get())
        assert -86 <= involved.lead_days <= -82

    def test_conditions_became_commitments(self):
        own = Commitment.objects.filter(passage__round__initiative=self.initiative("AI-004"))
        hard, dated = own.order_by("pk")
        assert (hard.kind, dated.kind) == ("hard", "dated")
        assert hard.closure.by == self.world.people["tobias"]
        assert not hasattr(dated, "closure")
        assert dated.due_on > AT.date()

    def test_the_pilot_has_no_launch_and_a_draft_that_is_not_ready(self):
        initiative = self.initiative("AI-007")
        assert not initiative.facts.filter(kind="launch_set").exists()
        (draft,) = self.rounds("AI-007", "3")
        assert draft.state == RoundState.DRAFT

    def test_one_looks_for_a_counterpart(self):
        leads = self.initiative("AI-010").memberships.leads()
        assert [lead.side for lead in leads] == ["technology"]
        assert self.rounds("AI-010", "1") == []

    def test_every_signature_was_given_by_its_key_with_the_password(self):
        holders = {str(side): seat.user for side, seat in seat_holders(AT).items()}
        for signature in Signature.objects.select_related("signer"):
            assert signature.signer == holders[signature.side]
            assert signature.step_up["method"] == "password"

    def test_whoever_is_listed_signs_in_with_the_password_and_nobody_else_does(self):
        assert User.objects.count() == len(self.company.people)
        for person in self.company.people:
            user = User.objects.get(email=email_of(person))
            assert user.check_password(PASSWORD) is bool(person.here_for)

    def test_the_condition_that_was_not_met_came_up_to_the_sponsor(self):
        breach = Breach.objects.get()
        sponsor = authority_of(User.objects.get(email="priya@harrowgate.example"), AT)
        assert breach.commitment.passage.round.initiative.code == "AI-007"
        assert timedelta(days=0) < breach.breached_at.date() - breach.due_on < timedelta(days=5)
        waits = waiting(sponsor, current(), today=AT.date(), at=AT, limit=5)
        assert [one.code for one in waits.conditions] == ["AI-007"]

    def test_one_disagreement_is_with_the_sponsor_and_both_settled_another(self):
        sponsor = authority_of(User.objects.get(email="priya@harrowgate.example"), AT)
        [late] = waiting(sponsor, current(), today=AT.date(), at=AT, limit=5).disagreements
        assert (late.code, late.is_late, late.silent) == ("AI-003", True, None)
        settled = Settlement.objects.get()
        assert settled.way == "agreed"
        assert settled.disagreement.round.initiative.code == "AI-007"

    def test_one_rapid_read_waits_for_technology_and_one_is_due_again(self):
        maren = self.world.person("maren")
        found = reads_page(authority_of(maren, AT), on=AT.date())

        assert [one.name for one in found.reads] == [
            "Parts lists read off a drawing",
            "Meeting summaries by a device in the room",
        ]
        assert (found.open, found.again, found.overdue) == (1, 1, 0)
        first = found.reads[0]
        assert (first.decision.outcome, first.decision.side) == ("try_it", "people")
        assert [half.open for half in first.halves] == [0, 1]

    def test_somebody_signs_for_the_cio_while_he_is_away(self):
        row = Delegation.objects.accepted().get()
        assert (row.by, row.to) == (self.world.people["tobias"], self.world.people["elena"])
        found = piles(authority_known(get_login(row.to_id), AT), current())
        assert [(one.code, one.gate) for one in found.mine.gates] == [("AI-009", "1")]

    def test_both_sides_signed_not_to_use_ai(self):
        left_out = Initiative.objects.get(number=11)
        assert (left_out.standing, left_out.stage) == (Standing.NO_AI, 1)
        assert [one.state for one in self.rounds("AI-011", "1")] == [RoundState.PASSED]

    def test_both_sides_talk_beside_the_content(self):
        asked = Question.objects.open().order_by("initiative__number")
        assert [one.initiative.code for one in asked] == ["AI-001", "AI-009"]
        assert Question.objects.get(initiative__number=4).closed_at
        assert NoteUse.objects.get().initiative.code == "AI-009"
        assert Note.objects.filter(uses=None).count() == 1

    def test_what_the_ai_took_part_in_was_logged(self):
        figures = figures_of(self.initiative("AI-001"))
        assert (figures.total, figures.alone) == (16, 2)
        assert (figures.override_rate, figures.unknown) == ("21%", 2)

    @pytest.mark.untraced
    def test_a_second_run_changes_nothing(self):
        before = Entry.objects.count()
        assert "is there already" in command()
        assert Entry.objects.count() == before

    def test_the_sign_ins_are_printed(self):
        said = command("--sign-ins")
        assert PASSWORD in said
        assert "maren@harrowgate.example" in said
        assert "tobias@harrowgate.example" in said


@pytest.mark.django_db
def test_a_real_installation_is_left_alone():
    found_organisation(
        organisation="Somebody Real",
        zone="Europe/Berlin",
        currency="EUR",
        email="a@example.com",
        name="Ada Real",
        password="an-honest-password",
        at=AT,
    )
    before = Entry.objects.count()
    with pytest.raises(CommandError, match="founded for real"):
        command()
    assert command("--sign-ins") == ""
    assert command("--if-empty") == ""
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_one_that_was_broken_off_says_so_and_how_to_start_over():
    world, company, events = prepared(AT)
    playing = play(world, company, events)
    for _ in range(len(company.people) + 1):
        next(playing)
    playing.close()
    before = Entry.objects.count()
    for words in ((), ("--sign-ins",)):
        with pytest.raises(CommandError, match="Start over"):
            command(*words)
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_step_that_is_refused_is_named_with_its_place():
    world, company, events = prepared(AT)
    spoilt = [event for event in events if event.do != "join"]
    with pytest.raises(StoryError, match=r"^ai_001\.yaml:\d+: write: "):
        list(play(world, company, spoilt))


@pytest.mark.django_db
def test_it_loads_from_the_command_and_tells_how_far_it_is(monkeypatch):
    def short(at):
        world, company, events = prepared(at)
        return world, company, events[:1]

    monkeypatch.setattr("governance.management.commands.demonstration.prepared", short)
    said = command()
    assert "100 %" in said
    assert "The demonstration is loaded." in said
    assert standing() == "whole"
