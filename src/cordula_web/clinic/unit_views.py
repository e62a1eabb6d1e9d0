"""The pages of one unit: may it be used, and everything that was ever recorded of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cordula_web.clinic.looked_up import unit_or_404
from cordula_web.clinic.unit_page import unit_page
from cordula_web.clinic.unit_record_page import unit_record_page
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.permissions import area
from cordula_web.records.page import standing


@area(Area.UNIT)
def unit(request: ActingRequest, din: str) -> HttpResponse:
    now = timezone.now()
    seen = unit_or_404(request.acting, din, now)
    return render(request, "clinic/unit.html", unit_page(seen) | standing(request, now))


@area(Area.UNIT)
def unit_record(request: ActingRequest, din: str) -> HttpResponse:
    now = timezone.now()
    seen = unit_or_404(request.acting, din, now)
    return render(
        request, "clinic/unit_record.html", unit_record_page(seen) | standing(request, now)
    )
