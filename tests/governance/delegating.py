"""Delegations made by operations: written by the CIO, taken on by Max."""

from datetime import date, timedelta

from governance.models import Delegation
from governance.operations.delegations import answer_delegation, write_delegation
from governance.rules.delegations import Scope
from tests.make import proof_of

WHY = "I am away on leave, without a telephone."
FIRST, LAST = date(2026, 12, 3), date(2026, 12, 16)


def written(cast, at, *, by=None, to=None, **options) -> Delegation:
    """Ask somebody to sign; by Ivo to Max, for the two weeks from 3 December on."""
    wish = {"first": FIRST, "last": LAST, "scope": Scope(), "reason": WHY, **options}
    by = by or cast.ivo
    return write_delegation(to=to or cast.max, proof=proof_of(by, at), actor=by, at=at, **wish)


def given(cast, at, **options) -> Delegation:
    """Ask somebody to sign, who takes it on a second later."""
    row = written(cast, at, **options)
    later = at + timedelta(seconds=1)
    answer_delegation(delegation_id=row.pk, accepts=True, actor=row.to, at=later)
    return row
