"""What the command line says when it cannot do what was asked: one clear line, and how it ends.

Exit codes: 0 done; 1 done, and what was looked at is not in order (an audit found a problem, a
passport was refused, a case failed); 2 it could not be done as asked (bad input); 130 stopped by Ctrl-C.
"""

import click

DONE, NOT_IN_ORDER, BAD_INPUT, STOPPED = 0, 1, 2, 130


class BadInput(click.ClickException):
    """What was typed or given cannot be used. The message says what to do."""

    exit_code = BAD_INPUT


def of_the_system(fault: OSError) -> str:
    """What the operating system would not do, as a single line: with which file, and why."""
    named = f"{fault.filename}: " if fault.filename is not None else ""
    return f"cordula: {named}{fault.strerror or fault}."


def one_line(failure: click.ClickException) -> str:
    """The failure as a single line, with the command's help named where the words were off."""
    said = " ".join(failure.format_message().split())
    context = getattr(failure, "ctx", None)
    hint = f" See '{context.command_path} --help'." if context is not None else ""
    return f"cordula: {said}{hint}"
