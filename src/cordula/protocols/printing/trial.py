"""The design of the trial and its scenarios, as tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from cordula.protocols.printing.estimands import estimands
from cordula.protocols.printing.layout import columns, hanging, heading
from cordula.protocols.printing.rules import looks, multiplicity, safety
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.words import _


def trial(protocol: Protocol) -> Iterator[str]:
    design = protocol.design
    yield from heading(_("The trial"))
    yield from columns(_design(design))
    if assumption := design.get("assumption"):
        assumed = ", ".join(design.get("assumed", ()))
        yield from hanging(f"{_('Assumed')} ({assumed}): {assumption}", 4)
    yield ""
    yield from columns(
        [(_("Endpoint"), _("Rank"), _("Analysis")), *map(_endpoint, design["endpoints"])]
    )
    yield from estimands(design["endpoints"])
    yield from multiplicity(design)
    yield from looks(design)
    yield from safety(design)
    for name, scenario in protocol.scenarios.items():
        yield from _scenario(name, scenario)


def _design(design: Mapping[str, Any]) -> list[tuple[str, str]]:
    arms = design["arms"]
    ratio = " : ".join(str(arm.get("ratio", 1)) for arm in arms)
    rows = [
        (_("Arms"), "; ".join(arm["title"] for arm in arms)),
        (
            _("Allocation"),
            _("randomised {ratio}").format(ratio=ratio)
            if design.get("randomised")
            else _("not randomised"),
        ),
        (_("Masked"), str(design["masked"])),
        (_("Children"), str(design.get("participants", ""))),
        (_("Alpha"), f"{design['alpha']}, {design.get('sides', 2)}-{_('sided')}"),
        (_("Source"), f"[{design['source']}]"),
    ]
    return [row for row in rows if row[1]]


def _endpoint(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["title"], row["rank"].replace("_", " "), row["analysis"].replace("_", " ")


def _scenario(name: str, scenario: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield from hanging(f"{_('Scenario')} “{name}”: {scenario['title']}", 4)
    for text in (scenario.get("assumption"), _source(scenario)):
        if text:
            yield from hanging(text, 6, "      ")
    rows = [
        (endpoint, arm, ", ".join(f"{key} {value}" for key, value in truth.items()))
        for endpoint, by_arm in scenario["truth"].items()
        for arm, truth in by_arm.items()
    ]
    yield from columns(rows, 6)


def _source(scenario: Mapping[str, Any]) -> str:
    source = scenario.get("source")
    return f"[{source}] {scenario.get('place', '')}".strip() if source else ""
