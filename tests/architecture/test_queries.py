"""How many queries a page asks: within its budget, and the same for three rows as for thirty.

A page is one line in PAGES: its address, who looks, and the most it may ask.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.operations.decision_logs import bring_decisions
from playbook.editions import current
from tests.cast import LONG_AGO
from tests.gates import company, fill, make_review, make_world, sign
from tests.initiatives.decision_files import line, log
from tests.initiatives.reads import whole as read

AT = LONG_AGO + timedelta(days=1)
LIST, DETAIL = 8, 12
FEW, MANY = 3, 30


@dataclass(frozen=True)
class Budget:
    """One page: its address, who looks at it, and the most queries it may ask."""

    url: str
    who: str
    most: int


PAGES = (
    Budget("/portfolio/", "hana", LIST),
    Budget("/portfolio/", "petra", LIST),
    Budget("/portfolio/?view=table", "hana", LIST),
    Budget("/portfolio/?view=table", "petra", LIST),
    Budget("/portfolio/?view=table&text=helper&waiting=any", "hana", LIST),
    Budget("/glossary/", "hana", LIST),
    Budget("/portfolio/chosen/?n=1&n=2&n=3", "hana", LIST),
    Budget("/portfolio/views/", "hana", LIST),
    Budget("/search/?q=helper", "hana", LIST),
    Budget("/search/?q=phone", "petra", LIST),
    Budget("/rapid-reads/", "hana", LIST),
    Budget("/rapid-reads/", "petra", LIST),
    Budget("/priorities/", "hana", LIST),
    Budget("/priorities/", "petra", LIST),
    Budget("/priorities/shortlist/", "hana", LIST),
    Budget("/initiatives/AI-001/scores/", "hana", DETAIL),
    Budget("/initiatives/AI-001/rank/", "hana", DETAIL),
    Budget("/initiatives/AI-001/", "hana", DETAIL),
    Budget("/initiatives/AI-001/", "petra", DETAIL),
    Budget("/initiatives/AI-001/history/", "hana", LIST),
    Budget("/initiatives/AI-001/decisions/", "petra", DETAIL),
    Budget("/initiatives/AI-001/disagreements/", "hana", LIST),
    Budget("/", "hana", LIST),
    # A lead reads there what is missing, which is judged from all that was written.
    Budget("/", "petra", DETAIL),
    Budget("/sides/", "hana", DETAIL),
    Budget("/profile/delegations/", "hana", LIST),
    Budget("/settings/units/", "ada", LIST),
    Budget("/settings/changes/", "hana", LIST),
    Budget("/settings/people/", "ada", DETAIL),
    Budget("/settings/days/", "ada", LIST),
    Budget("/profile/days/", "hana", LIST),
    Budget("/record/", "cleo", LIST),
    Budget("/record/journal/", "audrey", LIST),
    Budget("/record/checkpoints/", "audrey", LIST),
)


def asked(budget, cast) -> list[str]:
    """Return the queries of the page for a reader whose session is warm."""
    client = Client()
    client.force_login(getattr(cast, budget.who))
    client.get(budget.url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(budget.url)
    assert response.status_code == 200
    return [query["sql"] for query in seen.captured_queries]


def bring(cast, many: int) -> None:
    """Log so many decisions of the first initiative, in a file of their own."""
    lines = (line(when=AT.date().isoformat(), subject=f"{many}-{n}") for n in range(many))
    one = Initiative.objects.get(number=1)
    bring_decisions(actor=cast.petra, initiative=one, name="", content=log(*lines), at=AT)


@pytest.fixture
def cast(db):
    return company(AT)


def test_pages_keep_to_their_budget_however_many_rows_there_are(cast):
    """Once with three bare initiatives and one in review, once with thirty and a full one."""
    _, round_ = make_review(AT, cast=cast)
    sign(cast.ivo, round_.pk, at=AT + timedelta(hours=1))
    for number in range(1, FEW):
        make_world(AT, cast=cast, name=f"Helper {number}")
        read(cast, AT, name=f"Read {number}")
    bring(cast, FEW)
    few = {budget: asked(budget, cast) for budget in PAGES}
    for number in range(FEW, MANY):
        one = make_world(AT, cast=cast, name=f"Helper {number}")
        read(cast, AT, name=f"Read {number}")
    bring(cast, MANY)
    for slot in current().slots_of(1):
        fill(one, slot, at=AT + timedelta(days=1))
    many = {budget: asked(budget, cast) for budget in PAGES}

    grown = [
        f"{budget}: {len(few[budget])}, then {len(many[budget])}"
        for budget in PAGES
        if len(many[budget]) > len(few[budget])
    ]
    over = [
        f"{budget}: {len(many[budget])}\n  " + "\n  ".join(sql[:160] for sql in many[budget])
        for budget in PAGES
        if len(many[budget]) > budget.most
    ]

    assert not grown, "\n".join(grown)
    assert not over, "\n".join(over)
