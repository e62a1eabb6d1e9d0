"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.people import views

app_name = "people"
urlpatterns = [
    path("", views.home, name="home"),
    path("acting", views.acting, name="acting"),
]
