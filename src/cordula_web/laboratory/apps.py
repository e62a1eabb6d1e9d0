"""The laboratory: where units are counted, processed, frozen, kept and released."""

from django.apps import AppConfig


class LaboratoryConfig(AppConfig):
    name = "cordula_web.laboratory"
    label = "laboratory"
