"""The addresses of the site, and one page more that shows nothing: what every page costs before it shows anything."""

from django.http import HttpResponse
from django.urls import path

from cordula_web.config.urls import urlpatterns as of_the_site
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area


@area(Area.TODAY)
def nothing(request: ActingRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [*of_the_site, path("nothing", nothing, name="nothing")]
