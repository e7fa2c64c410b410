"""What is stored of the signatures of some rounds: JSON on standard output."""

import json

from governance.models import Passage, Signature
from journal.models import Entry


def main(rounds: str) -> None:
    """Print what is stored."""
    print(json.dumps(stored(json.loads(rounds))))


def stored(rounds: list[int]) -> dict[str, int]:
    """Count signatures, their entries and passages of these rounds."""
    signatures = Signature.objects.filter(round__in=rounds)
    keys = [str(pk) for pk in signatures.values_list("pk", flat=True)]
    return {
        "signatures": len(keys),
        "entries": Entry.objects.filter(kind="gate.signed", subject_id__in=keys).count(),
        "passages": Passage.objects.filter(round__in=rounds).count(),
    }
