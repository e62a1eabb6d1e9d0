"""Where does somebody start, and in which role?"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from cordula_web.people.acting import CHOSEN, ActingRequest, SignedInRequest, running_memberships
from cordula_web.people.areas import Area
from cordula_web.people.context import leads_somewhere
from cordula_web.people.permissions import area, signed_in
from cordula_web.people.sites import Membership


@area(Area.TODAY)
def home(request: ActingRequest) -> HttpResponseBase:
    """To the page a role begins its work on; where that is not built yet, to a page of its own name."""
    path = request.acting.role.home
    return redirect(path) if leads_somewhere(path) else render(request, "people/home.html")


@signed_in(methods=("GET", "POST"))
def acting(request: SignedInRequest) -> HttpResponseBase:
    memberships = running_memberships(request.user)
    if request.method == "POST":
        return _choose(request, memberships)
    return _ask(request, memberships)


def _choose(request: SignedInRequest, memberships: list[Membership]) -> HttpResponse:
    chosen = next((m for m in memberships if str(m.pk) == request.POST.get("membership")), None)
    if chosen is None:
        return _ask(request, memberships, refused=True)
    request.session[CHOSEN] = chosen.pk
    return redirect(_next(request) or "people:home")


def _ask(
    request: SignedInRequest, memberships: list[Membership], *, refused: bool = False
) -> HttpResponse:
    context = {"memberships": memberships, "refused": refused, "next": _next(request)}
    return render(request, "people/acting.html", context, status=422 if refused else 200)


def _next(request: SignedInRequest) -> str:
    """Where the reader wanted to go, if it is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/") else ""


@signed_in()
def no_password(request: SignedInRequest) -> HttpResponseBase:
    """An account without a password gets its first one by a link, never from inside a session."""
    return render(request, "people/no_password.html")


def remove_passkey(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """allauth keeps the last authenticator app, and would let the last passkey go."""
    passkey = Authenticator.objects.filter(pk=pk, user=request.user).first()
    if passkey and not get_adapter().can_delete_authenticator(passkey):
        return render(request, "people/last_factor.html", status=409)
    answer: HttpResponseBase = remove_webauthn(request, pk=pk)
    return answer
