"""Which numbers does each kind of node, edge and activation take, and in which unit are they computed with?"""

from types import MappingProxyType

# Units of the computation. A file may write any unit that converts.
UNITS = MappingProxyType(
    {
        "C": "mL/mm[Hg]",
        "V0": "mL",
        "Pext": "mm[Hg]",
        "Emin": "mm[Hg]/mL",
        "Emax": "mm[Hg]/mL",
        "Ees": "mm[Hg]/mL",
        "A": "/mL",
        "B": "mm[Hg]",
        "R": "mm[Hg].s/mL",
        "leak": "mL/s/mm[Hg]",
        "L": "mm[Hg].s2/mL",
        "k1": "mm[Hg].s/mL",
        "k2": "mm[Hg].s2/mL2",
        "onset": "s",
        "rise": "s",
        "fall": "s",
        "tau1": "s",
        "tau2": "s",
        "m1": "1",
        "m2": "1",
    }
)
# A body has none of these at nought or below: nothing would beat, hold or resist.
ABOVE_NOUGHT = frozenset({"C", "Emin", "Emax", "Ees", "A", "B", "tau1", "tau2", "m1", "m2"})
# These may be nought, and never below.
NOT_BELOW = frozenset({"R", "L", "leak", "k1", "k2", "V0", "onset", "rise", "fall"})
# For each kind: what must be given, and what is 0 when it is not.
NODE_KINDS = MappingProxyType(
    {
        "C": (("C",), ("V0", "Pext")),
        "E": (("Emin", "Emax", "V0"), ("Pext",)),
        "S": (("Ees", "V0", "A", "B"), ("Pext",)),
    }
)
EDGE_KINDS = MappingProxyType(
    {
        "R": (("R",), ()),
        "V": (("R",), ("leak",)),
        "Q": (("k1", "k2"), ()),
        "L": (("R", "L"), ()),
    }
)
ACTIVATION_KINDS = MappingProxyType(
    {
        "cos": (("onset", "rise", "fall"), ()),
        "hill": (("tau1", "tau2", "m1", "m2"), ()),
    }
)
KIND_MEANS = MappingProxyType(
    {
        "C": "a vessel",
        "E": "a chamber with linear elastance",
        "S": "a chamber with an exponential filling curve",
        "R": "a resistance",
        "V": "a valve",
        "Q": "an orifice or a shunt",
        "L": "a vessel with inertia",
        "cos": "raised cosines",
        "hill": "two Hill curves",
    }
)
# Quantities that every circuit must give, and the unit in which each is computed with.
REQUIRED = MappingProxyType({"heart_rate": "/min", "volume": "mL"})


def keys(kind: str) -> tuple[str, ...]:
    """Everything that a part of this kind may be told, what must be first."""
    must, may = (NODE_KINDS | EDGE_KINDS | ACTIVATION_KINDS)[kind]
    return (*must, *may)
