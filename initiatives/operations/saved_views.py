"""Keeping a view of the table, calling it otherwise, deleting it: one's own, and nobody else's."""

from datetime import datetime

from initiatives.models import SavedView
from initiatives.queries.saved_views import get_view, views_of
from initiatives.rules.saved_views import ViewFacts, blockers_to_name, blockers_to_save
from journal.acts import act, record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, RefusedError
from people.models import User


class ViewRefusedError(RefusedError):
    """The view cannot be kept under this name."""


@act
def save_view(*, actor: User, name: str, query: str, at: datetime) -> SavedView:
    """Keep an address of the table under a name.

    :raises ViewRefusedError: for a name that does not do or is there, or when there are too many.
    """
    name = _clean(name)
    own = views_of(_held(actor))
    facts = ViewFacts(
        name, query, is_taken=own.filter(name__iexact=name).exists(), kept=own.count()
    )
    if blockers := [*blockers_to_save(facts)]:
        raise ViewRefusedError(*blockers)
    view = SavedView.objects.create(user=actor, name=name, query=query)
    _record(Kind.VIEW_SAVED, view, actor, at)
    return view


@act
def rename_view(*, actor: User, view_id: int, name: str, at: datetime) -> SavedView:
    """Call a view otherwise.

    :raises NotVisibleError: when it is not the actor's.
    :raises ViewRefusedError: for a name that does not do or is there.
    """
    name, view = _clean(name), get_view(view_id, _held(actor))
    is_taken = views_of(actor).filter(name__iexact=name).exclude(pk=view.pk).exists()
    if blockers := [*blockers_to_name(ViewFacts(name, is_taken=is_taken))]:
        raise ViewRefusedError(*blockers)
    view.name = name
    view.save(update_fields=["name"])
    _record(Kind.VIEW_RENAMED, view, actor, at)
    return view


@act
def delete_view(*, actor: User, view_id: int, at: datetime) -> None:
    """Delete a view; the address it kept goes on working.

    :raises NotVisibleError: when it is not the actor's.
    """
    view = get_view(view_id, _held(actor))
    _record(Kind.VIEW_DELETED, view, actor, at)
    view.delete()


def _held(actor: User) -> User:
    """Hold the person: two views of one name, kept at once, are kept one after the other."""
    return User.objects.select_for_update().get(pk=actor.pk)


def _clean(name: str) -> str:
    try:
        return clean_name(name)
    except ValueError as broken:
        raise ViewRefusedError(Blocker("name_broken", str(broken), "name")) from broken


def _record(kind: Kind, view: SavedView, actor: User, at: datetime) -> None:
    record(kind, actor=actor, subject=view, at=at, private={"name": view.name})
