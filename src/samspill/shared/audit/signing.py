"""The key that signs checkpoints (nøkkelen for kontrollpunkter): Ed25519, outside the database."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


class NoKey(RuntimeError):
    """The key file is missing, or holds something else than an Ed25519 key."""


def private_key(path: Path | None = None) -> Ed25519PrivateKey:
    """The signing key; in the demo it is made at first use, in production it must be there."""
    path = path or settings.AUDIT_KEY_FILE
    if not path.exists():
        if not settings.DEMO:
            raise NoKey(f"The audit key {path} does not exist: see docs/operations.md.")
        make_key(path)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise NoKey(f"{path} does not hold a private key in PEM without password.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{path} does not hold an Ed25519 key.")
    return key


def make_key(path: Path) -> None:
    """Write a new key, readable by its owner only; never over one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)


def public_key_from(path: Path) -> Ed25519PublicKey:
    """A public key somebody was handed earlier, in PEM."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except ValueError as error:
        raise NoKey(f"{path} does not hold a public key in PEM.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey(f"{path} does not hold an Ed25519 key.")
    return key


def pem_of(key: Ed25519PublicKey) -> str:
    """The public key as text, to hand out."""
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def id_of(key: Ed25519PublicKey) -> str:
    """Sixteen hexadecimal digits that name a public key."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def sign(key: Ed25519PrivateKey, content: bytes) -> str:
    return base64.b64encode(key.sign(content)).decode()


def is_signed_by(key: Ed25519PublicKey, content: bytes, signature: str) -> bool:
    """False for a wrong signature and for something that is no signature at all."""
    try:
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError):
        return False
    return True
