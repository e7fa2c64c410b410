"""Deciding at a gate in the browser: sign, offer conditions, ask for changes, decline."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.choices import RoundState, SigningAct, VoidCause
from governance.models import ChangeRequest, Intent, Round, Signature, Terms
from governance.operations.ceremony import begin_signing
from governance.operations.rounds import submit_round
from governance.queries.rounds import get_round, live_signature_ids
from governance.queries.standing import signing_facts
from governance.rules.wishes import Wish
from governance.views.signing import session_ref
from initiatives.queries.days import home_day
from journal.clock import now
from journal.kinds import Kind
from journal.models import Entry
from playbook.editions import current
from tests.cast import PASSWORD
from tests.gates import fill, sign
from tests.make import make_second_factor, totp_code

REASON = "Nobody can appeal against what a machine decides about them."


def test_both_sides_sign_and_the_stage_moves(waiting, decide, confirm):
    world, round_ = waiting

    first = confirm(decide(world.cast.ivo, round_, "sign", words="It answers in a second."))
    second = confirm(decide(world.cast.hana, round_, "sign"))

    assert first.url == f"/gates/{round_.pk}/"
    assert second.url == f"/gates/{round_.pk}/signed/"
    round_.refresh_from_db()
    world.initiative.refresh_from_db()
    assert (round_.state, world.initiative.stage) == (RoundState.PASSED, 2)


def test_nothing_is_signed_without_saying_that_it_was_read(waiting, decide):
    world, round_ = waiting

    response = decide(world.cast.hana, round_, "sign", read="", words="What I typed stays.")

    assert response.status_code == 422
    assert "What I typed stays." in response.content.decode()
    assert not Intent.objects.exists()


def test_the_page_to_confirm_says_exactly_what_is_signed(waiting, decide, client):
    world, round_ = waiting
    response = decide(world.cast.hana, round_, "sign", words="The tool moves to the people.")

    text = client.get(response.url).content.decode()

    assert "gate 1 of <bdi>Dispatch helper</bdi>" in text
    assert "The tool moves to the people." in text
    assert f"{round_.snapshot.digest[:4]} {round_.snapshot.digest[4:8]}" in text
    assert "4:5" in text


def test_a_wrong_password_signs_nothing_and_says_so(waiting, decide, confirm):
    world, round_ = waiting

    response = confirm(decide(world.cast.hana, round_, "sign"), password="not-mine")

    assert response.status_code == 422
    assert "This is not your password" in response.content.decode()
    assert not Signature.objects.exists()
    assert Entry.objects.filter(kind=Kind.IDENTITY_REFUSED).exists()


def test_the_sixth_try_has_to_wait(waiting, decide, client):
    world, round_ = waiting
    address = decide(world.cast.hana, round_, "sign").url
    for _ in range(5):
        client.post(address, {"password": "not-mine"})

    response = client.post(address, {"password": PASSWORD})

    assert response.status_code == 429
    assert "error-summary" in response.content.decode()
    assert not Signature.objects.exists()
    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW


def test_whoever_has_an_app_needs_its_code_too(waiting, decide, client, lately):
    world, round_ = waiting
    secret = make_second_factor(world.cast.hana, at=lately)
    address = decide(world.cast.hana, round_, "sign").url

    without = client.post(address, {"password": PASSWORD})
    spent = client.post(address, {"password": PASSWORD, "code": totp_code(secret)})

    assert (without.status_code, spent.status_code) == (422, 422)
    assert not Signature.objects.exists()


def test_a_confirmation_sent_twice_signs_once(waiting, decide, confirm, client):
    world, round_ = waiting
    response = decide(world.cast.hana, round_, "sign")

    first, again = confirm(response), confirm(response)

    assert first.url == again.url
    assert Signature.objects.count() == 1


def test_a_foreign_confirmation_is_refused(waiting, decide, as_):
    world, round_ = waiting
    address = decide(world.cast.hana, round_, "sign").url

    response = as_(world.cast.ivo).post(address, {"password": PASSWORD})

    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_a_confirmation_of_another_session_is_refused(waiting, decide, client, as_):
    world, round_ = waiting
    address = decide(world.cast.hana, round_, "sign").url
    client.logout()

    response = as_(world.cast.hana).post(address, {"password": PASSWORD})

    assert response.status_code == 409


def test_a_confirmation_expires_and_gives_the_words_back(waiting, as_, rf):
    world, round_ = waiting
    client = as_(world.cast.hana)
    request = rf.get("/")
    request.session = client.session
    at = now() - timedelta(minutes=6)
    seen = signing_facts(get_round(round_.pk), at).now
    intent = begin_signing(
        round_id=round_.pk,
        wish=Wish(act=SigningAct.APPROVE, words="These words are not lost."),
        seen={"snapshot": seen.snapshot, "terms": seen.terms},
        session_ref=session_ref(request),
        actor=world.cast.hana,
        at=at,
    )

    response = client.post(
        reverse("governance:step-up", args=[intent.nonce]), {"password": PASSWORD}
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert "Five minutes have passed" in text
    assert "These words are not lost." in text
    assert not Signature.objects.exists()


def test_a_form_made_before_an_edit_is_refused_with_what_changed(waiting, as_, at_gate, lately):
    world, round_ = waiting
    client = as_(world.cast.hana)
    form = client.get(at_gate(round_)).context["form"]
    fill(world, current().slot("real_bottleneck"), at=lately, salt="with new numbers")

    response = client.post(
        at_gate(round_, "gate-decide"),
        {
            "decision": "sign",
            "read": "on",
            "snapshot": form["snapshot"].value(),
            "terms": form["terms"].value(),
            "words": "My words about it.",
        },
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert "with new numbers</ins>" in text
    assert "as agreed</del>" in text
    assert "My words about it." in text
    assert not Intent.objects.exists()


def test_an_edit_between_reading_and_confirming_is_refused(waiting, decide, confirm, lately):
    world, round_ = waiting
    response = decide(world.cast.hana, round_, "sign", words="What I had to say.")
    fill(world, current().slot("real_bottleneck"), at=lately, salt="with new numbers")

    answer = confirm(response)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "with new numbers</ins>" in text
    assert "What I had to say." in text
    assert not Signature.objects.exists()


def test_conditions_are_a_new_offer_that_voids_the_other_half(waiting, decide, confirm, lately):
    world, round_ = waiting
    sign(world.cast.ivo, round_.pk, at=lately)
    condition = {
        "conditions-0-text": "Name a person who answers appeals.",
        "conditions-0-evidence": "The name on the page",
        "conditions-0-owner": str(world.cast.petra.pk),
        "conditions-0-due_on": home_day(now() + timedelta(days=30)).isoformat(),
        "conditions-0-kind": "hard",
        "conditions-0-on_breach": "notify",
    }

    confirm(decide(world.cast.hana, round_, "conditions", **condition))

    assert Terms.objects.filter(round=round_).count() == 2
    lost = Signature.objects.get(signer=world.cast.ivo)
    assert lost.void.cause == VoidCause.TERMS_CHANGED


def test_the_other_side_sees_the_new_condition_as_a_change(
    waiting, decide, confirm, as_, at_gate, lately
):
    world, round_ = waiting
    sign(world.cast.ivo, round_.pk, at=lately)
    condition = {
        "conditions-0-text": "Name a person who answers appeals.",
        "conditions-0-evidence": "The name on the page",
        "conditions-0-owner": str(world.cast.petra.pk),
        "conditions-0-due_on": home_day(now() + timedelta(days=30)).isoformat(),
        "conditions-0-kind": "hard",
        "conditions-0-on_breach": "notify",
    }
    confirm(decide(world.cast.hana, round_, "conditions", **condition))

    text = as_(world.cast.ivo).get(at_gate(round_)).content.decode()

    assert "One thing has changed since you last read it" in " ".join(text.split())
    assert "<ins>Name a person who answers appeals." in text
    assert "a signature that no longer counts" in text


def test_half_a_condition_is_asked_for_in_full(waiting, decide):
    world, round_ = waiting

    response = decide(
        world.cast.hana, round_, "conditions", **{"conditions-0-text": "Name somebody for appeals."}
    )

    assert response.status_code == 422
    assert "Name somebody for appeals." in response.content.decode()
    assert "conditions-0-owner" in response.context["form"].errors


def test_changes_are_asked_for_by_point_and_go_back(waiting, decide):
    world, round_ = waiting
    point = current().criteria_of("1")[0].key

    response = decide(
        world.cast.hana,
        round_,
        "changes",
        **{"point-0": point, "wish-0": "Say who is invited, and by whom."},
    )

    draft = Round.objects.get(initiative=world.initiative, n=2)
    assert response.url == f"/gates/{draft.pk}/"
    assert ChangeRequest.objects.get().criteria == [point]


def test_changes_are_not_asked_for_under_terms_that_nobody_read(waiting, decide):
    world, round_ = waiting
    wish = {"point-0": current().criteria_of("1")[0].key, "wish-0": "Say who is invited, please."}

    response = decide(world.cast.hana, round_, "changes", **wish, terms="0" * 64)

    assert response.status_code == 409
    assert "Say who is invited, please." in response.content.decode()
    assert not ChangeRequest.objects.exists()


def test_a_wish_without_a_point_is_refused_and_kept(waiting, decide):
    world, round_ = waiting

    response = decide(
        world.cast.hana, round_, "changes", **{"wish-0": "Say who is invited, and by whom."}
    )

    assert response.status_code == 422
    assert "Say who is invited, and by whom." in response.content.decode()
    assert not ChangeRequest.objects.exists()


def test_a_decline_says_why_and_ends_the_round(waiting, decide, confirm):
    world, round_ = waiting

    confirm(
        decide(
            world.cast.hana,
            round_,
            "decline",
            code="ethical_boundary",
            reason=REASON,
            finality="final",
        )
    )

    round_.refresh_from_db()
    assert round_.state == RoundState.DECLINED


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": REASON, "finality": "final"}, "code"),
        ({"code": "privacy", "reason": "Too short.", "finality": "final"}, "reason"),
        ({"code": "privacy", "reason": REASON, "finality": "open"}, "reversed_by"),
    ],
)
def test_a_decline_needs_code_reason_and_way_back(waiting, decide, typed, field):
    world, round_ = waiting

    response = decide(world.cast.hana, round_, "decline", **typed)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Intent.objects.exists()


def test_whoever_holds_no_key_decides_nothing(waiting, as_, at_gate):
    world, round_ = waiting
    for person in (world.cast.cleo, world.cast.audrey, world.cast.petra, world.cast.ada):
        response = as_(person).post(at_gate(round_, "gate-decide"), {"decision": "sign"})
        assert response.status_code == 403

    assert as_(world.cast.erin).post(at_gate(round_, "gate-decide")).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "a\u0000b",
        "e\u0301te\u0301 \u202eabc\u202c",
        "<script>x</script>",
        "=SUM(A1)",
        "\U0001f600" * 30,
        "\x1b[31m red",
    ],
)
def test_hostile_words_are_kept_safely_or_refused(waiting, decide, confirm, words, as_, at_gate):
    world, round_ = waiting

    response = decide(world.cast.hana, round_, "sign", words=words)

    if response.status_code == 302:
        confirm(response)
        text = as_(world.cast.ivo).get(at_gate(round_)).content.decode()
        assert "<script>x" not in text
    else:
        assert response.status_code == 422


def test_words_that_are_too_long_are_refused(waiting, decide):
    world, round_ = waiting

    assert decide(world.cast.hana, round_, "sign", words="x " * 5_000).status_code == 422


def test_a_voided_signer_signs_again_in_one_step(waiting, decide, confirm, lately):
    world, round_ = waiting
    sign(world.cast.hana, round_.pk, at=lately)
    voids = live_signature_ids(world.initiative)
    fill(world, current().slot("real_bottleneck"), at=lately, salt="anew", accepts_voids=voids)
    draft = Round.objects.get(initiative=world.initiative, n=2)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=lately)

    confirm(decide(world.cast.hana, draft, "sign"))

    assert Signature.objects.filter(round=draft, signer=world.cast.hana).exists()
