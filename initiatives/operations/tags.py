"""Sorting an initiative: by tags of one's own words, and by whose work it takes."""

from datetime import datetime

from initiatives.choices import Needs
from initiatives.models import Initiative
from initiatives.queries.initiatives import locked
from initiatives.queries.tags import every_tag, sorting_facts
from initiatives.rules.tags import (
    blockers_to_sort,
    blockers_to_tag,
    blockers_to_untag,
    clean_tag,
    known,
)
from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError, RefusedError
from people.models import User
from people.queries import authority_of


class SortingRefusedError(RefusedError):
    """The tag or the need cannot be set so."""


@act
def add_tag(*, actor: User, initiative: Initiative, tag: str, at: datetime) -> None:
    """Add a tag, spelled as it is spelled elsewhere.

    :raises NotVisibleError, ForbiddenError: when the actor does not sort this initiative.
    :raises SortingRefusedError: when the tag does not do, or is there already.
    """
    initiative = _held(actor, initiative, at)
    tag = _clean(tag)
    if blockers := [*blockers_to_tag(tag, initiative.tags)]:
        raise SortingRefusedError(*blockers)
    initiative.tags = [*initiative.tags, known(tag, every_tag()) or tag]
    _keep_tags(actor, initiative, at, added=initiative.tags[-1])


@act
def remove_tag(*, actor: User, initiative: Initiative, tag: str, at: datetime) -> None:
    """Take a tag away.

    :raises NotVisibleError, ForbiddenError: when the actor does not sort this initiative.
    :raises SortingRefusedError: when it does not have the tag.
    """
    initiative = _held(actor, initiative, at)
    tag = _clean(tag)
    if blockers := [*blockers_to_untag(tag, initiative.tags)]:
        raise SortingRefusedError(*blockers)
    there = known(tag, initiative.tags)
    initiative.tags = [one for one in initiative.tags if one != there]
    _keep_tags(actor, initiative, at, removed=there)


@act
def set_needs(*, actor: User, initiative: Initiative, needs: str, at: datetime) -> None:
    """Say whether it takes both sides or one; "" takes back what was said.

    :raises NotVisibleError, ForbiddenError: when the actor does not sort this initiative.
    :raises SortingRefusedError: for a word we do not have, or when nothing is different.
    """
    initiative = _held(actor, initiative, at)
    if needs not in ("", *Needs.values):
        raise SortingRefusedError(Blocker("needs_unknown", "Choose one of the answers.", "needs"))
    if needs == initiative.needs:
        raise SortingRefusedError(Blocker("unchanged", "It says so already.", "needs"))
    before, initiative.needs = initiative.needs, needs
    initiative.save(update_fields=["needs"])
    record(
        Kind.INITIATIVE_SORTED,
        actor=actor,
        subject=initiative,
        thread=initiative,
        at=at,
        data={"needs": [before, needs]},
    )


def _held(actor: User, initiative: Initiative, at: datetime) -> Initiative:
    """Return the initiative, held until the act ends, for somebody who may sort it.

    :raises NotVisibleError: when it is not the actor's to see.
    :raises ForbiddenError: when they may read it, but not sort it.
    """
    initiative = locked(initiative.pk)
    authority = authority_of(actor, at)
    facts = sorting_facts(initiative, authority)
    if blockers := [*blockers_to_sort(facts)]:
        raise ForbiddenError(*blockers) if authority.reads_everything else NotVisibleError
    return initiative


def _clean(tag: str) -> str:
    try:
        return clean_tag(tag)
    except ValueError as broken:
        raise SortingRefusedError(Blocker("tag_broken", str(broken), "tag")) from broken


def _keep_tags(actor: User, initiative: Initiative, at: datetime, **changed: str) -> None:
    """Save the tags. What somebody is typing into its forms is not made stale by that."""
    initiative.save(update_fields=["tags"])
    record(
        Kind.INITIATIVE_SORTED,
        actor=actor,
        subject=initiative,
        thread=initiative,
        at=at,
        data={"tags": len(initiative.tags)},
        private=changed,
    )
