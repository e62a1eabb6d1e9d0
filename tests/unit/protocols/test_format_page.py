"""The examples of the page on the format are true: together they are one protocol that loads."""

import re
from pathlib import Path

from cordula.protocols.cases import read_cases
from cordula.protocols.criteria import Measured
from cordula.protocols.file.kinds import KINDS
from cordula.protocols.load import load
from cordula.protocols.moments import MOMENTS

PAGE = (Path(__file__).parents[3] / "docs" / "protocol-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


def folder(where: Path) -> Path:
    """The page's protocol, its site's file and its cases, as files."""
    apart = {
        name: text for text in EXAMPLES for name in ("site", "cases") if f"# {name}.toml" in text
    }
    whole = "\n".join(text for text in EXAMPLES if text not in apart.values())
    for name, text in {**apart, "protocol": whole}.items():
        (where / f"{name}.toml").write_text(text, encoding="utf-8")
    return where


def test_the_examples_are_one_protocol(tmp_path: Path) -> None:
    protocol = load(folder(tmp_path))

    assert protocol.id == "example"
    assert [c.id for gate in protocol.gates for c in gate.criteria] == [
        "C1.1",
        "C1.2",
        "C1.3",
        "C2.1",
        "C2.2",
    ]


def test_the_sites_example_fills_in_all_that_is_open(tmp_path: Path) -> None:
    protocol = load(folder(tmp_path), tmp_path / "site.toml")

    assert not any(c.open for gate in protocol.gates for c in gate.criteria)
    assert protocol.dose is not None
    assert not protocol.dose.open
    assert isinstance(protocol.gates[0].criteria[2], Measured)


def test_the_cases_example_is_readable(tmp_path: Path) -> None:
    cases = read_cases(load(folder(tmp_path)), tmp_path)

    assert [len(case.rows) for case in cases] == [3, 4]


def test_every_kind_of_criterion_and_every_moment_is_on_the_page() -> None:
    assert [kind for kind in KINDS if f"| `{kind}` |" not in PAGE] == []
    assert [moment for moment in MOMENTS if f"`{moment}`" not in PAGE] == []
