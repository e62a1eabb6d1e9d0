"""`cordula verify`: is this passport what its issuer sealed, and what does it say of the unit?"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from cordula.cli.failures import NOT_IN_ORDER, BadInput
from cordula.cli.output import as_json, print_json
from cordula.display import din
from cordula.events.record_keeping import PassportIssued
from cordula.ledger.note import Key, NotTrusted, TrustedKey
from cordula.ledger.witness import QuantumSafeWitnessKey, WitnessKey
from cordula.passport import words
from cordula.passport.format import SIZE_MAX
from cordula.passport.passport import Verified
from cordula.passport.passport import verify as check
from cordula.passport.refusal import Refused

LATER = (
    "Anything after entry {index} of the ledger, {as_of} UTC. A hold or a recall recorded later is not in "
    "this file: ask the issuer for later events."
)
UNCHANGED = (
    "That what was written is right. It proves who sealed it, and that nothing was changed or left out since."
)


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
    trusted = [key for text in keys for key in read_keys(text, [TrustedKey])]
    known = [
        key for text in witnesses for key in read_keys(text, [WitnessKey, QuantumSafeWitnessKey])
    ]
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


def read_keys(text: str, kinds: list[Any]) -> list[Key]:
    """The keys in this text, or in the file of this name."""
    if text.startswith("PRIVATE+KEY+"):
        raise BadInput("that is a private key. It must never leave its owner; give the public one.")
    if "+" in text and not Path(text).is_file():
        return [read_key(text.strip(), kinds)]
    lines = [line.strip() for line in read_text(Path(text)).splitlines()]
    found = [read_key(line, kinds) for line in lines if line and not line.startswith("#")]
    if not found:
        raise BadInput(f"{text} holds no key. A key is one line: name+id+base64.")
    return found


def read_text(file: Path) -> str:
    try:
        return read(file).decode()
    except UnicodeDecodeError:
        raise BadInput(f"{file} is not a file with keys: it is not text.") from None


def read_key(text: str, kinds: list[Any]) -> Key:
    said = ""
    for kind in kinds:
        try:
            key: Key = kind.parse(text)
        except NotTrusted as wrong:
            said = said or str(wrong)
        else:
            return key
    raise BadInput(f"the key cannot be used: {said}.")


def say_refused(refused: Refused, as_json: bool) -> None:
    if as_json:
        print_json(
            {"verdict": "refused", "reason": refused.reason, "sentence": refused.sentence}
        )
    else:
        sentence = refused.sentence[:1].upper() + refused.sentence[1:]
        click.echo(f"REFUSED ({refused.reason}). {sentence}.")
        click.echo("Believe nothing in this file. Ask the issuer for a new passport.")


def as_values(verified: Verified) -> dict[str, Any]:
    """What a program may want of a verified passport."""
    return {
        "verdict": "verified",
        "stream": verified.stream,
        "din": verified.unit.din,
        "state": verified.unit.state.value,
        "understood": verified.unit.understood,
        "issuer": verified.checkpoint.origin,
        "recipient": recipient(verified),
        "as_of": verified.as_of.isoformat(),
        "last_index": verified.envelopes[-1].index,
        "ledger_size": verified.checkpoint.size,
        "history": [_told_values(verified, told) for told in words.tell(verified)],
        "disclosures": [{"name": d.name, "value": d.value} for d in verified.disclosures],
        "not_proved": [later(verified), UNCHANGED],
    }


def _told_values(verified: Verified, told: words.Told) -> dict[str, Any]:
    envelope = verified.envelopes[told.version - 1]
    return {
        "version": told.version,
        "index": envelope.index,
        "at": told.at.isoformat(),
        "recorded_at": told.recorded_at.isoformat(),
        "by": envelope.event.by,
        "site": envelope.site,
        "what": told.what,
        "details": dict(told.details),
        "counts": told.counts,
    }


def in_words(verified: Verified) -> str:
    """The verdict, the history as a table, and what is not proved."""
    return "\n".join([*_head(verified), "", *_table(words.tell(verified)), "", *_limits(verified)])


def _head(verified: Verified) -> list[str]:
    unit, head = verified.unit, verified.checkpoint
    last = verified.envelopes[-1].index
    rows = (
        ("Unit", f"{din(unit.din) if unit.din else 'no donation number'}  ({verified.stream})"),
        ("State", unit.state.words + ("" if unit.understood else ", as far as understood")),
        ("Issued by", head.origin),
        ("Issued to", recipient(verified)),
        ("True as of", f"entry {last} of the ledger, {words.moment(verified.as_of)} UTC"),
    )
    return [
        "VERIFIED. The issuer sealed exactly this history, whole and in this order.",
        "",
        *(f"{label:<11} {text}" for label, text in rows),
        *_doubts(verified),
    ]


def _doubts(verified: Verified) -> list[str]:
    versions = words.not_understood(verified)
    if not versions:
        return []
    listed = ", ".join(map(str, versions))
    return ["", f"NOT UNDERSTOOD by this version of Cordula: entry {listed}. Decide nothing on it."]


def _table(history: list[words.Told]) -> list[str]:
    wide = max(len(told.what) for told in history)
    lines = [f"{'':>3}  {'When (UTC)':<17}  {'What':<{wide}}  Details"]
    for told in history:
        details = told.sentence if told.counts else f"(voided later) {told.sentence}"
        row = f"{told.version:>3}  {words.moment(told.at):<17}  {told.what:<{wide}}  {details}"
        lines.append(row.rstrip())
    return lines


def _limits(verified: Verified) -> list[str]:
    return ["What this does not prove:", f"  {later(verified)}", f"  {UNCHANGED}"]


def later(verified: Verified) -> str:
    last = verified.envelopes[-1].index
    return LATER.format(index=last, as_of=words.moment(verified.as_of))


def recipient(verified: Verified) -> str:
    issue = verified.envelopes[-1].event
    return issue.recipient if isinstance(issue, PassportIssued) else "not understood"
