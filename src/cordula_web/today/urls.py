"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.today import views

app_name = "today"
urlpatterns = [
    path("today", views.today, name="today"),
    path("search", views.search, name="search"),
    path("search/found", views.found, name="found"),
]
