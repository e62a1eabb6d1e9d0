"""Which page does a reader get: this site's country, this language, today? Read once, and again when the file changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from cordula.decision_aid import guards, pdf
from cordula.decision_aid.aid import Aid
from cordula.decision_aid.page import Page, draw
from cordula.decision_aid.reading import read
from cordula.decision_aid.refusal import AidRefused
from cordula.decision_aid.site import SHIPPED, Site, read_site
from cordula_web.families.languages import Language, languages, spoken


@dataclass(frozen=True, slots=True)
class Edition:
    """A site's file as it was at one moment."""

    path: Path
    changed_ns: int


def page(language: Language, today: date) -> Page:
    """The page to be drawn in the language that is spoken. AidRefused where no parent may be shown it."""
    return _page(edition(), language, today)


def paper(language: Language, today: date) -> bytes:
    """The same page as a PDF, made once a day."""
    return _paper(edition(), language, today)


def offered(today: date) -> tuple[Language, ...]:
    """The languages in which the page can be shown today."""
    return tuple(one for one in languages() if _can_be_shown(edition(), one, today))


@lru_cache(maxsize=64)
def _can_be_shown(edition: Edition, language: Language, today: date) -> bool:
    with spoken(language):
        try:
            _page(edition, language, today)
        except AidRefused:
            return False
    return True


def edition() -> Edition:
    path = settings.CORDULA_AID_SITE or SHIPPED
    try:
        return Edition(path, path.stat().st_mtime_ns)
    except OSError:
        return Edition(path, 0)


@lru_cache(maxsize=32)
def _page(edition: Edition, language: Language, today: date) -> Page:
    aid, site = _content(edition)
    if problems := guards.check(aid):
        raise AidRefused(problems)
    return draw(aid, site, today)


@lru_cache(maxsize=8)
def _paper(edition: Edition, language: Language, today: date) -> bytes:
    midnight = datetime.combine(today, time(), UTC)
    return pdf.write(_page(edition, language, today), midnight)


@lru_cache(maxsize=4)
def _content(edition: Edition) -> tuple[Aid, Site]:
    site = read_site(edition.path)
    return read(site), site
