"""A page that the browser keeps: it holds while nothing has changed, and for this reader only."""

from datetime import timedelta

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory
from django.utils import timezone

from governance.models import Round
from journal.clock import now
from journal.models import Installation
from people.choices import Office
from people.operations.persons import change_profile
from tests.changes import appoint, end_term
from tests.gates import company, make_review, make_world, sign
from tests.kept import kept

pytestmark = pytest.mark.django_db

BOARD, TABLE = "/portfolio/", "/portfolio/?view=table"
PAGES = (BOARD, TABLE)
HTMX = {"HX-Request": "true", "HX-Target": "initiatives"}


@kept
def world():
    """A gate that waits for both signatures, in a company whose clock stands at half past.

    So no hour passes while a test runs, and at twenty to the gate has waited for two days.
    """
    founded = timezone.now() - timedelta(days=30)
    cast = company(founded, is_demo=True)
    set_clock(now().replace(minute=30, second=0))
    return make_review(now() - timedelta(days=2) + timedelta(minutes=10), cast=cast)[0]


@kept
def cast(world):
    return world.cast


def set_clock(at):
    Installation.objects.update(clock_offset=at - timezone.now())


def signed_in(person):
    """Return a browser that has been here before, so that it has the secret of its forms."""
    client = Client()
    client.force_login(person)
    client.get(BOARD)
    return client


def tag_of(client, page=BOARD, **headers):
    return client.get(page, headers=headers).headers.get("ETag")


def asked_again(client, tag, page=BOARD, **headers):
    return client.get(page, headers={"If-None-Match": tag, **headers})


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_sent_twice_while_nothing_has_changed(cast, page):
    client = signed_in(cast.hana)

    answer = asked_again(client, tag_of(client, page), page)

    assert answer.status_code == 304
    assert answer.content == b""


@pytest.mark.parametrize("page", PAGES)
def test_both_answers_are_private_and_asked_about_each_time(cast, page):
    client = signed_in(cast.hana)
    whole = client.get(page)
    answers = (whole, asked_again(client, whole["ETag"], page))

    assert [answer.status_code for answer in answers] == [200, 304]
    for answer in answers:
        assert answer["Cache-Control"] == "private, no-cache"
        assert {"Cookie", "HX-Request", "HX-Target"} <= {*answer["Vary"].split(", ")}


def propose_one(cast, at):
    make_world(at, cast=cast, name="Invoice reader")


def sign_one(cast, at):
    sign(cast.ivo, Round.objects.get().pk, at=at)


def rename_a_lead(cast, at):
    change_profile(
        actor=cast.tariq, name="Tariq Renamed", title="", zone="UTC", theme="system", at=at
    )


def rename_oneself(cast, at):
    change_profile(
        actor=cast.hana, name="Hana Renamed", title="", zone="UTC", theme="system", at=at
    )


def choose_the_dark(cast, at):
    change_profile(
        actor=cast.hana,
        name=cast.hana.name,
        title=cast.hana.title,
        zone=cast.hana.zone,
        theme="dark",
        at=at,
    )


def lose_the_office(cast, at):
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=at)


def take_an_office(cast, at):
    appoint(actor=cast.ada, user=cast.hana, office=Office.COMMITTEE_MEMBER, title="Member", at=at)


def rename_the_organisation(cast, at):
    Installation.objects.update(name="Another Company")


def let_an_hour_pass(cast, at):
    set_clock(at + timedelta(hours=1))


@pytest.mark.parametrize(
    "change",
    [
        propose_one,
        sign_one,
        rename_a_lead,
        rename_oneself,
        choose_the_dark,
        lose_the_office,
        take_an_office,
        rename_the_organisation,
        let_an_hour_pass,
    ],
)
def test_whatever_changes_on_the_page_the_page_is_sent_anew(cast, change):
    client = signed_in(cast.hana)
    kept = {page: tag_of(client, page) for page in PAGES}

    change(cast, now())

    for page, tag in kept.items():
        answer = asked_again(client, tag, page)
        assert answer.status_code == 200
        assert answer["ETag"] != tag


def test_an_office_that_runs_out_by_itself_takes_the_page_with_it(cast):
    """No act, no new hour: only what this person may read is another."""
    until = now() + timedelta(minutes=5)
    appoint(
        actor=cast.ada,
        user=cast.otto,
        office=Office.COMMITTEE_MEMBER,
        title="Member",
        at=now(),
        ends_at=until,
    )
    client = signed_in(cast.otto)
    page = client.get(BOARD)
    assert b"Dispatch helper" in page.content

    set_clock(until + timedelta(minutes=1))
    answer = asked_again(client, page["ETag"])

    assert answer.status_code == 200
    assert b"Dispatch helper" not in answer.content


def test_nobody_is_confirmed_a_page_of_another_reader(cast):
    readers = (cast.hana, cast.ivo, cast.petra, cast.erin, cast.otto)
    tags = {tag_of(signed_in(one)) for one in readers}
    assert len(tags) == len(readers)

    answer = asked_again(signed_in(cast.erin), ", ".join(tags))

    assert answer.status_code == 200
    assert b"Dispatch helper" not in answer.content


def test_the_same_person_in_another_browser_has_pages_of_their_own(cast):
    """The forms of a kept page answer to the secret of the browser that it was made for."""
    assert tag_of(signed_in(cast.hana)) != tag_of(signed_in(cast.hana))


def test_after_the_sign_out_the_page_is_not_confirmed_and_the_browser_forgets_it(cast):
    client = signed_in(cast.hana)
    kept = tag_of(client)

    left = client.post("/sign-out/")
    answer = asked_again(client, kept)

    assert left["Clear-Site-Data"] == '"cache"'
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")
    assert "no-store" in answer["Cache-Control"]


def test_a_browser_without_the_secret_of_its_forms_keeps_nothing(cast):
    client = Client()
    client.force_login(cast.hana)

    answer = client.get(BOARD)

    assert "ETag" not in answer
    assert "no-store" in answer["Cache-Control"]


def test_a_page_with_a_message_is_not_kept_and_the_message_is_shown(cast):
    client = signed_in(cast.hana)
    kept = tag_of(client)
    leave_message(client, "It is here.")

    told = asked_again(client, kept)
    again = asked_again(client, kept)

    assert told.status_code == 200
    assert b"It is here." in told.content
    assert "ETag" not in told
    assert "no-store" in told["Cache-Control"]
    assert again.status_code == 304


def leave_message(client, words):
    storage = CookieStorage(RequestFactory().get("/"))
    client.cookies["messages"] = storage._encode([Message(25, words)])  # noqa: SLF001  # as stored


def test_a_part_is_another_page_than_the_whole(cast):
    client = signed_in(cast.hana)
    whole, part = tag_of(client, TABLE), tag_of(client, TABLE, **HTMX)

    assert whole != part
    assert asked_again(client, whole, TABLE, **HTMX).status_code == 200
    assert asked_again(client, part, TABLE, **HTMX).status_code == 304


def test_the_colours_of_a_browser_are_part_of_its_page(cast):
    client = signed_in(cast.hana)
    kept = tag_of(client)

    client.cookies["theme"] = "dark"

    assert asked_again(client, kept).status_code == 200


def test_days_are_counted_by_the_hour_that_the_page_is_kept_for(cast):
    client = signed_in(cast.hana)
    half_past = now()
    page = client.get(BOARD)

    set_clock(half_past + timedelta(minutes=20))
    in_the_hour = client.get(BOARD)
    set_clock(half_past + timedelta(minutes=40))
    in_the_next = client.get(BOARD)

    assert page["ETag"] == in_the_hour["ETag"] != in_the_next["ETag"]
    assert "1\u00a0day open" in page.content.decode()
    assert "1\u00a0day open" in in_the_hour.content.decode()
    assert "2\u00a0days open" in in_the_next.content.decode()
