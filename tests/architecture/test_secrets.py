"""An error page gives back what was typed, and never a password, whatever its field is called."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import RequestFactory

from governance.forms.gates import ProofForm
from kernel.errors import GIVES_BACK, error_page
from people.forms.identity import SignInForm

PASSPHRASE = "four words of mine"
KNOWN = (ProofForm, SignInForm)  # imported, so that the walk below finds both apps' forms


def every_form(kind: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    for form in kind.__subclasses__():
        yield form
        yield from every_form(form)


def secret_fields() -> set[str]:
    return {
        name
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.PasswordInput)
    }


def test_the_walk_finds_the_fields_it_is_about() -> None:
    assert {"password", "new", "again"} <= secret_fields()


@pytest.mark.parametrize("status", sorted(GIVES_BACK))
def test_no_error_page_gives_a_password_back(status: int) -> None:
    for name in secret_fields():
        typed = {name: PASSPHRASE, "note": "Kept as typed"}
        request = RequestFactory().post("/", typed, headers={"sec-fetch-site": "same-origin"})

        content = error_page(request, status).content.decode()

        assert "Kept as typed" in content
        assert PASSPHRASE not in content, f"{name}: the page shows a password"
