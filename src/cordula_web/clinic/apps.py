"""The clinic: where people ask whether a unit can be used, and record the course of a child."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "cordula_web.clinic"
    label = "clinic"
