"""Families: the parents' page and the ledger of claims."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "cordula_web.families"
    label = "families"

    def ready(self) -> None:
        from cordula_web.families import checks  # noqa: F401  registers itself
