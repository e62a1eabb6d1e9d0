import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordula.vocabulary.identifiers import InfantId
from cordula_web.people import identities, site_key
from cordula_web.people.identities import Identity
from cordula_web.people.site_key import (
    NotOpened,
    SiteKey,
    SiteKeyUnusable,
    create_key,
    open_sealed,
    read_key,
    seal,
)

KEY = SiteKey("0badcafe", bytes(range(32)))


def test_a_new_key_is_readable_by_its_owner_alone_and_is_read_back(tmp_path):
    path = tmp_path / "keys" / "site.key"

    made = create_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(path) == made
    assert [file.name for file in path.parent.iterdir()] == ["site.key"]


def test_a_key_that_is_there_is_never_written_over(tmp_path):
    path = tmp_path / "site.key"
    first = create_key(path)

    assert create_key(path) == first


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "site.key"
    create_key(path)
    os.chmod(path, 0o640)

    with pytest.raises(SiteKeyUnusable, match="chmod 600"):
        read_key(path)


@pytest.mark.parametrize("text", ["", "other\nx\ny\n", "cordula site key v1\nx\nAAAA\n"])
def test_a_file_that_is_no_key_is_refused(tmp_path, text):
    path = tmp_path / "site.key"
    path.write_text(text)
    path.chmod(0o600)

    with pytest.raises(SiteKeyUnusable, match="not a site key file"):
        read_key(path)


def test_a_missing_key_is_said_to_be_missing(tmp_path):
    with pytest.raises(SiteKeyUnusable, match="Put the file back"):
        read_key(tmp_path / "gone.key")


@pytest.mark.django_db
def test_at_the_first_start_a_key_is_made(tmp_path, settings):
    settings.SITE_KEY_FILE = tmp_path / "site.key"

    made = site_key.site_key()

    assert read_key(settings.SITE_KEY_FILE) == made


def test_a_lost_key_is_not_replaced_once_something_is_sealed(st_brigid, tmp_path, settings):
    identities.save(InfantId("lina"), Identity(family_name="Haddad"), st_brigid.id)
    settings.SITE_KEY_FILE = tmp_path / "lost.key"

    with pytest.raises(SiteKeyUnusable, match="Put the file back"):
        site_key.site_key()
    assert not settings.SITE_KEY_FILE.exists()


def test_another_sites_key_opens_nothing():
    other = SiteKey(KEY.id, bytes(32))

    with pytest.raises(NotOpened):
        other.unwrap(KEY.wrap(b"k" * 32, about="infant:x"), about="infant:x")


def test_a_key_of_another_name_opens_nothing():
    other = SiteKey("deadbeef", KEY.secret)

    with pytest.raises(NotOpened):
        other.unwrap(KEY.wrap(b"k" * 32, about="infant:x"), about="infant:x")


def test_the_key_does_not_show_itself():
    assert KEY.secret.hex() not in repr(KEY) + str(KEY)


def test_equal_words_about_different_things_have_different_digests():
    assert KEY.index("haddad", about="a") == KEY.index("haddad", about="a")
    assert KEY.index("haddad", about="a") != KEY.index("haddad", about="b")
    assert KEY.index("haddad", about="a") != SiteKey(KEY.id, bytes(32)).index("haddad", about="a")


@settings(max_examples=60)
@given(plain=st.binary(max_size=200), about=st.binary(max_size=40))
def test_what_is_sealed_is_opened_and_never_sealed_alike_twice(plain, about):
    key = bytes(32)

    assert open_sealed(key, seal(key, plain, about=about), about=about) == plain
    assert seal(key, plain, about=about) != seal(key, plain, about=about)


@settings(max_examples=60)
@given(plain=st.binary(max_size=60), about=st.binary(max_size=20), data=st.data())
def test_any_changed_bit_is_refused(plain, about, data):
    key, sealed = bytes(32), bytearray(seal(bytes(32), plain, about=about))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(NotOpened):
        open_sealed(key, bytes(sealed), about=about)


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_too_few_bytes_are_refused(length):
    with pytest.raises(NotOpened):
        open_sealed(bytes(32), bytes(length), about=b"")
