"""Who vouches for the ledger as it stands? A key outside the database, which never signs two that contradict each other.

It signs only what continues the ledger it signed before. A restored old backup, or a history that somebody
wrote anew, is refused by name, and from then on nothing is recorded.
"""

from datetime import datetime

from django.db import connection

from cordula.ledger import checkpoint
from cordula.ledger.checkpoint import Checkpoint
from cordula.ledger.merkle import Frontier, check_consistency, consistency_proof
from cordula.ledger.refusal import Refused
from cordula_web.records.outside import Outside, SignedNote, outside
from cordula_web.records.refusals import ReadOnly
from cordula_web.records.tree import stored_head, stored_tree


class NothingToSign(Refused):
    """The ledger is empty."""


def checkpoint_now(now: datetime) -> str:
    """The signed note of the ledger as committed. Raises ReadOnly if it does not continue the last one."""
    desk = outside()
    with desk.locked():
        origin, frontier = stored_head()
        last = desk.last()
        if reason := _speaks_against(last, origin, frontier):
            desk.close(reason)
            raise ReadOnly(reason)
        if frontier.size == 0:
            raise NothingToSign("The ledger is empty, so there is nothing to sign.")
        if last is None or last.checkpoint.size < frontier.size:
            last = _sign(desk, Checkpoint(origin, frontier.size, frontier.root()), now)
        _store(last)
    return last.note


def checkpoint_if_due(now: datetime) -> str | None:
    """A new checkpoint where something was recorded since the last one."""
    last, (_, frontier) = outside().last(), stored_head()
    if frontier.size == (last.checkpoint.size if last else 0):
        return None
    return checkpoint_now(now)


def _sign(desk: Outside, head: Checkpoint, now: datetime) -> SignedNote:
    never_signed = not desk.key_file.exists() and desk.last() is None and not _any_stored()
    signer = desk.make_key(head.origin) if never_signed else desk.signer()
    if signer.name != head.origin:
        raise ReadOnly(
            f"The signing key is that of {signer.name}, and this ledger is {head.origin}."
        )
    signed = SignedNote(signer.sign(checkpoint.format(head)), now)
    desk.remember(signed)
    return signed


def _store(signed: SignedNote) -> None:
    """Beside the ledger, for proofs; also where the machine had stopped before this was done."""
    head = signed.checkpoint
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO checkpoint (size, root, note, signed_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (size) DO NOTHING",
            [head.size, head.root, signed.note, signed.signed_at],
        )


def _any_stored() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM checkpoint)")
        return bool(cursor.fetchone()[0])


# --- Does the database go on from what was signed? --------------------------------------------


def refuse_if_behind(frontier: Frontier) -> None:
    """Raise ReadOnly where the ledger is closed, or shorter than one that was signed. For every append."""
    desk = outside()
    reason = desk.closed() or _shorter(desk.last(), frontier)
    if reason:
        raise ReadOnly(reason)


def standing() -> str:
    """Why nothing may be recorded, or nothing. Compares the whole ledger with the last signature: at start-up."""
    desk = outside()
    origin, frontier = stored_head()
    reason = _speaks_against(desk.last(), origin, frontier)
    if reason:
        desk.close(reason)
    return reason or desk.closed()


def reopen() -> str:
    """Go on recording, once the right database is back. Answers what still speaks against it, or nothing."""
    desk = outside()
    origin, frontier = stored_head()
    reason = _speaks_against(desk.last(), origin, frontier)
    if not reason:
        desk.closed_file.unlink(missing_ok=True)
    return reason


def _shorter(last: SignedNote | None, frontier: Frontier) -> str:
    if last is None:
        return ""
    signed = last.checkpoint
    if frontier.size < signed.size:
        return (
            f"The database holds {frontier.size} entries, but {signed.size} were signed on"
            f" {last.signed_at:%d-%b-%Y at %H:%M}. An older backup was restored. Nothing is recorded"
            " until the newest backup is back."
        )
    if frontier.size == signed.size and frontier.root() != signed.root:
        return _rewritten(signed)
    return ""


def _speaks_against(last: SignedNote | None, origin: str, frontier: Frontier) -> str:
    if last is None:
        return ""
    signed = last.checkpoint
    if reason := _shorter(last, frontier):
        return reason
    if signed.origin != origin:
        return f"The database is the ledger {origin}; signed was {signed.origin}."
    try:
        proof = consistency_proof(stored_tree(), signed.size, frontier.size)
        check_consistency(signed.size, signed.root, frontier.size, frontier.root(), proof)
    except Refused:
        return _rewritten(signed)
    return ""


def _rewritten(signed: Checkpoint) -> str:
    return (
        f"The first {signed.size} entries are not those that were signed. Somebody changed the"
        " database. Nothing is recorded; run “cordula audit” to see where."
    )
