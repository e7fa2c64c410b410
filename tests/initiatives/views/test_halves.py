from datetime import timedelta

from governance.models import Proof
from initiatives.models import ArtefactVersion, Evidence
from initiatives.operations.artefacts import save_slot
from playbook.editions import current
from tests.gates import make_ready, make_review, make_round, sign
from tests.kept import kept

URL = "/initiatives/AI-001/halves/{}/"
GAPS = {
    "version-gaps_to_fill": "0",
    "gaps_to_fill-fill_with_ai": "Finding who is free",
    "gaps_to_fill-grow_people": "Talking with customers",
}
ROOM = {"version-change_room_now": "0", "change_room_now-room": "enough"}
WORD = {
    "word-g1_change_load-is_met": "yes",
    "word-g1_change_load-note": "Asked the team leads on Monday.",
}


def versions(slot):
    return ArtefactVersion.objects.filter(slot=slot)


def shown(answer):
    return answer.content.decode()


def test_a_half_shows_what_its_gate_still_asks_and_nothing_else(world, sign_in):
    html = shown(sign_in(world.cast.petra).get(URL.format("people")))

    assert 'name="gaps_to_fill-fill_with_ai"' in html
    assert 'name="word-g1_change_load-note"' in html
    assert 'name="tech_landscape-systems"' not in html
    assert 'name="organisational_context-context"' not in html
    # What is not needed is there, out of the way.
    before, _, more = html.partition('name="change_room_now-room"')
    assert "More you can say" in more.partition('name="change_room_now-other_changes"')[0]
    assert "14 things are missing" in before


def test_the_statement_begins_with_one_measure_of_each_kind(world, sign_in):
    html = shown(sign_in(world.cast.petra).get(URL.format("joint")))

    for key in ("tech.data_accuracy", "people.admin_burden", "value.time_saved"):
        assert f'<option value="{key}" selected>' in html
    assert 'name="success_statement-measures-rows" value="3"' in html
    assert 'name="success_statement-measures-0-baseline"' in html


def test_all_of_a_half_is_saved_at_once_and_the_rest_waits(world, sign_in):
    answer = sign_in(world.cast.petra).post(URL.format("people"), GAPS | ROOM | WORD, follow=True)

    assert answer.redirect_chain == [(URL.format("people"), 302)]
    assert "Saved. 10 still missing here." in shown(answer)
    assert versions("gaps_to_fill").count() == versions("change_room_now").count() == 1
    assert Proof.objects.get().by == world.cast.petra
    assert 'name="gaps_to_fill-fill_with_ai"' not in shown(answer)


def test_sources_are_lines_beside_the_problem(world, sign_in):
    sent = {
        "version-problem_statement": "1",
        "problem_statement-name": world.initiative.name,
        "problem_statement-problem": world.initiative.problem,
        "problem_statement-affected": world.initiative.affected,
        "source-problem_statement-0": "https://numbers.example/may",
        "source-problem_statement-1": "Two days beside the desk",
    }

    answer = sign_in(world.cast.tariq).post(URL.format("joint"), sent)

    assert answer.status_code == 302
    assert Evidence.objects.filter(slot="problem_statement").count() == 2
    assert versions("problem_statement").count() == 1


def test_a_second_click_ends_like_the_first_and_saves_nothing_twice(world, sign_in):
    client = sign_in(world.cast.petra)
    sent = GAPS | WORD | {"source-gaps_to_fill-0": "Two days beside the desk"}

    first, second = (client.post(URL.format("people"), sent, follow=True) for _ in range(2))

    assert second.redirect_chain == first.redirect_chain == [(URL.format("people"), 302)]
    assert "still missing here." in shown(second)
    rows = (versions("gaps_to_fill"), Evidence.objects, Proof.objects)
    assert [one.count() for one in rows] == [1, 1, 1]


def test_what_does_not_do_is_said_at_its_place_and_all_that_was_typed_comes_back(world, sign_in):
    wrong = {
        "version-workforce_evidence": "0",
        "workforce_evidence-people_asked": "many",
        "word-g1_change_load-is_met": "yes",
        "word-g1_change_load-note": "no",
    }
    client = sign_in(world.cast.petra)

    word = client.post(URL.format("people"), GAPS | wrong | {"word-g1_change_load-note": ""})
    number = client.post(URL.format("people"), GAPS | wrong)

    for answer in (word, number):
        assert answer.status_code == 422
        assert "Finding who is free" in shown(answer)
        assert 'value="many"' in shown(answer)
    assert 'href="#id_word-g1_change_load-note"' in shown(word)
    assert 'href="#id_workforce_evidence-people_asked"' in shown(number)
    assert not versions("gaps_to_fill").exists()
    assert not Proof.objects.exists()


def test_a_word_too_short_is_said_at_the_word(world, sign_in):
    short = WORD | {"word-g1_change_load-note": "ok"}

    answer = sign_in(world.cast.petra).post(URL.format("people"), GAPS | short)

    assert answer.status_code == 422
    assert 'href="#id_word-g1_change_load-note"' in shown(answer)
    assert not versions("gaps_to_fill").exists()


def test_a_wrong_source_is_said_at_the_source(world, sign_in):
    sent = {"version-obligation_screen": "0", "source-problem_statement-0": "x"}
    sent |= {
        "version-problem_statement": "1",
        "problem_statement-name": world.initiative.name,
        "problem_statement-problem": world.initiative.problem,
        "problem_statement-affected": world.initiative.affected,
        "source-problem_statement-0": "https://who:secret@numbers.example/",
    }

    answer = sign_in(world.cast.petra).post(URL.format("joint"), sent)

    assert answer.status_code == 422
    assert 'href="#id_source-problem_statement-0"' in shown(answer)
    assert 'value="https://who:secret@numbers.example/"' in shown(answer)


@kept
def meanwhile(world, noon):
    """Somebody of the same side has written into one of the slots since the page was opened."""
    save_slot(
        actor=world.cast.petra,
        initiative=world.initiative,
        slot="gaps_to_fill",
        raw={"fill_with_ai": "Theirs: the phone", "grow_people": "Theirs: patience"},
        expected_version=0,
        at=noon + timedelta(minutes=5),
    )


def test_the_second_saver_sees_both_texts_and_nothing_is_overwritten(world, sign_in, meanwhile):
    client = sign_in(world.cast.hana)

    clash = client.post(URL.format("people"), GAPS | ROOM)

    assert clash.status_code == 409
    assert "Theirs: the phone" in shown(clash)
    assert "Finding who is free" in shown(clash)
    assert 'name="version-gaps_to_fill" value="1"' in shown(clash)
    assert not versions("change_room_now").exists()

    again = GAPS | ROOM | {"version-gaps_to_fill": "1", "take": "gaps_to_fill.fill_with_ai"}
    assert client.post(URL.format("people"), again).status_code == 302
    last = versions("gaps_to_fill").get(n=2).sealed.text
    assert "Theirs: the phone" in last
    assert "Talking with customers" in last


def test_a_choice_between_two_texts_outlives_another_error(world, sign_in, meanwhile):
    sent = GAPS | {
        "version-gaps_to_fill": "1",
        "take": "gaps_to_fill.fill_with_ai",
        "version-change_room_now": "0",
        "change_room_now-room": "endless",
    }

    answer = sign_in(world.cast.hana).post(URL.format("people"), sent)

    assert answer.status_code == 422
    assert '<input type="hidden" name="take" value="gaps_to_fill.fill_with_ai">' in shown(answer)


def test_a_slot_left_as_it_was_never_clashes(world, sign_in, meanwhile):
    untouched = {"version-gaps_to_fill": "0"}

    answer = sign_in(world.cast.hana).post(URL.format("people"), untouched | ROOM)

    assert answer.status_code == 302
    assert versions("gaps_to_fill").get().author == world.cast.petra


def test_a_row_is_added_without_javascript_and_nothing_is_saved(world, sign_in):
    sent = {
        "version-success_statement": "0",
        "success_statement-from_state": "Today",
        "success_statement-measures-rows": "3",
        "add": "success_statement-measures",
    }

    answer = sign_in(world.cast.petra).post(URL.format("joint"), sent)

    assert answer.status_code == 200
    assert 'name="success_statement-measures-rows" value="4"' in shown(answer)
    assert "Today" in shown(answer)
    assert not versions("success_statement").exists()


def test_a_complete_half_leads_on_to_what_both_bring_and_then_to_the_gate(world, noon, sign_in):
    rest = ("gaps_to_fill", "obligation_screen")
    make_ready(world, "1", at=noon, but=rest)
    client = sign_in(world.cast.petra)
    screen = {
        "version-obligation_screen": "0",
        "obligation_screen-reads_emotions": "no",
        "obligation_screen-scores_conduct": "no",
        "obligation_screen-exploits_weakness": "no",
    }

    assert client.post(URL.format("people"), GAPS).url == URL.format("joint")
    assert client.post(URL.format("joint"), screen).url == "/initiatives/AI-001/"
    opened = client.post("/initiatives/AI-001/gates/1/")
    html = shown(client.get(URL.format("people")))
    assert "Nothing is missing here." in html
    assert f'href="{opened.url}"' in html


def test_a_signature_falls_only_when_the_editor_was_told(db, noon, sign_in):
    world, round_ = make_review(noon)
    sign(world.cast.ivo, round_.pk, at=noon)
    sent = GAPS | {"version-gaps_to_fill": "1"}

    answer = sign_in(world.cast.petra).post(URL.format("people"), sent)

    assert answer.status_code == 409
    assert "This voids one signature (Ivo Brandt)." in shown(answer)
    assert versions("gaps_to_fill").count() == 1


def test_what_a_pause_asks_for_is_filled_in_the_same_way(world, noon, sign_in):
    make_ready(world, "1", at=noon)
    make_round(world, at=noon)
    client = sign_in(world.cast.hana)
    client.post("/initiatives/AI-001/pause/", {"reason": "An answer hurt somebody, we look."})

    html = shown(client.get(URL.format("joint")))

    # What only going on asks for is shown where that way is chosen.
    whatever = [one for one in current().criteria_of("resume") if not one.verdicts]
    assert [key for one in whatever for key in one.slots] == ["resume_cause"]
    assert 'name="version-resume_cause"' in html
    assert "version-resume_fix" not in html


def test_each_writes_the_own_half_only(world, sign_in):
    assert sign_in(world.cast.tariq).get(URL.format("people")).status_code == 403
    assert sign_in(world.cast.tariq).post(URL.format("people"), GAPS).status_code == 403
    assert sign_in(world.cast.tariq).get(URL.format("nobody")).status_code == 404
    assert sign_in(world.cast.erin).get(URL.format("people")).status_code == 404
    assert not versions("gaps_to_fill").exists()
