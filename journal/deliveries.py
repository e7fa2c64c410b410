"""Paying debts: each subscriber hears of each entry at least once, in a transaction of its own."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from journal.kinds import Kind
from journal.models import Delivery
from journal.subscriptions import handler_named

logger = logging.getLogger(__name__)

BATCH = 100
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=30)


def settle_due(*, at: datetime) -> int:
    """Pay every debt due at `at`, oldest first, and return how many were settled."""
    settled = 0
    for _ in range(BATCH):
        paid = _settle_next(at)
        if paid is None:
            break
        settled += paid
    return settled


def _settle_next(at: datetime) -> bool | None:
    """Pay one debt, under its lock: True paid, False put off, None nothing due."""
    with transaction.atomic():
        debt = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(settled_at=None, due_at__lte=at, attempts__lt=MOST_ATTEMPTS)
            .select_related("entry")
            .order_by("due_at", "pk")
            .first()
        )
        if debt is None:
            return None
        debt.attempts += 1
        debt.due_at = at + FIRST_WAIT * 2 ** (debt.attempts - 1)
        debt.problem = _pay(debt)
        debt.settled_at = None if debt.problem else at
        debt.save(update_fields=["attempts", "due_at", "problem", "settled_at"])
        return not debt.problem


def _pay(debt: Delivery) -> str:
    """Tell the subscriber; return "" or what went wrong."""
    handler = handler_named(Kind(debt.entry.kind), debt.subscriber)
    if handler is None:
        return "nobody is subscribed under this name any more"
    try:
        with transaction.atomic():
            handler(debt.entry)
    except Exception as error:  # the worker's loop: one failing debt must not stop the others
        logger.exception("delivery %s failed", debt.pk)
        return f"{type(error).__name__}: {error}"[:500]
    return ""
