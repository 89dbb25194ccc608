"""The account's PIN as a disbursement carries it: sealed with Airtel's public key.

Source: Airtel Africa developer documentation, "Encryption": RSA with PKCS#1 v1.5 padding for its keys of
1024 bits; the newer documents (disbursement 3.0) name keys of 2048 bits with OAEP, SHA-256 and MGF1. The
padding follows the key's length here, since an account is given one key only.
"""

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

OAEP_FROM_BITS = 2048


class KeyFaultError(ValueError):
    """What was given is not a public key that can seal."""


def public_key(text: str) -> RSAPublicKey:
    """From PEM, or the base64 of DER as the developer portal shows it. Raises KeyFaultError."""
    try:
        if "BEGIN" in text:
            key = serialization.load_pem_public_key(text.replace("\\n", "\n").encode())
        else:
            key = serialization.load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise KeyFaultError("Airtel's public key cannot be read") from error
    if not isinstance(key, RSAPublicKey):
        raise KeyFaultError("Airtel's public key is not one of RSA")
    return key


def seal(pin: str, key: RSAPublicKey) -> str:
    """Base64; another text every time."""
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=None)
    scheme = oaep if key.key_size >= OAEP_FROM_BITS else padding.PKCS1v15()
    return base64.b64encode(key.encrypt(pin.encode(), scheme)).decode()
