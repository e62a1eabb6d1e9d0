"""What might a treatment do to the heart over time? Assumed effects on what is true, apart from how it is read."""

from cordula.heart.effects.course import Course, Exposure
from cordula.heart.effects.effect import Effect, amounts
from cordula.heart.effects.truth import pool, truth

__all__ = ["Course", "Effect", "Exposure", "amounts", "pool", "truth"]
