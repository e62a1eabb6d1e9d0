"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.laboratory.release import views as release

app_name = "laboratory"
urlpatterns = [
    path("unit/<str:din>/release", release.release, name="release"),
]
