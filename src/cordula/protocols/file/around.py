"""What surrounds the truth of a scenario: baselines, errors of measurement, visits, events, and who was chosen for an arm."""

from collections.abc import Mapping, Sequence

from cordula.protocols.file.endpoints import Endpoint
from cordula.protocols.file.estimand import INTERCURRENT
from cordula.protocols.file.limits import in_unit, time
from cordula.protocols.file.safety import EVENTS
from cordula.protocols.file.shares import decimal, number
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

Endpoints = Mapping[str, Endpoint]


def check_around(table: Table, arms: Sequence[str], endpoints: Endpoints) -> None:
    for endpoint, one in _by_endpoint(table, "baseline", endpoints):
        _baseline(one, endpoint)
    for endpoint, one in _by_endpoint(table, "measurement", endpoints):
        for key in ("first", "later"):
            _spread(one, key, endpoint.unit)
        one.done()
    for endpoint, one in _by_endpoint(table, "visits", endpoints):
        _visits(one, endpoint)
    for name, one in table.named_tables("events"):
        _event(table, name, one, arms)
    _amounts(table, "after_operation", endpoints)
    _amounts(table, "selection", endpoints)


def _by_endpoint(table: Table, key: str, endpoints: Endpoints) -> list[tuple[Endpoint, Table]]:
    found = []
    for name, one in table.named_tables(key):
        if name in endpoints:
            found.append((endpoints[name], one))
        else:
            what = _("an endpoint of the design")
            table.table(key).unknown(name, what, endpoints, name)
    return found


def _baseline(table: Table, endpoint: Endpoint) -> None:
    """How the value before is spread, and how the outcome goes with it."""
    if "mean" in table and endpoint.unit:
        in_unit(table, "mean", endpoint.unit, "mean")
    _spread(table, "sd", endpoint.unit)
    number(table, "correlation", "-1", "1")
    table.done()


def _spread(table: Table, key: str, unit: str | None) -> None:
    value = in_unit(table, key, unit, key) if unit else table.amount(key)
    if value is not None and value.value <= 0:
        table.tell(_("the spread is more than none"), key)


def _visits(table: Table, endpoint: Endpoint) -> None:
    """The same correlation between any two visits, or a row of correlations for each visit."""
    if not endpoint.visits:
        table.tell(_("only a longitudinal endpoint with “visits” has correlations between them"))
    if "correlation" in table:
        number(table, "correlation", "-1", "1")
        table.done()
        return
    rows = table.take("correlations", list, _("a list of lists"))
    if rows is None or not _matrix(rows, endpoint.visits):
        says = _(
            "correlations: a row for each of {visits} visits, 1 to itself, alike both ways, in quotes"
        )
        table.tell(says.format(visits=endpoint.visits), "correlations" if rows else None)
    table.done()


def _matrix(rows: Sequence[object], visits: int) -> bool:
    values = [[decimal(value) for value in row] if isinstance(row, list) else [] for row in rows]
    if len(values) != visits or any(len(row) != visits for row in values):
        return False
    cells = [(i, j) for i in range(visits) for j in range(visits)]
    told = [(values[i][j], values[j][i], i == j) for i, j in cells]
    return all(
        one is not None and one == other and (one == 1 if same else -1 < one < 1)
        for one, other, same in told
    )


def _event(scenario: Table, name: str, table: Table, arms: Sequence[str]) -> None:
    known = {**INTERCURRENT, **EVENTS}
    if name not in known:
        scenario.table("events").unknown(name, _("an event"), known, name)
        return
    for arm in arms:
        if arm not in table:
            table.tell(_("nothing is said of the arm {arms}").format(arms=arm))
            continue
        one = table.table(arm)
        value = decimal(one.text("without"))
        if value is None or not 0 < value <= 1:
            one.tell(
                _("“without” is the share that has not had it, above 0, such as “0.9”"), "without"
            )
        if time(one, "at") is None and "at" not in one:
            one.tell(_("{table} needs “{key}”").format(table=one.name, key="at"))
        one.done()
    table.done()


def _amounts(scenario: Table, key: str, endpoints: Endpoints) -> None:
    """An amount for some endpoints, each in its unit."""
    table = scenario.table(key)
    for name in table.values:
        if name not in endpoints:
            table.unknown(name, _("an endpoint of the design"), endpoints, name)
        elif (unit := endpoints[name].unit) is not None:
            in_unit(table, name, unit, name)
        else:
            table.tell(_("{name} is not measured in a unit").format(name=name), name)
