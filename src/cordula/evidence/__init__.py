"""What the world knows: published studies as data, pooled where that is honest, graded, and released as dated snapshots."""

from cordula.evidence.pooling import pool

__all__ = ["pool"]
