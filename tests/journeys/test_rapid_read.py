"""A rapid read: printed on one sheet whatever was answered, confirmed, begun as a proposal."""

import re
from datetime import timedelta

import pytest

from initiatives.operations.rapid_halves import write_half
from initiatives.operations.rapid_reads import start_read
from initiatives.queries.days import home_day
from initiatives.rules.rapid_decisions import WORDS_LIMIT
from initiatives.rules.rapid_reads import ANSWER_LIMIT, NAME_LIMIT, SEEN_LIMIT
from journal.clock import now
from people.choices import Side
from playbook.editions import current
from tests.gates import make_world
from tests.initiatives.reads import proposed, workday
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

WIDEST = "W"


def test_the_longest_read_fits_one_sheet_and_leads_to_a_proposal(enter):
    at = now() - timedelta(days=1)
    cast = make_world(at).cast
    read = start_read(
        actor=cast.ivo,
        side=Side.TECHNOLOGY,
        name=WIDEST * NAME_LIMIT,
        seen=WIDEST * SEEN_LIMIT,
        decide_by=workday(home_day(at) + timedelta(days=7)),
        at=at,
    )
    for person, side in ((cast.ivo, Side.TECHNOLOGY), (cast.hana, Side.PEOPLE)):
        write_half(
            actor=person,
            read_id=read.pk,
            side=side,
            answers={one.key: WIDEST * ANSWER_LIMIT for one in current().rapid_read.of(side)},
            expected_version=0,
            at=at,
        )
    proposed(read, cast.ivo, at, words=WIDEST * WORDS_LIMIT)
    hana = enter(cast.hana)

    hana.goto(f"/rapid-reads/{read.pk}/")
    sheets = hana.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    hana.get_by_role("button", name="Confirm: try it").click()
    steps.told(hana, "Decided by both sides.", "rapid-read-decided")
    hana.get_by_role("link", name="Begin the proposal").click()
    steps.heading(hana, "Start with the problem.", "rapid-read-proposal")
    assert hana.get_by_label("What shall we call it?").input_value() == WIDEST * NAME_LIMIT
