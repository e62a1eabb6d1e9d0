"""Is the site well? For the machine that watches it: no name, no number of anybody."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from cordula_web.people.permissions import public
from cordula_web.records import queries
from cordula_web.records.outside import outside


@public()
def health(request: HttpRequest) -> JsonResponse:
    """200 while reading and recording work, 503 where one of them does not, and which."""
    try:
        as_of = queries.as_of()
    except DatabaseError:
        return JsonResponse({"reading": False, "recording": False}, status=503)
    closed = bool(outside().closed())
    told = {"reading": True, "recording": not closed, "entries": as_of.index + 1}
    return JsonResponse(told, status=503 if closed else 200)
