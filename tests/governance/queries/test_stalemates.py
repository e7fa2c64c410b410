"""What the pages say of a round that is before the sponsor."""

from datetime import timedelta

from governance.operations.escalations import state_dissent
from governance.queries.stalemates import stalemate_of
from tests.gates import make_review
from tests.governance.stalemates import DISSENT, REASON, fall_silent, resolve
from tests.kept import kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@kept
def silent(noon):
    world, round_ = make_review(noon)
    return world, round_, fall_silent(world, round_, at=noon)


def barred(found):
    return {str(one.way): {blocker.code for blocker in one.blockers} for one in found.ways}


def test_the_sponsor_reads_what_may_be_decided_and_what_not_yet(silent):
    world, round_, late = silent

    now = stalemate_of(round_, world.cast.cleo, late + HOUR, is_sponsor=True)
    later = stalemate_of(round_, world.cast.cleo, late + 5 * DAY, is_sponsor=True)

    assert barred(now) == {
        "recycle": set(),
        "hold": set(),
        "kill": set(),
        "go": {"reply", "cooling"},
    }
    assert barred(later)["go"] == set()
    assert (now.cause, now.against) == ("silence", "people")
    assert now.go_from == now.case.reply_until


def test_others_read_what_was_said_and_have_no_way_to_choose(silent):
    world, round_, late = silent
    state_dissent(round_id=round_.pk, text=DISSENT, actor=world.cast.hana, at=late)

    found = stalemate_of(round_, world.cast.hana, late, is_sponsor=False)

    assert (found.ways, found.decided) == ((), None)
    assert [(one.side, one.text) for one in found.dissents] == [("people", DISSENT)]
    assert found.has_stated("people")
    assert not found.has_stated("technology")


def test_what_was_decided_stays_with_why(silent):
    world, round_, late = silent
    resolve(world.cast.cleo, round_.pk, "recycle", at=late)
    round_.refresh_from_db()

    found = stalemate_of(round_, world.cast.cleo, late + DAY, is_sponsor=True)

    assert (found.decided.way, found.decided.reason) == ("recycle", REASON)
    assert found.decided.name == world.cast.cleo.name
    assert found.ways == ()


def test_a_round_in_review_is_before_nobody(noon, db):
    world, round_ = make_review(noon)

    assert stalemate_of(round_, world.cast.cleo, noon, is_sponsor=True) is None
