"""The one order in which rows are locked: initiative, round, technology's side, people's side."""

from django.db import transaction

from governance.models import Round
from governance.queries.held import initiative_of_round, round_held, sides_held
from initiatives.queries.initiatives import locked
from kernel.refusals import NotVisibleError


def locked_round(round_id: int) -> Round:
    """Lock a round with its initiative and both sides; offices and playbook stand still too.

    :raises NotVisibleError: when there is no such round.
    """
    found = initiative_of_round(round_id)
    if not found:
        raise NotVisibleError
    initiative = locked(*found)
    (round_,) = round_held(round_id)
    round_.initiative = initiative
    sides_held(round_id)
    return round_


def wait_for_round(round_id: int) -> None:
    """Wait until whoever acts at a round now is done, so that what is read next is read after."""
    with transaction.atomic():
        round_held(round_id)
