"""What do templates know of whoever is signed in?"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from cordula_web.people.acting import Acting
from cordula_web.people.areas import Words
from cordula_web.people.second_factor import practice_without_second_factor


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is reading, for the bar."""

    name: str
    place: str
    sign_out_url: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the bar."""

    label: Words
    url: str
    current: bool


def reader(request: HttpRequest) -> dict[str, Any]:
    """`acting`, and what the bar shows: `who` and `nav`."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return {"acting": None, "who": None, "nav": ()}
    place = f"{acting.title or acting.role.label}, {acting.site.name}"
    return {
        "acting": acting,
        "who": Reader(acting.printed_name, place, reverse("account_logout")),
        "nav": bar(acting, request.path),
        "practice": acting.site.practice or settings.PRACTICE,
        "without_second_factor": practice_without_second_factor(acting.site),
    }


def bar(acting: Acting, path: str) -> tuple[Item, ...]:
    """The items that lead somewhere: a page that is not there is never offered."""
    return tuple(
        Item(item.label, item.path, path == item.path or path.startswith(item.path + "/"))
        for item in acting.nav
        if leads_somewhere(item.path)
    )


def leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
