from datetime import timedelta

import pytest

from initiatives.operations.initiatives import propose
from people.choices import Side
from tests.gates import make_ready, make_review, make_round, make_world, pass_gate, sign
from tests.kept import kept


@kept
def review(noon):
    return make_review(noon - timedelta(days=3))


def test_the_board_tells_who_has_to_sign(review, sign_in):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=world.at)

    html = sign_in(world.cast.hana).get("/portfolio/").content.decode()

    assert "One waits for one signature." in html
    assert "People to sign" in html
    assert "Technology has signed. People have not signed." in html


def test_a_column_shows_the_longest_waits_and_how_many_more(world, noon, sign_in):
    for number in range(6):
        make_world(noon - timedelta(days=number), cast=world.cast, name=f"Helper {number}")

    html = sign_in(world.cast.hana).get("/portfolio/").content.decode()

    assert html.count('<li class="card') == 4
    assert "3 more in work" in html
    assert html.index("Helper 5") < html.index("Helper 4")


def test_the_more_link_leads_to_the_filtered_table(world, sign_in):
    html = sign_in(world.cast.hana).get("/portfolio/?view=table&stage=1&waiting=none").content

    assert b"Dispatch helper" in html


def test_employees_see_what_is_in_use_and_what_for(world, noon, sign_in):
    make_world(noon, cast=world.cast, name="Secret sourcing plan")
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=noon + timedelta(days=int(gate)))

    for address in ("/portfolio/", "/portfolio/?view=table"):
        html = sign_in(world.cast.erin).get(address).content.decode()

        assert "Dispatch helper" in html
        assert "dispatchers phone each other" in html
        assert "/initiatives/AI-001/" not in html
        assert "Secret sourcing plan" not in html
        assert "Tariq" not in html


def test_the_table_filters_and_its_address_can_be_shared(world, noon, sign_in):
    make_world(noon, cast=world.cast, name="Invoice reader")

    found = sign_in(world.cast.hana).get("/portfolio/?view=table&text=invoice&sort=name")

    assert b"Invoice reader" in found.content
    assert b"Dispatch helper" not in found.content
    assert b"1\xc2\xa0initiative found" in found.content


def test_a_page_of_the_table_leads_on_and_back(world, noon, sign_in):
    for number in range(51):
        make_world(noon, cast=world.cast, name=f"Helper {number:02}")
    client = sign_in(world.cast.hana)

    first = client.get("/portfolio/?view=table&sort=name")
    second = client.get("/portfolio/" + first.context["next"])
    back = client.get("/portfolio/" + second.context["previous"])

    assert len(first.context["rows"]) == 50
    assert [row.initiative.name for row, _ in second.context["rows"]] == ["Helper 49", "Helper 50"]
    assert back.context["found"].rows == first.context["found"].rows


@pytest.mark.parametrize(
    "query",
    [
        "stage=9",
        "stage=x&standing=x&unit=nowhere&waiting=x&side=x",
        "text=" + "x" * 5000,
        "text=%00%25_'\"",
        "sort=nothing&after=zzz&before=%F0%9F%92%A5",
    ],
)
def test_a_filter_that_means_nothing_is_left_out(world, sign_in, query):
    assert sign_in(world.cast.hana).get(f"/portfolio/?view=table&{query}").status_code == 200


def test_htmx_gets_the_rows_alone(world, sign_in):
    part = sign_in(world.cast.hana).get(
        "/portfolio/?view=table&text=zzz",
        headers={"HX-Request": "true", "HX-Target": "initiatives"},
    )

    assert part.content.lstrip().startswith(b"<section")
    assert b"No initiative fits these filters." in part.content


@pytest.mark.parametrize("view", ["", "?view=table"])
def test_who_only_reads_is_not_asked_to_propose(world, sign_in, view):
    link = 'href="/initiatives/new/"'

    assert link in sign_in(world.cast.petra).get(f"/portfolio/{view}").content.decode()
    for reader in (world.cast.cleo, world.cast.audrey):
        assert link not in sign_in(reader).get(f"/portfolio/{view}").content.decode()


def test_the_filters_of_the_page_tell_nothing_of_what_one_only_finds(world, noon, sign_in):
    other = propose(
        actor=world.cast.otto,
        name="Invoice coding",
        problem="Every invoice is coded by hand.",
        affected="Finance",
        unit_name="Finance",
        side=Side.TECHNOLOGY,
        at=noon,
    )
    make_ready(world, "1", at=noon)
    make_round(world, at=noon)
    client = sign_in(world.cast.otto)

    def found(query):
        rows = client.get(f"/portfolio/?view=table&{query}").context["rows"]
        return {row.initiative.number for row, _ in rows}

    assert found("") == {1, other.number}
    assert found("waiting=any") == found("waiting=technology") == set()
    assert found("waiting=none") == {1, other.number}
    board = client.get("/portfolio/").content.decode()
    assert "waiting" not in board.split('class="board"')[0]
    assert "At gate" not in board
