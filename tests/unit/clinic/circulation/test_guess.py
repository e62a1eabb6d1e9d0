"""Which circulation is guessed from a record, and what is said where none is?"""

from datetime import timedelta

import pytest

from cordula.events.course import Diagnosed, Operated
from cordula.infants.infant import Infant
from cordula_web.clinic.circulation.form import CIRCUITS
from cordula_web.clinic.circulation.guess import AFTER, WITH, Guess, guess
from tests import cast

ZONE = cast.BIRTH.tzinfo


def done(operation: str, days: int) -> Operated:
    at = cast.after_birth(days=days)
    return Operated(
        infant=cast.LINA,
        operation=operation,
        started_at=at - timedelta(hours=4),
        by=cast.SURGEON,
        at=at,
    )


def known(diagnosis: str) -> Diagnosed:
    return Diagnosed(
        infant=cast.LINA, diagnosis=diagnosis, by=cast.SURGEON, at=cast.after_birth(days=1)
    )


def guessed(*events: object) -> Guess:
    return guess(Infant.replay([*cast.before_birth()[:1], *events]), ZONE)


@pytest.mark.parametrize(
    ("operations", "circuit"),
    [
        (("stage_1_palliation",), "norwood-bts"),
        (("stage_1_palliation", "stage_2_palliation"), "glenn"),
        (("stage_1_palliation", "stage_2_palliation", "stage_3_palliation"), "fontan"),
        (("hybrid_stage_1_palliation",), ""),
        (("stage_1_palliation", "pulmonary_artery_banding"), ""),
    ],
)
def test_the_last_operation_tells_the_circulation(operations, circuit):
    found = guessed(
        known("hypoplastic_left_heart_syndrome"),
        *(done(name, 7 + 100 * i) for i, name in enumerate(operations)),
    )

    assert found.circuit == circuit
    assert found.since == cast.after_birth(days=7 + 100 * (len(operations) - 1), hours=-4)
    assert found.says.startswith("Guessed from the record" if circuit else "Not guessed")


def test_what_the_record_does_not_say_is_said():
    assert "by which shunt" in guessed(done("stage_1_palliation", 7)).says
    assert "fenestration" in guessed(done("stage_3_palliation", 900)).says


@pytest.mark.parametrize("diagnosis", WITH)
def test_a_defect_by_itself_tells_the_circulation_before_any_operation(diagnosis):
    found = guessed(known(diagnosis))

    assert found.circuit == WITH[diagnosis]
    assert found.since is None


@pytest.mark.parametrize(
    "diagnoses",
    [
        (),
        ("hypoplastic_left_heart_syndrome",),
        ("coarctation", "ventricular_septal_defect"),
        ("ventricular_septal_defect", "isomerism"),
    ],
)
def test_nothing_is_guessed_where_the_model_has_no_such_circulation(diagnoses):
    found = guessed(*map(known, diagnoses))

    assert found.circuit == ""
    assert found.says.startswith("Not guessed")


def test_what_is_guessed_can_be_chosen():
    assert {*AFTER.values(), *WITH.values()} <= {name for name, _label in CIRCUITS}
