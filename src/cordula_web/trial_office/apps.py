"""The trial office: designs are simulated here, and the trial that runs is watched."""

from django.apps import AppConfig


class TrialOfficeConfig(AppConfig):
    name = "cordula_web.trial_office"
    label = "trial_office"
