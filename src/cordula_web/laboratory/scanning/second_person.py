"""Who stands by as the second person? Scanned in by a badge, for one unit, and for five minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cordula import display
from cordula.vocabulary.identifiers import AccountId
from cordula_web.frame.parts import SecondPerson
from cordula_web.people.accounts import Account
from cordula_web.people.acting import Acting
from cordula_web.people.sites import Membership

# Two different badges within five minutes (interface, section 8).
STANDS_BY = timedelta(minutes=5)
KEPT = "second_person"


@dataclass(frozen=True, slots=True)
class Second:
    """The other person, and when their badge was scanned."""

    account: AccountId
    printed_name: str
    at: datetime


def colleague(acting: Acting, account: str) -> Account | None:
    """Somebody who works at this site now."""
    running = Membership.active.filter(
        account_id=account, site=acting.site, account__is_active=True
    )
    held = running.select_related("account").first()
    return held.account if held else None


def remember(request: HttpRequest, din: str, account: Account, now: datetime) -> None:
    request.session[KEPT] = {"din": din, "account": account.pk, "at": now.isoformat()}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def second_person(request: HttpRequest, acting: Acting, din: str, now: datetime) -> Second | None:
    """Whoever stands by for this unit now; a badge scanned longer ago counts for nothing."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict) or kept.get("din") != din:
        return None
    at = datetime.fromisoformat(str(kept["at"]))
    account = colleague(acting, str(kept["account"]))
    if account is None or account.account_id == acting.account_id or not _recent(at, now):
        return None
    return Second(account.account_id, account.printed_name, at)


def _recent(at: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - at <= STANDS_BY


def drawn(second: Second | None, acting: Acting) -> SecondPerson:
    if second is None:
        return SecondPerson(_("No second person"), _("Scan a colleague’s badge."), known=False)
    time = display.clin_time(second.at, acting.site.zone, seconds=True)
    return SecondPerson(
        _("Second person: {name}").format(name=second.printed_name),
        _("Badge scanned {time}").format(time=time),
    )
