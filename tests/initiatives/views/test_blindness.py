"""Before both sides are shown, nothing that one of them gave leaves the server for anybody else.

Every door is tried twice, over two scorings that differ in nothing but their values: what comes
out must be the same to the last byte, save what is random or drawn from the chain of entries.
"""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from governance.operations.rounds import open_round
from governance.queries.exports import csv_lines, json_lines, last_entry
from initiatives.choices import MemberRole
from initiatives.models import Score
from initiatives.operations.memberships import set_member
from initiatives.operations.opportunities import give_scores
from journal.models import Entry
from journal.rows import row_digest
from people.choices import Side
from playbook.editions import current
from tests.architecture.test_access import rolled_back
from tests.gates import make_world, score
from tests.kept import kept

DOORS = (
    "/",
    "/initiatives/AI-001/",
    "/initiatives/AI-001/history/",
    "/initiatives/AI-001/scores/",
    "/initiatives/AI-001/rank/",
    "/priorities/",
    "/priorities/shortlist/",
    "/portfolio/",
    "/portfolio/?view=table",
    "/portfolio/?view=table&text=dispatch",
    "/search/?q=dispatch",
    "/record/",
    "/record/journal/",
    "/record/journal/?kind=scores.given",
    "/gates/{gate}/",
)
BLIND_TO_TECHNOLOGY = ("petra", "hana", "max", "cleo", "kim", "audrey", "ada", "otto", "erin")
# What is drawn anew each time: secrets of forms, fingerprints of the chain, numbers of rows.
RANDOM = re.compile(
    r"[0-9a-f]{8,64}|csrfmiddlewaretoken\W+value=\W[A-Za-z0-9]+|X-CSRFToken\W+[A-Za-z0-9]+"
    r"|initiatives\.scor\w+:\d+"
)

pytestmark = pytest.mark.untraced


@kept
def world(noon):
    """An initiative in which Max contributes for People, and another one that is scored whole."""
    world = make_world(noon)
    set_member(
        actor=world.cast.petra,
        initiative=world.initiative,
        user=world.cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )
    score(make_world(noon, cast=world.cast, name="Invoice reader"), at=noon)
    open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    return world


def give(world, at, **values):
    whole = {one.key: 3 for one in current().scoring.of(Side.TECHNOLOGY)} | values
    give_scores(actor=world.cast.tariq, initiative=world.initiative, values=whole, n=1, at=at)


def out_of_every_door(world):
    """Return what everybody but Technology gets, by person and door."""
    gate = world.initiative.rounds.get().pk
    found = {}
    for who in BLIND_TO_TECHNOLOGY:
        client = Client()
        client.force_login(getattr(world.cast, who))
        for door in DOORS:
            answer = client.get(door.format(gate=gate))
            found[who, door] = (
                answer.status_code,
                RANDOM.sub("~", answer.content.decode()),
                len(answer.content),
            )
    until = last_entry()
    found["export", "csv"] = RANDOM.sub("~", "".join(csv_lines(until)))
    found["export", "json"] = RANDOM.sub("~", "".join(json_lines(until)))
    return found


def test_no_door_tells_a_value_before_both_are_shown(world, noon):
    at = noon + timedelta(hours=1)
    seen = []
    for value in (1, 5):
        with rolled_back():
            give(world, at, value=value, reversibility=value, technical_feasibility=value)
            seen.append(out_of_every_door(world))

    low, high = seen
    differing = [door for door in low if low[door] != high[door]]
    assert not differing, differing[:5]
    assert {low[who, "/initiatives/AI-001/scores/"][0] for who in BLIND_TO_TECHNOLOGY} == {200, 404}
    assert "6 of 6, complete" in low["hana", "/initiatives/AI-001/scores/"][1]


def test_the_same_doors_do_tell_them_once_both_are_shown(world, noon):
    """The negative control: a door that shows nothing would also pass the test above."""
    at = noon + timedelta(hours=1)
    seen = []
    for value in (1, 5):
        with rolled_back():
            give(world, at, value=value)
            give_scores(
                actor=world.cast.petra,
                initiative=world.initiative,
                values={one.key: 3 for one in current().scoring.of(Side.PEOPLE)},
                n=1,
                at=at,
            )
            seen.append(out_of_every_door(world))

    low, high = seen
    differing = {door for door in low if low[door] != high[door]}
    for who in ("petra", "hana", "max", "cleo", "kim", "audrey", "ada"):
        assert (who, "/initiatives/AI-001/scores/") in differing
    # Whoever only finds it in lists, or is an employee, still sees nothing of it.
    assert not {door for who, door in differing if who == "erin"}
    assert ("otto", "/initiatives/AI-001/scores/") not in differing
    assert ("otto", "/initiatives/AI-001/") not in differing


def test_a_digest_in_the_journal_cannot_be_guessed_back_to_its_value(world, noon):
    """Five guesses would do, were it not for the salt, which never leaves the server."""
    give(world, noon + timedelta(hours=1), value=2)
    kept = Score.objects.get(criterion="value", scoring__initiative=world.initiative)
    known = {name: getattr(kept, name) for name in _columns()}
    named = b"".join(bytes(entry.body) for entry in Entry.objects.all()).decode()

    assert row_digest(kept) in named
    assert kept.salt not in named
    assert kept.salt not in "".join(json_lines(last_entry()))
    for salt in ("", "0" * 64):
        for value in range(1, 6):
            guess = Score(**{**known, "salt": salt, "value": value})
            assert row_digest(guess) not in named


def test_every_score_has_a_salt_of_its_own(world, noon):
    give(world, noon + timedelta(hours=1))
    salts = Score.objects.values_list("salt", flat=True)

    assert len(set(salts)) == len(salts) == 18


def test_a_post_of_the_other_side_tells_nothing_either(world, noon, client):
    give(world, noon + timedelta(hours=1), value=5)
    client.force_login(world.cast.petra)
    page = "/initiatives/AI-001/scores/"

    wrong = client.post(page, {"n": 1, "value": 9})
    stale = client.post(page, {"n": 2, "value": 1})
    foreign = client.post(page, {"n": 1, "technical_feasibility": 1})
    talk = client.post(
        reverse("initiatives:scores-discuss", args=["AI-001", "value"]),
        {"value-text": "What did you give us here, please?"},
    )

    for answer in (wrong, stale, foreign, talk):
        assert answer.status_code in (409, 422)
        html = answer.content.decode()
        assert "What both gave" not in html
        assert "technical_feasibility" not in html
        assert not re.search(r'name="value" value="5"[^>]* checked', html)


def _columns():
    return [field.attname for field in Score._meta.concrete_fields]


def test_rolling_back_leaves_nothing(world, noon):
    """The trial itself: what the first scoring left would be seen by the second one."""
    before = Score.objects.count()
    with rolled_back():
        give(world, noon + timedelta(hours=1))

    assert Score.objects.count() == before
    assert not transaction.get_connection().needs_rollback
