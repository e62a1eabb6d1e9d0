"""Who is at work on which unit, what have they scanned so far, and who stands beside them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from cordula.vocabulary.identifiers import AccountId, SiteId
from cordula_web.clinic.looked_up import UnitSeen, unit_or_404
from cordula_web.clinic.unit_page import crumbs, title, top
from cordula_web.frame.addresses import address
from cordula_web.frame.begun import Begun
from cordula_web.frame.parts import LastScan, Link, PageHead, ScanField
from cordula_web.frame.parts.checks import Check
from cordula_web.people import badges
from cordula_web.people.accounts import Account
from cordula_web.people.acting import ActingRequest
from cordula_web.records.page import standing
from cordula_web.records.sending import seen_of


@dataclass(frozen=True)
class AtWork:
    """One page of theatre in somebody's hands."""

    request: ActingRequest
    seen: UnitSeen
    begun: Begun

    @property
    def now(self) -> datetime:
        return self.seen.now

    @property
    def by(self) -> AccountId:
        return self.seen.acting.account_id

    @property
    def site(self) -> SiteId:
        return self.seen.acting.site.site_id

    @property
    def versions(self) -> str:
        return seen_of(self.seen.unit, self.seen.infant)

    def may(self, kind: str) -> bool:
        return self.seen.acting.may_record(kind)

    # --- Scans ------------------------------------------------------------------------------------

    def told(self, status: str, message: str, din: str = "") -> None:
        """What the last scan was, for the line under the scan field."""
        self.begun.put("last", [status, message, din])

    @property
    def last(self) -> LastScan | None:
        found = self.begun.get("last")
        if not found:
            return None
        status, message, din = found
        return LastScan(status, message, din, self.begun.at("last"))

    def scan_field(self, hint: str) -> ScanField:
        return ScanField(self.request.path, _("Scan"), hint, last=self.last)

    def take_badge(self, text: str) -> None:
        """The second person's badge, or why it cannot be taken."""
        try:
            somebody = badges.whose(text, self.seen.acting.site, self.by)
        except badges.NotThere as fault:
            self.told("unknown", str(fault))
        else:
            self.begun.put("second", somebody.pk)
            self.told("met", _("Second person: {name}.").format(name=somebody.printed_name))

    @property
    def second(self) -> Account | None:
        """The second person, as long as the scan of the badge says that they stand here."""
        found = self.begun.get("second")
        if found is None or not badges.still_here(self.begun.at("second"), self.now):
            return None
        return Account.objects.filter(pk=found).first()

    def second_check(self) -> Check:
        if self.second is None:
            again = self.begun.get("second") is not None
            hint = _("Scanned more than 5min ago. Scan the badge again.")
            return Check(_("Second person"), hint if again else _("Scan the badge."))
        return Check(
            _("Second person"), self.second.printed_name, "met", at=self.begun.at("second")
        )

    # --- Answers ----------------------------------------------------------------------------------

    def again(self) -> HttpResponse:
        """The page anew, after a POST."""
        path = self.request.path
        return HttpResponseClientRedirect(path) if self.request.htmx else redirect(path)  # type: ignore[attr-defined]

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
    return AtWork(request, seen, Begun(request.session, f"{page} {seen.din}", seen.now))


def both(seen: UnitSeen) -> dict[str, Any]:
    """The unit and the child that an act in theatre concerns, for its event. Both are known where one is offered."""
    assert seen.unit.id is not None  # noqa: S101  a unit that was found has begun
    assert seen.infant is not None  # noqa: S101
    return {"unit": seen.unit.id, "infant": seen.infant.id}
