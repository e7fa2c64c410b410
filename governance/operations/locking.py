"""The one order in which rows are locked: initiative, round, technology's side, people's side."""

from django.db import transaction

from governance.models import GateSide, Round
from initiatives.queries.initiatives import locked
from kernel.refusals import NotVisibleError


def locked_round(round_id: int) -> Round:
    """Lock a round with its initiative and both sides; offices and playbook stand still too.

    :raises NotVisibleError: when there is no such round.
    """
    found = Round.objects.filter(pk=round_id).values_list("initiative_id", flat=True).first()
    if found is None:
        raise NotVisibleError
    initiative = locked(found)
    round_ = Round.objects.select_for_update().get(pk=round_id)
    round_.initiative = initiative
    list(GateSide.objects.select_for_update().filter(round=round_).order_by("-side"))
    return round_


def wait_for_round(round_id: int) -> None:
    """Wait until whoever acts at a round now is done, so that what is read next is read after."""
    with transaction.atomic():
        list(Round.objects.select_for_update().filter(pk=round_id))
