"""The page of people: who works at this site, in which role, and what the administrator can change."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cordula_web.people import memberships
from cordula_web.people.accounts import Account
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.first_password import first_password_path
from cordula_web.people.memberships import NotGranted
from cordula_web.people.permissions import area
from cordula_web.people.roles import ROLES, SiteAdministrator, role_named
from cordula_web.people.sites import Membership


class NewPersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody new, with a first role at this site."""

    role = forms.ChoiceField(label=_("Role"), choices=[(n, r.label) for n, r in ROLES.items()])

    class Meta:
        model = Account
        fields = ("printed_name", "title", "username", "email")


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(n, r.label) for n, r in ROLES.items()])


@area(Area.PEOPLE, methods=("GET", "POST"), writers=(SiteAdministrator,))
def people(request: ActingRequest) -> HttpResponseBase:
    """Everybody at the site; POST adds somebody new."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _add(request, form)
    context = {"everybody": _everybody(request), "form": form}
    return render(request, "people/people.html", context, status=422 if form.errors else 200)


def _add(request: ActingRequest, form: NewPersonForm) -> HttpResponse:
    account = form.save(commit=False)
    account.set_unusable_password()
    account.save()
    role = role_named(form.cleaned_data["role"])
    memberships.grant(account, request.acting.site, role, by=request.user)
    return redirect("people:person", account.pk)


def _everybody(request: ActingRequest) -> list[Membership]:
    here = Membership.active.filter(site=request.acting.site).select_related("account", "site")
    return list(here.order_by("account__printed_name", "role_name"))


@area(Area.PEOPLE, methods=("GET", "POST"), writers=(SiteAdministrator,))
def person(request: ActingRequest, account: str) -> HttpResponseBase:
    """One person; POST does what its field `act` names."""
    somebody = _of_this_site(request, account)
    form = RoleForm()
    context = {"person": somebody, "roles": _roles_here(request, somebody), "form": form}
    if request.method == "POST":
        try:
            context |= _act(request, somebody)
        except (NotGranted, ValidationError) as refused:
            context["refused"] = str(refused)
    context["roles"] = _roles_here(request, somebody)
    return render(
        request, "people/person.html", context, status=422 if "refused" in context else 200
    )


def _act(request: ActingRequest, somebody: Account) -> dict[str, str]:
    acts: dict[str, Callable[[ActingRequest, Account], dict[str, str]]] = {
        "grant": _grant,
        "end": _end,
        "switch_off": _switch_off,
        "link": _link,
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise NotGranted(_("Choose what to do."))
    return act(request, somebody)


def _grant(request: ActingRequest, somebody: Account) -> dict[str, str]:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise NotGranted(_("Choose a role."))
    role = role_named(form.cleaned_data["role"])
    memberships.grant(somebody, request.acting.site, role, by=request.user)
    return {}


def _end(request: ActingRequest, somebody: Account) -> dict[str, str]:
    chosen = request.POST.get("membership", "")
    here = [m for m in _roles_here(request, somebody) if str(m.pk) == chosen]
    if not here:
        raise NotGranted(_("Choose a role that this person has."))
    memberships.end(here[0], by=request.user, at=timezone.now())
    return {}


def _switch_off(request: ActingRequest, somebody: Account) -> dict[str, str]:
    memberships.switch_off(somebody, request.acting.site, by=request.user)
    somebody.refresh_from_db()
    return {}


def _link(request: ActingRequest, somebody: Account) -> dict[str, str]:
    if somebody.pk == request.user.pk:
        raise NotGranted(_("Change your own password on your own page."))
    return {"link": request.build_absolute_uri(first_password_path(somebody))}


def _of_this_site(request: ActingRequest, account: str) -> Account:
    """Somebody who has, or had, a role here; nobody else is there."""
    found = Account.objects.filter(pk=account, memberships__site=request.acting.site).first()
    if found is None:
        raise Http404
    return found


def _roles_here(request: ActingRequest, somebody: Account) -> list[Membership]:
    here = Membership.active.filter(account=somebody, site=request.acting.site)
    return list(here.select_related("site", "account").order_by("role_name"))
