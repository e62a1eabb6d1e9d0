"""How far out is a value of the standard normal, without losing digits in the tails?"""

from math import erfc, exp, pi, sqrt
from statistics import NormalDist

STANDARD = NormalDist()
ROOT_TWO = sqrt(2.0)


def upper_tail(z: float) -> float:
    """1 − Φ(z), with every digit however small it is."""
    return 0.5 * erfc(z / ROOT_TWO)


def lower_tail(z: float) -> float:
    """Φ(z), with every digit however small it is."""
    return 0.5 * erfc(-z / ROOT_TWO)


def upper_quantile(probability: float) -> float:
    """The z beyond which lies this probability (Wichura 1988, AS 241)."""
    return -STANDARD.inv_cdf(probability)


def density(z: float) -> float:
    return exp(-0.5 * z * z) / sqrt(2.0 * pi)
