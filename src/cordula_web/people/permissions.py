"""May this account do that, at this site? Every page says who may open it; a page that says nothing is not there.

For those who write pages:

    from cordula_web.people.acting import ActingRequest
    from cordula_web.people.areas import Area
    from cordula_web.people.permissions import area, own_site_or_404, public, require_role, signed_in

    @area(Area.UNIT)                                             # GET and HEAD only
    def unit(request: ActingRequest, din: str) -> HttpResponse:
        request.acting                                           # Acting(account_id, printed_name, title, role, site)
        own_site_or_404(request, card.site_id)                   # another site's object is not there

    @area(Area.BENCH, methods=("GET", "POST"), records=("Counted",))  # POST: the role may record one of these
    @area(Area.PEOPLE, methods=("GET", "POST"), writers=(SiteAdministrator,))  # POST that records no event
    @area(Area.BENCH, methods=("POST",), post_only_reads=True)   # POST that only asks, such as a scan
    @signed_in()                                                 # any account, perhaps without a role yet
    @public()                                                    # anybody; no cookie is read
    require_role(request, Quality, MedicalDirector)              # inside a view

`request.acting` is set on every page but a public one (None there, and on a `signed_in` page where no
role was chosen). Templates have `acting` and `navigation`. For the one door of the records:
`may_record(account, site, kind)`; for a view that shows a part only to some: `request.acting.may_see(area)`.

Refused: anonymous readers go to sign-in; a page about one object answers 404; the page of an area says
who can open it. Where the middleware `DenyByDefault` finds no declaration, it answers 404.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from cordula_web.people import refusals
from cordula_web.people.acting import ActingRequest, SignedInRequest, acting_of
from cordula_web.people.areas import Area
from cordula_web.people.roles import Role, UnknownRole, role_named
from cordula_web.people.second_factor import must_set_up_second_factor
from cordula_web.people.sites import Membership

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]

PUBLIC: Literal["public"] = "public"
SIGNED_IN: Literal["signed_in"] = "signed_in"
READING = ("GET",)
SAFE = frozenset({"GET", "HEAD"})


class NotDeclared(TypeError):
    """A page takes POST and does not say who may write by it."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What a page declares: who may open it, by which methods, and who may write by it."""

    who: Area | Literal["public", "signed_in"]
    methods: frozenset[str]
    records: frozenset[str] = frozenset()
    writers: frozenset[str] = frozenset()
    post_only_reads: bool = False

    def __post_init__(self) -> None:
        says_who = self.records or self.writers or self.post_only_reads
        if isinstance(self.who, Area) and self.methods - SAFE and not says_who:
            raise NotDeclared(
                f"a page of {self.who} takes {', '.join(sorted(self.methods - SAFE))}: name the event"
                " kinds it records, or the roles that write, or say post_only_reads=True"
            )

    def lets(self, role: type[Role], method: str) -> bool:
        """Whether somebody signed in and acting in this role gets past the door."""
        if isinstance(self.who, Area) and self.who not in role.may_see:
            return False
        if method in SAFE or not isinstance(self.who, Area) or self.post_only_reads:
            return True
        return role.name in self.writers or bool(self.records & role.may_record)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the permission table."""

    name: str
    pattern: str
    methods: frozenset[str]
    permission: Permission | None
    view: View


# The frame knows nobody and shows no record, so whatever it serves is for everybody.
PUBLIC_ROOM = "cordula_web.frame."


# --- What a view declares ---------------------------------------------------------------------


def area(
    of: Area | str,
    *,
    methods: Iterable[str] = READING,
    records: Iterable[str] = (),
    writers: Iterable[type[Role]] = (),
    post_only_reads: bool = False,
) -> Callable[
    [Callable[Concatenate[ActingRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A page of one area: whoever acts in a role that sees it may open it."""
    names = frozenset(role.name for role in writers)
    return _declare(
        Permission(Area(of), _with_head(methods), frozenset(records), names, post_only_reads)
    )


def signed_in(
    *, methods: Iterable[str] = READING
) -> Callable[
    [Callable[Concatenate[SignedInRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A page for every account, such as its own sign-in settings."""
    return _declare(Permission(SIGNED_IN, _with_head(methods)))


def public(
    *, methods: Iterable[str] = READING
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A page for anybody, such as sign-in or the parents' decision aid."""
    return _declare(Permission(PUBLIC, _with_head(methods)))


def _with_head(methods: Iterable[str]) -> frozenset[str]:
    named = frozenset(methods)
    return named | {"HEAD"} if "GET" in named else named


def _declare(permission: Permission) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _refusal(request, permission, about_one=bool(args or kwargs))
            return refused or view(request, *args, **kwargs)

        vars(guarded)["permission"] = permission
        return guarded

    return guard


def declared_permission(view: View) -> Permission | None:
    """What the view declares, or None: then nobody may open it."""
    declared = getattr(view, "permission", None)
    if declared is None and getattr(view, "__module__", "").startswith(PUBLIC_ROOM):
        return Permission(PUBLIC, frozenset({"GET", "HEAD", "POST"}))
    return declared if isinstance(declared, Permission) else None


# --- What happens at the door -----------------------------------------------------------------


def _refusal(
    request: HttpRequest, permission: Permission, *, about_one: bool
) -> HttpResponseBase | None:
    """The answer to somebody who may not come in, or None. Sets `request.acting`."""
    somebody = cast(SignedInRequest, request)
    somebody.acting = None
    timezone.deactivate()
    if permission.who != PUBLIC and not request.user.is_authenticated:
        return refusals.sign_in(request)
    if request.method not in permission.methods:
        return HttpResponseNotAllowed(sorted(permission.methods))
    if permission.who == PUBLIC:
        return None
    somebody.acting = acting_of(request)
    if somebody.acting is not None:
        # Moments are read and written in the zone of the site the person works at.
        timezone.activate(somebody.acting.site.zone)
    if permission.who == SIGNED_IN:
        return None
    return _area_refusal(somebody, permission, about_one=about_one)


def _area_refusal(
    request: SignedInRequest, permission: Permission, *, about_one: bool
) -> HttpResponseBase | None:
    if must_set_up_second_factor(request):
        return refusals.set_up_second_factor(request)
    if request.acting is None:
        return refusals.choose_role(request)
    if permission.lets(request.acting.role, request.method or ""):
        return None
    if about_one:
        raise Http404
    return refusals.say_who_can(request, Area(permission.who), permission.lets)


def own_site_or_404(request: ActingRequest, site_id: str | None) -> None:
    """Another site's object is not there, and neither is one of no site."""
    if site_id != request.acting.site.id:
        raise Http404


def require_role(request: ActingRequest, *roles: type[Role]) -> None:
    """Raises Http404 unless the person acts in one of these roles."""
    if request.acting.role not in roles:
        raise Http404


# --- What the records ask ---------------------------------------------------------------------


def may_record(account: str, site: str, event_kind: str) -> bool:
    """Whether the account, by any role it holds at this site now, may record this kind of event."""
    return any(event_kind in role.may_record for role in _roles_at(account, site))


def may_see(account: str, site: str, part: Area | str) -> bool:
    """Whether the account, by any role it holds at this site now, may see this area."""
    return any(Area(part) in role.may_see for role in _roles_at(account, site))


def _roles_at(account: str, site: str) -> Iterator[type[Role]]:
    running = Membership.active.filter(account_id=account, site_id=site, account__is_active=True)
    for name in running.values_list("role_name", flat=True):
        try:
            yield role_named(name)
        except UnknownRole:
            continue


# --- The whole table --------------------------------------------------------------------------


def table() -> Iterator[Row]:
    """Every address of the site with what it declares, for tests and for the printed matrix."""
    yield from _rows(get_resolver().url_patterns, "", "")


def _rows(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, namespace: str
) -> Iterator[Row]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _rows(entry.url_patterns, path, inner)
        else:
            yield _row(entry, path, namespace)


def _row(entry: URLPattern, path: str, namespace: str) -> Row:
    permission = declared_permission(entry.callback)
    methods = permission.methods if permission else frozenset[str]()
    return Row(f"{namespace}{entry.name}", path, methods, permission, entry.callback)
