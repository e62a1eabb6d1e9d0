"""What an issuer sealed is believed, and everything else is refused by name."""

import pytest

from cordula.passport.passport import verify
from cordula.passport.refusal import Refused
from tests.unit.passport.cases import CASES, Case
from tests.unit.passport.forge import KEYS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_is_judged_by_its_name(case: Case) -> None:
    if case.reason is None:
        assert verify(case.data, KEYS).envelopes
        return
    with pytest.raises(Refused) as refused:
        verify(case.data, KEYS)
    assert refused.value.reason is case.reason, refused.value.sentence
    assert case.says in refused.value.sentence
