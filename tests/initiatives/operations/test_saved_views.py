"""A view is one's own: its name is there once, and nobody else finds or changes it."""

import pytest

from initiatives.models import SavedView
from initiatives.operations.saved_views import (
    ViewRefusedError,
    delete_view,
    rename_view,
    save_view,
)
from initiatives.queries.saved_views import table_choices, views_of
from initiatives.rules.saved_views import MOST
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import NotVisibleError
from people.queries import authority_of

QUERY = "?view=table&stage=2"


def test_a_view_is_kept_renamed_and_deleted(cast, noon):
    view = save_view(actor=cast.hana, name=" No  lead ", query=QUERY, at=noon)
    rename_view(actor=cast.hana, view_id=view.pk, name="Leaderless", at=noon)

    assert [(one.name, one.query) for one in views_of(cast.hana)] == [("Leaderless", QUERY)]
    assert table_choices(authority_of(cast.hana, noon)).views == [("Leaderless", QUERY)]
    assert table_choices(authority_of(cast.ivo, noon)).views == []

    delete_view(actor=cast.hana, view_id=view.pk, at=noon)

    assert not SavedView.objects.exists()
    kinds = [Kind.VIEW_SAVED, Kind.VIEW_RENAMED, Kind.VIEW_DELETED]
    entries = Entry.objects.filter(kind__in=kinds).order_by("seq")
    assert [entry.kind for entry in entries] == kinds
    assert all(b"eaderless" not in bytes(entry.body) for entry in entries)


def test_nobody_touches_the_view_of_another(cast, noon):
    view = save_view(actor=cast.hana, name="Mine", query=QUERY, at=noon)

    with pytest.raises(NotVisibleError):
        rename_view(actor=cast.ivo, view_id=view.pk, name="Ours", at=noon)
    with pytest.raises(NotVisibleError):
        delete_view(actor=cast.ivo, view_id=view.pk, at=noon)

    save_view(actor=cast.ivo, name="Mine", query=QUERY, at=noon)


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "MINE", "\ud800"])
def test_a_name_that_does_not_do_is_refused(cast, noon, name):
    save_view(actor=cast.hana, name="Mine", query=QUERY, at=noon)
    other = save_view(actor=cast.hana, name="Other", query=QUERY, at=noon)

    with pytest.raises(ViewRefusedError):
        save_view(actor=cast.hana, name=name, query=QUERY, at=noon)
    with pytest.raises(ViewRefusedError):
        rename_view(actor=cast.hana, view_id=other.pk, name=name, at=noon)


def test_a_view_may_change_the_case_of_its_own_name(cast, noon):
    view = save_view(actor=cast.hana, name="mine", query=QUERY, at=noon)

    assert rename_view(actor=cast.hana, view_id=view.pk, name="Mine", at=noon).name == "Mine"


def test_there_is_an_end_to_what_one_keeps(cast, noon):
    for number in range(MOST):
        save_view(actor=cast.hana, name=f"View {number}", query=QUERY, at=noon)

    with pytest.raises(ViewRefusedError, match="Delete one first"):
        save_view(actor=cast.hana, name="One more", query=QUERY, at=noon)
