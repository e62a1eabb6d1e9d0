"""What is to be simulated: which design, under which truths, how many trials, from which seed?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cordula.protocols.load import FILE, folder_named, library, load
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import ProtocolRefused
from cordula_web.people.acting import Acting
from cordula_web.records.shelf import SITE_FILE
from cordula_web.trial_office.jobs import Asked

_ONE_OR_ALL = _("One by its name, or “all”. The one in which nothing differs always runs first.")
FEWEST, MOST = 10, 200_000
_FEWEST_TO_MOST = _("From 10 to 200,000 trials of each scenario are right.")
EVERY = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """A protocol and where it is read from."""

    protocol: Protocol
    folder: Path
    site_file: Path | None

    @property
    def key(self) -> str:
        return self.protocol.digest

    @property
    def label(self) -> str:
        """The name comes first: a narrow screen cuts off the end."""
        return f"{self.protocol.id} {self.protocol.version}: {self.protocol.title}"


class SimulationForm(forms.Form):
    """The first choice is the practice of FACTS and its like: a few trials, looked at, before thousands."""

    design = forms.ChoiceField(label=_("Design"))
    scenario = forms.CharField(
        label=_("Scenario"),
        initial=EVERY,
        max_length=64,
    )
    trials = forms.IntegerField(
        label=_("Trials of each scenario"),
        min_value=FEWEST,
        max_value=MOST,
        initial=1000,
        error_messages={"min_value": _FEWEST_TO_MOST, "max_value": _FEWEST_TO_MOST},
        help_text=_("Ten to see whether it runs, ten thousand for an error below half a point."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**63 - 1,
        initial=1,
        help_text=_("The same seed gives the same answer."),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.offered = {one.key: one for one in choices(str(settings.CORDULA_PROTOCOLS))}
        found = [(key, one.label) for key, one in self.offered.items()]
        self.fields["design"].choices = found  # type: ignore[attr-defined]
        lines = ((line,) for line in (_ONE_OR_ALL, *self._scenarios()))
        self.fields["scenario"].help_text = format_html_join(mark_safe("<br>"), "{}", lines)

    def _scenarios(self) -> tuple[str, ...]:
        """Which names each design knows, so that nobody has to guess one."""
        told = (
            f"{one.protocol.id}: {', '.join(one.protocol.scenarios)}"
            for one in self.offered.values()
        )
        return tuple(dict.fromkeys(told))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        one, name = self.offered.get(cleaned.get("design", "")), cleaned.get("scenario", "")
        if one is not None and name and name != EVERY and name not in one.protocol.scenarios:
            told = {"name": name, "there": ", ".join(one.protocol.scenarios)}
            self.add_error(
                "scenario",
                gettext("This design has no scenario “%(name)s”. It has: %(there)s.") % told,
            )
        return cleaned

    def asked(self, acting: Acting, now: datetime) -> Asked:
        one, values = self.offered[self.cleaned_data["design"]], self.cleaned_data
        return Asked(
            protocol=f"{one.protocol.id} {one.protocol.version}",
            title=one.protocol.title,
            folder=str(one.folder),
            site_file="" if one.site_file is None else str(one.site_file),
            scenario=values["scenario"],
            trials=values["trials"],
            seed=values["seed"],
            by=acting.printed_name,
            at=now,
        )


@cache
def choices(own: str) -> tuple[Choice, ...]:
    """The published protocols, and the site's own versions of them, each once."""
    found: dict[str, Choice] = {}
    for folder, site_file in (*_published(), *_of_the_site(Path(own))):
        try:
            one = Choice(load(folder, site_file), folder, site_file)
        except ProtocolRefused:
            continue
        found.setdefault(one.key, one)
    return tuple(found.values())


def _published() -> Iterator[tuple[Path, None]]:
    return ((folder_named(name), None) for name in library())


def _of_the_site(own: Path) -> Iterator[tuple[Path, Path | None]]:
    for path in sorted(own.glob(f"*/{FILE}")):
        filled = path.with_name(SITE_FILE)
        yield path.parent, filled if filled.exists() else None
