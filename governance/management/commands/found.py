"""`manage.py found`: begin this installation: organisation, administrator, playbook."""

import getpass
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.operations.founding import found_organisation
from journal.clock import now
from journal.queries import installation
from kernel.calendars import JANUARY, MONDAY_TO_FRIDAY, Calendar
from kernel.refusals import RefusedError

PASSWORD_VARIABLE = "ADMINISTRATOR_PASSWORD"  # noqa: S105  # the name of a variable


class Command(BaseCommand):
    help = "Begin this installation: its organisation, and the administrator who sets up the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, help="its name")
        parser.add_argument("--zone", required=True, help="its time zone, such as Europe/Berlin")
        parser.add_argument("--currency", required=True, help="three letters, such as EUR")
        parser.add_argument(
            "--working-days",
            default=MONDAY_TO_FRIDAY,
            help="the days of the week worked on, 1 for Monday to 7 for Sunday (12345)",
        )
        parser.add_argument(
            "--fiscal-month",
            type=int,
            default=JANUARY,
            help="the month in which the fiscal year begins, 1 to 12 (1)",
        )
        parser.add_argument("--administrator-email", required=True)
        parser.add_argument("--administrator-name", required=True)
        parser.add_argument(
            "--password-file",
            type=Path,
            help=f"a file holding the administrator's password; else {PASSWORD_VARIABLE} is read"
            " from the environment, else it is asked for",
        )

    def handle(self, **options: Any) -> None:
        if installation() is not None:
            raise CommandError("This installation has been founded already. Sign in instead.")
        try:
            administrator = found_organisation(
                organisation=options["organisation"],
                zone=options["zone"],
                currency=options["currency"],
                calendar=Calendar(
                    working_days=options["working_days"], fiscal_month=options["fiscal_month"]
                ),
                email=options["administrator_email"],
                name=options["administrator_name"],
                password=_password(options["password_file"]),
                at=now(),
            )
        except RefusedError as refusal:
            raise CommandError(
                "\n".join(blocker.message for blocker in refusal.blockers)
            ) from refusal
        self.stdout.write(
            f"{options['organisation']} is founded. {administrator.email} can sign in now."
        )


def _password(file: Path | None) -> str:
    """Read the password from where the command line, and so the process list, does not show it."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    if given := os.environ.get(PASSWORD_VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise CommandError(
            f"There is nobody to ask for the password. Give --password-file or {PASSWORD_VARIABLE}."
        )
    first = getpass.getpass("Password for the administrator: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("The two are different. Nothing was changed.")
    return first
