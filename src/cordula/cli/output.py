"""Two ways to print: plain text for people, JSON for programs."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

as_json: Callable[[F], F] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for programs instead of text for people."
)


def print_json(value: Any) -> None:
    """Print a JSON value; what JSON has no form for is printed as its text."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
