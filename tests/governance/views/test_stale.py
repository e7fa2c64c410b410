"""What a form was for is over meanwhile: the page says what changed, and no word is lost."""

import pytest

from governance.operations.commitments import close_commitment
from governance.operations.rounds import withdraw_round
from journal.clock import now
from tests.cast import PASSWORD
from tests.gates import sign
from tests.governance.operations.test_breaches import passed_with

WORDS = "Because the night shift said so, twice, on Monday."
POINT = "g1_change_load"
HERE = {"host": "testserver", "sec-fetch-site": "same-origin"}


def given_back(response, told: str) -> None:
    text = response.content.decode()
    assert response.status_code == 409
    assert WORDS in text
    assert "What you typed is not lost" in text
    assert told in text


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        ("", {"is_met": "yes", "note": WORDS}),
        ("waive/", {"excuse": "waived", "reason": WORDS, "until": "2027-01-01"}),
    ],
)
def test_a_point_of_a_round_that_was_sent_meanwhile(waiting, as_, way, typed):
    world, round_ = waiting
    client = as_(world.cast.petra)
    page = f"/gates/{round_.pk}/points/{POINT}/{way}"

    given_back(client.post(page, typed), "no longer in preparation: waiting for signatures.")
    assert client.get(page).status_code in {404, 405}


def test_an_address_that_was_invented_gives_the_words_back_too(waiting, as_):
    world, round_ = waiting
    client = as_(world.cast.petra)

    answer = client.post(f"/gates/{round_.pk}/points/none/", {"note": WORDS}, headers=HERE)

    assert answer.status_code == 404
    assert WORDS in answer.content.decode()


def test_a_signature_to_withdraw_where_the_round_was_taken_back(waiting, as_):
    world, round_ = waiting
    own = sign(world.cast.hana, round_.pk, at=now())
    withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=now(), reason="Too early")

    answer = as_(world.cast.hana).post(
        f"/gates/{round_.pk}/signatures/{own.pk}/withdraw/", {"reason": WORDS}
    )

    given_back(answer, f'href="/gates/{round_.pk}/"')


def test_a_dissent_where_nobody_is_asked_any_more(waiting, as_):
    world, round_ = waiting

    answer = as_(world.cast.hana).post(f"/gates/{round_.pk}/dissent/", {"text": WORDS})

    given_back(answer, "Nothing was")


def test_a_condition_that_was_closed_meanwhile(waiting, as_):
    world, round_ = waiting
    [commitment] = passed_with(world, round_, "notify")
    close_commitment(commitment_id=commitment.pk, note=WORDS, actor=world.cast.hana, at=now())

    answer = as_(world.cast.hana).post(f"/commitments/{commitment.pk}/close/", {"note": WORDS})

    given_back(answer, "closed already")


def test_a_pause_that_both_sides_ended_meanwhile(draft, as_):
    typed = {"way": "completed", "reason": WORDS, "password": PASSWORD}

    answer = as_(draft.cast.cleo).post("/initiatives/AI-001/pause/decide/", typed)

    given_back(answer, "paused")
    assert PASSWORD not in answer.content.decode()
