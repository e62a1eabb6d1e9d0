"""What does somebody get to read who may not come in?"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse

from cordula_web.people.acting import SignedInRequest, running_memberships
from cordula_web.people.areas import Area
from cordula_web.people.roles import ROLES, Role
from cordula_web.people.sites import Membership, Site


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """To sign-in, and back here afterwards where coming back only reads."""
    if "HX-Request" in request.headers:
        # A piece of a page must not be filled with the sign-in form: the browser goes there whole.
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return redirect(settings.LOGIN_URL)


def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    return redirect("mfa_index")


def choose_role(request: SignedInRequest) -> HttpResponse:
    """To the choice of roles; where there is none to choose, a page that says who gives roles."""
    if running_memberships(request.user):
        return redirect(f"{reverse('people:acting')}?{urlencode({'next': request.path})}")
    return render(request, "people/no_role.html", status=403)


def say_who_can(
    request: SignedInRequest, area: Area, lets: Callable[[type[Role], str], bool]
) -> HttpResponse:
    """Names the roles that may, and the people who hold them at the reader's own site."""
    roles = [role for role in ROLES.values() if lets(role, request.method or "")]
    site = request.acting.site if request.acting else None
    context = {
        "area": area,
        "roles": sorted(str(role.label) for role in roles),
        "people": people_in(site, [role.name for role in roles]) if site else [],
    }
    return render(request, "people/who_can.html", context, status=403)


def people_in(site: Site, role_names: list[str]) -> list[Membership]:
    return list(
        Membership.active.filter(site=site, role_name__in=role_names, account__is_active=True)
        .select_related("account")
        .order_by("account__printed_name", "role_name")
    )
