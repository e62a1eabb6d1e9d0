"""Which circulation has this child, as far as her record says? A guess, told as one, that whoever reads may change."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.course import Operated
from cordula.infants.infant import Infant
from cordula.journey import wording

# What stands after each operation. Before one no circuit stands for a hypoplastic left heart: the published numbers are
# of a circulation that, as their authors say, no child bears for long.
AFTER = {
    "stage_1_palliation": "norwood-bts",
    "stage_2_palliation": "glenn",
    "stage_3_palliation": "fontan",
}
# Defects that are a circuit by themselves, as long as nothing was operated on.
WITH = {
    "tetralogy_of_fallot": "tetralogy",
    "ventricular_septal_defect": "vsd",
    "coarctation": "coarctation",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """`circuit` is "" where the record does not tell; `since`: readings from before belong to another circulation."""

    circuit: str
    says: str
    since: datetime | None = None
    operation: str = ""


def guess(infant: Infant, zone: tzinfo | None) -> Guess:
    """`zone`: of the site, in which the day of an operation is told."""
    done = max(infant.all(Operated), key=lambda event: event.at, default=None)
    return _after(done, zone) if done else _with(infant)


def _after(done: Operated, zone: tzinfo | None) -> Guess:
    operation = wording.operation(done.operation)
    circuit = AFTER.get(done.operation, "")
    told = _("Guessed from the record: {operation}, {day}. {unsaid}") if circuit else "{unsaid}"
    said = told.format(
        operation=operation,
        day=display.clin_date(done.at.astimezone(zone).date()),
        unsaid=_unsaid(done.operation, operation),
    )
    return Guess(circuit, said, done.started_at, operation)


def _unsaid(key: str, operation: str) -> str:
    match key:
        case "stage_1_palliation":
            return _("It does not say by which shunt: choose the other if it was a conduit.")
        case "stage_2_palliation":
            return _("Change it if this is not so.")
        case "stage_3_palliation":
            return _("It does not say whether a fenestration is open: choose the other if not.")
    told = _("Not guessed: after “{operation}” no circulation of the model is surely hers.")
    return told.format(operation=operation)


def _with(infant: Infant) -> Guess:
    found = {WITH[key]: key for key in infant.diagnoses if key in WITH}
    if len(found) == 1 and len(infant.diagnoses) == 1:
        ((circuit, key),) = found.items()
        told = _("Guessed from the record: {diagnosis}, and no operation. Change it if needed.")
        return Guess(circuit, told.format(diagnosis=wording.diagnosis(key)))
    if not infant.diagnoses:
        return Guess("", _("Not guessed: the record has no diagnosis and no operation."))
    names = ", ".join(wording.diagnosis(key) for key in infant.diagnoses)
    told = _("Not guessed: the model has no circulation for “{names}” before an operation.")
    return Guess("", told.format(names=names))
