"""Bright or dim? The reader chooses on the device; a shared computer may be set wrongly by its system."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dim")
ONE_YEAR_S = 365 * 24 * 3600


def chosen_theme(request: HttpRequest) -> str:
    theme = request.COOKIES.get(COOKIE, "light")
    return theme if theme in THEMES else "light"


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        return HttpResponseBadRequest(f"The theme {theme!r} is not known: light or dim.")
    response = redirect(_back(request))
    response.set_cookie(
        COOKIE, theme, max_age=ONE_YEAR_S, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def _back(request: HttpRequest) -> str:
    """The page the reader came from, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/") else "/"
