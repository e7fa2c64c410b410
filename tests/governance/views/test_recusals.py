"""Stepping back in the browser, and the sponsor who names somebody."""

from datetime import timedelta
from html import unescape

from governance.models import Delegation, Recusal
from governance.operations.delegations import answer_delegation
from governance.operations.recusals import recuse
from governance.operations.rounds import withdraw_round
from initiatives.queries.days import home_day
from journal.clock import now
from tests.cast import PASSWORD
from tests.gates import sign
from tests.governance.operations.test_refusals import decline
from tests.kept import kept

WHY = "My sister works for the company that sells this."
CHOSEN = "She has no part in this."


@kept
def left(waiting, lately):
    """A round that Hana stepped back from."""
    world, round_ = waiting
    row = recuse(round_id=round_.pk, reason=WHY, actor=world.cast.hana, at=lately)
    return world, round_, row


def wish(person, **changes) -> dict[str, str]:
    last = home_day(now() + timedelta(days=10)).isoformat()
    return {"to": str(person.pk), "last": last, "reason": CHOSEN, "password": PASSWORD, **changes}


def test_a_signer_steps_back_and_everybody_reads_why(waiting, as_, at_gate):
    world, round_ = waiting
    hana = as_(world.cast.hana)
    assert "I should not judge this" in hana.get(at_gate(round_)).content.decode()

    response = hana.post(at_gate(round_, "gate-recuse"), {"reason": WHY}, follow=True)

    assert response.redirect_chain == [(at_gate(round_), 302)]
    page = response.content.decode()
    assert "You stepped back. Somebody else signs for your side here." in page
    assert WHY in page
    assert "I should not judge this" not in page
    assert "Sign for People" not in page
    read = as_(world.cast.petra).get(at_gate(round_)).content.decode()
    assert WHY in read
    assert "Nobody signs in that place yet. The sponsor names somebody." in read


def test_who_declined_is_not_offered_to_step_back(waiting, as_, at_gate, lately):
    world, round_ = waiting
    sign(world.cast.ivo, round_.pk, at=lately)
    decline(world.cast.hana, round_, lately)

    page = as_(world.cast.hana).get(at_gate(round_)).content.decode()

    assert "I should not judge this" not in page
    assert "I should not judge this" in as_(world.cast.ivo).get(at_gate(round_)).content.decode()


def test_too_few_words_are_kept_and_told(waiting, as_, at_gate):
    world, round_ = waiting

    response = as_(world.cast.hana).post(at_gate(round_, "gate-recuse"), {"reason": "My son"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "You did not step back" in page
    assert "Give a reason of at least 10 characters." in page
    assert ">\nMy son</textarea>" in page
    assert not Recusal.objects.exists()


def test_nobody_else_steps_back_and_nobody_twice(left, as_, at_gate):
    world, round_, _ = left
    address = at_gate(round_, "gate-recuse")

    for name, status in (("petra", 403), ("cleo", 403), ("otto", 404), ("hana", 422)):
        got = as_(getattr(world.cast, name)).post(address, {"reason": WHY})
        assert got.status_code == status
    assert Recusal.objects.count() == 1


def test_who_stepped_back_is_told_the_way_out_at_the_other_doors(left, as_, at_gate):
    world, round_, _ = left

    for name in ("gate-decide", "gate-dissent"):
        refused = as_(world.cast.hana).post(at_gate(round_, name), {})
        assert refused.status_code == 403
        assert "The sponsor names who signs in your place." in refused.content.decode()


def test_the_sponsor_is_asked_at_home_and_names_somebody(left, as_, at_gate):
    world, round_, row = left
    cleo, erin = as_(world.cast.cleo), world.cast.erin
    home = cleo.get("/").content.decode()
    assert f"Name who signs for People on {world.initiative.code}, gate 1" in home
    assert "Name who signs at one gate." in home
    assert "Name who signs for People" in cleo.get(at_gate(round_)).content.decode()

    address = at_gate(round_, "gate-substitute", recusal=row.pk)
    response = cleo.post(address, wish(erin), follow=True)

    page = response.content.decode()
    assert "Erin Doyle is asked. It counts once taken on." in page
    assert "named <bdi>Erin Doyle</bdi>. It counts once taken on." in page
    assert "Name who signs" not in cleo.get("/").content.decode()
    told = as_(erin).get("/").content.decode()
    assert "<bdi>Cleo Marchetti</bdi> asks you to sign for <bdi>Hana Okafor</bdi>." in told
    given = Delegation.objects.get()
    asked = as_(erin).get(f"/delegations/{given.pk}/").content.decode()
    assert "stepped back from this" in asked


def test_who_takes_it_on_signs_there(left, as_, at_gate):
    world, round_, row = left
    erin = world.cast.erin
    address = at_gate(round_, "gate-substitute", recusal=row.pk)
    as_(world.cast.cleo).post(address, wish(erin))
    given = Delegation.objects.get()
    answer_delegation(delegation_id=given.pk, accepts=True, actor=erin, at=now())

    page = as_(erin).get(at_gate(round_)).content.decode()

    assert "Sign for People" in page
    assert "signs in that place." in page
    assert "Waiting for your signature" in as_(erin).get("/").content.decode()
    assert "Waiting for your signature" not in as_(world.cast.hana).get("/").content.decode()
    sign(world.cast.ivo, round_.pk, at=now())
    sign(erin, round_.pk, at=now())
    sealed = as_(world.cast.petra).get(at_gate(round_, "gate-signed")).content.decode()
    assert WHY in sealed
    assert "named <bdi>Erin Doyle</bdi>, who signed in that place." in sealed
    assert "<bdi>Erin Doyle</bdi> for <bdi>Hana Okafor</bdi>" in sealed


def test_over_a_no_of_who_signed_there_nobody_else_is_asked_for(left, as_, at_gate):
    world, round_, row = left
    cleo, erin = as_(world.cast.cleo), world.cast.erin
    cleo.post(at_gate(round_, "gate-substitute", recusal=row.pk), wish(erin))
    given = Delegation.objects.get()
    answer_delegation(delegation_id=given.pk, accepts=True, actor=erin, at=now())
    sign(world.cast.ivo, round_.pk, at=now())
    decline(erin, round_, now())
    cleo.post(f"/delegations/{given.pk}/revoke/", {"reason": "Somebody else."})

    page = cleo.get(at_gate(round_)).content.decode()

    assert "Nobody else is chosen over a no: the sponsor decides." in page
    assert "Name somebody first; if that side declined, choose another way." in unescape(page)
    assert "Name who signs" not in page


def test_of_a_round_that_ended_meanwhile_the_sponsor_reads_so(left, as_, at_gate):
    world, round_, row = left
    withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=now())

    address = at_gate(round_, "gate-substitute", recusal=row.pk)
    answers = [as_(world.cast.cleo).post(address, wish(world.cast.erin)) for _ in range(2)]

    assert [one.status_code for one in answers] == [409, 409]
    assert CHOSEN in answers[0].content.decode()
    assert not Delegation.objects.exists()


def test_whom_the_sponsor_named_for_a_round_that_ended_is_not_revoked(left, as_, at_gate):
    world, round_, row = left
    cleo = as_(world.cast.cleo)
    cleo.post(at_gate(round_, "gate-substitute", recusal=row.pk), wish(world.cast.erin))
    address = f"/delegations/{Delegation.objects.get().pk}/"
    offered = "Revoke it" in cleo.get(address).content.decode()
    withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=now())

    refused = cleo.post(f"{address}revoke/", {"reason": "Somebody else."})

    assert (offered, refused.status_code) == (True, 422)
    assert "The round it was for waits for no signature any more." in refused.content.decode()
    assert "Revoke it" not in cleo.get(address).content.decode()


def test_who_stepped_back_is_told_that_only_the_sponsor_ends_it(left, as_, at_gate):
    world, round_, row = left
    as_(world.cast.cleo).post(
        at_gate(round_, "gate-substitute", recusal=row.pk), wish(world.cast.erin)
    )
    address = f"/delegations/{Delegation.objects.get().pk}/revoke/"

    answers = [
        as_(one).post(address, {"reason": "I am back."})
        for one in (world.cast.hana, world.cast.ivo)
    ]

    assert [one.status_code for one in answers] == [422, 403]
    for one in answers:
        assert "Only the sponsor, who named this person, can revoke" in one.content.decode()


def test_what_cannot_be_is_told_and_what_was_typed_is_kept(left, as_, at_gate):
    world, round_, row = left
    cleo = as_(world.cast.cleo)
    address = at_gate(round_, "gate-substitute", recusal=row.pk)

    over = cleo.post(address, wish(world.cast.erin, last="2020-01-01"))
    foreign = cleo.post(address, wish(world.cast.petra))
    unknown = cleo.post(at_gate(round_, "gate-substitute", recusal=row.pk + 1), {})
    other = as_(world.cast.ivo).post(address, wish(world.cast.erin))

    assert [one.status_code for one in (over, foreign, unknown, other)] == [422, 422, 404, 403]
    page = over.content.decode()
    assert "Nobody was asked" in page
    assert "Choose today or a day after it." in page
    assert "after the first" not in page
    assert CHOSEN in page
    assert not Delegation.objects.exists()
