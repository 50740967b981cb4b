"""Keep a file (lagre en fil): checked when it comes from outside, hashed always."""

import hashlib
import io
import secrets
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename

from samspill.shared.files.checking import CHUNK, FileRefused, check
from samspill.shared.files.models import StoredFile

__all__ = ["FileRefused", "open_stored", "store_made", "store_upload"]


def store_upload(upload: "UploadedFile[Any]", *, at: datetime) -> StoredFile:
    """Check and keep what somebody sent. Raises FileRefused with a message for the sender.

    Does file I/O: call it before opening `audit.writing`, then link the row inside.
    """
    name = clean_name(upload.name or "")
    content = cast(BinaryIO, upload.file)
    kind = check(content, name=name, size=upload.size or 0)
    return _store(content, kind=kind, name=name, at=at)


def store_made(content: bytes, *, kind: StoredFile.Kind, name: str, at: datetime) -> StoredFile:
    """Keep a file we made ourselves: a receipt, a letter, a download."""
    return _store(io.BytesIO(content), kind=kind, name=clean_name(name), at=at)


def open_stored(stored: StoredFile) -> "File[bytes]":
    """The content, for reading."""
    return default_storage.open(stored.storage_name, "rb")


def clean_name(name: str) -> str:
    """The sender's name for the file without paths, control characters and length."""
    shown = PurePath(name.replace("\\", "/")).name
    shown = "".join(c for c in shown if c.isprintable()).strip(". ")
    return get_valid_filename(shown)[-120:] if shown else "fil"


def _store(content: BinaryIO, *, kind: StoredFile.Kind, name: str, at: datetime) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    wanted = f"{at:%Y/%m}/{secrets.token_hex(16)}.{kind}"
    return StoredFile.objects.create(
        kind=kind,
        name=name,
        size=size,
        sha256=digest.hexdigest(),
        storage_name=default_storage.save(wanted, File(content)),
        stored_at=at,
    )
