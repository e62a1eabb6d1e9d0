"""From the values of a protocol file to a protocol, with everything checked on the way."""

from cordula.protocols.file.context import Context
from cordula.protocols.file.design import check_design
from cordula.protocols.file.head import read_head, read_questions, read_sources, read_stages
from cordula.protocols.file.reach import check_ids, check_reach
from cordula.protocols.file.scenarios import check_scenarios
from cordula.protocols.file.table import Table
from cordula.protocols.file.treatment import read_dose, read_follow_up
from cordula.protocols.file.way import read_gates, read_steps
from cordula.protocols.protocol import Filled, Protocol
from cordula.protocols.refusal import ProtocolRefused
from cordula.vocabulary.words import _


def build(root: Table, digest: str, site: str = "", filled: tuple[Filled, ...] = ()) -> Protocol:
    """The protocol; ProtocolRefused with every fault that was found."""
    head = read_head(root.table("protocol"))
    sources, stages = read_sources(root), read_stages(root)
    context = Context(sources, read_questions(root))
    by_id = {stage.id: stage for stage in stages}
    gates, steps = read_gates(root, by_id, context), read_steps(root, by_id, context)
    dose, follow_up = read_dose(root, context), read_follow_up(root, context)
    arms = check_design(root, context)
    check_scenarios(root, arms, context)
    check_ids(root, stages, gates, steps)
    check_reach(root, gates, steps)
    if not steps:
        root.tell(_("a protocol has at least one step"))
    root.done()
    if root.faults.found:
        raise ProtocolRefused(root.faults.found)
    return Protocol(
        **head,
        sources=sources,
        questions=context.questions,
        stages=stages,
        gates=gates,
        steps=steps,
        dose=dose,
        follow_up=follow_up,
        design=root.values["design"],
        scenarios=root.values["scenarios"],
        digest=digest,
        site=site,
        filled=filled,
    )
