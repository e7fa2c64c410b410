"""Gates that wait for both signatures: copies of a ready initiative, submitted by the product.

The numbers of their rounds are JSON on standard output.
"""

import json

from django.conf import settings

from governance.operations.rounds import open_round, submit_round
from initiatives.models import Initiative
from journal.clock import now
from people.models import User


def main(wanted: str, skipped: str) -> None:
    """Print the numbers of new rounds in review."""
    print(json.dumps(submit(int(wanted), int(skipped))))


def submit(wanted: int, skipped: int) -> list[int]:
    """Send the first gate of so many ready initiatives for signature."""
    noted = json.loads((settings.FOLDER / "world.json").read_text())
    first, step = noted["numbers"]["0-ready"], noted["prototypes"]
    petra = User.objects.get(email="petra@example.com")
    numbers = range(first + step * skipped, first + step * (skipped + wanted), step)
    rounds = []
    for initiative in Initiative.objects.filter(number__in=numbers):
        opened = open_round(initiative=initiative, gate="1", actor=petra, at=now())
        rounds.append(submit_round(round_id=opened.pk, actor=petra, at=now()).pk)
    return rounds
