"""Does the ledger still lead to every root that was ever signed? The log outside the database is the witness."""

from datetime import datetime

from cordula.ledger import checkpoint
from cordula.ledger.note import TrustedKey
from cordula.ledger.refusal import Refused
from cordula_web.records.audit_entries import Ledger, rows_of
from cordula_web.records.findings import Findings
from cordula_web.records.outside import KeysUnusable, Outside, SignedNote

LOG = "checkpoints.log"
Stored = dict[int, tuple[bytes, str, datetime]]


def signed_outside(desk: Outside, found: Findings) -> list[SignedNote]:
    try:
        log, last = desk.log(), desk.last()
    except KeysUnusable as fault:
        found.add(LOG, "", str(fault))
        return []
    if last is not None and last not in log:
        found.add(LOG, f"size {last.checkpoint.size}", "was signed last, and is missing")
        log.append(last)
    return log


def stored_checkpoints() -> Stored:
    rows = rows_of("SELECT size, root, note, signed_at FROM checkpoint ORDER BY size")
    return {size: (root, note, signed_at) for size, root, note, signed_at in rows}


def check_checkpoints(
    ledger: Ledger, stored: Stored, log: list[SignedNote], desk: Outside, found: Findings
) -> None:
    key = _key(desk, bool(log or stored), found)
    outside = _sizes(log, found)
    for size, signed in outside.items():
        _check_signed(size, signed.note, key, LOG, found)
        _check_root(size, signed.checkpoint.root, ledger, LOG, found)
        if size not in stored:
            found.add(
                "checkpoint", f"size {size}", "is missing; it was signed outside the database"
            )
    for size, (root, note, signed_at) in stored.items():
        _check_signed(size, note, key, "checkpoint", found)
        _check_root(size, root, ledger, "checkpoint", found)
        _check_kept(size, note, signed_at, outside.get(size), found)
    found.count("checkpoint", len(stored))
    found.count(LOG, len(log))


def _key(desk: Outside, signed: bool, found: Findings) -> TrustedKey | None:
    if not signed and not desk.key_file.exists():
        return None
    try:
        return desk.trusted_key()
    except Refused as fault:
        found.add("signer.key", "", str(fault))
        return None


def _sizes(log: list[SignedNote], found: Findings) -> dict[int, SignedNote]:
    sizes: dict[int, SignedNote] = {}
    for line, signed in enumerate(log, 1):
        try:
            sizes[signed.checkpoint.size] = signed
        except Refused as fault:
            found.add(LOG, f"line {line}", f"is no checkpoint: {fault}")
    return sizes


def _check_signed(
    size: int, note: str, key: TrustedKey | None, table: str, found: Findings
) -> None:
    if key is None:
        return
    try:
        head = checkpoint.open_checkpoint(note, [key])
    except Refused as fault:
        found.add(table, f"size {size}", f"note is not signed by this ledger: {fault}")
        return
    if head.size != size:
        found.add(table, f"size {size}", f"note is of size {head.size}")


def _check_root(size: int, root: bytes, ledger: Ledger, table: str, found: Findings) -> None:
    now = ledger.frontier.size
    if size > now:
        found.add(table, f"size {size}", f"was signed, but the ledger holds only {now} entries")
    elif ledger.roots.get(size) != root:
        says = (
            f"root is not that of the first {size} entries: some were changed after it was signed"
        )
        found.add(table, f"size {size}", says)


def _check_kept(
    size: int, note: str, signed_at: datetime, outside: SignedNote | None, found: Findings
) -> None:
    if outside is None:
        found.add("checkpoint", f"size {size}", "was never signed outside the database")
        return
    if note != outside.note:
        found.add("checkpoint", f"size {size}", "note is not the one that was signed")
    if signed_at != outside.signed_at:
        found.add("checkpoint", f"size {size}", "signed_at is not when it was signed")
