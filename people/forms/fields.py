"""Inputs that several forms share."""

from django import forms

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


def zones() -> list[tuple[str, str]]:
    listed = (zone for zone in known_zones() if "/" in zone or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in sorted(listed)]
