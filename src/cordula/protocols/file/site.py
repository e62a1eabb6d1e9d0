"""A site's own file fills in the numbers that a protocol leaves open: each with its text and by whose leave."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from cordula.protocols.file.criterion import OPEN_KEYS
from cordula.protocols.file.table import SECOND_FILE, Table
from cordula.protocols.file.treatment import OPEN_NUMBERS
from cordula.protocols.protocol import Filled
from cordula.protocols.refusal import not_known
from cordula.vocabulary.lines import Path
from cordula.vocabulary.roles import roles
from cordula.vocabulary.words import _


@dataclass
class Site:
    """The protocol's values with the site's in their places."""

    merged: Table
    file: int
    name: str = ""
    found: list[Filled] = field(default_factory=list)

    @property
    def filled(self) -> tuple[Filled, ...]:
        return tuple(self.found)

    def put(self, path: Path, there: Path) -> None:
        """From here on, what is wrong at `path` is told in the site's file."""
        self.merged.faults.moved(path, self.file, there)


def read_site(root: Table, values: Mapping[str, Any], file: int) -> Site:
    """The protocol's table with its open numbers filled in; faults are told where they stand."""
    values_here = deepcopy(dict(root.values))
    values_here.setdefault("sources", {})
    merged = Table(values_here, (), root.faults)
    site = Site(merged, file)
    given = _SiteTable(values, site)
    site.name = _names_its_protocol(given, site)
    _sources(given, site)
    for name, table in given.named_tables("criteria"):
        _criterion(name, table, site)
    if "dose" in given:
        _dose(given.table("dose"), site)
    for table in given.tables("follow_up"):
        _follow_up(table, site)
    given.done()
    return site


class _SiteTable(Table):
    """A table of the site's file: whatever is told of it is told there."""

    def __init__(self, values: Mapping[str, Any], site: Site, path: Path = ()) -> None:
        super().__init__(values, (SECOND_FILE, *path), site.merged.faults)
        self._tell_here(site, values, path)

    def _tell_here(self, site: Site, values: object, path: Path) -> None:
        site.put((SECOND_FILE, *path), path)
        pairs: Iterator[tuple[str | int, Any]] = iter(())
        if isinstance(values, Mapping):
            pairs = iter(values.items())
        elif isinstance(values, list):
            pairs = iter(enumerate(values))
        for key, value in pairs:
            self._tell_here(site, value, (*path, key))


def _names_its_protocol(given: Table, site: Site) -> str:
    table, head = given.table("site"), site.merged.values.get("protocol", {})
    for key, own in (("protocol", "id"), ("version", "version")):
        if (said := table.text(key)) and said != head.get(own):
            says = _("this file is for {said}, and the protocol is {own}")
            table.tell_whole(says.format(said=said, own=head.get(own)), key)
    name = table.text("name")
    table.done()
    return name


def _sources(given: Table, site: Site) -> None:
    known = site.merged.values["sources"]
    for name, table in given.named_tables("sources"):
        if name in known:
            table.tell(_("“{name}” is a source of the protocol already").format(name=name))
        else:
            known[name] = dict(table.values)
            _put_all(site, ("sources", name), ("sources", name), table.values)


def _criterion(name: str, table: Table, site: Site) -> None:
    open_ones = dict(_open_criteria(site.merged.values))
    if name not in open_ones:
        table.tell(not_known(name, _("an open criterion of the protocol"), open_ones))
        return
    path = open_ones[name]
    row = _at(site.merged.values, path)
    del row["open"]
    _fill(table, site, row, path, OPEN_KEYS, name)


def _open_criteria(values: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    for number, gate in enumerate(values.get("gates", ())):
        for place, row in enumerate(gate.get("criteria", ())):
            if row.get("open") is True:
                yield row.get("id", ""), ("gates", number, "criteria", place)


def _dose(table: Table, site: Site) -> None:
    dose = site.merged.values.get("dose", {})
    open_ones = dose.get("open", [])
    for key in [key for key in table.values if key in OPEN_NUMBERS]:
        if key not in open_ones:
            table.unknown(key, _("an open number of the dose"), open_ones, key)
    source = dose.get("source")
    filled = [key for key in open_ones if key in table.values]
    _fill(table, site, dose, ("dose",), tuple(OPEN_NUMBERS), "dose")
    # The rule goes on resting on its own text; the site's stands with each number it filled in.
    dose["source"] = source
    dose["open"] = [key for key in open_ones if key not in filled]
    if not dose["open"]:
        del dose["open"]


def _follow_up(table: Table, site: Site) -> None:
    wanted = table.text("measure"), table.text("after")
    for number, row in enumerate(site.merged.values.get("follow_up", ())):
        if (row.get("measure"), row.get("after")) == wanted and row.get("open") is True:
            del row["open"]
            _fill(table, site, row, ("follow_up", number), ("window",), " ".join(wanted))
            return
    table.tell(
        _("the protocol has no open follow-up of {measure} after {after}").format(
            measure=wanted[0], after=wanted[1]
        )
    )


def _fill(
    table: Table, site: Site, row: dict[str, Any], path: Path, keys: tuple[str, ...], where: str
) -> None:
    """Puts the site's values in their place, once it is said where they come from and who approved them."""
    given = {key: table.values[key] for key in keys if key in table}
    if not given:
        says = _("{where} is filled in with nothing: give one of {keys}")
        table.tell(says.format(where=where, keys=", ".join(keys)))
    source, approved = _source(table, site), table.word("approved_by", roles, _("a role"))
    row.update(given, source=source)
    if "place" in table:
        row["place"] = table.text("place")
    _put_all(site, path, table.path[1:], table.values)
    says = ", ".join(f"{key} = {_told(value)}" for key, value in given.items())
    site.found.append(Filled(where=where, says=says, source=source, approved_by=approved))
    table.done()


def _told(value: Any) -> str:
    """A value as it reads in a sentence; a range by its bounds."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {bound}" for key, bound in value.items())
    return str(value)


def _source(table: Table, site: Site) -> str:
    name = table.text("source")
    known = site.merged.values.get("sources", {})
    if name and name not in known:
        what = _("listed in [sources], here or in the protocol")
        table.unknown(name, what, known, "source")
    return name


def _put_all(site: Site, path: Path, there: Path, values: Mapping[str, Any]) -> None:
    site.put(path, there)
    for key in values:
        site.put((*path, key), (*there, key))


def _at(values: Any, path: Path) -> Any:
    for part in path:
        values = values[part]
    return values
