"""Governance's start: what it does when something happens elsewhere."""

from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        import_module("governance.reactions")
