"""What does the ledger prove of itself? Its tree, read from the tables tile by tile."""

from collections.abc import Sequence

from django.db import connection

from cordula.ledger.merkle import EMPTY_ROOT, Frontier, Node, join_peaks
from cordula.ledger.tiles import TILE_SIZE, Tiles

_LEAVES = "SELECT leaf FROM entry WHERE index >= %s AND index < %s ORDER BY index"
_NODES = "SELECT hash FROM node WHERE level = %s AND index >= %s AND index < %s ORDER BY index"


def stored_tree() -> Tiles:
    """The hash of any complete subtree, for proofs. Make one for a request and let it go."""
    return Tiles(_read)


def _read(level: int, tile: int) -> Sequence[bytes]:
    span = [tile * TILE_SIZE, (tile + 1) * TILE_SIZE]
    with connection.cursor() as cursor:
        if level == 0:
            cursor.execute(_LEAVES, span)
        else:
            cursor.execute(_NODES, [level, *span])
        return [bytes(value) for (value,) in cursor.fetchall()]


def root_at(node: Node, size: int) -> bytes:
    """The root the ledger had at this size."""
    peaks, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            peaks.append(node(level, start >> level))
            start += 1 << level
    return join_peaks(peaks) if peaks else EMPTY_ROOT


def stored_head() -> tuple[str, Frontier]:
    """The ledger's name and the right edge of its tree, as last committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT origin, frontier FROM head WHERE id = 1")
        origin, frontier = cursor.fetchone()
    return origin, Frontier.from_bytes(bytes(frontier))
