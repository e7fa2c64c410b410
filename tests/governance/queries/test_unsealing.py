"""Frozen bytes opened for reading."""

import json

from governance.queries.texts import Vault, commitments_in
from governance.queries.unsealing import Reader
from kernel.canonical import canonical, digest
from playbook.editions import current


def reader(said):
    return Reader(playbook=current(), vault=Vault({*commitments_in(said)}), names={})


def test_the_bytes_give_the_text_and_their_fingerprint(review):
    _, round_ = review
    body = bytes(round_.snapshot.body)

    text = reader(json.loads(body)).read(body, round_.snapshot.digest)

    assert text.is_true
    assert text.name == "Dispatch helper"
    assert text.met == len(text.criteria)
    assert {side for side, _ in text.sides} == {"technology", "people", "joint"}


def test_bytes_that_give_another_fingerprint_are_untrue(review):
    _, round_ = review
    said = json.loads(bytes(round_.snapshot.body))
    said["round"] = 2

    text = reader(said).read(canonical(said), round_.snapshot.digest)

    assert not text.is_true


def test_bytes_that_are_not_canonical_are_untrue(review):
    _, round_ = review
    said = json.loads(bytes(round_.snapshot.body))
    body = json.dumps(said, indent=1).encode()

    assert not reader(said).read(body, digest(body)).is_true


def test_a_person_no_longer_on_record_is_named_as_such(review):
    _, round_ = review
    body = bytes(round_.snapshot.body)

    text = reader(json.loads(body)).read(body, round_.snapshot.digest)

    assert set(text.leads.values()) == {"someone no longer on record"}
