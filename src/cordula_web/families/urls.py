"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.families import views
from cordula_web.families.heart.views import heart

app_name = "families"
urlpatterns = [
    path("aid", views.start, name="start"),
    path("aid/<str:language>/cord-blood", views.aid, name="aid"),
    path("aid/<str:language>/cord-blood.pdf", views.pdf, name="pdf"),
    path("aid/<str:language>/claims", views.claims, name="claims"),
    path("aid/<str:language>/heart", heart, name="heart"),
]
