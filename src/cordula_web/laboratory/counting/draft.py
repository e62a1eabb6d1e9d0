"""What was typed and not yet saved? Kept with the session from field to field, so that no key and no detour loses it."""

from collections.abc import Mapping

from django.http import HttpRequest

KEPT = "count_draft"
PREFIXES = ("value-", "cells-", "method-", "kg")


def keep(request: HttpRequest, din: str, timepoint: str) -> None:
    """The fields as they stand; empty ones are none."""
    typed = {k: v for k, v in request.POST.items() if k.startswith(PREFIXES) and str(v).strip()}
    request.session[KEPT] = {"din": din, "at": timepoint, "fields": typed}


def kept(request: HttpRequest, din: str, timepoint: str) -> Mapping[str, str]:
    """What was typed for this unit at this point, and for no other."""
    draft = request.session.get(KEPT)
    if not isinstance(draft, dict) or (draft.get("din"), draft.get("at")) != (din, timepoint):
        return {}
    return {str(name): str(value) for name, value in draft["fields"].items()}


def drop(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
