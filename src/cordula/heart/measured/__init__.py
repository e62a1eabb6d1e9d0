"""How would it be read? Measurement models, kept apart from what is true."""

from cordula.heart.measured.possible import impossible
from cordula.heart.measured.reading import Reading, reading, readings

__all__ = ["Reading", "impossible", "reading", "readings"]
