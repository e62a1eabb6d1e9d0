"""The library's protocols load, say what they are, and rest on what they cite."""

from hashlib import sha256

import pytest

from cordula.protocols.load import FILE, folder_named, library, load, named
from cordula.protocols.refusal import UnknownProtocol
from cordula.vocabulary.identifiers import ProtocolId

RECONSTRUCTIONS = (
    "allogeneic-laromestrocel-stage-2",
    "autologous-mnc-stage-2",
    "fresh-autologous-mnc-norwood",
)
PRACTICE = "practice-mnc-stage-2"


def test_the_library_holds_three_reconstructions_and_one_practice_protocol() -> None:
    assert library() == [*RECONSTRUCTIONS, PRACTICE]


@pytest.mark.parametrize("name", library())
def test_a_protocol_is_called_as_its_folder_and_can_stand_in_the_ledger(name: str) -> None:
    assert named(name).id == ProtocolId(name)


@pytest.mark.parametrize("name", library())
def test_the_digest_is_that_of_the_bytes(name: str) -> None:
    written = (folder_named(name) / FILE).read_bytes()

    assert named(name).digest == sha256(written).hexdigest()
    assert load(folder_named(name)).digest == named(name).digest


@pytest.mark.parametrize("name", RECONSTRUCTIONS)
def test_a_reconstruction_says_that_its_sponsor_has_not_seen_it(name: str) -> None:
    protocol = named(name)

    assert protocol.reconstruction
    assert not protocol.practice
    assert "The sponsor has neither seen nor approved it." in protocol.notes[0]
    assert "not for clinical use" in protocol.notes[0]


@pytest.mark.parametrize("name", RECONSTRUCTIONS)
def test_a_reconstruction_rests_on_nothing_invented_and_leaves_its_dose_open(name: str) -> None:
    protocol = named(name)

    assert "practice" not in {source.standing for source in protocol.sources.values()}
    assert protocol.dose is not None
    assert protocol.dose.open
    assert any(c.open for gate in protocol.gates for c in gate.criteria)


def test_the_practice_protocol_says_that_it_is_invented_and_leaves_nothing_open() -> None:
    protocol = named(PRACTICE)

    assert protocol.practice
    assert not protocol.reconstruction
    assert protocol.sources["practice"].title == "Invented for practice, not for patients"
    assert not any(c.open for gate in protocol.gates for c in gate.criteria)
    assert protocol.dose is not None
    assert not protocol.dose.open


@pytest.mark.parametrize("name", library())
def test_every_source_is_cited_somewhere(name: str) -> None:
    written = (folder_named(name) / FILE).read_text(encoding="utf-8")

    idle = [key for key in named(name).sources if f'source = "{key}"' not in written]

    # A scenario that rests on two texts cites the second in its words.
    assert [key for key in idle if key != "norwood-interstage"] == []


@pytest.mark.parametrize("name", library())
def test_nothing_says_that_cells_are_safe_or_help(name: str) -> None:
    written = (folder_named(name) / FILE).read_text(encoding="utf-8").lower()

    assert [word for word in (" safe", "cure", "repair", "benefits") if word in written] == []


def test_an_unknown_protocol_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownProtocol, match="did you mean “practice-mnc-stage-2”"):
        named("practice-mnc-stage")
