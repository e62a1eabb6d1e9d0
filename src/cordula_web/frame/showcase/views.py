"""What does each part look like? One view for each kind of page, every value invented."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cordula_web.frame import errors
from cordula_web.frame.parts import AsOf, NavItem, Reader
from cordula_web.frame.showcase import bench as at_bench
from cordula_web.frame.showcase import journey, states

CLINIC_NAV = ("Today", "Children", "Units", "Theatre list", "Outcomes")
BENCH_NAV = ("My bench", "Incoming", "Freezer", "Labels", "Deviations")
SURGEON = Reader("Mr D. Hallström", "Cardiac surgery, St Brigid’s", "/showcase/")
TECHNOLOGIST = Reader("T. Brandt", "Cell lab, bench 2", "/showcase/")


def _page(nav: tuple[str, ...], current: int, who: Reader) -> dict[str, Any]:
    items = [NavItem(label, "/showcase/", place == current) for place, label in enumerate(nav)]
    return {
        "nav": items,
        "who": who,
        "practice": True,
        "as_of": AsOf(41, journey.at(22, 8, 5)),
        "printed": states.PRINTED,
    }


def contents(request: HttpRequest) -> HttpResponse:
    return render(request, "showcase/contents.html", _page(CLINIC_NAV, 0, SURGEON))


def unit(request: HttpRequest) -> HttpResponse:
    page = _page(CLINIC_NAV, 1, SURGEON)
    page |= {
        "child": journey.CHILD,
        "head": journey.HEAD,
        "verdict": journey.VERDICT,
        "thread": journey.THREAD,
        "ladder": journey.LADDER,
        "working": journey.WORKING,
        "phone": journey.PHONE,
    }
    return render(request, "showcase/unit.html", page)


def bench(request: HttpRequest) -> HttpResponse:
    page = _page(BENCH_NAV, 0, TECHNOLOGIST) | at_bench.context(at_bench.FIRST_SCAN)
    return render(request, "showcase/bench.html", page)


def scan(request: HttpRequest) -> HttpResponse:
    """Answers a scan as the bench would: this bag, another bag, or something unknown."""
    last = at_bench.answer(request.POST.get("scan", ""))
    if getattr(request, "htmx", False):
        return render(request, "components/last_scan.html", {"last": last})
    page = _page(BENCH_NAV, 0, TECHNOLOGIST) | at_bench.context(last)
    return render(request, "showcase/bench.html", page)


def sign(request: HttpRequest) -> HttpResponse:
    page = _page(("To sign", "Deviations", "Storage", "Records", "Audit"), 0, states.DIRECTOR)
    page |= {
        "child": journey.CHILD,
        "head": states.SIGN_HEAD,
        "facts": states.CERTIFICATE,
        "sign": states.SIGN,
        "form": states.SignForm(request.POST or None),
        "at": journey.at(22, 8, 5),
    }
    return render(request, "showcase/sign.html", page)


def today(request: HttpRequest) -> HttpResponse:
    page = _page(CLINIC_NAV, 0, SURGEON)
    page |= {"work": states.WORK, "no_work": states.NO_WORK}
    return render(request, "showcase/today.html", page)


def parts(request: HttpRequest) -> HttpResponse:
    return render(request, "showcase/parts.html", _page(CLINIC_NAV, 0, SURGEON) | states.context())


def error(request: HttpRequest, status: int) -> HttpResponse:
    answers = {
        400: lambda: errors.not_understood(request, ValueError()),
        403: lambda: errors.not_allowed(
            request, PermissionError("Only the medical director releases a unit.")
        ),
        404: lambda: errors.not_found(request, Http404()),
        500: lambda: errors.broken(request),
    }
    if status not in answers:
        raise Http404
    return answers[status]()
