"""The frozen corpus: how it was written, and how it is read.

A corpus is written once, for a version of the format, and never again: every later verifier must judge it
the same. `python -m tests.unit.passport.corpus` writes only a file that is not there yet.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "vectors" / "passport"
ABOUT = (
    "Passports of the format cordula-passport/1, each with the verdict on it: “verified”, or the reason "
    "for which it is refused. `lines` are joined by a newline; `base64` holds what is not text. Source: "
    "ours, from a life that nobody lived. The keys are made from the bytes 0 to 31, for this corpus alone."
)


@dataclass(frozen=True)
class Vector:
    name: str
    verdict: str
    data: bytes
    entries: int | None
    state: str | None


def read() -> tuple[str, list[Vector]]:
    """The issuer's key and every case of every corpus."""
    told = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    (key,) = {corpus["key"] for corpus in told}
    return key, [_vector(case) for corpus in told for case in corpus["cases"]]


def _vector(case: dict[str, Any]) -> Vector:
    data = b64decode(case["base64"]) if "base64" in case else "\n".join(case["lines"]).encode()
    return Vector(case["name"], case["verdict"], data, case.get("entries"), case.get("state"))


def write() -> None:
    from tests import cast
    from tests.unit.passport.cases import CASES
    from tests.unit.passport.forge import DISCLOSURES, whole

    cases = [_case(c.name, c.data) for c in CASES if c.name != "too_large"]
    life = whole().passport(cast.UNIT, DISCLOSURES[:1])
    _write_once("cases-1.json", cases)
    _write_once("whole-life-1.json", [_case("a_whole_life", life)])


def _case(name: str, data: bytes) -> dict[str, Any]:
    from cordula.passport.passport import verify
    from cordula.passport.refusal import Refused
    from tests.unit.passport.forge import KEYS

    told: dict[str, Any] = {"name": name}
    try:
        found = verify(data, KEYS)
        told |= {"verdict": "verified", "entries": len(found.envelopes), "state": found.unit.state}
    except Refused as refused:
        told |= {"verdict": refused.reason}
    try:
        return told | {"lines": data.decode().split("\n")}
    except UnicodeDecodeError:
        return told | {"base64": b64encode(data).decode()}


def _write_once(name: str, cases: list[dict[str, Any]]) -> None:
    from tests.unit.passport.forge import SIGNER

    text = json.dumps(
        {"about": ABOUT, "key": SIGNER.key.format(), "cases": cases}, ensure_ascii=False, indent=1
    )
    with (FOLDER / name).open("x", encoding="utf-8") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    write()
