"""People's start: what follows when somebody is invited."""

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        import_module("people.reactions")
