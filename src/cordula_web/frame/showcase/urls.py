"""Which pages does the showcase have? Routed only where the settings say so."""

from django.urls import path

from cordula_web.frame.showcase import views

app_name = "showcase"
urlpatterns = [
    path("", views.contents, name="contents"),
    path("unit", views.unit, name="unit"),
    path("bench", views.bench, name="bench"),
    path("sign", views.sign, name="sign"),
    path("today", views.today, name="today"),
    path("parts", views.parts, name="parts"),
    path("scan", views.scan, name="scan"),
    path("error/<int:status>", views.error, name="error"),
]
