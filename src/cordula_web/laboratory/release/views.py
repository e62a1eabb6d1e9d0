"""The page that is the certificate: who may sign it signs it here, and what changed since it was shown is refused."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cordula.events.release import ExceptionallyReleased
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import ChildBanner, Link, PageHead, SignPanel
from cordula_web.laboratory.banners import unit_banner
from cordula_web.laboratory.release import certificate
from cordula_web.laboratory.release.differences import since_first_signature
from cordula_web.laboratory.release.forms import ExceptionForm, ReleaseForm
from cordula_web.laboratory.release.offers import other_acts, refuse
from cordula_web.laboratory.release.standing import Act, Standing
from cordula_web.laboratory.release.statement import statement
from cordula_web.laboratory.seen import Seen, unit_or_404
from cordula_web.laboratory.sending import Refused, Sent, drawn, record, sent
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.duties import role_words
from cordula_web.people.permissions import area
from cordula_web.people.roles import Cardiologist, Surgeon
from cordula_web.people.sites import Membership
from cordula_web.records.child_banner import child_banner
from cordula_web.records.page import standing as as_shown
from cordula_web.records.verdicts import verdict_digest

PHYSICIANS = (Surgeon.name, Cardiologist.name)
SHOWN = "verdict"


@sensitive_post_parameters("password", "code", "credential")
def _release(request: ActingRequest, din: str) -> HttpResponse:
    now = timezone.now()
    standing = Standing(unit_or_404(request.acting, din, now))
    if request.method != "POST" or standing.act is None:
        refused = Refused((standing.why_not,)) if request.method == "POST" else None
        return _page(request, standing, _form(request, standing, None), refused)
    form = _form(request, standing, request.POST)
    assert form is not None  # noqa: S101  there is an act, so there is a form for it
    if refused := _changed(request, standing):
        return _page(request, standing, form, refused)
    if not form.is_valid():
        return _page(request, standing, form, None, status=422)
    said = statement(standing, standing.act)
    refused = record(
        lambda writing: [form.to_event(said, writing)], sent(request), request.acting, now
    )
    if refused:
        fresh = Standing(unit_or_404(request.acting, din, now))
        return _page(request, fresh, _form(request, fresh, request.POST), refused)
    return redirect("laboratory:release", din=din)


release = area(
    Area.RELEASE,
    methods=("GET", "POST"),
    records=("Signed", "Released", "ExceptionallyReleased"),
)(_release)


def _changed(request: ActingRequest, standing: Standing) -> Refused | None:
    """Whoever signs must have read the very verdict, and the very words, that they sign."""
    assert standing.verdict is not None  # noqa: S101
    assert standing.act is not None  # noqa: S101
    words = statement(standing, standing.act).digest
    if request.POST.get(SHOWN) == verdict_digest(standing.verdict) and (
        request.POST.get("statement") == words
    ):
        return None
    return Refused(
        (_("The verdict changed since you looked. Read the certificate again, then sign."),)
    )


def _form(request: ActingRequest, standing: Standing, data: Any) -> ReleaseForm | None:
    if standing.act is None:
        return None
    if standing.act is Act.EXCEPT:
        return ExceptionForm(request, data, standing, physicians(request))
    return ReleaseForm(request, data, standing)


def physicians(request: ActingRequest) -> list[tuple[str, str]]:
    """Those who may be told of an exception: every physician of the site but whoever signs."""
    held = Membership.active.filter(
        site=request.acting.site, role_name__in=PHYSICIANS, account__is_active=True
    ).exclude(account_id=str(request.acting.account_id))
    found = held.select_related("account").order_by("account__printed_name")
    return list(
        dict.fromkeys(
            (one.account_id, f"{one.account.printed_name}, {one.role.label}") for one in found
        )
    )


def _page(
    request: ActingRequest,
    standing: Standing,
    form: ReleaseForm | None,
    refused: Refused | None,
    status: int = 200,
) -> HttpResponse:
    seen, since = standing.seen, since_first_signature(standing)
    sections = certificate.sections(standing, since)
    context = {
        **as_shown(request, seen.now),
        "title": _title(standing),
        "child": _child(seen),
        "unit": unit_banner(seen),
        "head": _head(standing),
        "standing": standing,
        "facts": certificate.facts(standing),
        "sections": sections,
        "changed": sum(bool(line.was) for section in sections for line in section.lines),
        "since": since,
        "signatures": certificate.signed_so_far(standing),
        "exception": certificate.exception(standing),
        "problems": refused.problems if refused else (),
        "form": form,
        "at": seen.now,
        "sign": _panel(request, standing) if form else None,
        "others": () if form else other_acts(seen),
    }
    return render(
        request, "laboratory/release.html", context, status=refused.status if refused else status
    )


def _title(standing: Standing) -> str:
    return _("Certificate of release, unit {number}").format(number=standing.seen.number)


def _head(standing: Standing) -> PageHead:
    seen = standing.seen
    release = seen.unit.release
    sub = _("Not released. This is what would be signed.")
    if release is not None:
        excepted = isinstance(release, ExceptionallyReleased)
        sub = _("Released by exception.") if excepted else _("Released.")
    crumb = address("clinic:unit", {"din": seen.din})
    links = [(_("Unit {number}").format(number=seen.number), crumb)] if crumb else []
    return PageHead(
        _("Certificate of release"), sub, [Link(label, url) for label, url in links], seen.din
    )


def _panel(request: ActingRequest, standing: Standing) -> SignPanel:
    assert standing.act is not None  # noqa: S101
    assert standing.verdict is not None  # noqa: S101
    said = statement(standing, standing.act)
    carried = (
        Sent(sent(request).key, standing.seen.versions)
        if request.POST
        else drawn(standing.seen.versions)
    )
    shown = ((SHOWN, verdict_digest(standing.verdict)), ("statement", said.digest))
    return SignPanel(
        title=_("Your signature"),
        statement=said.words,
        name=standing.seen.acting.printed_name,
        button=said.button,
        role=role_words(standing.seen.acting.role.name),
        warning=_warning(standing),
        hidden=(*carried.hidden, *shown),
        refuse=refuse(standing.seen),
        earlier=certificate.signed_so_far(standing),
    )


def _warning(standing: Standing) -> str:
    if not standing.open_findings:
        return ""
    return _("What the protocol asks for is not all met. It stands at the top of the certificate.")


def _child(seen: Seen) -> ChildBanner | None:
    if seen.identity is None or seen.infant is None:
        return None
    return child_banner(seen.identity, seen.infant, seen.now)
