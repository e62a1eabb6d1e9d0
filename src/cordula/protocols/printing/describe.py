"""A protocol as it is read on paper: every gate with its limits, where each comes from, and what is open."""

from collections.abc import Iterator, Sequence

from cordula.display import dose as dose_words
from cordula.protocols.criteria import Criterion
from cordula.protocols.printing.asks import amount_words, asked, limit_words, time_words
from cordula.protocols.printing.layout import beside, columns, hanging, heading, paragraph
from cordula.protocols.printing.trial import trial
from cordula.protocols.protocol import DoseRule, Gate, Protocol, Stage, Step
from cordula.vocabulary.cardiac import operations, routes
from cordula.vocabulary.measures import measures, timepoints
from cordula.vocabulary.roles import roles
from cordula.vocabulary.words import _


def describe(protocol: Protocol) -> str:
    """The whole protocol as text, in the order of the child's way."""
    numbers = numbered(protocol)
    lines = [*_title(protocol)]
    for stage in protocol.stages:
        lines += _stage(stage, protocol, numbers)
    lines += _dose(protocol)
    lines += _follow_up(protocol)
    lines += trial(protocol)
    lines += _filled(protocol)
    lines += _sources(protocol)
    return "\n".join(lines) + "\n"


def numbered(protocol: Protocol) -> dict[str, int]:
    """One count down the way, as the pages show it: in each stage its gates, then its steps."""
    names = [
        row.id
        for stage in protocol.stages
        for rows in (protocol.gates, protocol.steps)
        for row in _in(stage, rows)
    ]
    return {name: number for number, name in enumerate(names, 1)}


def _in(stage: Stage, rows: Sequence[Gate] | Sequence[Step]) -> Iterator[Gate | Step]:
    return (row for row in rows if row.stage == stage.id)


def _title(protocol: Protocol) -> Iterator[str]:
    yield protocol.title
    yield f"{protocol.id}, {_('version')} {protocol.version}"
    yield f"{_('Digest')}: {protocol.digest}"
    if protocol.registry:
        yield f"{_('Registry')}: {', '.join(protocol.registry)}"
    yield f"{_('Cells')}: {protocol.product}"
    yield f"{_('Operation')}: {operations()[protocol.operation].name}"
    if protocol.site:
        yield f"{_('Open numbers filled in by')}: {protocol.site}"
    for note in protocol.notes:
        yield from hanging(note, 2, "•")


def _stage(stage: Stage, protocol: Protocol, numbers: dict[str, int]) -> Iterator[str]:
    yield from heading(stage.title)
    for gate in protocol.gates:
        if gate.stage == stage.id:
            yield from _gate(gate, protocol, numbers)
    for step in protocol.steps:
        if step.stage == stage.id:
            yield from _step(step, numbers)


def _gate(gate: Gate, protocol: Protocol, numbers: dict[str, int]) -> Iterator[str]:
    yield ""
    yield beside(f"{numbers[gate.id]:>2}  {gate.title}", roles()[gate.who])
    if gate.before_operation is not None:
        says = _("To be closed {time} before the operation.")
        yield from hanging(says.format(time=time_words(gate.before_operation)), 4)
    for criterion in gate.criteria:
        yield from _criterion(criterion, gate, protocol)


def _criterion(criterion: Criterion, gate: Gate, protocol: Protocol) -> Iterator[str]:
    yield from hanging(criterion.says, 11, f"    {criterion.id}")
    if criterion.open:
        words = _("OPEN: no text gives the number; unknown until the site fills it in.")
        yield from hanging(words, 11)
    else:
        yield from hanging(asked(criterion, protocol), 11)
    if criterion.who != gate.who:
        yield from hanging(_("Who: {role}.").format(role=roles()[criterion.who]), 11)
    if told := _from(criterion.source, criterion.place):
        yield from hanging(told, 11)


def _from(source: str, place: str) -> str:
    """“[nct01883076] Release criteria”."""
    return " ".join(part for part in (f"[{source}]" if source else "", place) if part)


def _step(step: Step, numbers: dict[str, int]) -> Iterator[str]:
    yield ""
    yield beside(f"{numbers[step.id]:>2}  {_('Step')}: {step.title}", roles()[step.role])
    if step.waits_for:
        waits = ", ".join(str(number) for number in sorted(numbers[n] for n in step.waits_for))
        yield from hanging(_("Opens when these are met or done: {rows}.").format(rows=waits), 4)
    if step.signatures is not None:
        signers = ", ".join(roles()[role] for role in step.signatures.roles)
        says = _("Signed by different people: {roles}. “{meaning}”")
        yield from hanging(says.format(roles=signers, meaning=step.signatures.meaning), 4)
    if step.before_operation is not None:
        says = _("At the latest {time} before the operation.")
        yield from hanging(says.format(time=time_words(step.before_operation)), 4)
    if told := " ".join(part for part in (step.says, _from(step.source, step.place)) if part):
        yield from hanging(told, 4)


def _dose(protocol: Protocol) -> Iterator[str]:
    rule = protocol.dose
    if rule is None:
        return
    yield from heading(_("Dose"))
    yield from columns([(name, value) for name, value in _dose_rows(rule) if value])
    for name in rule.open_numbers:
        yield f"    {_('OPEN')}: {name.replace('_', ' ')}"
    yield from hanging(_from(rule.source, rule.place), 4)


def _dose_rows(rule: DoseRule) -> Iterator[tuple[str, str]]:
    yield _("Volume for each kg"), dose_words(rule.volume_per_kg) if rule.volume_per_kg else ""
    yield _("Cells for each kg"), dose_words(rule.cells_per_kg) if rule.cells_per_kg else ""
    counted = timepoints("unit")[rule.concentration_at].lower()
    yield _("Worked out from"), f"{measures()[rule.concentration].label}, {counted}"
    yield _("Range"), limit_words(rule.range_per_kg) if rule.range_per_kg else ""
    yield _("Whole volume"), limit_words(rule.volume) if rule.volume else ""
    few, many = rule.injections_at_least, rule.injections_at_most
    both = dict.fromkeys(str(count) for count in (few, many) if count is not None)
    yield _("Injections"), _(" to ").join(both)
    weighed = rule.weight_not_older_than
    yield _("Weight not older than"), time_words(weighed) if weighed else ""
    yield _("Route"), routes()[rule.route].label


def _follow_up(protocol: Protocol) -> Iterator[str]:
    if not protocol.follow_up:
        return
    yield from heading(_("Follow-up schedule"))
    rows = [(_("Measure"), _("After"), _("Give or take"), _("Source"))]
    for visit in protocol.follow_up:
        window = amount_words(visit.window) if visit.window else _("OPEN") if visit.open else ""
        after = amount_words(visit.after)
        rows.append(
            (measures()[visit.measure].label, after, window, _from(visit.source, visit.place))
        )
    yield from columns(rows)


def _filled(protocol: Protocol) -> Iterator[str]:
    if not protocol.filled:
        return
    yield from heading(_("Filled in by the site"))
    yield from columns(
        (one.where, one.says, f"[{one.source}]", roles()[one.approved_by])
        for one in protocol.filled
    )


def _sources(protocol: Protocol) -> Iterator[str]:
    yield from heading(_("Sources"))
    for source in protocol.sources.values():
        read = _(", read {day}").format(day=source.read_on) if source.read_on else ""
        yield from paragraph(f"[{source.id}] {source.title} ({source.standing}{read})")
        if source.url:
            yield f"    {source.url}"
