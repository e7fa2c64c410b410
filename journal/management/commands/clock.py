"""Set a demonstration's clock ahead, so that waiting, reminders and expiry can be shown."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.clock import now
from journal.operations import move_clock
from kernel.refusals import RefusedError


class Command(BaseCommand):
    help = "Set a demonstration's clock ahead by days and hours; it never goes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=0)
        parser.add_argument("--hours", type=int, default=0)

    def handle(self, *, days: int, hours: int, **_: Any) -> None:
        try:
            move_clock(by=timedelta(days=days, hours=hours), actor="clock", at=now())
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"It is now {now():%A %d %B %Y, %H:%M} UTC.")
