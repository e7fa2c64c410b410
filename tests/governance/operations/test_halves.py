from dataclasses import replace
from datetime import timedelta

import pytest

from governance.choices import RoundState
from governance.models import Proof
from governance.operations.halves import (
    GivenWord,
    Half,
    HalfRefusedError,
    Source,
    fill_half,
)
from governance.operations.proofs import MOMENTS
from governance.operations.rounds import open_round
from governance.reactions import VoidsSignaturesError
from initiatives.choices import EvidenceKind
from initiatives.models import ArtefactVersion, Evidence
from initiatives.operations.contributions import Contribution
from journal.models import Entry
from tests.gates import sign

GAPS = {"fill_with_ai": "Finding who is free", "grow_people": "Talking with customers"}


def typed(slot="gaps_to_fill", raw=GAPS, version=0):
    return Contribution(slot=slot, raw=raw, expected_version=version)


def source(text, number=0):
    return Source(name=f"source-{number}", slot="problem_statement", text=text)


def word(note="Asked the team leads.", criterion="g1_change_load"):
    return GivenWord(name="word", criterion=criterion, is_met=True, note=note)


def fill(world, at, *contributions, person=None, sources=(), words=(), **options):
    return fill_half(
        actor=person or world.cast.petra,
        initiative=world.initiative,
        half=Half(contributions=contributions, sources=sources, words=words),
        at=at,
        **options,
    )


def test_a_half_is_kept_in_one_act(world, noon):
    assert fill(world, noon, typed(), words=[word()])

    assert ArtefactVersion.objects.filter(slot="gaps_to_fill").count() == 1
    assert Proof.objects.get().criterion == "g1_change_load"
    kinds = Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2]
    assert set(kinds) == {"artefact.saved", "criterion.attested"}


def test_an_address_is_a_link_and_a_sentence_a_statement(world, noon):
    said = "Two days beside the desk in May. " * 9

    fill(world, noon, sources=[source(" https://numbers.example/may "), source(said, 1)])

    link, statement = Evidence.objects.order_by("pk")
    assert (link.kind, statement.kind) == (EvidenceKind.LINK, EvidenceKind.ATTESTATION)
    assert "https://numbers.example/may" in link.sealed.text
    assert said.strip() in statement.sealed.text


def test_pressing_save_without_a_change_writes_nothing(world, noon):
    before = Entry.objects.count()

    assert not fill(world, noon, typed(raw={}))

    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"sources": [source("https://a:b@secret.example/")]}, "source-0"),
        ({"words": [word(note="")]}, "word.note"),
    ],
)
def test_one_thing_that_does_not_do_keeps_all_of_it_back(world, noon, options, field):
    with pytest.raises(HalfRefusedError) as refused:
        fill(world, noon, typed(), **options)

    assert [one.field for one in refused.value.blockers] == [field]
    assert not ArtefactVersion.objects.filter(slot="gaps_to_fill").exists()
    assert not Evidence.objects.exists()


def test_a_signature_falls_only_with_the_word_of_who_edits(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    changed = typed(raw={**GAPS, "grow_people": "Patience"}, version=1)
    later = noon + timedelta(minutes=1)

    with pytest.raises(VoidsSignaturesError) as refused:
        fill(world, later, changed)
    assert fill(world, later, changed, accepts_voids=refused.value.signatures)

    round_.refresh_from_db()
    assert round_.state == RoundState.RETURNED


def test_a_half_can_be_filled_before_and_after_its_round_opens(world, noon):
    fill(world, noon, typed())
    open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)

    assert fill(world, noon, typed(raw={**GAPS, "grow_people": "Patience"}, version=1))


def everything(world, at, **changes):
    sent = {"sources": [source("https://numbers.example/may")], "words": [word()]} | changes
    return fill(world, at, typed(), **sent)


def kept():
    rows = (ArtefactVersion.objects.filter(slot="gaps_to_fill"), Evidence.objects, Proof.objects)
    return [*(one.count() for one in rows), Entry.objects.count()]


def test_what_is_sent_twice_is_kept_once_and_ends_alike(world, noon):
    assert everything(world, noon)
    before = kept()

    assert everything(world, noon + timedelta(seconds=1))
    assert fill(world, noon, sources=[source("https://numbers.example/may")])
    assert fill(world, noon, words=[word()])

    assert kept() == before


def test_what_differs_from_what_was_sent_is_judged(world, noon):
    everything(world, noon)

    assert fill(world, noon, words=[replace(word(), is_met=False)])
    with pytest.raises(HalfRefusedError) as refused:
        everything(world, noon)
    with pytest.raises(HalfRefusedError):
        everything(world, noon, sources=[source("https://numbers.example/may"), source("June", 1)])
    assert everything(world, noon, person=world.cast.hana, words=())

    assert [one.code for one in refused.value.blockers] == ["added"]
    assert kept()[:3] == [1, 2, 2]


def test_a_word_is_given_again_later(world, noon):
    fill(world, noon, words=[word()])

    assert fill(world, noon + MOMENTS, words=[word()])

    assert Proof.objects.count() == 2
