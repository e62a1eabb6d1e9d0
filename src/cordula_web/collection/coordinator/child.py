"""Which child is asked for, who may know her name, and what do all her pages before birth show?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cordula.events.before_birth import Announced
from cordula.infants.infant import Infant
from cordula.vocabulary.identifiers import InfantId, NotAnIdentifier
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, PageHead
from cordula_web.people.acting import Acting, ActingRequest
from cordula_web.people.areas import Area
from cordula_web.people.identities import name_of
from cordula_web.records import queries
from cordula_web.records.page import standing
from cordula_web.records.refusals import NotHere
from cordula_web.records.sending import seen_of


@dataclass(frozen=True)
class Child:
    """A child who was announced; `now` carries the zone of the site."""

    request: ActingRequest
    now: datetime
    infant: Infant

    @property
    def acting(self) -> Acting:
        return self.request.acting

    @property
    def id(self) -> InfantId:
        assert self.infant.id is not None  # noqa: S101  a child that was found was announced
        return self.infant.id

    @property
    def announced(self) -> Announced:
        found = self.infant.first(Announced)
        assert found is not None  # noqa: S101
        return found

    @cached_property
    def printed(self) -> str:
        return name_of(self.id) if self.acting.may_see(Area.INFANT_IDENTITY) else _("Child")

    @property
    def versions(self) -> str:
        return seen_of(self.infant)

    def url(self, page: str) -> str:
        return address(f"collection:{page}", {"infant": str(self.id)})

    def drawn(
        self, template: str, heading: str, page: Mapping[str, Any], *, status: int = 200
    ) -> HttpResponse:
        links = ((self.printed, address("clinic:child", {"infant": str(self.id)})),)
        crumbs = tuple(Link(label, url) for label, url in links if url)
        context = {
            "title": f"{self.printed}: {heading}",
            "head": PageHead(heading, self.printed, crumbs),
            "child": self,
            **page,
            **standing(self.request, self.now),
        }
        return render(self.request, template, context, status=status)


def child_or_404(request: ActingRequest, infant: str) -> Child:
    site = request.acting.site
    try:
        found = queries.infant(InfantId(infant), site=site.site_id)
    except (NotAnIdentifier, NotHere) as fault:
        raise Http404 from fault
    return Child(request, timezone.now().astimezone(site.zone), found)
