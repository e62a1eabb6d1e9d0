"""`cordula verify`: is this passport what its issuer sealed, and what does it say of the unit?"""

from importlib.resources import files
from pathlib import Path

import click

from cordula.cli.failures import NOT_IN_ORDER, BadInput
from cordula.cli.keys import ISSUERS, WITNESSES, read_keys
from cordula.cli.output import as_json, print_json
from cordula.cli.telling import as_values, in_words
from cordula.passport.format import SIZE_MAX
from cordula.passport.passport import verify as check
from cordula.passport.refusal import Refused


@click.group()
def passport() -> None:
    """A unit's sealed history, which another hospital checks without a network."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "keys",
    required=True,
    multiple=True,
    metavar="KEY",
    help="The issuer's public key (name+id+base64), or a file with such keys, one a line. Get it from "
    "the issuer by another way than the passport.",
)
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    metavar="KEY",
    help="The public key of a witness, or a file with such keys.",
)
@click.option(
    "--quorum", type=click.IntRange(min=0), default=0, help="How many of the witnesses must agree."
)
@as_json
def verify(
    file: Path, keys: tuple[str, ...], witnesses: tuple[str, ...], quorum: int, as_json: bool
) -> None:
    """Check the passport in FILE offline, and tell the history it proves.

    Nothing is sent anywhere. Exit codes: 0 verified; 1 refused, with the reason; 2 bad input.

    \b
    Example: cordula verify unit.passport --key issuer.key
    """
    data = read(file)
    trusted, known = read_keys(keys, ISSUERS), read_keys(witnesses, WITNESSES)
    try:
        verified = check(data, trusted, witnesses=known, quorum=quorum)
    except Refused as refused:
        say_refused(refused, as_json)
        raise SystemExit(NOT_IN_ORDER) from None
    if as_json:
        print_json(as_values(verified))
    else:
        click.echo(in_words(verified))


@passport.command()
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write, such as verify.html. It must not exist yet.",
)
def verifier(target: Path) -> None:
    """Write the verifier for a browser: one HTML file that needs no network and no Cordula.

    Hand it to a hospital that receives passports. It opens from the disk and sends nothing anywhere.
    """
    page = (files("cordula.passport") / "verify.html").read_bytes()
    try:
        with target.open("xb") as file:
            file.write(page)
    except FileExistsError:
        raise BadInput(f"{target} is there already. Name a file that is not.") from None
    except OSError as wrong:
        raise BadInput(f"{target} cannot be written: {wrong.strerror}.") from None
    click.echo(f"Wrote {target}, {len(page)} bytes. Open it in a browser; it needs no network.")


passport.add_command(verify)


def read(file: Path) -> bytes:
    """The file's bytes; of a file that is too large to be a passport, only enough to see that."""
    try:
        with file.open("rb") as opened:
            return opened.read(SIZE_MAX + 1)
    except OSError as wrong:
        raise BadInput(f"{file} cannot be read: {wrong.strerror}.") from None


def say_refused(refused: Refused, as_json: bool) -> None:
    if as_json:
        print_json({"verdict": "refused", "reason": refused.reason, "sentence": refused.sentence})
    else:
        sentence = refused.sentence[:1].upper() + refused.sentence[1:]
        click.echo(f"REFUSED ({refused.reason}). {sentence}.")
        click.echo("Believe nothing in this file. Ask the issuer for a new passport.")
