"""Threads as both sides see them: beside their place, at the gate, at home."""

from initiatives.models import Post, Question
from initiatives.operations.questions import ask_question
from people.operations.persons import deactivate_person
from tests.gates import make_ready, make_round
from tests.kept import kept

CALLS = "/initiatives/AI-001/calls/"
LIST = "/initiatives/AI-001/questions/"
TEXT = "Which of these could people <b>grow</b> into?"


@kept
def asked(world, noon):
    return ask_question(
        actor=world.cast.tariq,
        initiative=world.initiative,
        slot="gaps_to_fill",
        text=TEXT,
        at=noon,
    )


def read(client, address):
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_a_question_is_asked_beside_a_slot_and_answered_and_closed(world, sign_in):
    client = sign_in(world.cast.tariq)
    page = read(client, f"{LIST}?slot=gaps_to_fill")
    assert "Ask People" in page
    assert "Nobody has asked yet." in page

    sent = client.post(LIST, {"slot": "gaps_to_fill", "criterion": "", "text": TEXT})

    thread = f"{LIST}{Question.objects.get().pk}/"
    assert (sent.status_code, sent.url) == (302, thread)
    page = read(client, thread)
    assert "&lt;b&gt;grow" in page
    assert "Asked. It waits for People." in page
    assert "Ask on" in page
    assert "close it" in page

    petra = sign_in(world.cast.petra)
    assert petra.post(thread, {"text": "Both."}).status_code == 302
    assert "close it</button>" not in read(petra, thread)

    tariq = sign_in(world.cast.tariq)
    assert "Close it, or ask on." in read(tariq, thread)
    assert tariq.post(f"{thread}close/").status_code == 302
    assert "Open it again" in read(tariq, thread)
    assert tariq.post(f"{thread}reopen/").status_code == 302
    assert Question.objects.get().is_open


def test_what_cannot_be_asked_comes_back_with_its_reason(world, sign_in):
    client = sign_in(world.cast.tariq)
    for text, reason in (("", "This field is required"), ("y" * 2_001, "2,001 characters")):
        answer = client.post(LIST, {"slot": "gaps_to_fill", "text": text})

        assert answer.status_code == 422
        assert reason in answer.content.decode()
        assert text in answer.content.decode()


def test_words_for_a_thread_that_was_closed_meanwhile_are_not_lost(world, asked, sign_in, noon):
    client = sign_in(world.cast.tariq)
    client.post(f"{LIST}{asked.pk}/close/")

    answer = sign_in(world.cast.petra).post(f"{LIST}{asked.pk}/", {"text": "My long answer"})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "closed meanwhile" in html
    assert "My long answer" in html
    assert Post.objects.count() == 1


def test_nothing_is_asked_about_a_place_that_is_not_there(world, sign_in):
    client = sign_in(world.cast.tariq)

    assert client.get(f"{LIST}?slot=weather").status_code == 404
    assert client.get(f"{LIST}?slot=gaps_to_fill&criterion=g1_change_load").status_code == 404
    assert client.post(LIST, {"text": TEXT}).status_code == 404
    assert client.get(f"{LIST}99/").status_code == 404


def test_who_only_reads_reads_it_and_is_offered_nothing(world, asked, sign_in):
    client = sign_in(world.cast.cleo)

    assert "<textarea" not in read(client, f"{LIST}{asked.pk}/")
    assert "<textarea" not in read(client, f"{LIST}?slot=gaps_to_fill")
    assert client.post(f"{LIST}{asked.pk}/close/").status_code == 403


def test_all_of_them_are_listed_with_whom_they_wait_for(world, asked, sign_in):
    page = read(sign_in(world.cast.cleo), LIST)

    assert "One question is&nbsp;open." in page
    assert "People are asked" in page


def test_it_shows_beside_its_slot_and_leads_to_it(world, asked, sign_in):
    page = read(sign_in(world.cast.petra), "/initiatives/AI-001/")

    assert f'href="{LIST}?slot=gaps_to_fill"><strong>1 open question</strong>' in page
    assert "1 open question" in read(
        sign_in(world.cast.petra), "/initiatives/AI-001/slots/gaps_to_fill/"
    )
    assert "asked about “" in page


def test_it_shows_at_the_gate_and_voids_nothing(world, asked, sign_in, noon):
    make_ready(world, "1", at=noon)
    round_ = make_round(world, at=noon)
    digest = round_.snapshot.digest
    client = sign_in(world.cast.hana)
    gate = f"/gates/{round_.pk}/"
    assert "grow&lt;/b&gt; into?" in read(client, gate)

    client.post(f"{LIST}{asked.pk}/", {"text": "Both of them."})

    page = read(client, gate)
    assert "answered, not closed yet" in page
    round_.refresh_from_db()
    assert (round_.state, round_.snapshot.digest) == ("in_review", digest)


def test_it_waits_at_home_for_the_lead_and_its_answer_for_the_asker(world, asked, sign_in):
    assert "Questions that wait for you" in read(sign_in(world.cast.petra), "/")
    assert "Questions that wait for you" not in read(sign_in(world.cast.tariq), "/")

    sign_in(world.cast.petra).post(f"{LIST}{asked.pk}/", {"text": "Both."})

    assert "Questions that wait for you" not in read(sign_in(world.cast.petra), "/")
    page = read(sign_in(world.cast.tariq), "/")
    assert "One question waits for&nbsp;you." in page
    assert "Read the answer" in page


def test_the_key_closes_for_who_has_left(world, asked, sign_in, noon):
    deactivate_person(actor=world.cast.ada, user=world.cast.tariq, at=noon)

    page = read(sign_in(world.cast.ivo), f"{LIST}{asked.pk}/")

    assert "It is answered: close it" in page


def test_a_joint_place_is_left_to_the_other_side_where_one_would_ask(world, sign_in):
    place = f"{LIST}?slot=obligation_screen"
    client = sign_in(world.cast.tariq)
    assert "Leave it to People" in read(client, place)
    assert "Leave it" not in read(client, f"{LIST}?slot=gaps_to_fill")

    answer = client.post(CALLS, {"slot": "obligation_screen", "deed": "leave"})

    assert answer.url == place
    assert "You left it to People." in read(client, place)
    others = sign_in(world.cast.petra)
    assert "Yours: Technology left it to People." in read(others, place)
    assert "Left to <span" in read(others, "/initiatives/AI-001/slots/obligation_screen/")
    again = others.post(CALLS, {"slot": "obligation_screen", "deed": "leave"})
    assert again.status_code == 422
    assert "has left this to yours" in again.content.decode()

    sign_in(world.cast.ivo).post(CALLS, {"slot": "obligation_screen", "deed": "back"})

    assert "Leave it to Technology" in read(sign_in(world.cast.petra), place)
