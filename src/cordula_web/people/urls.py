"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.people import people_pages, views

app_name = "people"
urlpatterns = [
    path("", views.home, name="home"),
    path("acting", views.acting, name="acting"),
    path("people", people_pages.people, name="people"),
    path("people/<account>", people_pages.person, name="person"),
]
