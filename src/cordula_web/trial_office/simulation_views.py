"""The page on which a simulation is started, watched, stopped and read. It goes on when the page is left."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.display import clin_datetime, number
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead, Table, TableCell, TableRow
from cordula_web.people.acting import Acting, ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.people.roles import Statistician
from cordula_web.records.page import standing
from cordula_web.trial_office import jobs
from cordula_web.trial_office.forms import SimulationForm
from cordula_web.trial_office.jobs import Job, NotStarted, State
from cordula_web.trial_office.results import result_of

STATES = {
    State.RUNNING: ("waiting_result", _("Running")),
    State.DONE: ("met", _("Done")),
    State.STOPPED: ("not_needed", _("Stopped")),
    State.FAILED: ("not_met", _("Failed")),
}


@area(Area.TRIAL, methods=("GET", "POST"), writers=(Statistician,))
def simulations(request: ActingRequest) -> HttpResponseBase:
    form = SimulationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _drawn(request, form, 200)
    if not form.is_valid():
        return _drawn(request, form, 422)
    try:
        job = jobs.start(request.acting.site.id, form.asked(request.acting, timezone.now()))
    except NotStarted as refused:
        form.add_error(None, str(refused))
        return _drawn(request, form, 409)
    return redirect("trial_office:simulation", job=job.id)


@area(Area.TRIAL)
def simulation(request: ActingRequest, job: str) -> HttpResponse:
    found = _job_or_404(request, job)
    page = _of(found, request.acting)
    return render(request, "trial_office/simulation.html", page | standing(request, timezone.now()))


@area(Area.TRIAL)
def progress(request: ActingRequest, job: str) -> HttpResponse:
    """The progress alone, for a page that stays open; when it is over, the whole page is asked for."""
    found = _job_or_404(request, job)
    answer = render(request, "trial_office/progress.html", _of(found, request.acting))
    if found.state is not State.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


@area(Area.TRIAL)
def simulation_paper(request: ActingRequest, job: str) -> HttpResponse:
    found = _job_or_404(request, job)
    if not found.paper.exists():
        raise Http404
    answer = HttpResponse(found.paper.read_bytes(), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="simulation-{found.id}.pdf"'
    return answer


@area(Area.TRIAL, methods=("POST",), writers=(Statistician,))
def stop(request: ActingRequest, job: str) -> HttpResponseBase:
    """What was run so far is kept."""
    found = _job_or_404(request, job)
    found.ask_to_stop()
    return redirect("trial_office:simulation", job=found.id)


def _job_or_404(request: ActingRequest, job: str) -> Job:
    found = jobs.find(request.acting.site.id, job)
    if found is None:
        raise Http404
    return found


def _of(job: Job, acting: Acting) -> dict[str, object]:
    mark, word = STATES[job.state]
    crumb = Link(_("Simulations"), address("trial_office:simulations"))
    return {
        "head": PageHead(job.asked.title, _asked(job), crumbs=(crumb,)),
        "job": job,
        "mark": mark,
        "word": word,
        "running": job.state is State.RUNNING,
        "may_stop": acting.role is Statistician and not job.stopping,
        "document": result_of(job),
        "paper": address("trial_office:simulation_paper", {"job": job.id})
        if job.paper.exists()
        else "",
    }


def _asked(job: Job) -> str:
    asked = job.asked
    scenario = _("every scenario") if asked.scenario == "all" else asked.scenario
    told = {"protocol": asked.protocol, "trials": number(asked.trials), "seed": asked.seed}
    return f"{scenario}; " + _("%(trials)s trials of each, seed %(seed)s; %(protocol)s") % told


def _drawn(request: ActingRequest, form: SimulationForm, status: int) -> HttpResponse:
    known = jobs.all_of(request.acting.site.id)
    page = {
        "form": form,
        "may_start": request.acting.role is Statistician,
        "running": next((one for one in known if one.state is State.RUNNING), None),
        "table": _table(known, request.acting),
    }
    context = page | standing(request, timezone.now())
    return render(request, "trial_office/simulations.html", context, status=status)


def _table(known: list[Job], acting: Acting) -> Table:
    rows = []
    for job in known:
        mark, word = STATES[job.state]
        url = address("trial_office:simulation", {"job": job.id})
        rows.append(
            TableRow(
                [
                    TableCell(job.asked.title, note=_asked(job), url=url),
                    TableCell(word, status=mark),
                    TableCell(clin_datetime(job.asked.at, acting.site.zone)),
                    TableCell(job.asked.by),
                ]
            )
        )
    heads = [_("Design"), _("State"), _("Started"), _("By")]
    return Table(_("Simulations at this site"), heads, rows, empty=_("None was started yet."))
