"""Can blood go round? Every node must be reached and left, and no way may be written twice."""

from collections.abc import Iterable

from cordula.heart.circuit import Measures, Part
from cordula.heart.reading.sheet import Sheet
from cordula.heart.refusals import unknown


def check_topology(
    sheet: Sheet,
    nodes: tuple[Part, ...],
    edges: tuple[Part, ...],
    activations: tuple[Part, ...],
    measures: Measures,
) -> None:
    """Refuse ends that are not there, ways written twice, unreachable nodes, open loops, and misplaced measures."""
    if _ends_are_there(sheet, nodes, edges):
        _no_way_twice(sheet, edges)
        _all_reached(sheet, nodes, edges)
        _closed(sheet, nodes, edges)
    _chambers_contract(sheet, nodes, activations)
    _measures_are_there(sheet, nodes, edges, measures)


def _ends_are_there(sheet: Sheet, nodes: tuple[Part, ...], edges: tuple[Part, ...]) -> bool:
    names, sound = {node.name for node in nodes}, True
    for edge in edges:
        for key, end in (("from", edge.start), ("to", edge.end)):
            if end not in names:
                sheet.refuse(("edges", edge.name, key), unknown("node", end, names))
                sound = False
        if edge.start == edge.end:
            sheet.refuse(("edges", edge.name), f"“{edge.name}” leads from “{edge.end}” to itself")
            sound = False
    return sound


def _no_way_twice(sheet: Sheet, edges: tuple[Part, ...]) -> None:
    first: dict[tuple[frozenset[str], str], str] = {}
    for edge in edges:
        way = (frozenset((edge.start, edge.end)), edge.kind)
        if way in first:
            says = f"“{edge.name}” joins “{edge.start}” and “{edge.end}” as “{first[way]}” does already"
            sheet.refuse(
                ("edges", edge.name), f"{says}; expected one edge of a kind between two nodes"
            )
        first.setdefault(way, edge.name)


def _all_reached(sheet: Sheet, nodes: tuple[Part, ...], edges: tuple[Part, ...]) -> None:
    both = [(e.start, e.end) for e in edges] + [(e.end, e.start) for e in edges]
    if nodes:
        reached = _reached(nodes[0].name, both)
        for node in nodes:
            if node.name not in reached:
                sheet.refuse(
                    ("nodes", node.name),
                    f"no edge leads from the rest of the circuit to “{node.name}”; expected at least two",
                )


def _closed(sheet: Sheet, nodes: tuple[Part, ...], edges: tuple[Part, ...]) -> None:
    """Valves lead one way, everything else both; but what only a leak joins is not a way round."""
    ways = [(e.start, e.end) for e in edges]
    for node in nodes:
        for follow, says in ((ways, "leave"), ([(b, a) for a, b in ways], "enter")):
            beyond = _reached(node.name, follow) - {node.name}
            if not beyond and len(nodes) > 1:
                sheet.refuse(
                    ("nodes", node.name),
                    f"the loop is open: blood cannot {says} “{node.name}”; expected an edge "
                    f"{'from' if says == 'leave' else 'to'} it",
                )
        if _reached(node.name, ways) and node.name not in _after(node.name, ways):
            sheet.refuse(
                ("nodes", node.name),
                f"the loop is open: blood that leaves “{node.name}” never comes back; "
                "expected a way round, along the direction of the edges",
            )


def _after(start: str, ways: Iterable[tuple[str, str]]) -> set[str]:
    ways = list(ways)
    return set().union(*(_reached(b, ways) for a, b in ways if a == start))


def _reached(start: str, ways: Iterable[tuple[str, str]]) -> set[str]:
    ways, reached, new = list(ways), {start}, [start]
    while new:
        here = new.pop()
        for a, b in ways:
            if a == here and b not in reached:
                reached.add(b)
                new.append(b)
    return reached


def _chambers_contract(
    sheet: Sheet, nodes: tuple[Part, ...], activations: tuple[Part, ...]
) -> None:
    names = {activation.name for activation in activations}
    for node in nodes:
        if node.kind == "C" and node.activation:
            says = f"“{node.name}” is a vessel (C) and cannot contract; expected no activation, or kind E or S"
            sheet.refuse(("nodes", node.name, "activation"), says)
        elif node.kind != "C" and node.activation not in names:
            at = ("nodes", node.name, "activation")
            sheet.refuse(at, unknown("activation", node.activation, names))


def _measures_are_there(
    sheet: Sheet, nodes: tuple[Part, ...], edges: tuple[Part, ...], measures: Measures
) -> None:
    kinds = {node.name: node.kind for node in nodes}
    ways = {edge.name for edge in edges}
    for key in (
        "ventricle",
        "aorta",
        "pulmonary_artery",
        "atrium",
        "superior_cava",
        "inferior_cava",
        "other_ventricle",
    ):
        name = getattr(measures, key)
        if name and name not in kinds:
            sheet.refuse(("measures", key), unknown("node", name, kinds))
    for key in ("output", "body", "lungs"):
        for name in getattr(measures, key):
            if name not in ways:
                sheet.refuse(("measures", key), unknown("edge", name, ways))
    if measures.inlet and measures.inlet not in ways:
        sheet.refuse(("measures", "inlet"), unknown("edge", measures.inlet, ways))
    _wrong_places(sheet, kinds, measures)


def _wrong_places(sheet: Sheet, kinds: dict[str, str], measures: Measures) -> None:
    for key, wanted, words in (
        ("ventricle", "ES", "a chamber, of kind E or S"),
        ("aorta", "C", "a vessel, of kind C"),
        ("pulmonary_artery", "C", "a vessel, of kind C"),
    ):
        name = getattr(measures, key)
        if kinds.get(name, wanted[0]) not in wanted:
            sheet.refuse(("measures", key), f"“{name}” is of kind {kinds[name]}; expected {words}")
