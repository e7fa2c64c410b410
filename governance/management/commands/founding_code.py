"""`manage.py founding_code`: what whoever founds this installation on its first page must type."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from journal.queries import installation
from people.operations.founding import founding_code


class Command(BaseCommand):
    help = "Say where and with which code to found this installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-unfounded", action="store_true", help="say nothing once somebody has"
        )

    def handle(self, **options: Any) -> None:
        if installation() is None:
            address = f"{settings.BASE_URL}{settings.FOUNDING_URL}"
            self.stdout.write(
                f"Found your organisation at {address}\nFounding code: {founding_code()}"
            )
        elif not options["if_unfounded"]:
            raise CommandError("This installation has been founded already. Sign in instead.")
