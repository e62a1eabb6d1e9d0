import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordula.ledger import exact_base64


@given(st.binary(max_size=100))
def test_what_was_encoded_is_decoded(raw):
    assert exact_base64.decode(exact_base64.encode(raw)) == raw


@pytest.mark.parametrize(
    "text",
    [
        "QR==",
        "QUJ=",
        "QQ",
        "QQ=",
        "Q===",
        "QQ==\n",
        " QQ==",
        "QQ==QQ==",
        "Q_==",
        "ÄÖÜß",
        "\ud800AAA",
    ],
)
def test_anything_but_the_one_encoding_is_refused(text):
    with pytest.raises(ValueError):
        exact_base64.decode(text)
