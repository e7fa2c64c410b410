"""The clock reminds and asks the sponsor; it never approves, and does each thing once."""

from datetime import timedelta

import pytest

from governance.models import Dissent, Escalation, Passage, Reminder
from governance.operations.calendars import go_away
from governance.operations.escalations import (
    DissentRefusedError,
    state_dissent,
    watch_review,
    watch_reviews,
)
from governance.operations.refusals import contest_decline
from governance.operations.rounds import submit_round
from governance.operations.signatures import withdraw_signature
from governance.operations.stops import pause_initiative
from governance.queries.escalations import asked_before, case_of, kept_reply, reply_ends
from governance.queries.mails import mails_about
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Entry
from playbook.editions import current
from tests.gates import ask_for_changes, make_review, sign
from tests.governance.stalemates import DISSENT, REASON, change_days, decline, fall_silent
from tests.kept import kept
from tests.people.journal_reading import last_entry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@kept
def review(noon):
    return make_review(noon)


def steps(side="people"):
    return [*Reminder.objects.filter(side=side).order_by("pk").values_list("step", flat=True)]


def told():
    return sorted(one.to.split("@")[0] for one in mails_about(last_entry()))


def test_a_side_is_reminded_once_at_each_step_and_at_the_end_the_sponsor_is_told(review, noon):
    """Five days of eight hours from Thursday 13:00 in Berlin: half of it is Tuesday at 9:00."""
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    for at, said, to in (
        (noon + 4 * DAY + 3 * HOUR, [], None),
        (noon + 5 * DAY, [50], ["hana"]),
        (noon + 5 * DAY + HOUR, [50], None),
        (noon + 6 * DAY + HOUR, [50, 80], ["hana"]),
        (noon + 7 * DAY + HOUR, [50, 80, 100], ["cleo", "hana"]),
        (noon + 8 * DAY, [50, 80, 100], None),
    ):
        before = Entry.objects.count()
        assert watch_reviews(at=at) == (to is not None)
        assert steps() == said
        assert steps("technology") == []
        assert to == (told() if Entry.objects.count() > before else None)

    assert not Passage.objects.exists()


def test_after_a_standstill_all_steps_are_noted_and_one_mail_is_sent(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    assert watch_review(round_id=round_.pk, at=noon + 7 * DAY + HOUR)
    assert not watch_review(round_id=round_.pk, at=noon + 7 * DAY + HOUR)

    assert steps() == [50, 80, 100]
    assert Entry.objects.filter(kind=Kind.ANSWER_REMINDED).count() == 1


def test_the_clock_of_a_signer_who_is_away_rests(review, noon):
    world, round_ = review
    go_away(
        starts_on=(noon + DAY).date(),
        ends_on=(noon + 11 * DAY).date(),
        actor=world.cast.hana,
        at=noon,
    )

    watch_review(round_id=round_.pk, at=noon + 8 * DAY)

    assert steps("technology") == [50, 80, 100]
    assert steps() == []


def test_while_paused_nobody_is_reminded(review, noon):
    world, round_ = review
    pause_initiative(
        initiative=world.initiative, reason="Complaints came in.", actor=world.cast.ivo, at=noon
    )

    assert not watch_review(round_id=round_.pk, at=noon + 20 * DAY)


def test_when_one_signed_and_the_other_keeps_silent_the_sponsor_is_asked_once(review, noon):
    world, round_ = review
    fall_silent(world, round_, at=noon)

    row = Escalation.objects.get()
    assert (round_.state, row.cause, row.against) == ("escalated", "silence", "people")
    assert told() == ["cleo", "hana", "ivo"]
    assert not watch_review(round_id=round_.pk, at=noon + 13 * DAY)
    assert watch_reviews(at=noon + 13 * DAY) == 0


def test_where_nobody_signed_nobody_is_overruled(review, noon):
    _, round_ = review

    watch_review(round_id=round_.pk, at=noon + 20 * DAY)

    assert not Escalation.objects.exists()


def test_the_silent_side_may_still_sign_which_passes_it(review, noon):
    world, round_ = review
    late = fall_silent(world, round_, at=noon)

    sign(world.cast.hana, round_.pk, at=late)

    assert Passage.objects.get().resolution == "cosign"


def test_the_third_time_a_side_asks_for_changes_the_sponsor_is_asked(review, noon, criterion):
    world, round_ = review
    second = ask(world, round_, noon, criterion)
    third = ask(world, second, noon, criterion)
    sign(world.cast.ivo, third.pk, at=noon)

    same = ask(world, third, noon, criterion)

    assert (same.pk, same.state) == (third.pk, "escalated")
    assert case_of(same).cause == "changes"
    assert asked_before(same) == ["people", "people"]
    assert told() == ["cleo", "ivo"]


@pytest.fixture
def criterion(review):  # there is a playbook in force
    return current().criteria_of("1")[0].key


def ask(world, round_, at, criterion):
    points = {criterion: "Say who answers appeals, and in how many days."}
    draft = ask_for_changes(world.cast.hana, round_.pk, points, at=at)
    if draft.pk != round_.pk:
        draft = submit_round(round_id=draft.pk, actor=world.cast.petra, at=at)
    return draft


def test_each_side_states_its_dissent_once_and_no_word_of_it_is_hashed_in_clear(review, noon):
    world, round_ = review
    late = fall_silent(world, round_, at=noon)

    state_dissent(round_id=round_.pk, text=f" {DISSENT} ", actor=world.cast.hana, at=late)

    assert Dissent.objects.get().sealed.text == DISSENT
    assert b"appeal" not in bytes(last_entry().body)
    assert told() == ["cleo", "ivo"]
    for person, text in ((world.cast.hana, DISSENT), (world.cast.petra, DISSENT)):
        with pytest.raises(DissentRefusedError):
            state_dissent(round_id=round_.pk, text=text, actor=person, at=late)


def test_a_decline_against_a_signature_is_a_case_too_since_it_was_made(review, noon):
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    row = decline(world.cast.hana, round_, at=noon + HOUR)
    round_.refresh_from_db()

    case = case_of(round_)

    assert (case.cause, case.against) == ("declined", "people")
    assert case.escalated_at == row.signature.signed_at
    assert case.reply_until.date() == (noon + 4 * DAY).date()  # over a weekend
    withdraw_signature(signature_id=signature.pk, reason="Late.", actor=world.cast.ivo, at=noon)
    assert case_of(round_) == case


def test_nobody_puts_the_answer_off_by_going_away_afterwards(review, noon):
    world, round_ = review
    late = fall_silent(world, round_, at=noon)
    before = case_of(round_).reply_until
    day = late.date()
    go_away(starts_on=day, ends_on=day + 5 * DAY, actor=world.cast.hana, at=late + HOUR)

    assert case_of(round_).reply_until == before


@pytest.mark.parametrize("how", ["silence", "declined", "contested"])
def test_whatever_days_are_changed_later_the_time_to_answer_is_kept(review, noon, how):
    world, round_ = review
    late = noon + HOUR
    if how == "silence":
        late = fall_silent(world, round_, at=noon)
    elif how == "declined":
        sign(world.cast.ivo, round_.pk, at=noon)
        late = decline(world.cast.hana, round_, at=late).signature.signed_at
    else:
        row = decline(world.cast.hana, round_, at=noon)
        contest_decline(decline_id=row.pk, reason=REASON, actor=world.cast.ivo, at=late)
    round_.refresh_from_db()
    before = case_of(round_)

    change_days(world, late)

    assert before.cause == how
    assert case_of(round_) == before
    assert kept_reply(round_) == before.reply_until
    assert reply_ends(round_, "people", late) > before.reply_until


def test_of_what_is_older_the_time_to_answer_is_counted_again(review, noon):
    _, round_ = review

    asked_before_it_was_kept(round_, noon)

    assert kept_reply(round_) is None
    assert case_of(round_).reply_until == reply_ends(round_, "people", noon)


@act
def asked_before_it_was_kept(round_, at):
    row = Escalation.objects.create(
        round=round_, cause="silence", against="people", escalated_at=at
    )
    round_.state = "escalated"
    round_.save(update_fields=["state"])
    record(Kind.ROUND_ESCALATED, actor="clock", subject=row, thread=round_.initiative, at=at)


def test_a_round_in_review_is_no_case(review):
    assert case_of(review[1]) is None
    assert kept_reply(review[1]) is None
