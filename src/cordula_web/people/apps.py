"""Tells Django that this room has models and templates."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cordula_web.people"
    label = "people"

    def ready(self) -> None:
        from cordula_web.people import checks  # noqa: F401  registers what must hold at start
