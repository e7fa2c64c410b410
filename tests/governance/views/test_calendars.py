"""A person's own days, and those of the organisation, on their pages."""

from datetime import timedelta

from governance.models import Absence, OwnDay
from governance.queries.calendars import holidays_of
from initiatives.queries.days import home_day
from journal.clock import now
from tests.cast import gather
from tests.kept import kept


@kept
def cast():
    return gather(now() - timedelta(days=1))


def soon(days=1):
    return home_day(now() + timedelta(days=days)).isoformat()


def test_somebody_goes_away_and_comes_back(client, cast):
    client.force_login(cast.hana)
    sent = client.post(
        "/profile/days/absences/", {"starts_on": soon(), "ends_on": soon(3)}, follow=True
    )
    assert "Your clock will rest." in sent.content.decode()

    absence = Absence.objects.get()
    client.post(f"/profile/days/absences/{absence.pk}/end/")

    assert "Nothing is entered." in client.get("/profile/days/").content.decode()


def test_what_is_refused_is_said_at_its_field_and_what_was_typed_stays(client, cast):
    client.force_login(cast.hana)

    late = client.post("/profile/days/absences/", {"starts_on": soon(-5), "ends_on": soon()})
    odd = client.post("/profile/days/absences/", {"starts_on": "soon", "ends_on": ""})
    region = client.post("/profile/days/holidays/", {"country": "DE", "region": "XX"})

    assert (late.status_code, odd.status_code, region.status_code) == (422, 422, 422)
    assert "What is over has counted." in late.content.decode()
    assert f'value="{soon(-5)}"' in late.content.decode()
    assert "No such region. Known there:" in region.content.decode()


def test_holidays_are_chosen_and_the_next_ones_shown(client, cast):
    client.force_login(cast.hana)

    sent = client.post("/profile/days/holidays/", {"country": "DE", "region": "BY"}, follow=True)

    assert holidays_of(cast.hana) == ("DE", "BY")
    assert "The next holidays" in sent.content.decode()


def test_an_administrator_keeps_the_days_of_the_organisation(client, cast):
    client.force_login(cast.ada)
    posted = {"day": soon(9), "name": "Stocktaking", "is_worked": "no"}
    sent = client.post("/settings/days/", posted, follow=True)
    assert "Stocktaking" in sent.content.decode()
    assert client.post("/settings/days/", posted).status_code == 422

    client.post(f"/settings/days/{OwnDay.objects.get().pk}/drop/")

    assert "No day of your own." in client.get("/settings/days/").content.decode()
