"""Which words may be chosen in the forms about a child? Lists, because free text has no place in the ledger."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from cordula.events.parts import Answer
from cordula.journey import wording
from cordula_web.people.areas import Words

Choices = list[tuple[str, Words]]

ANSWERS: Mapping[str, Words] = {
    Answer.YES.value: _("Yes"),
    Answer.NO.value: _("No"),
    Answer.NOT_KNOWN.value: _("Not known"),
}
WISHES: Mapping[str, Words] = {
    "discard": _("Destroy the cells"),
    "keep": _("Keep the cells, and use them for nothing"),
    "research": _("Give the cells to research"),
    "not_stated": _("Not stated"),
}
CANCELLED_BECAUSE: Mapping[str, Words] = {
    "child_not_well": _("The child is not well enough"),
    "not_needed": _("The operation is not needed"),
    "theatre": _("No theatre, team or bed"),
    "unit_not_released": _("The unit is not released"),
    "parents": _("The parents decided so"),
    "other": _("Another reason"),
}
METHODS: Mapping[str, Words] = {
    "echo": _("Echo, read at this site"),
    "echo_core_laboratory": _("Echo, read by the core laboratory"),
    "cardiac_mri": _("Heart MRI"),
    "catheter": _("Catheter"),
    "blood_test": _("Blood test"),
    "pulse_oximetry": _("Pulse oximetry"),
}
HARMS: Mapping[str, Words] = {
    "arrhythmia": _("Heart rhythm"),
    "bleeding": _("Bleeding"),
    "thrombosis": _("Thrombosis or embolism"),
    "infection": _("Infection"),
    "allergic_reaction": _("Allergic or infusion reaction"),
    "heart_failure": _("Heart failure or low output"),
    "myocardial_injury": _("Injury of the heart muscle"),
    "respiratory": _("Lungs and breathing"),
    "renal": _("Kidneys"),
    "neurological": _("Brain and nerves"),
    "other": _("Other"),
}
# The words of the Common Terminology Criteria for Adverse Events, as its grades are named.
GRADES: Mapping[str, Words] = {
    "1": _("1, mild"),
    "2": _("2, moderate"),
    "3": _("3, severe"),
    "4": _("4, life-threatening"),
    "5": _("5, death"),
}
RELATED: Mapping[str, Words] = {
    "unrelated": _("Unrelated"),
    "unlikely": _("Unlikely"),
    "possible": _("Possible"),
    "probable": _("Probable"),
    "definite": _("Definite"),
    "not_known": _("Not known"),
}
REVIEWS: Mapping[str, Words] = {"genetics": _("Genetic review")}
CONCLUSIONS: Mapping[str, Words] = {
    "no_objection": _("No objection"),
    "objection": _("Objection"),
}


def asked(choices: Iterable[tuple[str, Words]] | Mapping[str, Words]) -> Choices:
    """The choices with nothing chosen before: an answer is given, never left standing."""
    listed = choices.items() if isinstance(choices, Mapping) else choices
    return [("", _("Choose")), *listed]


def said(key: str, choices: Mapping[str, Words]) -> str:
    """A key in the words it is chosen by; one from elsewhere, as near to words as it comes."""
    words = choices.get(key)
    return str(words) if words else wording.sentence(wording.plain_key(key))
