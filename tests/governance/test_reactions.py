"""What follows an act: reviews end within it, mails are owed after it and sent at least once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from governance.choices import RoundState
from governance.models import Round
from governance.operations.rounds import open_round
from governance.operations.stops import pause_initiative
from governance.reactions import VoidsSignaturesError, tell_the_pair
from initiatives.operations.details import DetailsRefusedError, set_details
from initiatives.queries.initiatives import details_of
from journal.deliveries import FIRST_WAIT, settle_due
from journal.models import Delivery, Entry
from people.choices import Office
from playbook.editions import current
from tests.changes import appoint, end_term
from tests.gates import fill, make_review, pass_gate, sign

OWED = {"subscriber": "governance.reactions.tell_the_pair"}


def open_debts():
    return Delivery.objects.filter(settled_at=None, **OWED)


@pytest.fixture
def signed(noon, transactional_db):
    """A world whose first gate Ivo has just signed; what was owed before is paid."""
    world, round_ = make_review(noon)
    settle_due(at=noon)
    mail.outbox.clear()
    sign(world.cast.ivo, round_.pk, at=noon)
    return world, round_


def test_the_other_side_is_told_by_mail(signed, noon) -> None:
    world, _ = signed
    seq = Entry.objects.filter(kind="gate.signed").latest("seq").seq

    assert settle_due(at=noon + timedelta(minutes=1)) == 1

    [sent] = mail.outbox
    assert sent.to == ["hana@example.com"]
    assert sent.subject == f"Ivo Brandt signed for {world.initiative.code} Dispatch helper"
    assert sent.extra_headers["Message-ID"] == (
        f"<entry-{seq}-{world.cast.hana.pk}@counterpart.invalid>"
    )
    assert not open_debts().exists()


def test_a_repeated_delivery_carries_the_same_number(signed, noon) -> None:
    settle_due(at=noon + timedelta(minutes=1))

    tell_the_pair(Entry.objects.filter(kind="gate.signed").latest("seq"))

    first, again = mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert (first.to, first.subject, first.body) == (again.to, again.subject, again.body)


def test_mails_to_two_people_carry_two_numbers(noon, transactional_db) -> None:
    make_review(noon)

    settle_due(at=noon)

    about = [one for one in mail.outbox if "waits for your signature" in one.subject]
    assert len(about) == 2
    assert len({one.extra_headers["Message-ID"] for one in about}) == 2


def test_a_folder_takes_the_mail_where_there_is_no_server(signed, noon, settings, tmp_path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    settle_due(at=noon + timedelta(minutes=1))

    [written] = tmp_path.iterdir()
    assert "To: hana@example.com" in written.read_text(encoding="utf-8")


def test_a_mail_server_that_is_gone_leaves_the_debt_open(signed, noon, settings, caplog) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    at = noon + timedelta(minutes=1)

    assert settle_due(at=at) == 0

    debt = open_debts().get()
    assert "ConnectionRefusedError" in debt.problem
    assert debt.due_at == at + FIRST_WAIT

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert settle_due(at=at + FIRST_WAIT) == 1
    assert [one.to for one in mail.outbox] == [["hana@example.com"]]


def test_nothing_is_owed_for_an_act_that_was_refused(signed, noon) -> None:
    world, _ = signed
    before = Delivery.objects.count()

    with pytest.raises(VoidsSignaturesError):
        fill(world, current().slot("tech_landscape"), at=noon, salt="changed")

    assert Delivery.objects.count() == before


@pytest.mark.parametrize("count", [1, 2])
def test_the_editor_is_told_how_many_signatures_would_go(count) -> None:
    refusal = VoidsSignaturesError([*range(count)], ["Ivo Brandt", "Hana Okafor"][:count])

    [blocker] = refusal.blockers
    words = ["This voids one signature (Ivo Brandt)", "This voids 2 signatures (Ivo Brandt, Hana"]
    assert blocker.message.startswith(words[count - 1])
    assert refusal.signatures == [*range(count)]


def test_accepting_one_signature_does_not_accept_the_other(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(VoidsSignaturesError) as refused:
        fill(
            world,
            current().slot("tech_landscape"),
            at=noon,
            salt="changed",
            accepts_voids=[signature.pk + 1],
        )

    assert refused.value.signatures == [signature.pk]


def test_a_review_of_another_initiative_goes_on(review, noon) -> None:
    world, round_ = review
    other, _ = make_review(noon, cast=world.cast)

    fill(other, current().slot("tech_landscape"), at=noon, salt="changed")

    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW


def test_an_office_without_a_key_ends_no_review(review, noon) -> None:
    world, round_ = review
    later = noon + timedelta(minutes=1)

    for office, holder in ((Office.AUDITOR, world.cast.audrey), (Office.SPONSOR, world.cast.cleo)):
        end_term(actor=world.cast.ada, term=world.cast.term(holder), at=later)
        appoint(actor=world.cast.ada, user=holder, office=office, title="Again", at=later)

    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW


def test_a_key_that_changes_hands_ends_every_review(review, noon) -> None:
    world, _ = review
    make_review(noon, cast=world.cast)
    later = noon + timedelta(minutes=1)

    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.hana), at=later)

    states = [*Round.objects.order_by("pk").values_list("state", flat=True)]
    assert sorted(states) == ["draft", "draft", "returned", "returned"]


def test_a_pause_is_told_to_the_other_key(noon, transactional_db) -> None:
    world, _ = make_review(noon)
    settle_due(at=noon)
    mail.outbox.clear()

    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.hana, at=noon
    )
    settle_due(at=noon)

    assert [one.to for one in mail.outbox] == [["ivo@example.com"]]


def test_after_gate_two_the_operating_model_waits_for_the_next_gate(world, noon) -> None:
    def choose(model: str) -> None:
        world.initiative.refresh_from_db()
        set_details(
            actor=world.cast.tariq,
            initiative=world.initiative,
            details=replace(details_of(world.initiative), operating_model=model),
            expected_version=world.initiative.version,
            at=noon,
        )

    first, second = (model.key for model in current().operating_models[:2])
    choose(first)
    for gate in ("1", "2"):
        pass_gate(world, gate, at=noon)

    with pytest.raises(DetailsRefusedError) as refused:
        choose(second)
    assert [(one.code, one.field) for one in refused.value.blockers] == [
        ("model_fixed", "operating_model")
    ]
    world.initiative.refresh_from_db()
    assert world.initiative.operating_model == first

    open_round(initiative=world.initiative, gate="3", actor=world.cast.petra, at=noon)
    choose(second)
    world.initiative.refresh_from_db()
    assert world.initiative.operating_model == second
