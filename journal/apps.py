"""The journal's start: guards after each migration, and a check that they stand."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db.models.signals import post_migrate

from journal import guards


class JournalConfig(AppConfig):
    name = "journal"

    def ready(self) -> None:
        post_migrate.connect(put_up_guards, sender=self)
        checks.register(guards_stand, checks.Tags.database)


def put_up_guards(**_: Any) -> None:  # noqa: ANN401  # a signal's arguments
    guards.install()


def guards_stand(
    app_configs: Any,  # noqa: ANN401, ARG001  # Django's signature
    databases: Any = None,  # noqa: ANN401  # Django's signature
    **_: Any,  # noqa: ANN401  # Django's signature
) -> list[checks.CheckMessage]:
    """`manage.py check --database default`: the append-only tables are guarded."""
    if not databases:
        return []
    found: list[checks.CheckMessage] = [
        checks.Error(problem, hint="Run ./dev manage migrate as the owner.", id="journal.E001")
        for problem in guards.problems()
    ]
    if not settings.RUNTIME_ROLE:
        found.append(
            checks.Warning(
                "No RUNTIME_ROLE is set: whoever runs the product may take its guards down.",
                hint="Serve with a role that does not own the tables; see docs/running.md.",
                id="journal.W001",
            )
        )
    return found
