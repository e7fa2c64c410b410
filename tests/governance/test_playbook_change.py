"""An artefact and a criterion more are a change of data: form, page, gate and frozen bytes follow.

No line of Python knows the two that this test adds to a copy of the playbook.
"""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from governance.operations.editions import adopt_edition
from governance.operations.rounds import RoundRefusedError, open_round, submit_round
from governance.queries.rounds import get_round
from initiatives.models import ArtefactVersion
from journal.clock import now
from journal.verification import verify
from playbook.load import read
from playbook.playbooks import Playbook
from tests.gates import company, make_ready, make_world, sign

SLOT = """
  - key: noise_check
    side: people
    label: How loud it is in the room
    help: Measured on a busy day.
    fields:
      - key: decibels
        label: Decibels at noon
        type: number
        unit: dB
        required: true
      - key: heard_by
        label: Who listened
        type: text
        required: true
"""
CRITERION = """
  - key: g1_noise_known
    side: people
    kind: must
    axis: change
    proof: artefact
    slots: [noise_check]
    text: Everybody knows how loud it is.
"""


@pytest.fixture
def edition(tmp_path) -> Playbook:
    """The playbook with one slot and one criterion more."""
    for path in Path(settings.PLAYBOOK_ROOT).glob("*.yaml"):
        shutil.copy(path, tmp_path / path.name)
    for name, more in (("slots_1_problem", SLOT), ("criteria_1_problem", CRITERION)):
        with (tmp_path / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(more)
    head = tmp_path / "playbook.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace("revision: 1\n", "revision: 2\n"), encoding="utf-8")
    return read(tmp_path)


@pytest.fixture
def draft(db, edition):
    """A first gate that had everything until the edition with the new two was adopted."""
    at = now() - timedelta(days=2)
    world = make_world(at, cast=company(at, is_demo=True))
    make_ready(world, "1", at=at)
    adopt_edition(playbook=edition, actor=world.cast.ada, at=at)
    return world, open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=at)


def page(client, name, **kwargs) -> str:
    return client.get(reverse(name, kwargs=kwargs)).content.decode()


def write_it(client, code) -> None:
    """Fill the form that the fields made; it judges what is typed by their types."""
    form = reverse("initiatives:artefact-form", kwargs={"code": code, "slot": "noise_check"})
    shown = client.get(form).content.decode()
    for words in ("How loud it is in the room", "Decibels at noon", "dB", "Who listened"):
        assert words in shown
    typed = {"expected_version": 0, "slot-heard_by": "Max"}
    assert client.post(form, {**typed, "slot-decibels": "loud"}).status_code == 422
    assert client.post(form, {**typed, "slot-decibels": "61"}).status_code == 302


def test_it_is_asked_for_typed_in_and_shown(draft, client) -> None:
    world, round_ = draft
    code = world.initiative.code
    client.force_login(world.cast.petra)

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=round_.pk, actor=world.cast.petra, at=now())
    assert refused.value.codes == ("criterion.g1_noise_known",)
    assert "Everybody knows how loud it is." in page(client, "governance:gate-detail", pk=round_.pk)
    write_it(client, code)

    submit_round(round_id=round_.pk, actor=world.cast.petra, at=now())
    assert "How loud it is in the room" in page(client, "initiatives:initiative-detail", code=code)
    client.force_login(world.cast.hana)
    assert "Decibels at noon" in page(client, "governance:gate-detail", pk=round_.pk)


def test_it_is_frozen_signed_and_decided_on(draft, client, edition) -> None:
    world, round_ = draft
    client.force_login(world.cast.petra)
    write_it(client, world.initiative.code)
    submit_round(round_id=round_.pk, actor=world.cast.petra, at=now())

    said = json.loads(bytes(get_round(round_.pk).snapshot.body))
    [frozen] = [one for one in said["content"]["slots"] if one["slot"] == "noise_check"]
    met = {"key": "g1_noise_known", "side": "people", "state": "met", "stated": None}
    assert said["edition"] == edition.digest
    assert frozen["open"] == {"decibels": "61"}
    assert frozen["texts"] == ArtefactVersion.objects.get(slot="noise_check").sealed_id
    assert met in said["criteria"]

    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=now())
    world.initiative.refresh_from_db()
    assert world.initiative.stage == 2
    assert [*verify()] == []
