"""What does every screen of the ward show, and what was begun on it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula_web.collection.kit import Kit, Stage, kit_or_404
from cordula_web.frame.addresses import address
from cordula_web.frame.begun import Begun
from cordula_web.people.acting import ActingRequest
from cordula_web.people.hands import Hands
from cordula_web.records.page import standing

SCREENS = 4
PAGES = {
    Stage.EXPECTED: "collection:match",
    Stage.COLLECTED: "collection:hand_over",
    Stage.HANDED_OVER: "collection:hand_over",
    Stage.STOPPED: "collection:stop",
}


@dataclass(frozen=True)
class Screen(Hands):
    """One screen about one kit."""

    kit: Kit

    def url(self, page: str) -> str:
        return address(f"collection:{page}", {"din": self.kit.din})

    def drawn(
        self,
        template: str,
        heading: str,
        number: int,
        page: Mapping[str, Any],
        *,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "heading": heading,
            "title": _("Kit {number}: {heading}").format(number=self.kit.number, heading=heading),
            "step": _("Collection {number} of {screens}").format(number=number, screens=SCREENS),
            "kit": self.kit,
            "may_stop": self.kit.stage is Stage.EXPECTED and self.may("CollectionStopped"),
            "stop_url": self.url("stop"),
            **page,
            **standing(self.request, self.now),
        }
        return render(self.request, template, context, status=status)


def screen(request: ActingRequest, din: str) -> Screen:
    kit = kit_or_404(request.acting, din, timezone.now())
    return Screen(request, Begun(request.session, f"ward {kit.din}", kit.now), kit)


def page_of(kit: Kit) -> str:
    """Where the kit's collection goes on; empty once it is the laboratory's."""
    page = PAGES.get(kit.stage, "")
    return address(page, {"din": kit.din}) if page else ""
