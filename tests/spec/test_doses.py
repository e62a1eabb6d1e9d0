"""The dose of each protocol, once a site filled in what is open, against arithmetic done by hand."""

from pathlib import Path

from cordula.journey.judge import judge
from cordula.journey.verdict import Dose
from cordula.protocols.cases import facts_of_child, facts_of_results
from cordula.protocols.cases.scene import Scene
from cordula.protocols.load import folder_named, load, named
from cordula.protocols.protocol import Protocol

SITE = """\
[site]
name = "A site that does not exist"
protocol = "{protocol}"
version = "2026.1"

[sources.sop]
title = "Invented for this test"

[dose]
weight_not_older_than = "24 h"
{numbers}
source = "sop"
approved_by = "medical_director"
"""


def filled(folder: Path, name: str, numbers: str) -> Protocol:
    site = folder / "site.toml"
    site.write_text(SITE.format(protocol=name, numbers=numbers), encoding="utf-8")
    return load(folder_named(name), site)


def dose(protocol: Protocol, weight: str, concentration: str) -> Dose:
    assert protocol.dose is not None
    scene = Scene(protocol)
    facts_of_child.weight(scene, weight)
    rule = protocol.dose
    facts_of_results.measured(rule.concentration, rule.concentration_at, scene, concentration)
    found = judge(protocol, *scene.told()).dose
    assert found is not None
    return found


def test_laromestrocel_at_6_kg_is_one_and_a_half_million_cells(tmp_path: Path) -> None:
    # NCT03525418: 250,000 cells for each kg in about 600 µL.
    protocol = filled(
        tmp_path, "allogeneic-laromestrocel-stage-2", 'volume = { at_most = "700 uL" }'
    )

    found = dose(protocol, "6.0 kg", "2.5 million/mL")

    assert found.status == "met"
    assert found.volume is not None
    assert found.volume.to("uL").value == 600
    assert [str(line.result) for line in found.lines if line.result.unit == "10*6"] == [
        "1.500 10*6"
    ]


def test_a_volume_that_is_too_large_is_not_met(tmp_path: Path) -> None:
    protocol = filled(
        tmp_path, "allogeneic-laromestrocel-stage-2", 'volume = { at_most = "700 uL" }'
    )

    assert dose(protocol, "6.0 kg", "2 million/mL").status == "not_met"


def test_a_tenth_of_a_millilitre_for_each_kg_is_too_much_before_any_cell_is_lost(
    tmp_path: Path,
) -> None:
    # 0.1 mL/kg × 35 million/mL = 3.5 million/kg, above the 1 to 3 million that the registry tells.
    injections = "injections_at_least = 6\ninjections_at_most = 10"
    protocol = filled(
        tmp_path, "autologous-mnc-stage-2", f'volume_per_kg = "0.1 mL/kg"\n{injections}'
    )

    too_much, inside = (dose(protocol, "6 kg", c) for c in ("35 million/mL", "21 million/mL"))

    assert (too_much.status, inside.status) == ("not_met", "met")
    assert str(too_much.per_kg) == "3.5 10*6/kg"


def test_what_is_open_is_unknown_whatever_is_measured() -> None:
    for name in ("autologous-mnc-stage-2", "allogeneic-laromestrocel-stage-2"):
        assert dose(named(name), "6 kg", "21 million/mL").status == "unknown"


def test_the_practice_dose_is_that_of_the_pictures() -> None:
    found = dose(named("practice-mnc-stage-2"), "6.8 kg", "21 million/mL")

    assert found.status == "met"
    assert str(found.volume) == "0.68 mL"
    assert str(found.per_kg) == "2.1 10*6/kg"


def test_a_weight_from_the_day_before_yesterday_gives_no_dose() -> None:
    assert dose(named("practice-mnc-stage-2"), "6.8 kg, 25 h ago", "21 million/mL").status == (
        "not_met"
    )
