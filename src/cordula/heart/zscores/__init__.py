"""How far does a measurement lie from those of sound children of the same size? In standard deviations, with its source."""

from cordula.heart.zscores.bsa import body_surface
from cordula.heart.zscores.score import ZScore, references, z_score

__all__ = ["ZScore", "body_surface", "references", "z_score"]
