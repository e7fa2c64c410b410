"""The page that asks who one is: the passkey of whoever has one, else a password."""

import json
from base64 import urlsafe_b64decode
from html import unescape

from governance.models import Intent, Signature
from governance.queries.intents import get_intent
from governance.queries.statements import statement_digest
from governance.views.signing import confirm_intent
from journal.clock import now
from people.models import Passkey
from tests.authenticator import give_passkey


def asked(response):
    page = response.content.decode()
    return json.loads(unescape(page.split('data-passkey-get="')[1].split('"')[0]))


def test_whoever_has_a_passkey_sees_only_the_passkey_and_signs_with_it(waiting, decide, client):
    world, round_ = waiting
    key = give_passkey(world.cast.hana, now())
    place = decide(world.cast.hana, round_, "sign").url

    page = client.get(place)
    challenge = bytes.fromhex(statement_digest(Intent.objects.get()))
    response = client.post(place, {"assertion": key.sign(challenge)})

    assert urlsafe_b64decode(asked(page)["challenge"] + "=") == challenge
    assert [one["type"] for one in asked(page)["allowCredentials"]] == ["public-key"]
    assert b'name="password"' not in page.content
    assert b"<noscript>" in page.content
    assert response.url == f"/gates/{round_.pk}/"
    assert Signature.objects.get().step_up["level"] == "L3"


def test_an_answer_that_does_not_hold_is_told_and_signs_nothing(waiting, decide, client):
    world, round_ = waiting
    key = give_passkey(world.cast.hana, now())
    place = decide(world.cast.hana, round_, "sign").url

    wrong = client.post(place, {"assertion": key.sign(b"x" * 32)})
    empty = client.post(place, {"password": "a-tally-of-two-halves"})

    assert wrong.status_code == empty.status_code == 422
    assert "answered to something else" in wrong.content.decode()
    assert "Passkeys need JavaScript" in empty.content.decode()
    assert not Signature.objects.exists()


def test_sent_twice_at_once_the_second_answer_is_that_it_was_signed(waiting, decide, client, rf):
    world, round_ = waiting
    key = give_passkey(world.cast.hana, now())
    place = decide(world.cast.hana, round_, "sign").url
    intent = Intent.objects.get()
    answer = key.sign(bytes.fromhex(statement_digest(intent)))
    before = get_intent(intent.nonce)
    first = client.post(place, {"assertion": answer})

    for sent in (answer, key.sign(b"x" * 32)):
        request = rf.post(place, {"assertion": sent})
        request.user, request.session = world.cast.hana, client.session
        again = confirm_intent(request, before)
        assert (again.status_code, again.url) == (302, first.url)
    assert Signature.objects.count() == 1


def test_without_a_way_to_prove_it_the_page_says_how_to_get_one(waiting, decide, client, settings):
    world, round_ = waiting
    key = give_passkey(world.cast.hana, now())
    settings.BASE_URL = "https://counterpart.example"
    place = decide(world.cast.hana, round_, "sign").url

    page = client.get(place).content.decode()
    response = client.post(place, {"assertion": key.sign(b"x" * 32)})

    assert "You cannot sign this yet." in page
    assert "/profile/passkeys/add/" in page
    assert "data-passkey" not in page
    assert response.status_code == 422
    assert Passkey.objects.exists()
    assert not Signature.objects.exists()
