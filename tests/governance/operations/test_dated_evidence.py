"""Evidence that is good until a day, and copies of links, beside what was frozen."""

import hashlib
import json
from datetime import timedelta

import pytest

from governance.choices import RoundState
from governance.models import GateSide, Round
from governance.operations.rounds import (
    RoundRefusedError,
    expire_stale_rounds,
    open_round,
    submit_round,
    withdraw_round,
)
from governance.operations.signatures import SigningRefusedError
from governance.queries.rounds import get_round, submission_facts
from governance.queries.snapshots import snapshot_body
from governance.reactions import CopyWaitsError
from governance.rules.rounds import blockers_to_submit
from initiatives.models import Capture, CaptureRequest
from initiatives.operations.captures import capture_link
from initiatives.operations.evidence import (
    add_evidence_attestation,
    add_evidence_link,
    withdraw_evidence,
)
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from kernel.canonical import digest
from playbook.editions import current
from tests.gates import make_ready, make_round, sign
from tests.kept import kept
from tests.kernel.outside import PUBLIC, Names, page, serving

WEEK, DAY, MINUTE = timedelta(days=7), timedelta(days=1), timedelta(minutes=1)
PAGE = b"<p>Two findings, both closed.</p>"


@kept
def ready(world, noon):
    """All that gate 1 asks for, one piece of it good for a week."""
    make_ready(world, "1", at=noon)
    world.dated = add_evidence_attestation(
        actor=world.cast.petra,
        initiative=world.initiative,
        slot="problem_statement",
        title="Forty calls a day",
        note="Counted in one week of March.",
        valid_until=(noon + WEEK).date(),
        at=noon,
    )
    return world


def test_evidence_out_of_date_keeps_a_round_from_being_sent(ready, noon) -> None:
    label = current().slot("problem_statement").label
    round_ = open_round(initiative=ready.initiative, gate="1", actor=ready.cast.petra, at=noon)
    sending = {"round_id": round_.pk, "actor": ready.cast.petra}
    stale = f"stale.evidence.{ready.dated.pk}"
    on_its_last_day = submission_facts(round_, ready.cast.petra, "", noon + WEEK)
    assert stale not in [one.code for one in blockers_to_submit(on_its_last_day)]

    with pytest.raises(RoundRefusedError) as refused:
        submit_round(**sending, at=noon + WEEK + DAY)

    assert refused.value.codes == (stale,)
    assert f"“{label}” was good until 10 December 2026" in str(refused.value)
    withdraw_evidence(
        actor=ready.cast.petra,
        initiative=ready.initiative,
        evidence_id=ready.dated.pk,
        reason="Out of date",
        at=noon + WEEK + DAY,
    )
    assert submit_round(**sending, at=noon + WEEK + DAY).is_in_review


def test_evidence_out_of_date_stops_the_signing_and_ends_the_round_once(ready, noon) -> None:
    round_ = make_round(ready, at=noon)
    sign(ready.cast.ivo, round_.pk, at=noon)
    assert expire_stale_rounds(at=noon + WEEK) == 0

    with pytest.raises(SigningRefusedError) as refused:
        sign(ready.cast.hana, round_.pk, at=noon + WEEK + DAY)

    assert refused.value.codes == (f"stale.evidence.{ready.dated.pk}",)
    assert expire_stale_rounds(at=noon + WEEK + DAY) == 1
    assert expire_stale_rounds(at=noon + WEEK + DAY) == 0
    round_.refresh_from_db()
    assert round_.state == RoundState.EXPIRED
    assert Happened(Entry.objects.get(kind=Kind.ROUND_EXPIRED)).data["cause"] == "stale"
    assert not GateSide.objects.filter(live_signature__isnull=False).exists()


@pytest.fixture
def linked(world, noon, settings, tmp_path):
    """A link among the evidence, and what makes its copy: copied(at=…)."""
    settings.EVIDENCE_ROOT, settings.CAPTURE_LINKS = tmp_path, True
    make_ready(world, "1", at=noon)
    add_evidence_link(
        actor=world.cast.petra,
        initiative=world.initiative,
        url="http://wiki.example/",
        title="Outside test",
        slot="problem_statement",
        at=noon,
    )

    def copied(*, at):
        with serving(page(PAGE)) as server:
            wire = Names(server, wiki_example=[[PUBLIC]])
            request = CaptureRequest.objects.get()
            return capture_link(request_id=request.pk, clock=lambda: at, wire=wire)

    return world, copied


def frozen_link(round_: Round) -> dict:
    body = json.loads(bytes(round_.snapshot.body))
    return next(one for one in body["content"]["evidence"] if one["kind"] == "link")


def test_the_digest_of_a_copy_is_part_of_what_is_signed(linked, noon) -> None:
    world, copied = linked
    copied(at=noon)

    assert frozen_link(make_round(world, at=noon))["copy"] == {
        "sha256": hashlib.sha256(PAGE).hexdigest(),
        "content_type": "text/html",
        "scan": "not_scanned",
        "fetched_at": "2026-12-03T12:00:00.000000Z",
    }


def test_a_copy_that_comes_later_changes_nothing_of_what_was_sent(linked, noon) -> None:
    world, copied = linked
    round_ = make_round(world, at=noon)
    sign(world.cast.ivo, round_.pk, at=noon)

    assert copied(at=noon + MINUTE) == "kept"

    now = snapshot_body(get_round(round_.pk), noon + 2 * MINUTE)
    assert digest(now) == round_.snapshot.digest
    assert "copy" not in frozen_link(round_)
    sign(world.cast.hana, round_.pk, at=noon + 2 * MINUTE)
    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED


def test_the_next_round_is_about_the_copy_too(linked, noon) -> None:
    world, copied = linked
    round_ = make_round(world, at=noon)
    copied(at=noon + MINUTE)
    withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=noon + 2 * MINUTE)

    assert "copy" in frozen_link(make_round(world, at=noon + 3 * MINUTE))


def test_a_copy_fetched_before_and_kept_after_the_sending_waits(linked, noon) -> None:
    """Its moment would put it into what was frozen without it: it is made again."""
    world, copied = linked
    round_ = make_round(world, at=noon + MINUTE)

    with pytest.raises(CopyWaitsError):
        copied(at=noon)

    assert not Capture.objects.exists()
    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW
    assert copied(at=noon + 2 * MINUTE) == "kept"


def test_a_copy_dated_after_the_sending_it_came_before_is_left_out(linked, noon) -> None:
    world, copied = linked
    copied(at=noon + MINUTE)
    round_ = make_round(world, at=noon)

    assert "copy" not in frozen_link(round_)
    assert digest(snapshot_body(get_round(round_.pk), noon + DAY)) == round_.snapshot.digest
