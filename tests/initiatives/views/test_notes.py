from initiatives.models import Initiative, Note
from initiatives.operations.notes import share_note, withdraw_note
from people.choices import Side
from tests.kept import kept

NEW = "/notes/new/"
NOTE = {"title": "Night <b>rota</b>", "text": "It may be the rota.", "side": "people"}
PROPOSAL = {
    "name": "Rota by night",
    "problem": "Nobody knows on Friday who works on Sunday.",
    "affected": "60 technicians",
    "unit_name": "Field",
    "side": "people",
}


@kept
def note(world, noon):
    said = {"title": NOTE["title"], "text": NOTE["text"]}
    return share_note(actor=world.cast.petra, side=Side.PEOPLE, at=noon, **said)


def read(client, address):
    return client.get(address).content.decode()


def test_a_note_is_shared_and_read_by_the_other_side(world, sign_in):
    client = sign_in(world.cast.petra)
    assert "Nobody has shared a note yet." in read(client, "/notes/")

    sent = client.post(NEW, NOTE)

    assert (sent.status_code, sent.url) == (302, f"/notes/{Note.objects.get().pk}/")
    page = read(sign_in(world.cast.tariq), "/notes/")
    assert "Night &lt;b&gt;rota" in page
    assert "No proposal yet" in page
    assert "Take it back" not in read(sign_in(world.cast.tariq), sent.url)


def test_what_is_missing_is_said_and_what_was_typed_stays(world, sign_in):
    answer = sign_in(world.cast.petra).post(NEW, {**NOTE, "text": "y" * 5_001})

    assert answer.status_code == 422
    assert "5,001 characters" in answer.content.decode()
    assert "Night &lt;b&gt;rota" in answer.content.decode()


def test_a_key_holder_speaks_for_the_own_side(world, sign_in):
    client = sign_in(world.cast.ivo)

    assert 'name="side" value="technology"' in read(client, NEW)
    assert client.post(NEW, NOTE).status_code == 422


def test_a_proposal_begins_with_a_note_and_remembers_it(world, note, sign_in):
    client = sign_in(world.cast.petra)
    form = read(client, f"/initiatives/new/?note={note.pk}&name=Rota")
    assert "The proposal will remember it." in form

    client.post("/initiatives/new/", {**PROPOSAL, "note": note.pk, "reason": "Another one."})

    made = Initiative.objects.get(name=PROPOSAL["name"])
    assert f'href="/notes/{note.pk}/"' in read(client, f"/initiatives/{made.code}/")
    page = read(sign_in(world.cast.hana), f"/notes/{note.pk}/")
    assert f'href="/initiatives/{made.code}/"' in page
    assert "Take it back" not in page


def test_a_proposal_without_a_note_is_nudged_and_goes_on(world, sign_in):
    client = sign_in(world.cast.petra)

    assert "Share one first" in read(client, "/initiatives/new/?note=x")
    assert "none shared before" in read(client, "/initiatives/AI-001/")


def test_a_note_that_was_taken_back_meanwhile_is_let_go(world, note, sign_in, noon):
    withdraw_note(actor=world.cast.petra, note_id=note.pk, at=noon)

    answer = sign_in(world.cast.petra).post(
        "/initiatives/new/", {**PROPOSAL, "note": note.pk, "reason": "Another one."}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "taken back meanwhile" in page
    assert 'name="note"' not in page
    assert PROPOSAL["problem"] in page


def test_its_author_takes_it_back(world, note, sign_in):
    client = sign_in(world.cast.petra)
    assert "Take it back" in read(client, f"/notes/{note.pk}/")

    assert client.post(f"/notes/{note.pk}/withdraw/").status_code == 302

    assert client.get(f"/notes/{note.pk}/").status_code == 404
    assert sign_in(world.cast.hana).get("/notes/").status_code == 200


def test_a_second_click_is_led_to_what_the_first_one_shared(world, sign_in):
    client = sign_in(world.cast.petra)

    first, second = client.post(NEW, NOTE), client.post(NEW, NOTE, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert "You shared this already" in second.content.decode()
    assert Note.objects.count() == 1
