"""Inputs that several forms share."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from people.rules import known_zones

LONGEST = 200


def password_field(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def code_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-in"}
        ),
    )


class LongSelect(forms.Select):
    """A list of hundreds: Django asks two templates for each option, 80 ms for all time zones."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401  # as Django's
        attrs: Mapping[str, Any] | None = None,
        renderer: object = None,  # noqa: ARG002  # no template is needed
    ) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, flatatt({"selected": key in chosen}), label) for key, label in self.choices),
        )
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(own), options)


def zone_field(help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Time zone", choices=zones, help_text=help_text, widget=LongSelect
    )


def zones() -> list[tuple[str, str]]:
    listed = (zone for zone in known_zones() if "/" in zone or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in sorted(listed)]
