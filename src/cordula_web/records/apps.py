"""Tells Django that this room has tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "cordula_web.records"
    label = "records"
