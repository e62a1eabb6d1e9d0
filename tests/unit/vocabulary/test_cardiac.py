"""The heart's words can be looked up, carry honest codes, and suggest the nearest when mistyped."""

from collections.abc import Callable

import pytest

from cordula.vocabulary.cardiac import (
    Diagnosis,
    Term,
    UnknownDiagnosis,
    UnknownTerm,
    consent_scope,
    consent_scopes,
    diagnoses,
    diagnosis,
    operation,
    operations,
    refusal_reason,
    refusal_reasons,
    route,
    routes,
    stop_reason,
    stop_reasons,
)

# These codes were read in a published text; every other is from memory and must say so.
SEEN = {"Q23.4", "LA89.3", "LA89.1", "LA86.20", "LA86.21", "01.03.08", "Q20.6"}


@pytest.mark.parametrize("known", diagnoses().values(), ids=lambda d: d.key)
def test_every_diagnosis_has_a_label_and_a_code_that_says_how_sure_it_is(known: Diagnosis) -> None:
    assert known.label
    assert known.codes
    for code in known.codes:
        assert code.version
        if code.system != "urn:cordula:dx":
            assert code.verified == (code.code in SEEN)


def test_hypoplastic_left_heart_is_coded_in_several_systems() -> None:
    codes = {c.code: c.verified for c in diagnosis("hypoplastic_left_heart_syndrome").codes}
    assert codes == {"Q23.4": True, "LA89.3": True, "01.01.09": False}


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        (
            operations,
            {"stage_1_palliation", "stage_2_palliation", "stage_3_palliation", "arterial_switch"},
        ),
        (
            operations,
            {"tetralogy_repair", "vsd_repair", "coarctation_repair", "cone_reconstruction"},
        ),
        (routes, {"intravenous", "intracoronary", "intramyocardial", "via_bypass"}),
        (consent_scopes, {"collect", "store", "use", "research", "registry", "recontact"}),
        (
            refusal_reasons,
            {"low_volume_or_count", "contamination", "too_late", "clots", "maternal_tests"},
        ),
    ],
)
def test_the_words_that_protocols_and_pages_use_are_there(
    terms: Callable[[], dict[str, Term]], keys: set[str]
) -> None:
    assert keys <= set(terms())
    assert all(term.label and term.name for term in terms().values())


def test_a_midwife_chooses_from_five_reasons() -> None:
    assert len(stop_reasons()) == 5


@pytest.mark.parametrize(
    ("look_up", "mistyped", "suggestion"),
    [
        (operation, "stage_2_paliation", "stage_2_palliation"),
        (route, "intracoronory", "intracoronary"),
        (consent_scope, "reserch", "research"),
        (refusal_reason, "contaminated", "contamination"),
        (stop_reason, "parent", "parents"),
    ],
)
def test_a_mistyped_word_suggests_the_nearest(
    look_up: Callable[[str], Term], mistyped: str, suggestion: str
) -> None:
    with pytest.raises(UnknownTerm, match=f"did you mean “{suggestion}”"):
        look_up(mistyped)
    assert look_up(suggestion).key == suggestion


def test_a_mistyped_diagnosis_suggests_the_nearest() -> None:
    with pytest.raises(UnknownDiagnosis, match="did you mean “coarctation”"):
        diagnosis("coartation")
