import base64

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from payments.airtel.pin import KeyFaultError, public_key, seal

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=None)
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo


@pytest.mark.parametrize(("bits", "scheme"), [(1024, padding.PKCS1v15()), (2048, OAEP)])
def test_whoever_has_the_other_half_reads_the_pin(
    bits: int, scheme: padding.AsymmetricPadding
) -> None:
    key = rsa.generate_private_key(65537, bits)
    der = key.public_key().public_bytes(serialization.Encoding.DER, SPKI)
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, SPKI).decode()
    for text in (base64.b64encode(der).decode(), pem, pem.replace("\n", "\\n")):
        sealed = seal("4711", public_key(text))
        assert key.decrypt(base64.b64decode(sealed), scheme) == b"4711"
        assert sealed != seal("4711", public_key(text))


def test_another_kind_of_key_cannot_seal() -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    text = base64.b64encode(key.public_bytes(serialization.Encoding.DER, SPKI)).decode()
    with pytest.raises(KeyFaultError):
        public_key(text)


@pytest.mark.parametrize("text", ["", "x", "BEGIN", "AAAA", "-----BEGIN PUBLIC KEY-----\nAAAA"])
def test_rubbish_is_named_as_such(text: str) -> None:
    with pytest.raises(KeyFaultError):
        public_key(text)
