"""The command `cordula`: the core's own commands, and those that an installed site adds."""

import atexit
import gc
import os
import sys

import click

from cordula.cli.commands import Whole
from cordula.cli.failures import BAD_INPUT, STOPPED, of_the_system, one_line

EPILOG = (
    "Exit codes: 0 done; 1 done, and what was looked at is not in order; 2 bad input. "
    "Cordula is not a validated system and not a medical device."
)


@click.group(cls=Whole, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cordula", message="cordula %(version)s")
def cordula() -> None:
    """One record from the cord to the heart."""


def assemble() -> click.Group:
    """The whole command, with what the installed site adds."""
    return cordula


def start_at_once() -> None:
    """What is loaded stays: to look through it for rubbish is seldom worth the time, and at the end not at all.

    And one thread for linear algebra: the matrices here are small, threads come from `--workers`, and an answer
    must not depend on how many cores there are. Before NumPy is imported; who has said otherwise is heard."""
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process with its exit code; never with a traceback for bad input."""
    start_at_once()
    try:
        sys.exit(assemble().main(arguments, prog_name="cordula", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as asked:
        # Nothing was asked for yet: the help as it is read, not squeezed into a line.
        click.echo(asked.format_message(), err=True)
        sys.exit(BAD_INPUT)
    except click.ClickException as failure:
        click.echo(one_line(failure), err=True)
        sys.exit(
            BAD_INPUT if failure.exit_code == click.UsageError.exit_code else failure.exit_code
        )
    except OSError as fault:
        click.echo(of_the_system(fault), err=True)
        sys.exit(BAD_INPUT)
    except click.Abort:
        click.echo("cordula: stopped.", err=True)
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
