"""Let the signing key of SERVER_SIGNING_KEY follow that of SERVER_SIGNING_KEY_BEFORE."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from journal.clock import now
from journal.keys import signer
from journal.operations import change_key
from kernel.refusals import RefusedError


class Command(BaseCommand):
    help = "Put a new signing key in force; the old one and the new one sign that it follows."

    def handle(self, **_: Any) -> None:
        try:
            old = signer(settings.SERVER_SIGNING_KEY_BEFORE, name="SERVER_SIGNING_KEY_BEFORE")
            change = change_key(old=old, actor="command", at=now())
        except (RefusedError, ImproperlyConfigured) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"The key {change.new.key_id} follows {change.old.key_id}. Now restart web, worker"
            " and beat with it, and put the old seed away: nothing here needs it any more."
        )
