"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.collection.ward import collect, hand_over, match, start, stop

app_name = "collection"
urlpatterns = [
    path("ward", start.ward, name="ward"),
    path("ward/<str:din>", match.match, name="match"),
    path("ward/<str:din>/collect", collect.collect, name="collect"),
    path("ward/<str:din>/stop", stop.stop, name="stop"),
    path("ward/<str:din>/hand-over", hand_over.hand_over, name="hand_over"),
]
