"""A site fills in what a protocol leaves open, says where it has the number from, and who approved it."""

from hashlib import sha256
from pathlib import Path

import pytest

from cordula.protocols.criteria import Measured
from cordula.protocols.load import load
from cordula.protocols.protocol import Filled
from tests.unit.protocols.written import changed, line_with, refusal, written

SITE = """\
[site]
name = "St Brigid's"
protocol = "small"
version = "1"

[sources.sop-12]
title = "Our procedure 12"

[criteria.C4]
at_least = "15 °C"
at_most = "25 °C"
source = "sop-12"
place = "page 3"
approved_by = "medical_director"

[dose]
weight_not_older_than = "24 h"
source = "sop-12"
approved_by = "surgeon"

[[follow_up]]
measure = "rv_fac"
after = "3 months"
window = "14 days"
source = "sop-12"
approved_by = "cardiologist"
"""


def site_file(folder: Path, text: str = SITE) -> Path:
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return path


def site_refusal(folder: Path, text: str) -> list[str]:
    from tests.unit.protocols.written import RIGHT

    return refusal(folder, RIGHT, site_file(folder, text))


def test_the_open_numbers_are_filled_in(tmp_path: Path) -> None:
    protocol = load(written(tmp_path), site_file(tmp_path))

    transport = protocol.gates[1].criteria[2]
    assert isinstance(transport, Measured)
    assert (str(transport.limit.at_least), str(transport.limit.at_most)) == ("15 Cel", "25 Cel")
    assert (transport.open, transport.source, transport.place) == (False, "sop-12", "page 3")
    assert protocol.dose is not None
    assert (protocol.dose.open, str(protocol.dose.weight_not_older_than)) == (False, "24 h")
    assert protocol.dose.source == "text"
    assert str(protocol.follow_up[0].window) == "14 d"


def test_who_filled_in_what_is_kept(tmp_path: Path) -> None:
    protocol = load(written(tmp_path), site_file(tmp_path))

    assert protocol.site == "St Brigid's"
    assert protocol.filled == (
        Filled(
            where="C4",
            says="at_least = 15 °C, at_most = 25 °C",
            source="sop-12",
            approved_by="medical_director",
        ),
        Filled(
            where="dose",
            says="weight_not_older_than = 24 h",
            source="sop-12",
            approved_by="surgeon",
        ),
        Filled(
            where="rv_fac 3 months",
            says="window = 14 days",
            source="sop-12",
            approved_by="cardiologist",
        ),
    )


def test_the_merged_protocol_has_a_digest_over_both_files(tmp_path: Path) -> None:
    plain = load(written(tmp_path))
    merged = load(tmp_path, site_file(tmp_path))
    changed_site = load(tmp_path, site_file(tmp_path, SITE.replace("page 3", "page 4")))

    site = sha256(SITE.encode()).hexdigest()
    assert merged.digest == sha256(f"{plain.digest}\n{site}\n".encode()).hexdigest()
    assert len({plain.digest, merged.digest, changed_site.digest}) == 3


def test_the_protocol_itself_stays_as_it_was(tmp_path: Path) -> None:
    load(written(tmp_path), site_file(tmp_path))

    assert load(tmp_path).gates[1].criteria[2].open


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[criteria.C4]", "[criteria.C2]", "“C2” is not an open criterion of the protocol; did you mean “C4”?"),
        ('at_most = "25 °C"', 'at_most = "25 mL"', "Transport temperature is measured in Cel, which mL cannot become"),
        ('at_most = "25 °C"', 'at_most = "250 °C"', "Transport temperature cannot be 250 Cel: it lies between -273.15 Cel and 60 Cel"),
        ('at_most = "25 °C"', 'at_moost = "25 °C"', "“at_moost” is not a key of [criteria.C4]; did you mean “at_most”?"),
        ('approved_by = "surgeon"', 'approved_by = "surgen"', "“surgen” is not a role; did you mean “surgeon”?"),
        ('protocol = "small"', 'protocol = "large"', "this file is for large, and the protocol is small"),
        ('version = "1"', 'version = "2"', "this file is for 2, and the protocol is 1"),
        ("[sources.sop-12]", "[sources.text]", "“text” is a source of the protocol already"),
        ('weight_not_older_than = "24 h"', 'volume_per_kg = "0.2 mL/kg"', "“volume_per_kg” is not an open number of the dose; only “weight_not_older_than” is"),
        ('window = "14 days"', 'window = "14 mL"', "window: a length of time is given in h, which 14 mL cannot become"),
        ('after = "3 months"', 'after = "6 months"', None),
    ],
)  # fmt: skip
def test_a_fault_in_the_sites_file_is_told_there(
    tmp_path: Path, old: str, new: str, told: str | None
) -> None:
    text = changed(old, new, SITE)

    problems = site_refusal(tmp_path, text)

    if told is None:
        line = line_with("[[follow_up]]", text)
        told = "the protocol has no open follow-up of rv_fac after 6 months"
    else:
        line = line_with(new, text)
    assert f"site.toml:{line}: {told}" in problems


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        ('source = "sop-12"\nplace = "page 3"\n', "[criteria.C4] needs “source”"),
        ('approved_by = "medical_director"\n', "[criteria.C4] needs “approved_by”"),
        ('at_least = "15 °C"\nat_most = "25 °C"\n', "C4 is filled in with nothing: give one of at_least, at_most, more_than, less_than, not_older_than"),
    ],
)  # fmt: skip
def test_a_number_needs_its_source_and_somebody_who_approved_it(
    tmp_path: Path, passage: str, told: str
) -> None:
    text = changed(passage, "", SITE)

    line = line_with("[criteria.C4]", text)
    assert f"site.toml:{line}: {told}" in site_refusal(tmp_path, text)
