"""One line for each request: which page, by which account, how it ended, how long it took.

The page is named by its route, never by its address, so that no number, name or search stands in a log.
"""

from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponseBase

log = structlog.get_logger("cordula.requests")


class RequestLog:
    """Writes the line after the answer is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        account = getattr(request, "user", None)
        log.info(
            "request",
            method=request.method,
            route=match.view_name if match else "",
            status=response.status_code,
            milliseconds=round((perf_counter() - began) * 1000, 1),
            account=getattr(account, "id", None),
        )
        return response
