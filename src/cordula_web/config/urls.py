"""Which address leads to which room?"""

from django.conf import settings
from django.urls import include, path

from cordula_web.records.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("", include("cordula_web.frame.urls")),
    path("", include("cordula_web.people.urls")),
    path("account/", include("cordula_web.people.sign_in_urls")),
    path("", include("cordula_web.today.urls")),
    path("", include("cordula_web.collection.urls")),
    path("", include("cordula_web.clinic.urls")),
    path("", include("cordula_web.laboratory.urls")),
    path("", include("cordula_web.trial_office.urls")),
    path("", include("cordula_web.families.urls")),
]

if settings.SHOWCASE:
    urlpatterns += [path("showcase/", include("cordula_web.frame.showcase.urls"))]

handler400 = "cordula_web.frame.errors.not_understood"
handler403 = "cordula_web.frame.errors.not_allowed"
handler404 = "cordula_web.frame.errors.not_found"
handler500 = "cordula_web.frame.errors.broken"
