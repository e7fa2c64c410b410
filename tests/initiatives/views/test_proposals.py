import re

import pytest

from initiatives.models import Initiative
from initiatives.operations.memberships import end_membership
from initiatives.queries.memberships import pair_of
from journal.clock import now
from people.choices import Side

URL = "/initiatives/new/"
TYPED = {
    "name": "Manual search on site",
    "problem": "Technicians look for the right page of a manual for twenty minutes.",
    "affected": "Field Service, about 380 people",
    "unit_name": "Field Service",
    "side": "technology",
}
ALIKE = {
    **TYPED,
    "name": "Dispatch helper",
    "problem": "Dispatch helper: dispatchers phone each other for every change of plan.",
}


def test_four_fields_start_an_initiative_with_both_leads(world, sign_in):
    client = sign_in(world.cast.tariq)

    answer = client.post(URL, {**TYPED, "counterpart": world.cast.petra.pk})

    made = Initiative.objects.get(name=TYPED["name"])
    assert answer.url == f"/initiatives/{made.code}/"
    assert {side: lead.user for side, lead in pair_of(made).items()} == {
        Side.TECHNOLOGY: world.cast.tariq,
        Side.PEOPLE: world.cast.petra,
    }


def test_what_looks_alike_asks_for_a_reason_and_keeps_the_text(world, sign_in):
    answer = sign_in(world.cast.max).post(URL, ALIKE)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "One looks like the same problem." in html
    assert "Why is yours another problem?" in html
    assert ALIKE["problem"] in html
    assert Initiative.objects.count() == 1


def test_a_reason_lets_it_go_on(world, sign_in):
    sign_in(world.cast.max).post(URL, {**ALIKE, "reason": "Another country, another law."})

    assert Initiative.objects.get(number=2).duplicate_reason == "Another country, another law."


def test_joining_is_one_click_where_the_side_has_no_lead(world, noon, sign_in):
    lead = world.initiative.memberships.current().get(user=world.cast.tariq)
    end_membership(actor=world.cast.tariq, membership=lead, at=noon)
    client = sign_in(world.cast.erin)
    typed = {"name": ALIKE["name"], "problem": ALIKE["problem"], "side": "technology"}

    answer = client.post("/initiatives/AI-001/join/", typed)

    assert answer.url == "/initiatives/AI-001/"
    assert client.get(answer.url).status_code == 200


def test_where_the_side_has_a_lead_the_way_to_the_lead_is_told(world, sign_in):
    client = sign_in(world.cast.erin)
    typed = {"name": ALIKE["name"], "problem": ALIKE["problem"], "side": "people"}

    answer = client.post("/initiatives/AI-001/join/", typed)

    assert answer.status_code == 422
    assert "Ask the office of People to put you in touch" in answer.content.decode()
    assert client.get("/initiatives/AI-001/").status_code == 404


def test_joining_is_offered_where_it_is_possible(world, noon, sign_in):
    like = {"name": ALIKE["name"], "problem": ALIKE["problem"]}

    def offered(person):
        html = sign_in(person).get(URL, like).content.decode()
        return re.findall(r'name="side" value="(\w+)" data-busy="Joining', html), html

    sides, html = offered(world.cast.erin)
    assert sides == []
    assert "Both sides have a lead here" in html
    assert offered(world.cast.ivo)[0] == ["technology"]

    lead = world.initiative.memberships.current().get(user=world.cast.tariq)
    end_membership(actor=world.cast.tariq, membership=lead, at=noon)
    assert offered(world.cast.erin)[0] == ["technology"]


def test_nobody_joins_what_they_did_not_find(world, sign_in):
    typed = {"name": "Something else", "problem": "Entirely", "side": "people"}

    assert sign_in(world.cast.erin).post("/initiatives/AI-001/join/", typed).status_code == 404


def test_htmx_gets_what_is_alike_alone_and_a_hint_for_phones(world, sign_in):
    part = sign_in(world.cast.max).get(
        URL,
        {"name": ALIKE["name"], "problem": ALIKE["problem"]},
        headers={"HX-Request": "true", "HX-Target": "duplicates"},
    )

    html = part.content.decode()
    assert "<html" not in html
    assert "Dispatch helper" in html
    assert 'id="duplicates-short" hx-swap-oob="true"' in html


def test_who_holds_a_key_starts_for_that_side(world, sign_in):
    client = sign_in(world.cast.hana)

    assert b"You start for" in client.get(URL).content
    assert client.post(URL, TYPED).status_code == 422


def test_the_rules_of_the_house_are_shown(world, sign_in):
    assert b"Use approved instances only" in sign_in(world.cast.max).get(URL).content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 10_000),
        ("name", "   "),
        ("name", "nul\x00byte"),
        ("problem", "y" * 20_000),
        ("unit_name", "z" * 10_000),
        ("side", "both"),
        ("counterpart", "999999"),
        ("counterpart", "'; drop table"),
    ],
)
def test_bad_input_is_an_error_at_its_field(world, sign_in, field, value):
    answer = sign_in(world.cast.max).post(URL, {**TYPED, field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert TYPED["affected"] in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "=SUM(A1:A9)", "مرحبا بالعالم", "🎉🎊", "bell\x07tab\tend"],
)
def test_strange_names_are_shown_safely(world, sign_in, name):
    client = sign_in(world.cast.max)
    answer = client.post(URL, {**TYPED, "name": name})

    assert answer.status_code == 302
    for page in (answer.url, "/portfolio/", "/portfolio/?view=table", f"{answer.url}history/"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "\x07" not in html


def test_a_second_click_is_led_to_what_the_first_one_began(world, sign_in):
    client = sign_in(world.cast.erin)

    first, second = client.post(URL, TYPED), client.post(URL, TYPED, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert "You proposed this already: it is AI-002." in second.content.decode()
    lead = Initiative.objects.get(number=2).memberships.current().get(user=world.cast.erin)
    end_membership(actor=world.cast.erin, membership=lead, at=now())
    assert client.post(URL, TYPED).url == "/portfolio/"
