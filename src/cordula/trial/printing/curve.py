"""The power of a design over a range of true differences, as a table; and what it means where nobody drew lots."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cordula.protocols.printing.layout import columns, hanging, heading
from cordula.trial.design.design import Design
from cordula.trial.printing.numbers import mean, rate, signed
from cordula.trial.simulation.characteristics import OperatingCharacteristics

SELECTED = (
    "WARNING: the arms were not randomised. Read the table once more as if the treatment did nothing, and the "
    "first column were the lead that its children had from the start because of who was chosen for it. The second "
    "column then says how often the trial finds an effect that is not there. Nothing in the data of the trial can "
    "tell the two readings apart, and more children make a false finding surer."
)


def curve(
    design: Design, found: Sequence[tuple[Decimal, OperatingCharacteristics]]
) -> Iterator[str]:
    """The lines of the table."""
    unit = found[0][1].unit
    yield from heading(f"Over a range of true differences: {found[0][1].decided_by}")
    rows: list[tuple[str, ...]] = [
        (f"Difference ({unit})", "Finds one", "of it higher", "Bias", "Children")
    ]
    for difference, one in found:
        share = rate(one.found[one.decided_by])
        rows.append(
            (str(difference), share, rate(one.higher), signed(one.bias, unit), mean(one.children))
        )
    yield from columns(rows)
    if not design.randomised:
        yield ""
        yield from hanging(SELECTED, 4, "  !")
