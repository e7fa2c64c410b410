"""`manage.py adopt_playbook`: put the playbook of the files in force."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.operations.editions import adopt_edition
from journal.clock import now
from journal.queries import installation
from kernel.refusals import RefusedError
from people.queries import get_person_by_email
from playbook.load import files


class Command(BaseCommand):
    help = "Adopt the playbook's files as the edition in force. Rounds in review go back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="email", required=True, help="e-mail of an administrator")

    def handle(self, **options: Any) -> None:
        at, person = now(), get_person_by_email(options["email"])
        if installation() is None:
            raise CommandError("Nothing is founded yet: run ./dev manage found first.")
        if person is None:
            raise CommandError(f"Nobody here signs in as {options['email']}.")
        try:
            adopted = adopt_edition(playbook=files(), actor=person, at=at)
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Edition {adopted.number} is in force: {adopted.digest[:16]}.")
