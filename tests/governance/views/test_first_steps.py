"""The first steps at home, from the founding on, each with the way to it."""

import pytest

from governance.views.first_steps import COOKIE
from initiatives.operations.initiatives import propose
from journal.clock import now
from people.choices import Office, Side
from people.operations.invitations import invite
from tests.cast import gather
from tests.changes import appoint, end_term
from tests.gates import score, sign
from tests.kept import kept
from tests.make import make_second_factor

AWAY = "/first-steps/"


def home(client):
    return client.get("/").content.decode()


@kept
def cast(lately):
    return gather(lately)


@kept
def vacant(cast):
    """The company with nobody in its two seats."""
    for person in (cast.hana, cast.ivo):
        end_term(actor=cast.ada, term=cast.term(person), at=now())
    return cast


def test_an_administrator_alone_is_led_to_invite_the_two(vacant, as_):
    client = as_(vacant.ada)
    first = home(client)
    invite(actor=vacant.ada, email="n@example.com", office=Office.CHRO, title="CPO", at=now())
    then = home(client)
    invite(actor=vacant.ada, email="o@example.com", office=Office.CIO, title="CIO", at=now())

    assert "The way to your first gate" in first
    assert 'href="/settings/people/invite/?office=chro"' in first
    assert 'href="/settings/people/invite/?office=cio"' in then
    assert 'href="/settings/people/invite/?office=cio">Fill it' in first
    assert "Invited, not answered yet: Technology and People." in home(client)


def test_a_key_holder_cannot_invite_and_is_led_on(vacant, as_):
    appoint(actor=vacant.ada, user=vacant.ivo, office=Office.CIO, title="CIO", at=now())

    content = home(as_(vacant.ivo))

    assert "Invite the other half" in content
    assert "An administrator invites them." in content
    assert 'class="btn small" href="/imports/new/"' in content


def test_with_both_keys_held_the_next_is_to_bring_a_list_or_propose(cast, as_):
    content = home(as_(cast.hana))

    assert "This is how it" in content
    assert 'class="btn small" href="/imports/new/"' in content
    assert content.count(f'action="{AWAY}"') == 1
    assert home(as_(cast.cleo)).count(f'action="{AWAY}"') == 1


def test_a_proposal_is_led_to_its_scores_and_then_to_its_halves(draft, as_, lately):
    before = home(as_(draft.cast.ada))
    score(draft, at=lately)
    content = home(as_(draft.cast.ada))

    assert 'class="btn small" href="/priorities/"' in before
    assert 'class="btn small" href="/initiatives/AI-001/"' in content


def test_what_waits_for_both_is_led_to_its_gate(waiting, as_, at_gate):
    world, round_ = waiting

    assert f'class="btn small" href="{at_gate(round_)}"' in home(as_(world.cast.ada))


def test_the_three_of_each_office_say_what_for(draft, as_):
    for person, title in (
        (draft.cast.hana, "See that People have a lead"),
        (draft.cast.ivo, "See that Technology has a lead"),
        (draft.cast.cleo, "Read the first decision"),
    ):
        content = home(as_(person))
        assert "Your first three" in content
        assert title in content
    assert "Your first three" not in home(as_(draft.cast.ada))
    assert "The way to your first gate" not in home(as_(draft.cast.cleo))


def test_a_side_without_a_lead_is_led_to_the_people_of_the_initiative(cast, as_, lately):
    propose(
        actor=cast.petra,
        name="Dispatch helper",
        problem="Dispatchers phone each other.",
        affected="About 40 dispatchers",
        unit_name="Dispatch",
        side=Side.PEOPLE,
        at=lately,
    )
    make_second_factor(cast.ivo, at=lately)

    assert 'href="/initiatives/AI-001/people/"' in home(as_(cast.ivo))


@pytest.mark.parametrize("who", ["tariq", "erin", "audrey", "kim"])
def test_nobody_else_is_led(draft, as_, who):
    content = home(as_(getattr(draft.cast, who)))

    assert "The way to your first gate" not in content
    assert "Your first three" not in content


def test_put_away_they_come_back_on_request_and_only_for_whoever_put_them_away(cast, as_):
    client = as_(cast.hana)

    assert client.post(AWAY).url == "/"
    away = home(client)
    theirs = home(as_(cast.ivo))
    client = as_(cast.hana)
    client.post(AWAY, {"show": "1"})

    assert "The way to your first gate" not in away
    assert "Show the first steps again" in away
    assert "The way to your first gate" in theirs
    assert "The way to your first gate" in home(client)


def test_once_all_is_done_nothing_is_shown_and_the_browser_remembers(waiting, as_, lately):
    world, round_ = waiting
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=lately)
    make_second_factor(world.cast.hana, at=lately)
    client = as_(world.cast.hana)

    content = home(client)

    assert "Your first three" not in content
    assert "Show the first steps again" not in content
    assert client.cookies[COOKIE].value == f"{world.cast.hana.pk}-over"
    assert "Show the first steps again" not in home(client)
