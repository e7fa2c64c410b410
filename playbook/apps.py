"""The playbook's start: a wrong file stops the program, with file, line and reason."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from playbook import load
from playbook.glossary import glossary
from playbook.shapes import PlaybookError


class PlaybookConfig(AppConfig):
    name = "playbook"

    def ready(self) -> None:
        try:
            load.files()
            glossary()
        except PlaybookError as error:
            raise ImproperlyConfigured(f"The playbook is wrong. {error}") from error
