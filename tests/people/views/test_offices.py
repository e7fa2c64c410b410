import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Change
from journal.clock import now
from journal.models import Entry, Installation
from people.choices import Office, Side
from people.models import OfficeTerm, User
from people.operations.persons import add_person, deactivate_person
from people.queries import seat_holders
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

LIST = "/settings/people/"


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return cast.ada


def test_the_list_answers_who_holds_the_keys(client, ada):
    content = client.get(LIST).content.decode()

    assert "Both keys are held." in content
    assert "Hana Okafor" in content
    assert "Signs for Technology (CIO)" in content


@pytest.mark.parametrize(
    ("leaver", "sentence"),
    [("hana", "Nobody holds the People key."), ("ivo", "Nobody holds the Technology key.")],
)
def test_an_empty_seat_is_said_first(client, cast, ada, leaver, sentence):
    deactivate_person(actor=ada, user=getattr(cast, leaver), at=now())

    content = client.get(LIST).content.decode()

    assert sentence in content
    assert "Left" in content


def test_only_the_administrator_is_shown_what_can_be_changed(client, cast, ada):
    assert b"Fill an office" in client.get(LIST).content

    client.force_login(cast.hana)
    assert b"Fill an office" not in client.get(LIST).content
    assert b"Has left" not in client.get(LIST).content


def test_the_list_costs_the_same_for_3_people_and_for_30(client, ada):
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(LIST)
    for number in range(30):
        add_person(
            actor=ada,
            email=f"p{number}@example.com",
            name=f"P{number}",
            title="",
            zone="UTC",
            at=now(),
        )

    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_the_list_goes_on_after_a_hundred(client, ada, noon):
    User.objects.bulk_create(
        User(email=f"b{number:03}@example.com", name=f"Bulk {number:03}", added_at=noon)
        for number in range(120)
    )
    first = client.get(LIST)
    after = first.context["everyone"].next_after

    second = client.get(LIST, {"after": after})

    shown = [
        person.pk for response in (first, second) for person, _ in response.context["everyone"].rows
    ]
    assert len(shown) == len(set(shown)) == User.objects.count()
    assert second.context["everyone"].next_after is None


@pytest.mark.parametrize("after", ["x", "0", "999999", "9" * 40, "-1"])
def test_a_page_that_is_not_there_is_the_first(client, ada, after):
    assert client.get(LIST, {"after": after}).status_code == 200


def test_a_person_is_added_and_can_sign_in(client, ada):
    response = client.post(
        "/settings/people/add/",
        {
            "name": "Nia",
            "email": "Nia@example.com",
            "title": "",
            "zone": "UTC",
            "password": PASSWORD,
        },
    )

    assert response.status_code == 302
    client.logout()
    signed_in = client.post("/sign-in/", {"login": "nia@example.com", "password": PASSWORD})
    assert signed_in.status_code == 302


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"email": "hana@example.com"}, "Somebody signs in with this e-mail already."),
        ({"email": "nonsense"}, "Enter a valid email address."),
        ({"password": "short"}, "This password is too short."),
        ({"name": "x" * 10_000}, "at most 200 characters"),
        ({"zone": "Mars"}, "Select a valid choice."),
    ],
)
def test_a_person_that_does_not_do_is_a_field_error(client, ada, changes, reason):
    posted = {"name": "Nia", "email": "n@example.com", "zone": "UTC", "password": PASSWORD}

    response = client.post("/settings/people/add/", {**posted, **changes})

    assert response.status_code == 422
    assert reason in response.content.decode()


def appointment(person, **changes):
    given = {"office": "auditor", "user": person.pk, "title": "Auditor", "ends_on": ""}
    return {**given, "reason": "The year begins.", **changes}


def member(person, **changes):
    return appointment(person, **{"office": "committee_member", "title": "Member", **changes})


def test_who_takes_up_an_office_is_proposed_to_a_second_person(client, cast, ada):
    response = client.post("/settings/people/appoint/", member(cast.erin, ends_on="2099-12-31"))

    assert (response.status_code, response.url) == (302, "/settings/changes/")
    assert not OfficeTerm.objects.filter(user=cast.erin).exists()
    change = Change.objects.get()
    assert change.ends_at.isoformat() == "2099-12-31T23:00:00+00:00"  # midnight in Berlin


def test_the_first_holder_of_an_office_begins_at_once(client, cast, ada):
    response = client.post(
        "/settings/people/appoint/", member(cast.erin, office="committee_chair", reason="")
    )

    assert (response.status_code, response.url) == (302, LIST)
    assert OfficeTerm.objects.get(user=cast.erin).office == Office.COMMITTEE_CHAIR


@pytest.mark.parametrize(
    ("name", "changes", "reason"),
    [
        ("erin", {"office": "cio"}, "Someone else holds this office."),
        ("hana", {"office": "sponsor"}, "Nobody holds two of these at once"),
        ("audrey", {}, "This person holds this office already."),
        ("erin", {"ends_on": "2001-01-01"}, "The end must come after the start."),
        ("erin", {"ends_on": "2199-12-31"}, "An auditor comes for a year at most."),
        ("erin", {"reason": " "}, "Say why, in up to 2000 characters"),
        ("erin", {"office": "emperor"}, "Select a valid choice."),
        ("erin", {"user": "999999"}, "Select a valid choice."),
        ("erin", {"user": "x"}, "Select a valid choice."),
    ],
)
def test_an_office_that_cannot_be_filled_says_why(client, cast, ada, name, changes, reason):
    before = Entry.objects.count()

    response = client.post("/settings/people/appoint/", appointment(getattr(cast, name), **changes))

    assert response.status_code == 422
    assert reason in response.content.decode().replace("&#x27;", "'")
    assert Entry.objects.count() == before


def test_the_end_of_a_term_is_proposed_from_its_page(client, cast, ada):
    address = f"/settings/people/terms/{cast.term(cast.hana).pk}/end/"

    asked = client.get(address).content.decode()
    assert "End the term of <bdi>Hana Okafor" in asked
    assert "the moment a second person confirms it" in asked
    assert client.post(address).status_code == 422
    assert client.post(address, {"reason": "A new CHRO comes."}).url == "/settings/changes/"
    assert Side.PEOPLE in seat_holders(now())


def test_in_a_demonstration_one_person_ends_a_term(client, cast, ada):
    Installation.objects.update(is_demo=True)
    address = f"/settings/people/terms/{cast.term(cast.hana).pk}/end/"

    assert "it ends <strong>at once</strong>" in client.get(address).content.decode()
    assert client.post(address).url == LIST
    assert client.post(address).status_code == 422
    assert Side.PEOPLE not in seat_holders(now())


def test_the_last_administrator_is_told_why_not(client, cast, ada):
    leaving = client.post(f"/settings/people/{ada.pk}/leave/")

    assert leaving.status_code == 422
    assert "Somebody must be able to keep people and offices." in leaving.content.decode()
    assert OfficeTerm.objects.get(user=ada, office=Office.ADMINISTRATOR).ends_at is None


def test_who_leaves_is_signed_out_with_the_next_request(client, cast, ada):
    theirs = type(client)()
    theirs.force_login(cast.hana)

    response = client.post(f"/settings/people/{cast.hana.pk}/leave/")

    assert response.status_code == 302
    assert theirs.get(LIST).status_code == 302
    assert client.get(f"/settings/people/{cast.hana.pk}/leave/").status_code == 404


@pytest.mark.parametrize("address", ["terms/999999/end/", "999999/leave/"])
def test_what_is_not_there_is_404(client, ada, address):
    assert client.get(f"/settings/people/{address}").status_code == 404


@pytest.mark.parametrize("day", ["2200-01-01", "9999-12-31"])
def test_an_end_that_nobody_will_see_is_left_out_instead(client, ada, day):
    given = {"user": ada.pk, "office": Office.AUDITOR, "title": "Auditor", "ends_on": day}

    answer = client.post("/settings/people/appoint/", given)

    assert answer.status_code == 422
    assert "ends_on" in answer.context["form"].errors


def test_the_sponsor_is_led_to_what_the_sponsor_can_do(client, cast):
    Installation.objects.update(is_demo=True)
    client.force_login(cast.cleo)
    typed = {"user": cast.erin.pk, "office": "committee_member", "title": "Member"}
    typed |= {"capacity": "seat", "reason": "The committee is short of one."}
    address = "/settings/people/appoint/"

    page = client.get(f"{address}?office=cio&capacity=acting").content.decode()
    silent = client.post(address, {"office": "cio"})
    sent = client.post(address, typed)

    assert '<option value="acting" selected>' in page
    assert "The first holder of an office needs none." not in page
    told = silent.content.decode()
    assert "Choose who takes up the office." in told
    assert "Write the title that is printed beside the name." in told
    assert "Say why: the second person reads it." in told
    assert address in client.get(LIST).content.decode()
    assert "You propose it" in page
    assert sent.url == "/settings/changes/"
    assert Change.objects.get().user == cast.erin
