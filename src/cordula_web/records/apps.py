"""Tells Django that this room has tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "cordula_web.records"
    label = "records"

    def ready(self) -> None:
        from cordula_web.records import guards  # noqa: F401  registers what must hold at start
