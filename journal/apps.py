"""The journal's start: guards after each migration, and a check that they stand."""

from typing import Any

from django.apps import AppConfig
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
    return [
        checks.Error(problem, hint="Run ./dev manage migrate as the owner.", id="journal.E001")
        for problem in guards.problems()
    ]
