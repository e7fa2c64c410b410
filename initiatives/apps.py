"""The start of initiatives: what follows when a list is confirmed."""

from importlib import import_module

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"

    def ready(self) -> None:
        import_module("initiatives.reactions")
