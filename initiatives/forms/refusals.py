"""Reasons of an operation, shown at the fields they belong to."""

from django import forms

from kernel.refusals import RefusedError


def add_blockers(form: forms.Form, refusal: RefusedError) -> None:
    """Show each reason at its field, or above the form when it has none here."""
    for blocker in refusal.blockers:
        name = blocker.field.replace(".", "-")
        form.add_error(name if name in form.fields else None, blocker.message)
