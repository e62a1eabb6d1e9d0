"""What does the record say of this child that the model can begin from? Each number with its day, none of them written back."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from decimal import Decimal

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.course import Examined
from cordula.journey import wording
from cordula.vocabulary import choices
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.choices import said
from cordula_web.clinic.circulation.guess import Guess, guess
from cordula_web.clinic.looked_up import ChildSeen

# Field of the form, and the unit in which it is typed, for each measure of the record.
FIELDS = {
    "rvef": ("ejection_fraction", "%"),
    "lvef": ("ejection_fraction", "%"),
    "saturation": ("arterial_saturation", "%"),
    "haemoglobin": ("haemoglobin", "g/dL"),
}
OF_VENTRICLE = {"rvef": "RV", "lvef": "LV"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """`initial` and `notes` by field; `left_out`: what the record has and the form does not, and why."""

    initial: dict[str, str]
    notes: dict[str, str]
    left_out: tuple[str, ...]


def recorded(seen: ChildSeen) -> Recorded:
    found = guess(seen.infant, _zone(seen))
    told = Recorded({"points": "5", "circuit": found.circuit}, {"circuit": found.says}, ())
    _weight(seen, told)
    _age(seen, found, told)
    return Recorded(told.initial, told.notes, tuple(_measured(seen, found, told)))


def _weight(seen: ChildSeen, told: Recorded) -> None:
    weighed = seen.infant.weight
    if weighed is None:
        told.notes["weight"] = _("No weight is recorded.")
        return
    told.initial["weight"] = _plain(weighed.weight, "kg")
    told.notes["weight"] = _note(weighed.weight, display.clin_datetime(weighed.at, _zone(seen)))


def _age(seen: ChildSeen, found: Guess, told: Recorded) -> None:
    """Only an age that the circulation is made for; beyond it the circuit's own stands, and the page says so."""
    born = seen.infant.born_at
    if born is None:
        return
    days = (seen.now - born) // timedelta(days=1)
    day = display.clin_date(born.astimezone(_zone(seen)).date())
    if found.circuit and not _made_for(found.circuit, days):
        note = _("Born {day}, {days} days ago: older or younger than this circulation is made for.")
    else:
        told.initial["age"], note = str(days), _("Born {day}, {days} days ago.")
    told.notes["age"] = note.format(day=day, days=days)


def _made_for(circuit: str, days: int) -> bool:
    from cordula.heart.library import load

    first, last = load(circuit).ages_days
    return first <= days <= last


def _measured(seen: ChildSeen, found: Guess, told: Recorded) -> list[str]:
    """Puts the newest reading of each measure into its field; returns what was not, and why."""
    left_out = []
    for measure, (field, unit) in FIELDS.items():
        newest = next(reversed(seen.infant.examined(measure)), None)
        if newest is None:
            continue
        day = display.clin_datetime(newest.at, _zone(seen))
        if why := _unfit(newest, found):
            what = f"{wording.measure(measure)}: {display.quantity(newest.result, measure)}, {day}"
            left_out.append(f"{what}. {why}")
            continue
        told.initial[field] = _plain(newest.result, unit)
        method = said(newest.method, choices.outcome_methods())
        told.notes[field] = _note(newest.result, f"{day}, {method}", measure)
    return left_out


def _unfit(reading: Examined, found: Guess) -> str:
    """Why a reading does not describe the circulation that was guessed; "" if it does."""
    if found.since is not None and reading.at < found.since:
        told = _("It was read before “{operation}”, in another circulation.")
        return told.format(operation=found.operation)
    ventricle = OF_VENTRICLE.get(reading.measure)
    if ventricle and not found.circuit:
        return _("Which ventricle feeds the body is not known before a circulation is chosen.")
    if ventricle and ventricle != _ventricle(found.circuit):
        return _("The fraction asked for here is that of the ventricle that feeds the body.")
    return ""


def _ventricle(circuit: str) -> str:
    from cordula.heart.library import load

    return load(circuit).measures.ventricle


def _note(value: Quantity, when: str, measure: str = "") -> str:
    shown = display.quantity(value, measure) if measure else display.quantity(value)
    return _("In the record: {value}, {when}").format(value=shown, when=when)


def _plain(value: Quantity, unit: str) -> str:
    """As it is typed: ``5.6``, not ``5.600`` and not ``1E+1``."""
    return f"{Decimal(value.to(unit).value).normalize():f}"


def _zone(seen: ChildSeen) -> tzinfo:
    assert seen.now.tzinfo is not None  # noqa: S101  `ChildSeen.now` carries the zone of the site
    return seen.now.tzinfo
