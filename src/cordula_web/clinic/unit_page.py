"""What does the page of a unit show this reader? The three answers first, then the way from cord to heart."""

from typing import Any

from django.utils.translation import gettext as _

from cordula import display
from cordula.units.life import State
from cordula.vocabulary.identifiers import DinNumber
from cordula_web.clinic.answer_strip import strip
from cordula_web.clinic.banners import unit_banner
from cordula_web.clinic.deadlines import ladder
from cordula_web.clinic.dose_box import working
from cordula_web.clinic.evidence.for_protocol import known_of
from cordula_web.clinic.looked_up import UnitSeen
from cordula_web.clinic.offers import Offers
from cordula_web.clinic.standing_states import is_over, standing_states
from cordula_web.clinic.thread import accounts_named, thread
from cordula_web.clinic.unit_words import summary
from cordula_web.frame import parts
from cordula_web.frame.addresses import address
from cordula_web.people.duties import people_at
from cordula_web.records.child_banner import child_banner


def unit_page(seen: UnitSeen) -> dict[str, Any]:
    verdict = seen.verdict
    answered = strip(seen.unit, verdict, seen.dose_rule, seen.why_no_verdict)
    page = {
        **top(seen),
        "title": title(seen, str(answered.use.answer)),
        "verdict": answered,
        "record_url": address("clinic:unit_record", {"din": seen.din}),
        "more_url": address("laboratory:deeds", {"din": seen.din}),
        "phone": seen.acting.site.phone,
        "known": known_of(seen.infant, seen.acting),
    }
    if verdict is None:
        return page
    people = people_at(seen.acting.site, accounts_named(verdict))
    return page | {
        "thread": thread(verdict, _offers(seen), people),
        "ladder": ladder(verdict),
        "working": working(verdict.dose),
    }


def top(seen: UnitSeen) -> dict[str, Any]:
    """Banner, head and what stands out: the same on every page of one unit."""
    return {
        **_banner(seen),
        "head": parts.PageHead(_("Unit"), summary(seen.unit, seen.now), crumbs(seen), seen.din),
        "states": standing_states(seen.unit, seen.infant, seen.verdict, seen.why_no_verdict),
        "over": is_over(seen.unit, seen.infant),
    }


def _banner(seen: UnitSeen) -> dict[str, Any]:
    if seen.identity is None or seen.infant is None:
        return {"unit": unit_banner(seen.unit, seen.now)}
    return {"child": child_banner(seen.identity, seen.infant, seen.now)}


def title(seen: UnitSeen, answer: str) -> str:
    """The unit first, then the child where the reader may know her, then the answer (hazard 9)."""
    number = " ".join(display.din(DinNumber(seen.din)).groups)
    if seen.identity is None:
        return _("Unit {number}: {answer}").format(number=number, answer=answer)
    told = _("Unit {number} for {child}: {answer}")
    return told.format(number=number, child=seen.identity.printed, answer=answer)


def crumbs(seen: UnitSeen) -> tuple[parts.Link, ...]:
    links = [(_("Units"), address("clinic:units"))]
    if seen.identity is not None:
        child = address("clinic:child", {"infant": seen.infant_id})
        links = [(_("Theatre list"), address("clinic:theatre")), (seen.identity.printed, child)]
    return tuple(parts.Link(label, url) for label, url in links if url)


def _offers(seen: UnitSeen) -> Offers:
    stopped = bool(seen.verdict and seen.verdict.stopped)
    shipped = seen.unit.state is State.SHIPPED
    return Offers(seen.acting, seen.protocol, seen.din, seen.infant_id, stopped, shipped)
