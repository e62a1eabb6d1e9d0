"""The safety board's pages: the open part for everybody at the table, the closed one for its members.

Each opening of the closed part is an entry of the ledger, written before anything is shown. It freezes the size that
the results are made from, and it counts as a look: the bounds are recalculated from the looks that were held."""

from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from cordula.display import clin_datetime
from cordula.events.admission import NotAdmitted
from cordula.events.record_keeping import ClosedReportOpened
from cordula.trial.monitoring import closed_part, open_part
from cordula.trial.report import (
    Document,
    as_drawn,
    closed_report,
    open_report,
    with_balance,
)
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Problem, Table, TableCell, TableRow
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.duties import people_at
from cordula_web.people.permissions import area, require_role
from cordula_web.people.roles import SafetyBoard
from cordula_web.records import queries
from cordula_web.records.actions import record
from cordula_web.records.page import standing
from cordula_web.records.refusals import NotRecorded
from cordula_web.records.tree import root_at, stored_tree
from cordula_web.trial_office.allocation_page import told_seeds
from cordula_web.trial_office.document_page import page_of
from cordula_web.trial_office.facts import Opening, Trial
from cordula_web.trial_office.trial_views import (
    Context,
    head,
    paper,
    size_asked,
    trial_or_404,
    trials_table,
)

# So long the member who opened the closed part may turn its pages; later it is opened anew.
STAYS_OPEN = timedelta(hours=1)


@area(Area.SAFETY)
def meetings(request: ActingRequest) -> HttpResponse:
    page = {"table": trials_table(request.acting, "trial_office:meeting")}
    return render(request, "trial_office/meetings.html", page | standing(request, timezone.now()))


@area(Area.SAFETY)
def meeting(request: ActingRequest, protocol: str, version: str) -> HttpResponse:
    """The open part, who opened the closed one and when, and for the board the door to it."""
    found = trial_or_404(request, protocol, version)
    return _meeting(request, found)


@area(Area.SAFETY)
def meeting_paper(request: ActingRequest, protocol: str, version: str) -> HttpResponse:
    found = trial_or_404(request, protocol, version)
    return paper(open_report(found.plan, open_part(found.plan, found.at(size_asked(request)))))


@area(Area.SAFETY, methods=("POST",), records=("ClosedReportOpened",))
def open_closed(request: ActingRequest, protocol: str, version: str) -> HttpResponseBase:
    """Record that the arms are looked at, from the ledger as it stands; only then are they shown."""
    found = trial_or_404(request, protocol, version)
    now, size = timezone.now(), queries.as_of().index + 1
    event = ClosedReportOpened(
        protocol_file=ProtocolId(protocol),
        version=version,
        digest=found.protocol.digest,
        size=size,
        root=root_at(stored_tree(), size).hex(),
        by=request.acting.account_id,
        at=now.astimezone(request.acting.site.zone),
    )
    key = request.POST.get("key", "") or get_random_string(32)
    try:
        done = record(event, key=key, site=request.acting.site.site_id, now=now)
    except (NotAdmitted, NotRecorded) as refused:
        return _meeting(request, found, str(refused))
    return redirect("trial_office:closed", protocol=protocol, version=version, index=done.index)


@area(Area.SAFETY)
def closed(request: ActingRequest, protocol: str, version: str, index: int) -> HttpResponse:
    """The closed part that this entry opened, for whoever opened it."""
    found, opened = _opened(request, protocol, version, index)
    page = {
        "head": head(found, _("Meetings"), address("trial_office:meetings")),
        "document": page_of(_closed(found, opened)),
        "paper": address(
            "trial_office:closed_paper",
            {"protocol": protocol, "version": version, "index": str(index)},
        ),
    }
    return render(request, "trial_office/closed.html", page | standing(request, timezone.now()))


@area(Area.SAFETY)
def closed_paper(request: ActingRequest, protocol: str, version: str, index: int) -> HttpResponse:
    return paper(_closed(*_opened(request, protocol, version, index)))


def _closed(found: Trial, opened: Opening) -> Document:
    looks = found.looks(opened.index)
    facts, arms = looks[-1]
    document = closed_report(found.plan, closed_part(found.plan, looks))
    design = found.plan.design
    told = (*as_drawn(design, facts, arms.of), *told_seeds(facts.allocation))
    return with_balance(document, design, facts.allocation, arms.of, *told)


def _opened(
    request: ActingRequest, protocol: str, version: str, index: int
) -> tuple[Trial, Opening]:
    """Raises Http404 for anybody but the member who opened it within the hour."""
    require_role(request, SafetyBoard)
    found = trial_or_404(request, protocol, version)
    mine = (
        one
        for one in found.openings
        if one.index == index
        and one.event.by == request.acting.account_id
        and timezone.now() - one.event.at < STAYS_OPEN
    )
    opened = next(mine, None)
    if opened is None:
        raise Http404
    return found, opened


def _meeting(request: ActingRequest, found: Trial, refused: str = "") -> HttpResponse:
    now, size = timezone.now(), size_asked(request)
    options = {"protocol": found.protocol.id, "version": found.protocol.version}
    page: Context = {
        "head": head(found, _("Meetings"), address("trial_office:meetings")),
        "document": page_of(open_report(found.plan, open_part(found.plan, found.at(size)))),
        "openings": _openings(request, found),
        "may_open": request.acting.may_record("ClosedReportOpened"),
        "problems": (Problem(refused, "#open-closed"),) if refused else (),
        "open_url": address("trial_office:open_closed", options),
        "paper": address("trial_office:meeting_paper", options),
        "key": get_random_string(32),
        "size": size,
    }
    status = 409 if refused else 200
    return render(
        request, "trial_office/meeting.html", page | standing(request, now), status=status
    )


def _openings(request: ActingRequest, found: Trial) -> Table:
    """Who looked at the arms, and from which size. Anybody at the meeting may see that."""
    site = request.acting.site
    people = people_at(site)
    rows = [
        TableRow(
            [
                TableCell(clin_datetime(one.event.at, site.zone)),
                TableCell(people.name(str(one.event.by))),
                TableCell(_("the first %(size)s entries") % {"size": one.event.size}),
                TableCell(one.event.root, id=True),
            ]
        )
        for one in found.openings
    ]
    heads = [_("When"), _("By"), _("From"), _("Root of the tree")]
    return Table(
        _("The closed part was opened"), heads, rows, empty=_("Nobody has opened it so far.")
    )
