"""Somebody with gloves on: what did they scan last, and who stands beside them?"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from cordula.vocabulary.identifiers import AccountId, SiteId
from cordula_web.frame.begun import Begun
from cordula_web.frame.parts import LastScan, ScanField
from cordula_web.frame.parts.checks import Check
from cordula_web.people import badges
from cordula_web.people.accounts import Account
from cordula_web.people.acting import ActingRequest


@dataclass(frozen=True)
class Hands:
    """One working page in somebody's hands, and what was begun on it."""

    request: ActingRequest
    begun: Begun

    @property
    def now(self) -> datetime:
        """In the zone of the site."""
        return self.begun.now

    @property
    def by(self) -> AccountId:
        return self.request.acting.account_id

    @property
    def site(self) -> SiteId:
        return self.request.acting.site.site_id

    def may(self, kind: str) -> bool:
        return self.request.acting.may_record(kind)

    # --- The last scan ----------------------------------------------------------------------------

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

    # --- The second person ------------------------------------------------------------------------

    def take_badge(self, text: str) -> None:
        """The second person's badge, or why it cannot be taken."""
        try:
            somebody = badges.whose(text, self.request.acting.site, self.by)
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

    @property
    def second_id(self) -> AccountId | None:
        return self.second.account_id if self.second else None

    def second_check(self) -> Check:
        if self.second is None:
            again = self.begun.get("second") is not None
            hint = _("Scanned more than 5min ago. Scan the badge again.")
            return Check(_("Second person"), hint if again else _("Scan the badge."))
        name = self.second.printed_name
        return Check(_("Second person"), name, "met", at=self.begun.at("second"))

    # --- Answers ----------------------------------------------------------------------------------

    def again(self, path: str = "") -> HttpResponse:
        """The page anew, or another one, after a POST."""
        path = path or self.request.path
        if getattr(self.request, "htmx", False):
            return HttpResponseClientRedirect(path)
        return redirect(path)
