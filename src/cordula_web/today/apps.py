"""Today: what each person must do, and where anything is that can be scanned or typed."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "cordula_web.today"
    label = "today"
