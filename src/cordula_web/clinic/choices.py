"""How are the choices of the vocabulary offered in the forms about a child, and said in its tables?"""

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


def asked(
    choices: Iterable[tuple[str, Words]] | Mapping[str, Words] | Mapping[str, str],
) -> Choices:
    """The choices with nothing chosen before: an answer is given, never left standing."""
    listed = choices.items() if isinstance(choices, Mapping) else choices
    return [("", _("Choose")), *listed]


def said(key: str, choices: Mapping[str, str]) -> str:
    """A key in the words it is chosen by; one from elsewhere, as near to words as it comes."""
    return wording.chosen(key, choices)
