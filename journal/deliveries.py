"""Paying debts: each subscriber hears of each entry at least once.

A debt is claimed for the length of a lease, in a transaction of its own; then the subscriber is
told, outside of any transaction, so that it may perform an act; then the debt is settled. A
worker that dies in between leaves a debt that is due again when its lease ends.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from journal.kinds import Kind
from journal.models import MOST_ATTEMPTS, Delivery
from journal.subscriptions import handler_named

logger = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_PROBLEM = 500


def settle_due(*, at: datetime) -> int:
    """Pay the debts due at `at`, oldest first, and return how many were settled."""
    settled = 0
    for _ in range(BATCH):
        debt = _claim_next(at)
        if debt is None:
            break
        problem = _pay(debt)
        if problem:
            _put_off(debt, problem, at)
        else:
            settled += _settle(debt, at)
    return settled


def _claim_next(at: datetime) -> Delivery | None:
    """Take one debt: no other worker gets it before the lease ends."""
    with transaction.atomic():
        debt = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(settled_at=None, due_at__lte=at, attempts__lt=MOST_ATTEMPTS)
            .select_related("entry")
            .order_by("due_at", "pk")
            .first()
        )
        if debt is not None:
            debt.attempts += 1
            debt.due_at = at + LEASE
            debt.save(update_fields=["attempts", "due_at"])
        return debt


def _pay(debt: Delivery) -> str:
    """Tell the subscriber; return "" or what went wrong."""
    try:
        handler = handler_named(Kind(debt.entry.kind), debt.subscriber)
        if handler is None:
            return "nobody is subscribed under this name any more"
        handler(debt.entry)
    except Exception as error:  # the worker's loop: one failing debt must not stop the others
        logger.exception("delivery %s failed", debt.pk)
        return f"{type(error).__name__}: {error}"[:LONGEST_PROBLEM]
    return ""


def _settle(debt: Delivery, at: datetime) -> int:
    """Close the debt, unless another worker did after our lease had ended."""
    return Delivery.objects.filter(pk=debt.pk, settled_at=None).update(settled_at=at, problem="")


def _put_off(debt: Delivery, problem: str, at: datetime) -> None:
    """Try again later, each time twice as late; after the last attempt it stays, for people."""
    wait = FIRST_WAIT * 2 ** (debt.attempts - 1)
    Delivery.objects.filter(pk=debt.pk, settled_at=None).update(due_at=at + wait, problem=problem)
