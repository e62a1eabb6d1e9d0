"""The ward: where a kit meets a mother and a child, before birth and at birth."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "cordula_web.collection"
    label = "collection"
