"""The practice programme as one command: made once, kept between starts, removed only when asked."""

import shutil
import socket

import click
from django.conf import settings
from django.core.management import call_command

from cordula.cli.failures import BadInput
from cordula_web.config.installation import Installation


def remove(where: Installation, *, ask: bool) -> None:
    """Say what will go, ask, and remove it. A record that is not for practice is never touched."""
    click.echo(f"This removes the practice programme, and nothing else:\n  {where.folder}")
    if ask and not click.confirm("Remove it?", default=False):
        raise click.Abort
    if where.exists:
        from cordula_web.config import embedded_postgres

        embedded_postgres.stop(where.database)
    shutil.rmtree(where.folder)


def check_port(port: int, *, needed: bool) -> None:
    """Say early, in one line, that somebody else is listening there."""
    if not needed:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise BadInput(
                f"Something else listens on port {port}. Stop it, or choose another: --port {port + 1}"
            ) from fault


def prepare(*, infants: int) -> None:
    """Tables, static files, and the practice people and infants where there are none yet."""
    migrate()
    from cordula_web.config import server
    from cordula_web.practice.programme import is_played, is_whole, play

    if is_played() and not is_whole():
        raise BadInput(
            "The practice programme was interrupted while it was played. "
            "Make it anew with: cordula demo --fresh"
        )
    if is_played():
        click.echo("The practice programme is here already; its data is kept.")
        return
    stage = play(infants=infants)
    label = "Playing the practice programme"
    with click.progressbar(length=stage.strands, label=label) as bar:
        stage.run(tell=lambda: bar.update(1))
    server.sign()


def migrate() -> None:
    """Bring the tables and the static files to this version."""
    from cordula_web.people.site_key import create_key

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not settings.SITE_KEY_FILE.exists():
        create_key(settings.SITE_KEY_FILE)


def summary(port: int) -> None:
    """What is there, where it is, and who may sign in."""
    from cordula_web.practice.people import PASSWORD, PEOPLE
    from cordula_web.practice.programme import contents

    click.echo("\nPractice programme. Nobody in it is real.")
    for line in contents():
        click.echo(f"  {line}")
    click.echo(f"\nOpen http://127.0.0.1:{port}/ and sign in as one of:")
    for person in PEOPLE:
        role = person.role.replace("_", " ")
        click.echo(f"  {person.username:<13} {role:<24} {person.printed_name}, {person.title}")
    click.echo(f"  The password of every practice account is: {PASSWORD}\n")
