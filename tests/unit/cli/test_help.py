"""Every command says what it is for."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from cordula.cli.main import assemble


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


EVERY = list(commands(assemble()))


def found(path: tuple[str, ...]) -> click.Command:
    command: click.Command = assemble()
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def test_the_commands_people_were_promised_are_there() -> None:
    promised = {
        ("verify",),
        ("scan",),
        ("protocol", "list"),
        ("protocol", "show"),
        ("protocol", "check"),
        ("passport", "verify"),
        ("passport", "verifier"),
    }
    assert promised <= set(EVERY)


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_a_command_explains_itself(path: tuple[str, ...]) -> None:
    said = CliRunner().invoke(assemble(), [*path, "--help"])
    assert said.exit_code == 0
    assert len((found(path).help or "").split()) >= 4


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_an_option_explains_itself(path: tuple[str, ...]) -> None:
    for option in found(path).params:
        if isinstance(option, click.Option):
            assert option.help, f"{' '.join(path)} {option.name}"
