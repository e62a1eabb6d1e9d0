"""Whose badge was scanned? The second person is scanned in; where there is no scanner, the user name is typed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordula_web.people.accounts import Account
from cordula_web.people.sites import Site

PREFIX = "BDG:"
# A badge says that somebody stands here now; what was scanned longer ago says so no more (interface, section 8).
STANDS_FOR = timedelta(minutes=5)


class NotThere(LookupError):
    """Nobody who works at this site is meant; the message says what to do."""


def badge_of(account: Account) -> str:
    """What the bar code of a badge says."""
    return f"{PREFIX}{account.pk}"


def is_badge(text: str) -> bool:
    return text.strip().upper().startswith(PREFIX)


def whose(text: str, site: Site, acting: str) -> Account:
    """The second person: another than the one who acts, with a role at this site. Raises NotThere."""
    found = _named(text.strip(), site)
    if found is None:
        raise NotThere(_("Nobody at this site has this badge or user name. Scan the badge again."))
    if found.pk == acting:
        raise NotThere(_("That is your own badge. Two different people are needed here."))
    return found


def still_here(scanned_at: datetime | None, now: datetime) -> bool:
    return scanned_at is not None and now - scanned_at <= STANDS_FOR


def _named(text: str, site: Site) -> Account | None:
    here = Account.objects.filter(
        is_active=True, memberships__site=site, memberships__ended_at=None
    ).distinct()
    if is_badge(text):
        return here.filter(pk=text[len(PREFIX) :].lower()).first()
    return here.filter(username__iexact=text).first() if text else None
