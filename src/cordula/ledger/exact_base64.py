"""Is this the base64 of those bytes, and the only one? (RFC 4648 section 4, with its section 3.5.)

A usual decoder ignores the spare bits before the padding, so `QQ==` and `QR==` are one byte to it. Then a
changed proof would still be accepted. Here only what the encoder writes is read.
"""

from base64 import b64decode, b64encode


def encode(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def decode(text: str) -> bytes:
    """The bytes this text stands for; raises ValueError unless it is exactly their encoding."""
    raw = b64decode(text, validate=True)
    if encode(raw) != text:
        raise ValueError(f"{text!r} is not the base64 that its own bytes give")
    return raw
