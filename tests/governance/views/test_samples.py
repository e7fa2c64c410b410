"""The page where a sample is drawn."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from journal.clock import now
from tests.cast import gather

pytestmark = pytest.mark.django_db
ADDRESS = "/record/sample/"


@pytest.fixture
def auditor(client):
    cast = gather(now())
    client.force_login(cast.audrey)
    return client


def test_the_seed_is_shown_before_the_draw(auditor):
    initial = auditor.get(ADDRESS).context["form"].initial

    answer = auditor.post(ADDRESS, initial)

    assert answer["Content-Type"] == "application/zip"
    assert initial["seed"] in answer["Content-Disposition"]
    assert "sample.json" in ZipFile(BytesIO(answer.content)).namelist()


@pytest.mark.parametrize("changes", [{"size": "0"}, {"seed": "Zoë"}, {"until": "x"}])
def test_what_draws_nothing_says_why(auditor, changes):
    given = {"size": "3", "seed": "abc", "until": "9", **changes}

    assert auditor.post(ADDRESS, given).status_code == 422
