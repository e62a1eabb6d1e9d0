"""A page that does not say who may open it is not there, for anybody."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from cordula_web.people.permissions import declared_permission

MIDDLEWARE = "cordula_web.people.deny_by_default.DenyByDefault"


class DenyByDefault:
    """Answers 404 for a view without a declaration, before it runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> None:
        if declared_permission(view) is None:
            raise Http404
