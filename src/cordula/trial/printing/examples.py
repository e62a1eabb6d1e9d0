"""Some simulated trials as they went, look by look: what a result like this may look like by chance alone."""

from collections.abc import Iterator

from cordula.protocols.printing.layout import columns
from cordula.trial.printing.characteristics import REASONS
from cordula.trial.simulation.examples import Example


def examples(shown: tuple[Example, ...], unit: str) -> Iterator[str]:
    """The lines of the table."""
    rows: list[tuple[str, ...]] = [("Trial", "Look", "Children", f"Difference ({unit})", "z", "It")]
    for one in shown:
        for look in one.looks:
            last = look.look == one.looks[-1].look
            rows.append(
                (
                    str(one.trial) if look.look == 1 else "",
                    str(look.look),
                    str(look.children),
                    "–" if look.estimate is None else f"{look.estimate:+.2f} ± {look.error:.2f}",
                    "–" if look.z is None else f"{look.z:+.2f}",
                    REASONS[one.reason] if last else "goes on",
                )
            )
    yield ""
    yield f"  The first {len(shown)} trials"
    yield from columns(rows)
