"""Governance's start: what it does when something happens, and what it checks."""

from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        import_module("governance.reactions")
        import_module("governance.queries.integrity")
