"""`manage.py adopt_playbook`: put the playbook of the files in force."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.operations.proposals import adopt_or_propose
from journal.clock import now
from journal.queries import installation
from kernel.refusals import RefusedError
from people.queries import get_person_by_email
from playbook.editions import current
from playbook.load import files

WHY = "The files of the playbook are new."


class Command(BaseCommand):
    help = (
        "Put the playbook's files in force; outside a demonstration, propose it to a second person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="email", required=True, help="e-mail of an administrator")
        parser.add_argument("--why", default=WHY, help="what the second person reads")

    def handle(self, **options: Any) -> None:
        at, person = now(), get_person_by_email(options["email"])
        if installation() is None:
            raise CommandError("Nothing is founded yet: run ./dev manage found first.")
        if person is None:
            raise CommandError(f"Nobody here signs in as {options['email']}.")
        try:
            change = adopt_or_propose(playbook=files(), actor=person, reason=options["why"], at=at)
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        if change is not None:
            place = f"{settings.BASE_URL}/settings/changes/{change.pk}/"
            self.stdout.write(f"Proposed. It comes in force once a second person confirms: {place}")
            return
        adopted = current()
        self.stdout.write(f"Revision {adopted.revision} is in force: {adopted.digest[:16]}.")
