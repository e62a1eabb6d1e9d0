"""Which addresses lead to the theatre door?"""

from django.urls import path

from cordula_web.clinic.theatre import administer, listing, prepare, stop, thaw, transport

urlpatterns = [
    path("theatre", listing.theatre, name="theatre"),
    path("unit/<str:din>/allocate", transport.allocate, name="allocate"),
    path("unit/<str:din>/ship", transport.ship, name="ship"),
    path("unit/<str:din>/receive", transport.receive, name="receive"),
    path("unit/<str:din>/return", transport.bring_back, name="return"),
    path("unit/<str:din>/thaw", thaw.thaw, name="thaw"),
    path("unit/<str:din>/prepare", prepare.prepare, name="prepare"),
    path("unit/<str:din>/administer", administer.administer, name="administer"),
    path("unit/<str:din>/stop", stop.stop, name="stop"),
]
