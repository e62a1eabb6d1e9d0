"""Where does each number of a circuit stand, so that one kernel can carry any circuit?

A circuit is written as one line of text, its *shape*, such as ``C,S0|V01,R10|cos``: the kinds of its nodes with
the activation they follow, its edges with where they lead from and to, and its activations. The numbers of many
infants stand in rows, one row for each parameter and one column (lane) for each infant."""

from dataclasses import dataclass
from functools import cached_property

# What each kind is told, row by row. A parameter of the file may become another here (see `Circuit.rows`).
NODE_ROWS = {
    "C": ("elastance", "offset"),
    "E": ("Emin", "rise", "V0", "Pext"),
    "S": ("Ees", "V0", "A", "B", "Pext"),
}
EDGE_ROWS = {
    "R": ("G",),
    "V": ("G", "G_back"),
    "Q": ("k1", "k2"),
    "L": ("R", "per_L"),
}
ACTIVATION_ROWS = {
    "cos": ("onset", "rise", "per_rise", "per_fall"),
    "hill": ("tau1", "tau2", "m1", "m2", "scale", "tail"),
}
# What is observed over a beat: extremes and sums, divided by the number of steps afterwards.
NODE_SEEN = ("volume_max", "volume_min", "pressure_max", "pressure_min", "pressure_sum")
EDGE_SEEN = ("forward_sum", "backward_sum")


@dataclass(frozen=True, slots=True)
class Node:
    """A place that holds blood: its kind, and which activation it follows (−1: none)."""

    kind: str
    activation: int = -1


@dataclass(frozen=True, slots=True)
class Edge:
    """A way for blood: its kind, and the numbers of the nodes at its ends."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """The shape of a circuit, and the row of each of its numbers."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    activations: tuple[str, ...]

    @cached_property
    def shape(self) -> str:
        nodes = ",".join(f"{n.kind}{'' if n.activation < 0 else n.activation}" for n in self.nodes)
        edges = ",".join(f"{e.kind}{e.start}-{e.end}" for e in self.edges)
        return f"{nodes}|{edges}|{','.join(self.activations)}"

    @staticmethod
    def of(shape: str) -> "Layout":
        nodes, edges, activations = shape.split("|")
        return Layout(
            tuple(Node(n[0], int(n[1:] or -1)) for n in nodes.split(",")),
            tuple(Edge(e[0], *map(int, e[1:].split("-"))) for e in edges.split(",")),
            tuple(activations.split(",")) if activations else (),
        )

    @cached_property
    def inertial(self) -> tuple[int, ...]:
        """The edges whose flow is a state of its own, because blood there has inertia."""
        return tuple(i for i, edge in enumerate(self.edges) if edge.kind == "L")

    @property
    def states(self) -> int:
        """Volumes of all nodes, then flows of the inertial edges."""
        return len(self.nodes) + len(self.inertial)

    # --- rows, in this order: duration; nodes; edges; activations; states; activation; observed; last observed -----

    @cached_property
    def node_row(self) -> tuple[int, ...]:
        return _running(1, [len(NODE_ROWS[n.kind]) for n in self.nodes])[:-1]

    @cached_property
    def edge_row(self) -> tuple[int, ...]:
        start = 1 + sum(len(NODE_ROWS[n.kind]) for n in self.nodes)
        return _running(start, [len(EDGE_ROWS[e.kind]) for e in self.edges])[:-1]

    @cached_property
    def activation_row(self) -> tuple[int, ...]:
        start = 1 + sum(len(NODE_ROWS[n.kind]) for n in self.nodes)
        start += sum(len(EDGE_ROWS[e.kind]) for e in self.edges)
        return _running(start, [len(ACTIVATION_ROWS[a]) for a in self.activations])

    @property
    def state_row(self) -> int:
        """The first state; so many rows before it are parameters."""
        return self.activation_row[-1]

    @property
    def active_row(self) -> int:
        return self.state_row + self.states

    @property
    def seen_row(self) -> int:
        return self.active_row + len(self.activations)

    @property
    def seen(self) -> int:
        return len(NODE_SEEN) * len(self.nodes) + len(EDGE_SEEN) * len(self.edges)

    @cached_property
    def vessels(self) -> tuple[int, ...]:
        """The nodes whose pressure changes as their volume does, so that its slope is known, too."""
        return tuple(i for i, node in enumerate(self.nodes) if node.kind == "C")

    @property
    def last_row(self) -> int:
        """Pressure and its slope in each vessel when it was last observed."""
        return self.seen_row + self.seen

    @property
    def rows(self) -> int:
        return self.last_row + 2 * len(self.vessels)


def _running(start: int, lengths: list[int]) -> tuple[int, ...]:
    rows = [start]
    for length in lengths:
        rows.append(rows[-1] + length)
    return tuple(rows)
