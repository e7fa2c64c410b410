import pytest
from django.core.exceptions import ImproperlyConfigured

from journal import keys


@pytest.fixture(autouse=True)
def _no_key_remembered():
    keys.in_use.cache_clear()  # the key is read once per process
    yield
    keys.in_use.cache_clear()  # the key is read once per process


def test_the_key_is_that_of_rfc_8032(settings):
    # RFC 8032, 7.1, test 2.
    settings.SERVER_SIGNING_KEY = "TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs="

    assert keys.public_key().hex() == (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    )
    assert keys.sign(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert len(keys.key_id()) == 16


def test_a_signature_holds_for_its_message_and_key_alone():
    signature, public = keys.sign(b"yes"), keys.public_key()

    assert keys.is_signed(message=b"yes", signature=signature, public=public)
    assert not keys.is_signed(message=b"no", signature=signature, public=public)
    assert not keys.is_signed(message=b"yes", signature=signature[:-1], public=public)
    assert not keys.is_signed(message=b"yes", signature=signature, public=bytes(32))
    assert not keys.is_signed(message=b"yes", signature=signature, public=b"short")


@pytest.mark.parametrize("wrong", ["", "not base64!", "c2hvcnQ="])
def test_a_wrong_key_is_refused_with_the_way_out(settings, wrong):
    settings.SERVER_SIGNING_KEY = wrong

    with pytest.raises(ImproperlyConfigured, match=r"docs/running\.md"):
        keys.public_key()
