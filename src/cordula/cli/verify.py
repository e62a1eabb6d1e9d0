"""`cordula verify`: is this passport what its issuer sealed?"""

import click


@click.group()
def passport() -> None:
    """A unit's sealed history, which another hospital checks without a network."""


@click.command()
def verify() -> None:
    """Check a passport offline."""
