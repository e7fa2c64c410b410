"""Signatures that an edit ends: shown before, taken along with the form, asked again when new."""

from collections.abc import Sequence

from django.http import HttpRequest

from governance.queries.progress import LiveSignature, live_signatures
from initiatives.queries.rows import Initiative
from kernel.numbers import whole_number
from kernel.refusals import StaleError

VOIDS = "voids"


def accepted(request: HttpRequest) -> list[int]:
    """Return the signatures that the editor was shown and sends along."""
    words = request.POST.getlist("accepts_voids")
    return [number for word in words if (number := whole_number(word)) is not None]


def warning(initiative: Initiative) -> Sequence[LiveSignature]:
    """Return whose signatures the edit would void now."""
    return live_signatures(initiative)


def is_about_voids(refusal: StaleError) -> bool:
    """Tell whether a signature stands now that the editor had not been shown."""
    return VOIDS in refusal.codes
