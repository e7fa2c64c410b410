"""A page of the joint order: of what one reads, with the places that count over everything."""

import pytest

from initiatives.operations.discussions import discuss_difference
from initiatives.operations.opportunities import give_scores, score_again
from initiatives.operations.rankings import move_initiative
from initiatives.operations.shortlists import answer_shortlist, propose_shortlist
from initiatives.queries import priorities_page as pages
from initiatives.queries.days import home_day
from initiatives.queries.priorities_page import move_page, priorities_page
from kernel.calendars import quarter_of
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.queries import authority_of
from tests.gates import company, make_world, score
from tests.kept import kept

REASON = "It unblocks the others."


@kept
def cast(noon):
    return company(noon)


@kept
def worlds(cast, noon):
    """Two scored initiatives, the second better; a third one that only Technology has scored."""
    found = [make_world(noon, cast=cast, name=f"Helper {n}") for n in range(3)]
    score(found[0], at=noon, technology={"value": 1})
    score(found[1], at=noon)
    give_scores(actor=cast.tariq, initiative=found[2].initiative, values={"value": 1}, n=1, at=noon)
    return found


@pytest.fixture
def shown(worlds, noon):
    """The page of somebody: shown(cast.hana)."""
    return lambda person, **place: priorities_page(authority_of(person, noon), **place)


def test_each_row_tells_how_both_sides_see_it(shown, worlds, cast, noon):
    first, second, _ = (world.initiative for world in worlds)
    move_initiative(actor=cast.hana, initiative=first, place=1, reason=REASON, at=noon)
    score_again(actor=cast.ivo, initiative=second, reason=REASON, at=noon)
    listed = propose_shortlist(
        actor=cast.ivo, quarter=quarter_of(home_day(noon)), chosen=[first.pk], at=noon
    )
    answer_shortlist(actor=cast.hana, shortlist_id=listed.pk, is_agreed=True, at=noon)

    rows = shown(cast.cleo).rows

    assert [(row.place, row.initiative) for row in rows] == [(1, first), (2, second)]
    assert (rows[0].move.name, rows[0].move.reason) == (cast.hana.name, REASON)
    assert rows[1].move is None
    assert [row.open_differences for row in rows] == [1, 0]
    assert [row.is_scored_again for row in rows] == [False, True]
    assert rows[0].quarters == (quarter_of(home_day(noon)),)
    assert rows[0].initiative.unit.name == "Dispatch"

    discuss_difference(actor=cast.petra, initiative=first, criterion="value", text=REASON, at=noon)
    move_initiative(actor=cast.ivo, initiative=first, place=None, reason=REASON, at=noon)

    assert shown(cast.cleo).rows[1].open_differences == 0
    assert shown(cast.cleo).rows[1].move is None


def test_a_lead_reads_the_own_ones_with_their_places_and_an_employee_nothing(
    shown, worlds, cast, noon
):
    worlds[1].initiative.memberships.filter(user=cast.tariq).update(until=noon)

    page = shown(cast.tariq)

    assert [row.place for row in page.rows] == [2]
    assert page.total == 1
    with pytest.raises(NotVisibleError):
        shown(cast.erin)


def test_a_scorer_is_told_what_waits_by_counts_alone(shown, worlds, cast):
    for person in (cast.hana, cast.ivo, cast.petra, cast.tariq):
        (waiting,) = shown(person).waiting
        assert waiting.initiative == worlds[2].initiative
        assert (waiting.technology, waiting.people, waiting.is_again) == (1, 0, False)
    for person in (cast.cleo, cast.kim, cast.audrey, cast.ada):
        assert shown(person).waiting == ()


def test_a_long_order_is_shown_page_by_page(shown, cast, monkeypatch):
    monkeypatch.setattr(pages, "ON_A_PAGE", 1)
    monkeypatch.setattr(pages, "TO_SCORE", 0)

    page = shown(cast.hana, start=1)

    assert ([row.place for row in page.rows], page.total, page.end) == ([2], 2, 2)
    assert (page.waiting, page.has_more_waiting) == ((), True)
    assert shown(cast.hana, start=9).rows == ()


def test_whoever_moves_it_sees_where_the_scores_put_it(worlds, cast, noon):
    first, second, third = (world.initiative for world in worlds)
    move_initiative(actor=cast.hana, initiative=first, place=1, reason=REASON, at=noon)

    found = move_page(first)

    assert (found.place, found.proposed, found.total) == (1, 2, 2)
    assert found.move.side == Side.PEOPLE
    assert move_page(second).move is None
    assert move_page(third).place is None
