"""Tells Django that the frame has templates and static files."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "cordula_web.frame"
    label = "frame"
