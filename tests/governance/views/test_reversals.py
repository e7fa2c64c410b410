"""Taking back in the browser: one's own, with a reason, and never what is another's."""

from datetime import timedelta

from governance.choices import RoundState
from governance.models import Contest, Signature, Void
from tests.gates import sign
from tests.governance.operations.test_refusals import decline
from tests.kept import kept

REASON = "The numbers we both looked at came from the wrong month."


@kept
def signed(waiting, lately):
    """A round that Ivo has signed."""
    world, round_ = waiting
    return world, round_, sign(world.cast.ivo, round_.pk, at=lately)


@kept
def declined(waiting, lately):
    """A round that Hana has declined."""
    world, round_ = waiting
    return world, round_, decline(world.cast.hana, round_, lately)


@kept
def disputed(signed, lately):
    """A round that Ivo has signed and Hana declined."""
    world, round_, _ = signed
    return world, round_, decline(world.cast.hana, round_, lately + timedelta(hours=1))


def state_of(round_) -> str:
    round_.refresh_from_db()
    return round_.state


def test_a_signer_withdraws_and_the_half_is_open_again(signed, as_, at_gate):
    world, round_, signature = signed
    address = at_gate(round_, "signature-withdraw", signature=signature.pk)

    response = as_(world.cast.ivo).post(address, {"reason": REASON}, follow=True)

    assert response.redirect_chain == [(at_gate(round_), 302)]
    assert "Your half is open again." in response.content.decode()
    assert Void.objects.get().sealed.text == REASON


def test_nobody_withdraws_what_another_signed(signed, as_, at_gate):
    world, round_, signature = signed
    address = at_gate(round_, "signature-withdraw", signature=signature.pk)

    for name, status in (("hana", 403), ("petra", 403), ("cleo", 403), ("otto", 404)):
        assert (
            as_(getattr(world.cast, name)).post(address, {"reason": REASON}).status_code == status
        )
    assert not Void.objects.exists()


def test_a_reversal_without_a_reason_is_refused_with_the_page(signed, as_, at_gate):
    world, round_, signature = signed
    address = at_gate(round_, "signature-withdraw", signature=signature.pk)

    response = as_(world.cast.ivo).post(address, {"reason": "  "})

    assert response.status_code == 422
    assert response.context["reason_form"].errors["reason"]
    assert not Void.objects.exists()


def test_who_declined_takes_it_back_while_the_sides_disagree(disputed, as_, at_gate):
    world, round_, made = disputed
    address = at_gate(round_, "decline-take-back", decline=made.pk)

    assert as_(world.cast.ivo).post(address, {"reason": REASON}).status_code == 403
    assert as_(world.cast.petra).post(address, {"reason": REASON}).status_code == 403
    response = as_(world.cast.hana).post(address, {"reason": REASON})

    assert response.url == at_gate(round_)
    assert state_of(round_) == RoundState.IN_REVIEW


def test_a_disagreement_names_both_ways_on(disputed, as_, at_gate):
    world, round_, _ = disputed

    html = as_(world.cast.cleo).get(at_gate(round_)).content.decode()

    assert "People declined." in html
    assert "if that is taken back, or if People sign after all" in html


def test_a_decline_that_ended_the_round_is_not_taken_back(declined, as_, at_gate):
    world, round_, made = declined
    address = at_gate(round_, "decline-take-back", decline=made.pk)

    response = as_(world.cast.hana).post(address, {"reason": REASON})

    assert response.status_code == 409
    assert "Only while the sides disagree" in response.content.decode()
    assert REASON in response.content.decode()
    assert state_of(round_) == RoundState.DECLINED


def test_the_other_side_contests_a_decline(declined, as_, at_gate):
    world, round_, made = declined
    address = at_gate(round_, "decline-contest", decline=made.pk)

    assert as_(world.cast.hana).post(address, {"reason": REASON}).status_code == 403
    short = as_(world.cast.ivo).post(address, {"reason": "No."})
    assert short.status_code == 422
    assert "at least 30 characters" in short.content.decode()
    assert not Contest.objects.exists()

    response = as_(world.cast.ivo).post(address, {"reason": REASON}, follow=True)

    assert "Contested. The sides disagree" in response.content.decode()
    assert state_of(round_) == RoundState.ESCALATED


def test_an_act_of_another_round_is_not_there(signed, as_, at_gate):
    world, round_, _ = signed
    client = as_(world.cast.ivo)

    for address in (
        at_gate(round_, "signature-withdraw", signature=10_000),
        at_gate(round_, "decline-take-back", decline=10_000),
        at_gate(round_, "decline-contest", decline=10_000),
    ):
        assert client.post(address, {"reason": REASON}).status_code == 404
    assert Signature.objects.count() == 1
