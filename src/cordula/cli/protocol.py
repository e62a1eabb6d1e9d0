"""`cordula protocol`: which protocols are there, what do they say, and do they decide as they say?"""

import click


@click.group()
def protocol() -> None:
    """The published protocols: list them, read them, run their cases."""
