import pytest

URL = "/initiatives/AI-001/details/"
RISK = ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people")
NO = dict.fromkeys(RISK, "no")


@pytest.fixture
def set_by_petra(world, sign_in):
    client = sign_in(world.cast.petra)

    def post(**given):
        return client.post(URL, {"version": world.initiative.version, **given})

    return post


def test_all_details_are_set_and_the_server_rates_the_risk(world, set_by_petra):
    answer = set_by_petra(
        operating_model="joint_sprint",
        planned_month="2027-03",
        budget_ask="41000.50",
        **{**NO, "watches_people": "yes"},
    )

    assert answer.status_code == 302
    world.initiative.refresh_from_db()
    assert world.initiative.risk_tier == "high"
    assert world.initiative.planned_month.isoformat() == "2027-03-01"


def test_five_answers_or_none(set_by_petra):
    answer = set_by_petra(about_people="yes")

    assert answer.status_code == 422
    assert "Answer all five, or none for now." in answer.content.decode()


def test_who_comes_second_sees_what_stands_there_and_keeps_the_choice(world, set_by_petra):
    set_by_petra(operating_model="decoupled")

    answer = set_by_petra(operating_model="joint_sprint")

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this while you were choosing." in html
    assert 'value="joint_sprint"' in html
    world.initiative.refresh_from_db()
    assert world.initiative.operating_model == "decoupled"
    assert f'name="version" value="{world.initiative.version}"' in html


@pytest.mark.parametrize(
    "given",
    [
        {"operating_model": "magic"},
        {"planned_month": "soon"},
        {"planned_month": "0001-01"},
        {"budget_ask": "NaN"},
        {"budget_ask": "-1"},
        {"budget_ask": "9" * 40},
        {"version": "x"},
    ],
)
def test_bad_input_is_refused_at_its_field(set_by_petra, given):
    assert set_by_petra(**given).status_code == 422
