"""Public holidays come from a library; what is not known has none."""

from datetime import date

from governance.queries.holidays import countries, public_holidays, regions


def test_holidays_differ_by_country_and_region():
    bavaria = public_holidays("DE", "BY", 2026)

    assert bavaria[date(2026, 1, 6)] == "Epiphany"
    assert date(2026, 1, 6) not in public_holidays("DE", "", 2026)
    assert date(2026, 7, 4) not in bavaria


def test_what_is_not_known_has_no_holidays():
    assert public_holidays("ZZ", "", 2026) == {}
    assert public_holidays("DE", "ZZ", 2026) == {}


def test_countries_have_names_that_people_read():
    assert countries()["GB"] == "United Kingdom"
    assert countries()["BA"] == "Bosnia and Herzegovina"
    assert "BY" in regions("DE")
