"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.clinic import unit_views

app_name = "clinic"
urlpatterns = [
    path("unit/<str:din>", unit_views.unit, name="unit"),
    path("unit/<str:din>/record", unit_views.unit_record, name="unit_record"),
]
