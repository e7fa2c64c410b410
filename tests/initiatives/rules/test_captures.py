"""What is kept as a copy, and when one can be asked for."""

import io

import pytest

from initiatives.choices import EvidenceKind
from initiatives.rules.captures import (
    CaptureFacts,
    blockers_to_ask,
    judge_copy,
    media_type_of,
    result_of_status,
    suffix_of,
)
from tests.initiatives import samples


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"kind": EvidenceKind.FILE}, ["no_link"]),
        ({"is_on": False}, ["off"]),
        ({"is_erased": True}, ["erased"]),
        ({"is_kept": True, "is_waited_for": True}, ["kept"]),
        ({"is_waited_for": True}, ["waited_for"]),
    ],
)
def test_a_copy_can_be_asked_for_of_a_link_that_has_none(facts, codes):
    known = CaptureFacts(**{"kind": EvidenceKind.LINK, **facts})

    assert [one.code for one in blockers_to_ask(known)] == codes


@pytest.mark.parametrize(
    ("said", "media_type", "suffix"),
    [
        ("text/html", "text/html", ".html"),
        ("TEXT/HTML; charset=utf-8", "text/html", ".html"),
        ("application/pdf", "application/pdf", ".pdf"),
        ("image/svg+xml", "image/svg+xml", ""),
        ("", "", ""),
        ("text", "", ""),
        ("text/html\u202e", "", ""),
        ("text/" + "x" * 200, "", ""),
    ],
)
def test_a_type_is_one_word_or_none(said, media_type, suffix):
    assert media_type_of(said) == media_type
    assert suffix_of(media_type) == suffix


@pytest.mark.parametrize("status", [200, 203])
def test_a_whole_answer_may_be_kept(status):
    assert result_of_status(status) is None


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (204, "failing"),
        (304, "moved"),
        (399, "moved"),
        (400, "failing"),
        (401, "sign_in"),
        (410, "gone"),
        (500, "failing"),
        (511, "sign_in"),
    ],
)
def test_any_other_answer_has_its_reason(status, result):
    assert result_of_status(status) == result


@pytest.mark.parametrize(
    ("data", "media_type", "found"),
    [
        (b"<p>Hello", "text/html", "text/html"),
        (b"<html/>", "application/xhtml+xml", "application/xhtml+xml"),
        (b"PK\x03\x04", "text/html", ""),
        (b"<p>\0", "text/html", ""),
        (samples.PDF, "application/pdf", "application/pdf"),
        (samples.PDF, "image/png", ""),
        (b"plain words", "text/plain", "text/plain"),
        (b"<script>", "text/plain", ""),
    ],
)
def test_a_copy_is_what_it_is_said_to_be(data, media_type, found):
    verdict = judge_copy(io.BytesIO(data), media_type=media_type)

    assert (verdict.content_type, bool(verdict.blockers)) == (found, not found)
