"""A statement made ready, as the page that asks for a password shows it."""

from governance.choices import SigningAct
from governance.models import Intent
from governance.operations.ceremony import Wish
from governance.queries.intents import get_intent
from people.choices import Side
from tests.gates import SESSION, presence_of


def test_it_says_who_signs_what_in_which_words(review, noon):
    world, round_ = review
    wish = Wish(act=SigningAct.APPROVE, words="I agree.")
    presence_of(world.cast.hana, round_.pk, at=noon, wish=wish)

    found = get_intent(Intent.objects.get().nonce)

    assert (found.name, found.side, found.typed) == (
        "Hana Okafor",
        Side.PEOPLE,
        (("In your words", "I agree."),),
    )
    assert found.snapshot == round_.snapshot.digest
    assert found.is_of(world.cast.hana.pk, SESSION)
    assert not found.is_of(world.cast.ivo.pk, SESSION)
    assert not found.is_of(world.cast.hana.pk, "b" * 64)


def test_an_unknown_one_is_none(db):
    assert get_intent("f" * 64) is None
