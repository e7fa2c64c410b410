"""Somebody signs for me, in the browser: asked, answered, signed "A for B", revoked, mailed."""

from datetime import timedelta

import pytest

from governance.choices import RoundState
from governance.models import Delegation, DelegationAnswer, Revocation, Signature
from governance.operations.delegations import answer_delegation, revoke_delegation
from governance.queries.delegation_mails import delegation_mails
from governance.queries.mails import mails_about
from governance.rules.delegations import Scope
from governance.views import delegations
from initiatives.queries.days import home_day
from journal.clock import now
from journal.kinds import Kind
from journal.models import Entry
from tests.cast import PASSWORD
from tests.gates import sign
from tests.governance.delegating import WHY, given, written

NEW = "/profile/delegations/new/"
LIST = "/profile/delegations/"


def days(at, **options):
    """Return two weeks from that day on, as a form or an operation is given them."""
    first = home_day(at)
    return {"first": first, "last": first + timedelta(days=13), **options}


@pytest.fixture
def away(waiting, lately):
    """A gate that waits since two days, and Max who signs for Ivo since then."""
    world, round_ = waiting
    return world, round_, given(world.cast, lately, **days(lately))


def last(kind) -> Entry:
    return Entry.objects.filter(kind=kind).latest("seq")


def told(mails) -> list[tuple[str, str]]:
    return [(mail.to, mail.subject) for mail in mails]


def test_the_holder_asks_somebody_who_takes_it_on(waiting, as_):
    world, _ = waiting
    client = as_(world.cast.ivo)
    form = client.get(NEW).context["form"]
    typed = {"to": world.cast.max.pk, "reason": WHY, "gates": ["1"], "risks": ["low"]}
    typed |= {name: form[name].value() for name in ("first", "last")}
    typed |= {"initiatives": [world.initiative.pk], "password": PASSWORD}

    asked = client.post(NEW, typed, follow=True)

    row = Delegation.objects.get()
    assert asked.redirect_chain == [(f"/delegations/{row.pk}/", 302)]
    text = asked.content.decode()
    assert "It counts once taken on." in text
    assert "Gate 1" in text
    assert world.initiative.code in text
    assert told(delegation_mails(last(Kind.DELEGATION_WRITTEN))) == [
        (world.cast.max.email, "Ivo Brandt asks you to sign in their place")
    ]
    client = as_(world.cast.max)
    assert "<bdi>Ivo Brandt</bdi> asks you to sign in their" in client.get("/").content.decode()
    answered = client.post(f"/delegations/{row.pk}/answer/", {"answer": "yes"}, follow=True)
    assert "Taken on. What waits for you stands at home." in answered.content.decode()
    assert told(delegation_mails(last(Kind.DELEGATION_ACCEPTED))) == [
        (world.cast.ivo.email, "Max Weber signs in your place")
    ]


def test_a_no_is_a_no_and_the_holder_is_told(waiting, lately, as_):
    world, _ = waiting
    row = written(world.cast, lately, **days(lately))

    response = as_(world.cast.max).post(f"/delegations/{row.pk}/answer/", {"answer": "no"})

    assert response.status_code == 302
    assert DelegationAnswer.objects.get().is_accepted is False
    assert told(delegation_mails(last(Kind.DELEGATION_DECLINED))) == [
        (world.cast.ivo.email, "Max Weber does not sign in your place")
    ]
    assert "Not taken on" in as_(world.cast.ivo).get(LIST).content.decode()
    assert "asks you to sign" not in as_(world.cast.max).get("/").content.decode()


def test_what_is_refused_stands_at_its_field_with_what_was_typed(waiting, as_):
    world, _ = waiting
    today = home_day(now())
    typed = {"to": world.cast.hana.pk, "reason": WHY, "first": today, "last": today}

    response = as_(world.cast.ivo).post(NEW, {**typed, "password": PASSWORD})

    assert response.status_code == 422
    assert response.context["form"].errors["to"] == ["This person signs for the other side."]
    assert WHY in response.content.decode()
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("password", ["", "wrong"])
def test_an_open_session_alone_lets_nobody_sign(waiting, as_, password):
    world, _ = waiting
    today = home_day(now())
    typed = {"to": world.cast.max.pk, "reason": WHY, "first": today, "last": today}

    response = as_(world.cast.ivo).post(NEW, {**typed, "password": password})

    assert response.status_code == 422
    assert not Delegation.objects.exists()


def test_the_delegates_home_shows_what_waits_and_the_page_signs_a_for_b(
    away, as_, decide, confirm, client
):
    world, round_, row = away

    home = as_(world.cast.max).get("/").content.decode()

    assert "One gate needs your" in home
    assert "You sign for <bdi>Ivo Brandt</bdi>" in home
    assert "Read and sign" in home
    gate = client.get(f"/gates/{round_.pk}/").content.decode()
    assert "<bdi>Max Weber</bdi> for <bdi>Ivo Brandt</bdi>" in gate
    assert client.get(f"/initiatives/{world.initiative.code}/").status_code == 200
    asked = decide(world.cast.max, round_, "sign", words="As Ivo would.")
    step_up = client.get(asked.url).content.decode()
    assert "<bdi>Max Weber</bdi> for <bdi>Ivo Brandt</bdi>" in step_up
    confirm(asked)
    signed = Signature.objects.get()
    assert signed.delegation == row
    assert told(mails_about(last(Kind.GATE_SIGNED))) == [
        (one.email, f"Max Weber, for Ivo Brandt, signed for {world.initiative}")
        for one in (world.cast.hana, world.cast.ivo)
    ]
    page = client.get(f"/initiatives/{world.initiative.code}/").content.decode()
    assert "Max Weber for Ivo Brandt" in page
    confirm(decide(world.cast.hana, round_, "sign"))
    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED
    for_ivo = "for <bdi>Ivo Brandt</bdi>"
    sealed = client.get(f"/gates/{round_.pk}/signed/").content.decode()
    assert f"Max Weber</bdi> {for_ivo}" in sealed
    assert f"Max Weber</bdi> {for_ivo}" in client.get("/record/").content.decode()
    assert "Max Weber for Ivo Brandt" in client.get("/record/journal/").content.decode()


def test_whoever_is_barred_is_told_so_before_signing(waiting, lately, as_):
    world, round_ = waiting
    given(world.cast, lately, to=world.cast.tariq, **days(lately))

    text = as_(world.cast.tariq).get(f"/gates/{round_.pk}/").content.decode()

    assert "You wrote part of what is to be signed." in text
    assert 'name="decision"' not in text


def test_outside_the_scope_nothing_waits_and_nothing_opens(waiting, lately, as_):
    world, round_ = waiting
    scope = Scope(initiatives=frozenset({world.initiative.pk + 1}), risks=frozenset({"high"}))
    given(world.cast, lately, to=world.cast.erin, scope=scope, **days(lately))

    client = as_(world.cast.erin)

    assert client.get(f"/gates/{round_.pk}/").status_code == 404
    assert "needs your" not in client.get("/").content.decode()


def test_a_gate_outside_the_scope_is_read_and_not_signed(waiting, lately, as_):
    world, round_ = waiting
    scope = Scope(gates=frozenset({"2"}), initiatives=frozenset({world.initiative.pk}))
    given(world.cast, lately, to=world.cast.erin, scope=scope, **days(lately))

    client = as_(world.cast.erin)

    assert 'name="decision"' not in client.get(f"/gates/{round_.pk}/").content.decode()
    assert client.post(f"/gates/{round_.pk}/decision/").status_code == 403
    assert "needs your" not in client.get("/").content.decode()


def test_the_holder_withdraws_what_was_signed_in_their_place(away, lately, as_, at_gate):
    world, round_, _ = away
    signed = sign(world.cast.max, round_.pk, at=lately + timedelta(hours=1))

    response = as_(world.cast.ivo).post(
        at_gate(round_, "signature-withdraw", signature=signed.pk), {"reason": "I had promised."}
    )

    assert response.status_code == 302
    assert Signature.objects.get().void


@pytest.mark.parametrize("who", ["ivo", "cleo"])
def test_it_is_revoked_with_a_reason_and_both_are_told(away, as_, who):
    world, _, row = away
    client = as_(getattr(world.cast, who))
    address = f"/delegations/{row.pk}/revoke/"
    assert client.post(address, {"reason": ""}).status_code == 422

    response = client.post(address, {"reason": "I am back."}, follow=True)

    assert "signs in that place no more" in response.content.decode()
    assert Revocation.objects.get().sealed.text == "I am back."
    subject = "Max Weber no longer signs in the place of Ivo Brandt"
    others = [world.cast.max] if who == "ivo" else [world.cast.ivo, world.cast.max]
    assert told(delegation_mails(last(Kind.DELEGATION_REVOKED))) == [
        (one.email, subject) for one in others
    ]
    assert client.post(address, {"reason": "Again."}).status_code == 422


def test_each_state_has_its_words(waiting, lately, as_):
    world, _ = waiting
    today = home_day(lately)
    ahead = {"first": today + timedelta(days=30), "last": today + timedelta(days=40)}
    given(world.cast, lately, **ahead)
    given(world.cast, lately, first=today, last=today)
    written(
        world.cast,
        lately,
        to=world.cast.erin,
        first=today + timedelta(1),
        last=today + timedelta(9),
    )

    text = as_(world.cast.hana).get(LIST).content.decode()

    for words in ("Begins later", "Over", "Waits for an answer"):
        assert words in text
    assert "Nobody has asked you to sign." in as_(world.cast.otto).get(LIST).content.decode()
    assert "You have asked nobody." in as_(world.cast.hana).get(LIST).content.decode()


def test_an_answer_that_comes_too_late_is_refused_on_the_page(waiting, lately, as_):
    world, _ = waiting
    row = written(world.cast, lately, **days(lately))
    client = as_(world.cast.max)
    assert client.post(f"/delegations/{row.pk}/answer/", {}).status_code == 422
    answer_delegation(delegation_id=row.pk, accepts=False, actor=world.cast.max, at=now())

    response = client.post(f"/delegations/{row.pk}/answer/", {"answer": "yes"})

    assert response.status_code == 422
    assert "answered or revoked already" in response.content.decode()


def test_whoever_was_slower_reads_it_as_it_is_now(waiting, lately, as_, monkeypatch):
    world, _ = waiting
    row = written(world.cast, lately, **days(lately))
    place = f"/delegations/{row.pk}/"

    def answered(**wish):
        return [answer_delegation(**wish) for _ in range(2)]

    def revoked(**wish):
        return [revoke_delegation(**wish) for _ in range(2)]

    monkeypatch.setattr(delegations, "answer_delegation", answered)
    monkeypatch.setattr(delegations, "revoke_delegation", revoked)
    taken = as_(world.cast.max).post(f"{place}answer/", {"answer": "yes"}).content.decode()
    back = {"reason": "I am back."}
    ended = as_(world.cast.ivo).post(f"{place}revoke/", back).content.decode()

    assert "answered or revoked already" in taken
    assert "In force" in taken
    assert "I take it on" not in taken
    assert "It is over already" in ended
    assert "In force" not in ended
    assert "I am back." in ended


def test_nobody_is_asked_who_is_not_there(waiting, as_):
    world, _ = waiting
    client = as_(world.cast.ivo)

    assert client.post(NEW, {"to": "999999"}).status_code == 422
    assert client.get("/delegations/999999/").status_code == 404


def test_a_second_click_is_led_to_what_the_first_one_asked(waiting, as_):
    world, _ = waiting
    client = as_(world.cast.ivo)
    typed = {"to": world.cast.max.pk, "reason": WHY, "password": PASSWORD, **days(now())}

    first, second = client.post(NEW, typed), client.post(NEW, typed)

    assert (first.status_code, second.url) == (302, first.url)
    assert Delegation.objects.count() == 1
