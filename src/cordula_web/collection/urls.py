"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.collection.coordinator import announce, before_birth, questions
from cordula_web.collection.ward import collect, hand_over, match, start, stop

app_name = "collection"
urlpatterns = [
    path("ward", start.ward, name="ward"),
    path("ward/<str:din>", match.match, name="match"),
    path("ward/<str:din>/collect", collect.collect, name="collect"),
    path("ward/<str:din>/stop", stop.stop, name="stop"),
    path("ward/<str:din>/hand-over", hand_over.hand_over, name="hand_over"),
    path("announce", announce.announce, name="announce"),
    path("child/<str:infant>/sibling", announce.sibling, name="sibling"),
    path("child/<str:infant>/before-birth", before_birth.before_birth, name="before_birth"),
    path("child/<str:infant>/kit", before_birth.kit, name="kit"),
    path("child/<str:infant>/consent", before_birth.consent, name="consent"),
    path("child/<str:infant>/enrol", before_birth.enrol, name="enrol"),
    path("unit/<str:din>/questions", questions.questions, name="questions"),
]
