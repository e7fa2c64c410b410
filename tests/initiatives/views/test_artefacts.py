from datetime import timedelta

import pytest

from governance.models import Round
from initiatives.models import ArtefactVersion
from initiatives.operations.artefacts import save_slot
from tests.gates import make_review, sign
from workforce.models import Role

URL = "/initiatives/AI-001/slots/{}/"
GAPS = "gaps_to_fill"


def typed(slot="problem_statement", *, version=1, **fields):
    return {"expected_version": version} | {f"slot-{key}": value for key, value in fields.items()}


STATEMENT = {"name": "Dispatch helper", "problem": "Too many calls.", "affected": "40 people"}


def test_a_save_is_a_version_by_its_author(world, sign_in):
    answer = sign_in(world.cast.petra).post(
        URL.format("problem_statement"),
        typed(**STATEMENT) | {"asked_for_by": world.cast.tariq.pk},
    )

    assert answer.url == "/initiatives/AI-001/?stage=1#voices"
    version = ArtefactVersion.objects.get(slot="problem_statement", n=2)
    assert (version.author, version.asked_for_by) == (world.cast.petra, world.cast.tariq)


def test_the_second_saver_sees_both_texts_and_chooses(world, noon, sign_in):
    client = sign_in(world.cast.petra)
    mine = typed(**{**STATEMENT, "problem": "Mine: nobody answers.", "frequency": "Daily"})
    theirs = {**STATEMENT, "problem": "Theirs: too many calls.", "frequency": "Hourly"}
    save_slot(
        actor=world.cast.tariq,
        initiative=world.initiative,
        slot="problem_statement",
        raw=theirs,
        expected_version=1,
        at=noon + timedelta(minutes=5),
    )

    clash = client.post(URL.format("problem_statement"), mine)

    html = clash.content.decode()
    assert clash.status_code == 409
    assert "Tariq Haddad</bdi> saved version 2 while you were writing." in html
    assert "Theirs: too many calls." in html
    assert "Mine: nobody answers." in html
    assert ArtefactVersion.objects.filter(slot="problem_statement").count() == 2

    again = mine | {"expected_version": 2, "take": ["frequency"]}
    assert client.post(URL.format("problem_statement"), again).status_code == 302
    last = ArtefactVersion.objects.get(slot="problem_statement", n=3)
    assert "Mine: nobody answers." in last.sealed.text
    assert "Hourly" in last.sealed.text


def test_a_row_is_added_without_javascript_and_nothing_is_saved(world, sign_in):
    sent = {
        "expected_version": 0,
        "slot-from_state": "Today",
        "slot-measures-rows": "3",
        "slot-measures-0-name": "Minutes",
        "add": "slot-measures",
    }

    answer = sign_in(world.cast.petra).post(URL.format("success_statement"), sent)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="slot-measures-rows" value="4"' in html
    assert 'value="Minutes"' in html
    assert not ArtefactVersion.objects.filter(slot="success_statement").exists()


@pytest.mark.parametrize("rows", ["999999", "-1", "x", "", "٣"])
def test_the_number_of_rows_is_not_the_browsers_to_choose(world, sign_in, rows):
    sent = {"expected_version": 0, "slot-measures-rows": rows, "slot-from_state": "Today"}

    answer = sign_in(world.cast.petra).post(URL.format("success_statement"), sent)

    assert answer.status_code in (302, 422)


def test_a_missing_role_can_be_added_on_the_way(world, sign_in):
    sent = {
        "expected_version": 0,
        "slot-roles-rows": "1",
        "add": "role",
        "new_role": "Night dispatcher",
    }

    answer = sign_in(world.cast.petra).post(URL.format("role_impact_map"), sent)

    assert answer.status_code == 200
    assert b">Night dispatcher</option>" in answer.content
    assert Role.objects.filter(name="Night dispatcher").exists()


def test_who_may_not_write_adds_no_role_either(world, sign_in):
    sent = {
        "expected_version": 0,
        "slot-roles-rows": "1",
        "add": "role",
        "new_role": "Night dispatcher",
    }

    answer = sign_in(world.cast.audrey).post(URL.format("role_impact_map"), sent)

    assert answer.status_code == 403
    assert not Role.objects.filter(name="Night dispatcher").exists()


@pytest.mark.parametrize(
    ("slot", "field", "value"),
    [
        ("problem_statement", "cost_today", "12,5"),
        ("problem_statement", "ai_answer", "maybe"),
        ("problem_statement", "name", "x" * 10_000),
        ("problem_statement", "problem", "x" * 30_000),
        ("success_statement", "by", "tomorrow"),
        ("success_statement", "by", "2026-02-31"),
    ],
)
def test_bad_input_is_an_error_at_its_field_and_stays(world, sign_in, slot, field, value):
    version = 1 if slot == "problem_statement" else 0
    sent = typed(version=version, **{**STATEMENT, "outcome_for_people": "Quiet", field: value})

    answer = sign_in(world.cast.petra).post(URL.format(slot), sent)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Quiet" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_a_broken_version_number_saves_nothing(world, sign_in, version):
    sent = typed(**STATEMENT) | {"expected_version": version}

    assert sign_in(world.cast.petra).post(URL.format("problem_statement"), sent).status_code == 422


def test_controls_are_dropped_and_markup_is_shown_as_text(world, sign_in):
    client = sign_in(world.cast.petra)
    sent = typed(**{**STATEMENT, "problem": "A\x00B\x07<script>x</script> =1+1 שלום 🙂"})

    assert client.post(URL.format("problem_statement"), sent).status_code == 302

    html = client.get(URL.format("problem_statement") + "versions/").content.decode()
    assert "AB&lt;script&gt;x&lt;/script&gt; =1+1 שלום 🙂" in html
    assert "<ins>" in html


def test_readers_read_and_the_other_side_does_not_write(world, sign_in):
    page = sign_in(world.cast.tariq).get(URL.format(GAPS))
    refused = sign_in(world.cast.tariq).post(URL.format(GAPS), {"expected_version": 0})

    assert b"<textarea" not in page.content
    assert refused.status_code == 403


def test_a_slot_that_is_not_open_says_when_it_opens(world, sign_in):
    page = sign_in(world.cast.petra).get(URL.format("launch_plan"))

    assert b"This opens with stage 3." in page.content


def test_a_slot_the_playbook_does_not_know_is_not_there(world, sign_in):
    assert sign_in(world.cast.petra).get(URL.format("no_such_slot")).status_code == 404


class TestSigned:
    @pytest.fixture
    def world(self, db, noon):
        world, round_ = make_review(noon)
        sign(world.cast.ivo, round_.pk, at=noon + timedelta(minutes=1))
        return world

    def shown(self, client):
        url = URL.format("problem_statement")
        page = client.get(url)
        form = page.context["form"]
        sent = {f"slot-{name}": form[name].value() or "" for name in form.fields}
        signatures = [one.id for one in page.context["signatures"]]
        return page, sent | {
            "expected_version": page.context["view"].text.n,
            "accepts_voids": signatures,
        }

    def test_the_editor_is_told_whose_signature_a_change_voids(self, world, sign_in):
        page, sent = self.shown(sign_in(world.cast.petra))

        assert "Ivo Brandt</bdi> for Technology" in page.content.decode()
        assert len(sent["accepts_voids"]) == 1

    def test_a_change_with_the_editors_word_voids_and_may_be_sent_again(self, world, sign_in):
        client = sign_in(world.cast.petra)
        _, sent = self.shown(client)

        answer = client.post(
            URL.format("problem_statement"),
            sent | {"slot-frequency": "Forty times a day", "resend": "1"},
        )

        assert answer.status_code == 302
        states = Round.objects.order_by("n").values_list("state", flat=True)
        assert list(states) == ["returned", "in_review"]

    def test_without_it_nothing_changes_and_the_text_comes_back(self, world, sign_in):
        client = sign_in(world.cast.petra)
        _, sent = self.shown(client)

        answer = client.post(
            URL.format("problem_statement"),
            sent | {"slot-frequency": "Forty times a day", "accepts_voids": []},
        )

        assert answer.status_code == 409
        html = answer.content.decode()
        assert "Forty times a day" in html
        assert "This voids one signature" in html
        assert 'name="accepts_voids"' in html
        assert Round.objects.get().state == "in_review"
