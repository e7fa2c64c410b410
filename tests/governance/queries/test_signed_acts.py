"""Signed acts as people read them."""

from datetime import timedelta

from governance.choices import SigningAct
from governance.models import Signature
from governance.operations.ceremony import Wish
from governance.operations.recusals import recuse
from governance.operations.signatures import withdraw_signature
from governance.queries.signed_acts import signed_views, standing
from journal.operations import erase_text
from people.choices import Side
from people.operations.persons import deactivate_person
from tests.gates import sign
from tests.governance.delegating import given

HOUR = timedelta(hours=1)


def views():
    return signed_views(Signature.objects.all())


def test_name_title_words_and_method_are_shown(review, noon):
    world, round_ = review
    wish = Wish(act=SigningAct.APPROVE, words="The tool moves to the people.")
    sign(world.cast.hana, round_.pk, at=noon, wish=wish)

    (one,) = views()

    assert (one.name, one.title) == ("Hana Okafor", "Chief People Officer")
    assert one.said == "The tool moves to the people."
    assert one.method == "Confirmed with a password"
    assert standing([one]) == {Side.PEOPLE: one}


def test_a_withdrawn_signature_stands_no_more(review, noon):
    world, round_ = review
    signature = sign(world.cast.hana, round_.pk, at=noon)
    withdraw_signature(
        signature_id=signature.pk, reason="I read it again.", actor=world.cast.hana, at=noon
    )

    (one,) = views()

    assert standing([one]) == {}
    assert (one.void_reason, one.is_live) == ("I read it again.", False)


def test_what_the_holder_withdrew_of_a_stand_in_says_who_did(review, noon):
    world, round_ = review
    cast = world.cast
    given(cast, noon)
    for person in (cast.max, cast.ivo):
        signature = sign(person, round_.pk, at=noon + HOUR)
        withdraw_signature(
            signature_id=signature.pk, reason="Promised.", actor=cast.ivo, at=noon + HOUR
        )

    assert [one.void_words for one in views()] == [
        "Withdrawn by Ivo Brandt",
        "Withdrawn by the signer",
    ]


def test_who_left_or_stepped_back_is_why_it_ended(review, noon):
    world, round_ = review
    cast = world.cast
    given(cast, noon)
    sign(cast.max, round_.pk, at=noon + HOUR)
    deactivate_person(actor=cast.ada, user=cast.max, at=noon + HOUR)
    sign(cast.hana, round_.pk, at=noon + HOUR)
    recuse(round_id=round_.pk, reason="My sister sells this.", actor=cast.hana, at=noon + HOUR)

    assert [one.void_words for one in views()] == [
        "Whoever signed left",
        "The holder of the key stepped back",
    ]


def test_an_erased_name_leaves_the_act(review, noon):
    world, round_ = review
    signature = sign(world.cast.hana, round_.pk, at=noon)
    erase_text(sealed=signature.intent.sealed, actor=world.cast.ada, reason="Asked for.", at=noon)

    (one,) = views()

    assert (one.name, one.side, one.is_live) == ("", Side.PEOPLE, True)
