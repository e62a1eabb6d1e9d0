"""The showcase as a site of its own, to be looked at and tested without the rooms above the frame."""

from django.urls import include, path

urlpatterns = [
    path("", include("cordula_web.frame.urls")),
    path("showcase/", include("cordula_web.frame.showcase.urls")),
]

handler400 = "cordula_web.frame.errors.not_understood"
handler403 = "cordula_web.frame.errors.not_allowed"
handler404 = "cordula_web.frame.errors.not_found"
handler500 = "cordula_web.frame.errors.broken"
