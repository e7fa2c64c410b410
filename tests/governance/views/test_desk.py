"""Home: what needs me now, and nothing of what needs somebody else."""

from datetime import timedelta

from governance.operations.disagreements import raise_disagreement
from governance.operations.stops import pause_initiative
from governance.views import desk
from initiatives.operations.questions import ask_question
from initiatives.operations.shortlists import propose_shortlist
from initiatives.queries.days import home_day, this_quarter
from journal.clock import now
from tests.changes import end_term
from tests.gates import sign
from tests.initiatives.reads import workday

REASON = "Wrong answers reach customers."


def test_a_signer_is_led_to_the_gate_until_it_is_signed(waiting, as_, at_gate, lately):
    world, round_ = waiting
    before = as_(world.cast.ivo).get("/").content.decode()
    sign(world.cast.ivo, round_.pk, at=lately)
    after = as_(world.cast.ivo).get("/").content.decode()

    assert "Waiting for your signature" in before
    assert f'href="{at_gate(round_)}"' in before
    assert "Waiting for your signature" not in after
    assert "Waiting for someone else" in after


def test_an_administrator_is_told_which_office_nobody_holds(waiting, as_):
    world, _ = waiting
    assert "Offices nobody holds" not in as_(world.cast.ada).get("/").content.decode()

    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=now())

    html = as_(world.cast.ada).get("/").content.decode()
    assert "CIO, signs for Technology" in html
    assert "CHRO, signs for People" not in html


def test_the_sponsor_reads_why_something_is_paused_and_a_lead_elsewhere_does_not(
    draft, as_, lately
):
    pause_initiative(initiative=draft.initiative, reason=REASON, actor=draft.cast.hana, at=lately)

    assert REASON in as_(draft.cast.cleo).get("/").content.decode()
    assert REASON not in as_(draft.cast.otto).get("/").content.decode()


def test_whoever_owes_nothing_is_told_so(draft, as_):
    html = as_(draft.cast.erin).get("/").content.decode()

    assert "Nothing needs you today." in html
    assert "Dispatch helper" not in html


def test_a_lead_reads_at_home_what_is_missing_with_the_way_to_each(draft, as_):
    html = as_(draft.cast.tariq).get("/").content.decode()

    assert "One initiative waits for your" in html
    assert 'href="/initiatives/AI-001/halves/technology/#id_market_view"' in html
    assert 'href="/initiatives/AI-001/halves/joint/#id_obligation_screen' in html
    assert "/halves/people/" not in html
    assert "Your initiatives" not in html


def test_a_shortlist_stands_at_home_of_the_key_that_is_to_answer_it(waiting, as_, lately):
    world, round_ = waiting
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=lately)
    propose_shortlist(
        actor=world.cast.ivo,
        quarter=this_quarter(home_day(now())),
        chosen=[world.initiative.pk],
        words="",
        at=lately,
    )

    html = as_(world.cast.hana).get("/").content.decode()

    assert "A shortlist waits for your&nbsp;word." in html
    assert 'href="/priorities/shortlist/"' in html
    assert "shortlist waits" not in as_(world.cast.ivo).get("/").content.decode()


def test_more_disagreements_than_home_shows_are_counted_and_on_the_next_page(
    waiting, as_, monkeypatch
):
    world, round_ = waiting
    monkeypatch.setattr(desk, "WAITING", 1)
    for subject in ("Who asks first?", "Who pays for it?"):
        raise_disagreement(
            actor=world.cast.tariq,
            round_id=round_.pk,
            subject=subject,
            position="One lead with both teams.",
            due_on=workday(home_day(now()) + timedelta(days=1)),
            at=now(),
        )
    petra = as_(world.cast.petra)

    first, second, beyond = (
        petra.get(f"/{page}").content.decode()
        for page in ("", "?disagreements=2", "?disagreements=9")
    )

    assert "Two disagreements wait for your" in first
    assert (
        '<a class="link" href="?disagreements=2" rel="next">1 more disagreement waits</a>' in first
    )
    assert "Who asks first?" in first
    assert "Who pays for it?" not in first
    assert "Who pays for it?" in second
    assert 'href="?disagreements=1" rel="prev"' in second
    assert "Who asks first?" in beyond


def test_more_questions_than_home_shows_are_counted_and_on_the_next_page(draft, as_, monkeypatch):
    monkeypatch.setattr(desk, "WAITING", 1)
    for text in ("Who is trained first?", "Who pays for it?"):
        ask_question(
            actor=draft.cast.tariq,
            initiative=draft.initiative,
            slot="gaps_to_fill",
            text=text,
            at=now(),
        )
    petra = as_(draft.cast.petra)

    first, second, beyond = (
        petra.get(f"/{page}").content.decode() for page in ("", "?questions=2", "?questions=9")
    )

    assert '<a class="link" href="?questions=2" rel="next">1 more question waits</a>' in first
    assert "Who is trained first?" in first
    assert "Who pays for it?" not in first
    assert "Who pays for it?" in second
    assert 'href="?questions=1" rel="prev"' in second
    assert "Who is trained first?" in beyond
