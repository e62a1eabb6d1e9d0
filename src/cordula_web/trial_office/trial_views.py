"""The pages of the trials that run here: which there are, what was planned, and how each stands, all children together."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.display import clin_date
from cordula.events.record_keeping import ProtocolApproved
from cordula.trial.monitoring import open_part
from cordula.trial.report import Document, open_report, pdf
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead, Table, TableCell, TableRow
from cordula_web.people.acting import Acting, ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records import queries
from cordula_web.records.page import standing
from cordula_web.records.shelf import SHELF
from cordula_web.trial_office.allocation_page import allocation_page
from cordula_web.trial_office.document_page import page_of
from cordula_web.trial_office.facts import Trial, approved, trial_of
from cordula_web.trial_office.list_form import CommitListForm, as_designed, wanted


@area(Area.TRIAL)
def trials(request: ActingRequest) -> HttpResponse:
    """Every protocol version that came into force at this site."""
    page = {"table": trials_table(request.acting, "trial_office:trial")}
    return render(request, "trial_office/trials.html", page | standing(request, timezone.now()))


@area(Area.TRIAL)
def trial(request: ActingRequest, protocol: str, version: str) -> HttpResponse:
    """How the trial stands now, without an arm; its lists and draws."""
    return _trial(request, trial_or_404(request, protocol, version))


@area(Area.TRIAL, methods=("POST",), records=("AllocationListCommitted",))
def commit_list(request: ActingRequest, protocol: str, version: str) -> HttpResponse:
    """Draw a list of arms and commit to it, before the first child."""
    found, now = trial_or_404(request, protocol, version), timezone.now()
    # With the children: whether one is enrolled decides what may be committed.
    history = found.at(queries.as_of().index + 1).allocation
    form = CommitListForm(request.POST, found=found, history=history)
    if form.is_valid() and form.record(request.acting, now):
        return redirect("trial_office:trial", protocol=protocol, version=version)
    return _trial(request, found, form)


def _trial(
    request: ActingRequest, found: Trial, refused: CommitListForm | None = None
) -> HttpResponse:
    size = size_asked(request)
    facts = found.at(size)
    site = request.acting.site
    options = {"protocol": found.protocol.id, "version": found.protocol.version}
    # What is recorded is recorded now: a page of an earlier size only tells.
    present = not request.GET.get("size")
    if refused or (present and wanted(found, facts.allocation, request.acting)):
        form = refused or CommitListForm(found=found, history=facts.allocation)
    else:
        form = None
    page = {
        "head": head(found, _("Trials"), address("trial_office:trials")),
        "document": page_of(open_report(found.plan, open_part(found.plan, facts))),
        "allocation": allocation_page(found.plan.design, facts.allocation, site),
        "paper": address("trial_office:open_paper", options),
        "commit_url": address("trial_office:commit_list", options),
        "form": form,
        "as_designed": as_designed(found),
        "size": size,
    }
    status = refused.status if refused else 200
    shown = page | standing(request, timezone.now())
    return render(request, "trial_office/trial.html", shown, status=status)


@area(Area.TRIAL)
def open_paper(request: ActingRequest, protocol: str, version: str) -> HttpResponse:
    """The open part as a tagged PDF."""
    found = trial_or_404(request, protocol, version)
    facts = found.at(size_asked(request))
    return paper(open_report(found.plan, open_part(found.plan, facts)))


# --- What the pages of this room share --------------------------------------------------------


def trials_table(acting: Acting, page: str) -> Table:
    """The versions in force, each leading to this page of it."""
    rows = [
        TableRow(
            [
                TableCell(
                    _title(one),
                    note=one.protocol_file,
                    url=_url(page, one.protocol_file, one.version),
                ),
                TableCell(one.version),
                TableCell(clin_date(one.at, acting.site.zone)),
                TableCell(one.digest[:16] + "…", id=True),
            ]
        )
        for one in approved(acting.site.site_id)
    ]
    heads = [_("Protocol"), _("Version"), _("Approved"), _("Digest begins")]
    return Table(_("In force at this site"), heads, rows).named()


def _title(approval: ProtocolApproved) -> str:
    """Its name where its files are not installed here."""
    found = SHELF.find(approval.protocol_file, approval.digest)
    return found.title if found else str(approval.protocol_file)


def _url(page: str, protocol: str, version: str) -> str:
    return address(page, {"protocol": protocol, "version": version})


def trial_or_404(request: ActingRequest, protocol: str, version: str) -> Trial:
    found = trial_of(protocol, version, request.acting.site.site_id)
    if found is None:
        raise Http404
    return found


def size_asked(request: ActingRequest) -> int:
    """The size of the ledger that the page is about: the one asked for, else the present one."""
    newest = queries.as_of().index + 1
    asked = request.GET.get("size", "")
    if not asked:
        return newest
    if not asked.isdecimal() or not 1 <= int(asked[:12]) <= newest:
        raise Http404
    return int(asked[:12])


def head(found: Trial, label: str, url: str) -> PageHead:
    told = found.protocol
    return PageHead(told.title, f"{told.id} {told.version}", crumbs=(Link(label, url),))


def paper(document: Document) -> HttpResponse:
    answer = HttpResponse(pdf(document, timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{document.name}.pdf"'
    return answer


Context = dict[str, Any]
