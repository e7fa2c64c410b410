"""`manage.py demonstration`: load the company that shows what the product does, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demonstration.loading import PASSWORD, email_of, play, prepared, standing
from demonstration.reading import company
from demonstration.shapes import StoryError
from journal.clock import now

HALF = (
    "A loading of the demonstration was broken off before its end, and a journal cannot be taken"
    " back. Start over with an empty database: stop Counterpart, delete the folder var/ (or empty"
    " your own database and migrate it), and start again."
)
REAL = "This installation was founded for real: no demonstration is loaded into it."
EVERY = 10


class Command(BaseCommand):
    help = "Load Harrowgate Field Systems with its ten initiatives, once; or print who signs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sign-ins", action="store_true", help="only print who can sign in, and how"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="say nothing where something was founded"
        )

    def handle(self, *, sign_ins: bool, if_empty: bool, **_: Any) -> None:
        stands = standing()
        if stands == "half":
            raise CommandError(HALF)
        if sign_ins:
            self._print_sign_ins(stands)
        elif if_empty and stands != "empty":
            return
        elif stands == "empty":
            self._load()
        elif stands == "real":
            raise CommandError(REAL)
        else:
            self.stdout.write("The demonstration is there already. Nothing was changed.")

    def _load(self) -> None:
        shown = 0
        try:
            for step in play(*prepared(now())):
                if step.percent >= shown:
                    self.stdout.write(f"{step.percent:3} %  {step.says}")
                    self.stdout.flush()
                    shown = step.percent - step.percent % EVERY + EVERY
        except StoryError as error:
            rest = "" if standing() == "empty" else f"\n{HALF}"
            raise CommandError(f"{error}{rest}") from error
        self.stdout.write("The demonstration is loaded.")

    def _print_sign_ins(self, stands: str) -> None:
        """Print them for a demonstration; a real installation has none to print."""
        if stands != "whole":
            return
        people = [person for person in company().people if person.here_for]
        width = max(len(email_of(person)) for person in people)
        self.stdout.write(f"Demonstration sign-ins; the password of each is {PASSWORD}")
        for person in people:
            line = f"  {email_of(person):{width}}  {person.name}, {person.title}: {person.here_for}"
            self.stdout.write(line)
