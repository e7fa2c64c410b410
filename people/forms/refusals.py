"""Where a reason for a refusal is shown."""

from django import forms

from kernel.refusals import RefusedError


def add_blockers(form: forms.Form, refusal: RefusedError) -> None:
    """Show why an operation refused, at the field each reason belongs to."""
    for blocker in refusal.blockers:
        form.add_error(blocker.field if blocker.field in form.fields else None, blocker.message)
