"""What does the page of a child show this reader: her course, her units, and what can be recorded now?"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cordula_web.clinic.arm_states import arm_states
from cordula_web.clinic.child_tables import tables
from cordula_web.clinic.child_units import unit_list, why_no_unit
from cordula_web.clinic.entries import reading_for
from cordula_web.clinic.evidence.for_protocol import known_of
from cordula_web.clinic.forms.allocation import DrawForm, UnblindForm
from cordula_web.clinic.forms.consent import WithdrawForm
from cordula_web.clinic.forms.correction import VoidForm
from cordula_web.clinic.forms.course import CourseForm
from cordula_web.clinic.forms.harm import DiedForm, HarmForm, TransplantedForm
from cordula_web.clinic.forms.operations import CancelForm, OperatedForm, PlanForm
from cordula_web.clinic.forms.outcomes import DeclareForm, DiagnosisForm, OutcomeForm
from cordula_web.clinic.forms.reviews import AskForReviewForm, ReviewForm
from cordula_web.clinic.forms.weight import WeightForm
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.clinic.standing_states import State
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action, Link, PageHead
from cordula_web.records.child_banner import child_banner
from cordula_web.records.models import UnitCard

FORMS: tuple[type[CourseForm], ...] = (
    WeightForm,
    PlanForm,
    CancelForm,
    OperatedForm,
    OutcomeForm,
    HarmForm,
    AskForReviewForm,
    ReviewForm,
    DiagnosisForm,
    DeclareForm,
    WithdrawForm,
    TransplantedForm,
    DiedForm,
    DrawForm,
    UnblindForm,
    VoidForm,
)


def child_page(seen: ChildSeen, cards: Sequence[UnitCard]) -> dict[str, Any]:
    reading = reading_for(seen.acting, seen.infant.events)
    return {
        "child": child_banner(seen.identity, seen.infant, seen.now) if seen.identity else None,
        "head": PageHead(seen.printed, enrolled(seen), crumbs(seen)[:1]),
        "title": seen.printed,
        "states": tuple(states(seen)),
        "over": seen.infant.died_at is not None,
        "units": unit_list(cards, seen),
        "no_unit": why_no_unit(cards, seen),
        "actions": tuple(actions(seen)),
        "tables": tables(seen.infant, reading),
        "record_url": address("clinic:child_record", {"infant": str(seen.id)}),
        "known": known_of(seen.infant, seen.acting),
        "model_url": model_url(seen),
    }


def model_url(seen: ChildSeen) -> str:
    """ "" where the model has nothing to begin from: before birth, after death, with the heart of another."""
    return (
        address("clinic:child_circulation", {"infant": str(seen.id)}) if seen.has_own_heart else ""
    )


def crumbs(seen: ChildSeen) -> tuple[Link, ...]:
    child = address("clinic:child", {"infant": str(seen.id)})
    return (Link(_("Children"), address("clinic:children")), Link(seen.printed, child))


def enrolled(seen: ChildSeen) -> str:
    enrolment = seen.infant.enrolment
    if enrolment is None:
        return _("Enrolled in no protocol.")
    told = _("Enrolled in “{protocol}”, version {version}.")
    return told.format(protocol=enrolment.protocol, version=enrolment.version)


def states(seen: ChildSeen) -> Iterable[State]:
    infant = seen.infant
    if not infant.understood:
        text = _("Every gate that depends on it stays closed until this installation is updated.")
        yield State(_("Part of this record is not understood."), text, tone="not")
    if infant.died_at is not None:
        text = _(
            "Nothing is planned, asked for or given any more. No letter and no reminder is sent."
        )
        yield State(_("This child has died."), text, icon="withdrawn")
    elif infant.transplanted_at is not None:
        yield State(_("This child has received a heart."), _("See what her protocol says of it."))
    yield from arm_states(seen)


def actions(seen: ChildSeen) -> Iterable[Action]:
    """What this person may record of this child as she is now."""
    for form in FORMS:
        url = address(f"clinic:{form.page}", {"infant": str(seen.id)})
        if url and form.offered(seen):
            yield Action(form.title, url, kind="two", size="sm")
