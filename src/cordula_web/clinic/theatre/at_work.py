"""Who is at work on which unit at the theatre door, and what does every page there show?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.clinic.looked_up import UnitSeen, unit_or_404
from cordula_web.clinic.unit_page import crumbs, title, top
from cordula_web.frame.addresses import address
from cordula_web.frame.begun import Begun
from cordula_web.frame.parts import Link, PageHead
from cordula_web.people.acting import ActingRequest
from cordula_web.people.hands import Hands
from cordula_web.records.page import standing
from cordula_web.records.sending import seen_of


@dataclass(frozen=True)
class AtWork(Hands):
    """One page of theatre in somebody's hands."""

    seen: UnitSeen

    @property
    def versions(self) -> str:
        return seen_of(self.seen.unit, self.seen.infant)

    def drawn(
        self,
        template: str,
        heading: str,
        page: Mapping[str, Any],
        *,
        sub: str = "",
        status: int = 200,
    ) -> HttpResponse:
        unit = address("clinic:unit", {"din": self.seen.din})
        context = {
            **top(self.seen),
            "head": PageHead(
                heading, sub, (*crumbs(self.seen), Link(_("Unit"), unit)), self.seen.din
            ),
            "title": title(self.seen, heading),
            **page,
            **standing(self.request, self.now),
        }
        return render(self.request, template, context, status=status)


def at_work(request: ActingRequest, din: str, page: str) -> AtWork:
    seen = unit_or_404(request.acting, din, timezone.now())
    return AtWork(request, Begun(request.session, f"{page} {seen.din}", seen.now), seen)


def both(seen: UnitSeen) -> dict[str, Any]:
    """The unit and the child that an act in theatre concerns, for its event. Both are known where one is offered."""
    assert seen.unit.id is not None  # noqa: S101  a unit that was found has begun
    assert seen.infant is not None  # noqa: S101
    return {"unit": seen.unit.id, "infant": seen.infant.id}
