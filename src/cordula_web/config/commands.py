"""What the site adds to the command line. Django is imported only when one of these runs."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from cordula.cli.failures import NOT_IN_ORDER, BadInput
from cordula.cli.output import as_json, print_json
from cordula_web.config import installation
from cordula_web.config.installation import Installation

F = TypeVar("F", bound=Callable[..., Any])

PORT = 8000
PORTS = click.IntRange(1, 65_535)


def commands() -> list[click.Command]:
    return [demo, set_up, serve, journey, audit, rebuild_cards, checkpoint, passport, monitor]


def with_record(command: F) -> F:
    """The command needs the record that is present here: open it, or say how to get one."""

    @click.option("--practice", is_flag=True, help="Use the practice programme's record.")
    @wraps(command)
    def opened(*args: Any, practice: bool, **kwargs: Any) -> Any:
        found = installation.practice() if practice else installation.present()
        if found is None or (practice and not found.exists):
            raise BadInput(
                "There is no record here yet. Run 'cordula demo' for the practice programme, "
                "or set DATABASE_URL to your server."
            )
        if found.practice and not practice:
            click.echo("(practice record)", err=True)
        start(found)
        return command(*args, **kwargs)

    return opened  # type: ignore[return-value]


def start(found: Installation) -> None:
    """Open the installation and let Django come up on it."""
    found.open()
    import django

    django.setup()


@click.command()
@click.option("--fresh", is_flag=True, help="Remove the practice programme first, after asking.")
@click.option("--yes", is_flag=True, help="With --fresh: do not ask.")
@click.option("--no-serve", is_flag=True, help="Prepare everything, print a summary, and end.")
@click.option("--port", default=PORT, show_default=True, type=PORTS, help="Port on 127.0.0.1.")
@click.option(
    "--infants",
    default=200,
    show_default=True,
    type=click.IntRange(1),
    help="How many infants to play, when new.",
)
def demo(fresh: bool, yes: bool, no_serve: bool, port: int, infants: int) -> None:
    """Practice programme: 200 infants who do not exist, in every state of the life.

    A second start keeps the data. Nothing is ever removed unless --fresh is given and agreed to.
    """
    from cordula_web.config import demonstration

    where = installation.practice()
    if fresh and where.folder.exists():
        demonstration.remove(where, ask=not yes)
    demonstration.check_port(port, needed=not no_serve)
    start(where)
    demonstration.prepare(infants=infants)
    demonstration.summary(port)
    if not no_serve:
        from cordula_web.config.server import run

        run(port=port, workers=1)


@click.command("set-up")
@click.option(
    "--site-id",
    help="Short name of the site in addresses and entries.",
    prompt="Short name of the site, like st-brigid",
)
@click.option(
    "--site-name",
    help="Name of the hospital or laboratory, as printed.",
    prompt="Name of the hospital or laboratory",
)
@click.option(
    "--time-zone",
    help="Zone in which the site’s times are shown.",
    prompt="Time zone, like Europe/Dublin",
)
@click.option(
    "--phone",
    help="Phone of the cell laboratory, day and night.",
    prompt="Phone of the cell laboratory",
    default="",
    show_default=False,
)
@click.option(
    "--administrator",
    help="User name of the first site administrator.",
    prompt="User name of the first site administrator",
)
@click.option(
    "--printed-name",
    help="Their name, as printed beside what they do.",
    prompt="Their name as printed",
)
def set_up(
    site_id: str,
    site_name: str,
    time_zone: str,
    phone: str,
    administrator: str,
    printed_name: str,
) -> None:
    """Begin a record of your own: a site and its first administrator. Uses DATABASE_URL if it is set."""
    start(installation.laboratory())
    from cordula_web.config import demonstration, opening

    demonstration.migrate()
    path = opening.open_site(
        site_id=site_id,
        name=site_name,
        time_zone=time_zone,
        phone=phone,
        username=administrator,
        person=printed_name,
    )
    click.echo(f"The site “{site_name}” is open, and {administrator} is its administrator.")
    click.echo("Start it with 'cordula serve', and choose the administrator's password at")
    click.echo(f"  http://127.0.0.1:{PORT}{path}")


@click.command()
@click.option("--port", default=PORT, show_default=True, type=PORTS, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1),
    help="Processes that answer requests.",
)
@with_record
def serve(port: int, host: str, workers: int) -> None:
    """Serve the site from the record that is present here."""
    from cordula_web.config import demonstration
    from cordula_web.config.server import run

    demonstration.check_port(port, needed=True)
    demonstration.migrate()
    run(host=host, port=port, workers=workers)


@click.command()
@click.argument("din")
@as_json
@with_record
def journey(din: str, as_json: bool) -> None:
    """Where the unit DIN stands on its way from the cord to the heart, and what is missing."""
    from cordula_web.config.told import journey_of

    told = journey_of(din)
    if as_json:
        print_json(told.as_json())
    else:
        click.echo(told.in_words())


@click.command()
@click.argument("protocol", metavar="ID")
@click.option("--site", "site_id", help="The site, where the record has several.")
@click.option(
    "--version", help="The version of the protocol; the newest in force where none is said."
)
@click.option(
    "--size",
    type=click.IntRange(1),
    help="See only the first SIZE entries of the ledger: the same analysis, whenever it is made.",
)
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the report to this folder as well: HTML, PDF, and each picture with its table.",
)
@as_json
@with_record
def monitor(
    protocol: str,
    site_id: str | None,
    version: str | None,
    size: int | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """How a trial stands: entries, visits and events of all children together, without an arm.

    Results by arm are not told here. The safety board opens them in the site, on the record.
    """
    from cordula_web.config.told_trial import monitored

    told = monitored(protocol, site_id, version, size)
    if as_json:
        print_json(told.as_json())
    else:
        click.echo(told.in_words())
    if report is not None:
        click.echo(f"Wrote {told.write(report)} and what goes with it.", err=True)


@click.command()
@as_json
@with_record
def audit(as_json: bool) -> None:
    """Recompute everything and name what does not hold: entries, tree, checkpoints, cards."""
    from cordula_web.config.told import audit_report

    report = audit_report(quiet=as_json)
    if as_json:
        print_json(report.as_json())
    else:
        click.echo(report.in_words())
    if not report.in_order:
        raise SystemExit(NOT_IN_ORDER)


@click.command("rebuild-cards")
@as_json
@with_record
def rebuild_cards(as_json: bool) -> None:
    """Write the lists' cards anew from the ledger, and say whether any differed."""
    from cordula_web.config.told import rebuilt_cards

    told = rebuilt_cards(quiet=as_json)
    if as_json:
        print_json(told.as_json())
    else:
        click.echo(told.in_words())


@click.command()
@with_record
def checkpoint() -> None:
    """Sign the ledger as it stands, and print the three lines for the day sheet."""
    from cordula_web.config.told import signed_checkpoint

    click.echo(signed_checkpoint())


@click.group()
def passport() -> None:
    """A unit's sealed history, to hand out and to verify."""


@passport.command("issue")
@click.argument("din")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write. It must not exist yet.",
)
@click.option("--recipient", required=True, help="The hospital it is for, as the record shall say.")
@click.option(
    "--with-words",
    is_flag=True,
    help="Hand out the words behind sealed digests too: reasons, and names of those who signed.",
)
@with_record
def issue_passport(din: str, target: Path, recipient: str, with_words: bool) -> None:
    """Write the sealed history of the unit DIN to a file that another hospital can verify."""
    from cordula_web.config.told import issued_passport

    if target.exists():
        raise BadInput(f"{target} exists already. Choose another name; nothing was written.")
    if not os.access(target.parent, os.W_OK):
        raise BadInput(
            f"{target.parent} is no folder that can be written to. Nothing was recorded."
        )
    click.echo(issued_passport(din, target, recipient, with_words=with_words))
