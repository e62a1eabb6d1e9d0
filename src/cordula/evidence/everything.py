"""What is wrong anywhere in the evidence: studies, facts, claims, questions and judgements in one look?"""

from pathlib import Path

from cordula.evidence import certainty, claims, facts, questions
from cordula.evidence.checks import check_study
from cordula.evidence.library import OWN, STUDIES, look_through
from cordula.evidence.reading import read_study
from cordula.evidence.refusal import EvidenceRefused, Problem


def problems(folder: Path | None = None) -> list[Problem]:
    """Of a folder of studies, or of everything that Cordula ships. Claims are looked at once what they name can be read."""
    if folder is not None:
        return look_through(folder)[1]
    found = look_through(OWN / STUDIES)[1] + facts.look_through(OWN / "facts")[1]
    found += questions.look_through(OWN / "questions.toml")[1]
    if not found:
        found += claims.look_through(OWN / "claims.toml")[1]
        found += certainty.look_through(certainty.JUDGEMENTS)[1]
    return sorted(set(found))


def problems_of_file(path: Path) -> list[Problem]:
    """Of one study by itself; what it shares with others is seen when its folder is checked."""
    try:
        study, root = read_study(path)
    except EvidenceRefused as refused:
        return list(refused.problems)
    check_study(study, root)
    return root.faults.found
