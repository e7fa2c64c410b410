"""Words are found by their beginnings, whatever joins them, and never under a field's name."""

from datetime import UTC, datetime

import pytest

from journal.models import Sealed
from kernel.canonical import canonical
from kernel.fulltext import asked, query_of, words_in_json, words_of

AT = datetime(2026, 1, 6, 9, tzinfo=UTC)
BAD = (
    "",
    " ",
    "'\"():*|&!",
    "\x00",
    "🙂",
    "<->",
    "\\",
    "''''",
    "a' | 'b",
    "!" * 10_000,
    "x" * 10_000,
    "word " * 3_000,
    "שלום עולם",
    "مرحبا",
    "x:*&!(y)",
    "ﬁ\u200b\u202e",
    "% %s {} %(x)s",
)


def found(text: str) -> bool:
    words = asked(text)
    rows = Sealed.objects.alias(said=words_in_json("text"))
    return bool(words) and rows.filter(said=query_of(words_of(words))).exists()


def kept(text: str) -> Sealed:
    return Sealed.objects.create(commitment="a" * 64, key=b"k" * 32, text=text)


@pytest.mark.parametrize("text", BAD)
def test_whatever_is_typed_is_a_question_or_none(db, text):
    kept("Nothing of this kind")

    assert found(text) is False


def test_at_most_eight_words_are_asked():
    assert asked("a b c d e f g h i j") == tuple("abcdefgh")


@pytest.mark.parametrize(
    "word", ["517", "ai-517", "AI 517", "co-sign", "sign", "output", "dispa", "example.com", "Ürl"]
)
def test_words_are_found_by_their_beginning_whatever_joins_them(db, word):
    kept("AI-517: co-signed input/output for Dispatchers, see https://example.com/path (Ürlaub)")

    assert found(word)


def test_the_beginning_of_a_word_counts_not_its_middle(db):
    kept("dispatchers")

    assert not found("patch")


def test_names_of_fields_and_escapes_are_no_words(db):
    kept(canonical({"problem": "one\ntwo", "measures.0.name": 'said "three"'}).decode())

    assert found("two")
    assert found("three")
    assert not found("problem")
    assert not found("measures")
    assert not found("ntwo")


def test_what_is_erased_is_not_found(db):
    sealed = kept("Whistleblower")
    assert found("whistle")

    Sealed.objects.filter(pk=sealed.pk).update(text=None, key=None, erased_at=AT)

    assert not found("whistle")
