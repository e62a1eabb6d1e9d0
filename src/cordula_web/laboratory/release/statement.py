"""What does a signature under the certificate say? The very words whose digest goes into the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula.journey.verdict import Finding
from cordula_web.laboratory.release.naming import whom
from cordula_web.laboratory.release.standing import Act, Standing


@dataclass(frozen=True, slots=True)
class Statement:
    """What the person puts their name to, and under which button."""

    meaning: str
    words: str
    button: str

    @property
    def digest(self) -> str:
        return sha256(self.words.encode()).hexdigest()


def statement(standing: Standing, act: Act) -> Statement:
    child = whom(standing.seen)
    match act:
        case Act.RELEASE:
            says = _("I release this unit for {child}.").format(child=child)
            button = _("Sign the release")
        case Act.EXCEPT:
            says = _(
                "I release this unit for {child} by exception. I take on what is not met: {open}"
            )
            says = says.format(child=child, open=_listed(standing.open_findings))
            button = _("Sign the release by exception")
        case Act.AGREE:
            says, button = _agreement(standing, child), _("Sign")
    return Statement(act.value, f"{says} {_about(standing)}", button)


def _agreement(standing: Standing, child: str) -> str:
    found = standing.open_findings
    if not found:
        told = _("I have read this certificate and agree that the unit is released for {child}.")
        return told.format(child=child)
    told = _(
        "I have read this certificate and agree that the unit may be released for {child} by exception,"
        " against what is not met: {open}"
    )
    return told.format(child=child, open=_listed(found))


def _listed(findings: Sequence[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.says for finding in findings))


def _about(standing: Standing) -> str:
    """Which unit and which rules the words are about, so that they can stand alone."""
    verdict = standing.verdict
    assert verdict is not None  # noqa: S101  without one nothing can be signed
    count = len(standing.gates)
    met = count - len(standing.open_gates)
    told = ngettext(
        "Unit {number}, {met} of {count} gate met, by “{protocol}”, version {version}.",
        "Unit {number}, {met} of {count} gates met, by “{protocol}”, version {version}.",
        count,
    )
    return told.format(
        number=standing.seen.number,
        met=met,
        count=count,
        protocol=verdict.protocol,
        version=verdict.version,
    )
