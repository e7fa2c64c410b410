"""The journal's start: what it reacts to, guards after each migration, and checks of itself."""

from importlib import import_module
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
        checks.register(checkpoints_leave, checks.Tags.database)
        import_module("journal.reactions")
        import_module("journal.witnesses")


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


def checkpoints_leave(
    app_configs: Any,  # noqa: ANN401, ARG001  # Django's signature
    databases: Any = None,  # noqa: ANN401  # Django's signature
    **_: Any,  # noqa: ANN401  # Django's signature
) -> list[checks.CheckMessage]:
    """`manage.py check --database default`: some place outside the database keeps checkpoints."""
    if settings.CHECKPOINT_PLACES or not databases:
        return []
    return [
        checks.Warning(
            "No CHECKPOINT_PLACES are set: only the mails to the offices would show that"
            " whoever owns the database wrote its history anew.",
            hint="Name a file on another machine; see docs/running.md.",
            id="journal.W002",
        )
    ]
