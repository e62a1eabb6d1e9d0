"""The way from cord to heart: gates that must be met, and steps that wait for them."""

from collections.abc import Mapping

from cordula.protocols.file import known
from cordula.protocols.file.context import Context
from cordula.protocols.file.criterion import read_criterion
from cordula.protocols.file.limits import time
from cordula.protocols.file.table import Table
from cordula.protocols.protocol import Gate, Signatures, Stage, Step
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.roles import roles
from cordula.vocabulary.words import _

Stages = Mapping[str, Stage]


def read_gates(root: Table, stages: Stages, context: Context) -> tuple[Gate, ...]:
    return tuple(_gate(table, stages, context) for table in root.tables("gates"))


def _gate(table: Table, stages: Stages, context: Context) -> Gate:
    who = table.word("who", roles, _("a role"))
    criteria = [read_criterion(row, who, context) for row in table.tables("criteria")]
    if not criteria:
        table.tell(_("a gate without criteria would always stand open"))
    latest, source = _before_operation(table, context)
    gate = Gate(
        id=table.text("id"),
        stage=_stage(table, stages),
        title=table.text("title"),
        criteria=tuple(criterion for criterion in criteria if criterion is not None),
        who=who,
        before_operation=latest,
        source=source,
        place=table.text("place", ""),
    )
    table.done()
    return gate


def read_steps(root: Table, stages: Stages, context: Context) -> tuple[Step, ...]:
    return tuple(_step(table, stages, context) for table in root.tables("steps"))


def _step(table: Table, stages: Stages, context: Context) -> Step:
    latest, source = _before_operation(table, context)
    step = Step(
        id=table.text("id"),
        stage=_stage(table, stages),
        title=table.text("title"),
        event=table.word("event", known.events, _("an event")),
        role=table.word("role", roles, _("a role")),
        waits_for=table.texts("waits_for", ()),
        signatures=_signatures(table) if "signatures" in table else None,
        before_operation=latest,
        says=table.text("says", ""),
        source=source,
        place=table.text("place", ""),
    )
    table.done()
    return step


def _stage(table: Table, stages: Stages) -> str:
    return table.word("stage", lambda: stages, _("one of [[stages]]"))


def _before_operation(table: Table, context: Context) -> tuple[Quantity | None, str]:
    """How long before the operation at the latest; like every number it has a source."""
    latest = time(table, "before_operation")
    return latest, context.source(table, needed=latest is not None)


def _signatures(step: Table) -> Signatures:
    table = step.table("signatures")
    signed = table.words("roles", roles, _("a role"))
    if not signed:
        table.tell(_("signatures name at least one role"))
    signatures = Signatures(roles=signed, meaning=table.text("meaning"))
    table.done()
    return signatures
