"""One's own views: kept under a name, shared by their address, changed by nobody else."""

import pytest

from initiatives.models import SavedView
from initiatives.operations.saved_views import save_view

TABLE = "/portfolio/?view=table"


@pytest.fixture
def hana(world, sign_in):
    return sign_in(world.cast.hana)


def test_a_view_is_kept_and_stands_above_the_filters(world, hana):
    answer = hana.post(
        "/portfolio/views/", {"name": "No lead", "query": "?view=table&stage=1&junk=1&sort=junk"}
    )

    assert answer.url == f"{TABLE}&stage=1"
    html = hana.get(answer.url).content.decode()
    assert '<a href="?view=table&amp;stage=1" aria-current="page"><bdi>No lead</bdi></a>' in html
    assert "No lead" not in hana.get("/portfolio/views/9/").content.decode()


@pytest.mark.parametrize("name", ["", "x" * 61, "x" * 10_000, "\x00"])
def test_a_name_that_does_not_do_is_told_beside_what_was_typed(world, hana, name):
    answer = hana.post("/portfolio/views/", {"name": name, "query": "?view=table&stage=1"})

    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    assert b"stage=1" in answer.content


def test_a_view_is_renamed_and_deleted_by_its_owner_alone(world, hana, noon):
    own = save_view(actor=world.cast.hana, name="Own", query=TABLE, at=noon)
    other = save_view(actor=world.cast.ivo, name="Other", query=TABLE, at=noon)

    assert hana.post(f"/portfolio/views/{own.pk}/", {"name": "Mine"}).status_code == 302
    assert hana.post(f"/portfolio/views/{own.pk}/", {"name": ""}).status_code == 422
    assert b"Mine" in hana.get("/portfolio/views/").content
    assert b"Other" not in hana.get("/portfolio/views/").content
    assert hana.post(f"/portfolio/views/{other.pk}/", {"name": "Mine"}).status_code == 404
    assert hana.post(f"/portfolio/views/{other.pk}/", {"delete": "1"}).status_code == 404

    hana.post(f"/portfolio/views/{own.pk}/", {"delete": "1"})

    assert [view.name for view in SavedView.objects.all()] == ["Other"]


def test_another_view_is_another_page(world, hana, noon):
    """A browser that kept the table asks again once a view was saved: the tag has moved."""
    hana.get(TABLE)
    before = hana.get(TABLE)["ETag"]

    save_view(actor=world.cast.hana, name="Own", query=TABLE, at=noon)

    assert hana.get(TABLE)["ETag"] != before
