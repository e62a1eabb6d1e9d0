"""Which module answers a command? It is imported when that command is asked for, and no sooner.

`cordula --help` is told from the table here, so that it waits for nothing. What an installed site adds is looked for
only where it can matter: in the help, in a group, and for a name that is not the core's own."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is written, as `module:name`, and the first sentence of its own help."""

    at: str
    says: str

    def command(self) -> click.Command:
        module, _, name = self.at.partition(":")
        found: click.Command = getattr(import_module(f"cordula.cli.{module}"), name)
        return found


OWN = {
    "aid": Place("aid:aid", "The parents' page about cord blood: check it, print it."),
    "evidence": Place(
        "evidence:evidence", "Published studies: list them, check them, pool what may be pooled."
    ),
    "heart": Place(
        "heart_whole:heart", "A circulation of the newborn as a model, whole or with its defects."
    ),
    "passport": Place(
        "verify:passport",
        "A unit's sealed history, which another hospital checks without a network.",
    ),
    "protocol": Place(
        "protocol:protocol", "The published protocols: list them, read them, run their cases."
    ),
    "scan": Place("scan:scan", "Read an ISBT 128 scan, TEXT, and say what it is."),
    "simulate": Place(
        "simulate:simulate",
        "Simulate the design of a protocol under its scenarios, "
        "and say how often it would find what, and when.",
    ),
    "verify": Place(
        "verify:verify", "Check the passport in FILE offline, and tell the history it proves."
    ),
}


def of_the_site() -> Iterator[click.Command]:
    """What an installed site adds under `cordula.commands`."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="cordula.commands"):
        yield from entry.load()()


class Commands(MutableMapping[str, click.Command]):
    """All commands by name, as a group of commands wants them; each is made when it is taken out."""

    def __init__(self) -> None:
        self._made: dict[str, click.Command] = {}

    @cached_property
    def _added(self) -> dict[str, list[click.Command]]:
        found: dict[str, list[click.Command]] = {}
        for command in of_the_site():
            found.setdefault(command.name or "", []).append(command)
        return found

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._made:
            self._made[name] = self._whole(name)
        return self._made[name]

    def _whole(self, name: str) -> click.Command:
        """The core's own command, which is final unless it is a group: a site may add to that."""
        known = OWN[name].command() if name in OWN else None
        if known is not None and not isinstance(known, click.Group):
            return known
        for added in self._added.get(name, []):
            known = joined(known, added)
        if known is None:
            raise KeyError(name)
        return known

    def said(self, name: str, limit: int) -> str:
        """What the help says of a command in so many letters."""
        asked = click.Command(name, help=OWN[name].says) if name in OWN else self[name]
        return asked.get_short_help_str(limit)

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**OWN, **self._added, **self._made})

    def __len__(self) -> int:
        return len(list(iter(self)))


def joined(known: click.Command | None, added: click.Command) -> click.Command:
    """Where both are groups of one name, their commands stand side by side."""
    if not (isinstance(known, click.Group) and isinstance(added, click.Group)):
        return added
    for name, command in added.commands.items():
        known.add_command(joined(known.commands.get(name), command))
    return known


class Whole(click.Group):
    """The command `cordula` itself: its help names all commands and imports none of the core's."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.commands: Commands = Commands()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands.said(name, limit)) for name in names])
