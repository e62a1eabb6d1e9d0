"""What does the certificate of release say? Every gate with what was found, what is needed, and where that comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordula import display
from cordula.events.parts import PartKind, Signature
from cordula.events.release import ExceptionallyReleased
from cordula.journey.verdict import Finding, Gate, SignatureNeed
from cordula_web.frame.parts import Fact, Facts
from cordula_web.laboratory.release.differences import Since
from cordula_web.laboratory.release.naming import whom
from cordula_web.laboratory.release.standing import Standing
from cordula_web.people import disclosures
from cordula_web.people.duties import people_at, role_words


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion on the certificate; `was` says what stood there at the first signature, if it differs."""

    status: object
    says: str
    found: str
    needed: str
    source: str
    url: str = ""
    open: bool = False
    was: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One gate on the certificate, with its criteria."""

    number: int
    title: str
    status: object
    lines: tuple[Line, ...]


def sections(standing: Standing, since: Since | None) -> tuple[Section, ...]:
    """What is not met comes first, then the order of life."""
    gates = sorted(standing.gates, key=lambda gate: (gate.status.opens, gate.number))
    return tuple(_section(gate, since) for gate in gates)


def _section(gate: Gate, since: Since | None) -> Section:
    lines = tuple(_line(gate, finding, since) for finding in gate.findings)
    return Section(gate.number, gate.title, gate.status, lines)


def _line(gate: Gate, finding: Finding, since: Since | None) -> Line:
    cites = finding.cites
    was = since.was(gate, finding) if since else None
    return Line(
        status=finding.status,
        says=finding.says,
        found=finding.found,
        needed=finding.needed,
        source=f"{cites.title}, {cites.place}" if cites.place else cites.title,
        url=cites.url,
        open=cites.open,
        was=was.found if was else "",
    )


def facts(standing: Standing) -> Facts:
    """Which unit, for whom, made of what, by which rules, and who issues it."""
    return Facts(tuple(_facts(standing)), _("What is certified"))


def _facts(standing: Standing) -> Iterator[Fact]:
    seen, verdict = standing.seen, standing.verdict
    yield Fact(_("Unit"), seen.number)
    yield Fact(_("Child"), whom(seen))
    if seen.unit.autologous:
        yield Fact(_("Use"), _("For the child it was collected from, and for nobody else"))
    if seen.protocol is not None and verdict is not None:
        yield Fact(_("Product"), seen.protocol.product)
        version = _("version {version}, file {digest}").format(
            version=verdict.version, digest=verdict.digest[:16]
        )
        yield Fact(_("By the protocol"), seen.protocol.title, version)
    if held := _held(standing):
        yield Fact(_("Kept"), held)
    for label, moment in ((_("Collected"), "collected"), (_("Frozen"), "cryopreserved")):
        if at := seen.unit.moment(moment):
            yield Fact(label, display.clin_datetime(at, seen.acting.site.zone))
    yield Fact(_("Issued by"), seen.acting.site.name)


def _held(standing: Standing) -> str:
    """“2 vials of 3 mL”: what is left that can be given."""
    found: dict[tuple[PartKind, str], int] = {}
    for product in standing.seen.unit.products.values():
        if product.for_a_child:
            alike = product.kind, display.dose(product.volume) if product.volume else ""
            found[alike] = found.get(alike, 0) + 1
    return ", ".join(_counted(kind, volume, count) for (kind, volume), count in found.items())


def _counted(kind: PartKind, volume: str, count: int) -> str:
    words = {
        PartKind.VIAL: ngettext("{count} vial", "{count} vials", count),
        PartKind.BAG: ngettext("{count} bag", "{count} bags", count),
    }
    other = ngettext("{count} product", "{count} products", count)
    told = words.get(kind, other).format(count=display.number(count))
    return _("{products} of {volume}").format(products=told, volume=volume) if volume else told


def signed_so_far(standing: Standing) -> tuple[Fact, ...]:
    """Each signature that is given: in which role, by the name printed then, and when."""
    if standing.step is None:
        return ()
    names = _printed_names(standing)
    zone = standing.seen.acting.site.zone
    return tuple(
        _given(need, names.get(str(need.given_by), ""), display.clin_datetime(need.given_at, zone))
        for need in standing.step.signatures
        if need.given_by is not None and need.given_at is not None
    )


def _given(need: SignatureNeed, name: str, at: str) -> Fact:
    label = _("Signed as {role}").format(role=role_words(need.role))
    return Fact(label, name or _("Name erased"), at)


def _printed_names(standing: Standing) -> dict[str, str]:
    """The names as they were printed when people signed, by account."""
    unit = standing.seen.unit
    events = [*unit.signatures(standing.step.id if standing.step else ""), unit.release]
    signatures = {
        str(event.by): event.signature
        for event in events
        if event is not None and isinstance(event.signature, Signature)
    }
    words = disclosures.read(s.printed_name.digest for s in signatures.values())
    return {who: words.get(s.printed_name.digest, "") for who, s in signatures.items()}


def exception(standing: Standing) -> Facts | None:
    """Why it was released against what was not met, for those who read the certificate later."""
    release = standing.seen.unit.release
    if not isinstance(release, ExceptionallyReleased):
        return None
    words = disclosures.read([release.reason.digest, release.investigation.digest])
    erased = _("Words erased")
    people = people_at(standing.seen.acting.site, [str(release.acknowledged_by)])
    rows = (
        Fact(_("Reason"), words.get(release.reason.digest, erased)),
        Fact(_("What was found out"), words.get(release.investigation.digest, erased)),
        Fact(_("Physician who was told"), people.name(str(release.acknowledged_by))),
    )
    return Facts(rows, _("The exception"))
