"""Is this file what it says, and harmless enough to keep? Decided by content, not by name."""

import zipfile
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from samspill.shared.files.models import StoredFile

Kind = StoredFile.Kind

SIGNATURES = {Kind.PDF: b"%PDF-", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.JPEG: b"\xff\xd8\xff"}
#: The part every real document of the kind has.
OFFICE_PARTS = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml"}
ENDINGS = {
    "pdf": Kind.PDF,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "csv": Kind.CSV,
}
#: An honest document of 20 MB unpacks to far less than this; a bomb to far more.
ZIP_ENTRIES = 2_000
ZIP_BYTES = 200 * 1024 * 1024
CHUNK = 64 * 1024


class FileRefused(Exception):
    """The file is not kept. The message is for the person who sent it."""


def check(content: BinaryIO, *, name: str, size: int) -> Kind:
    """The file's kind, or FileRefused. Leaves the stream at its start."""
    if size > settings.UPLOAD_LIMIT:
        raise FileRefused(_too_large())
    if size == 0:
        raise FileRefused(_("Filen er tom. Velg en fil med innhold."))
    kind = ENDINGS.get(name.rsplit(".", 1)[-1].lower()) if "." in name else None
    if kind is None:
        raise FileRefused(_("Vi tar imot PDF, Word, Excel, CSV, PNG og JPEG. Velg en slik fil."))
    content.seek(0)
    if not _matches(kind, content):
        message = _(
            "Filen heter .{ending}, men innholdet er noe annet. Lagre den på nytt som {kind}."
        )
        raise FileRefused(message.format(ending=name.rsplit(".", 1)[-1].lower(), kind=kind.label))
    content.seek(0)
    return kind


def _matches(kind: Kind, content: BinaryIO) -> bool:
    if kind in SIGNATURES:
        return content.read(8).startswith(SIGNATURES[kind])
    if kind in OFFICE_PARTS:
        return _is_office(content, OFFICE_PARTS[kind])
    return _is_text(content)


def _is_office(content: BinaryIO, part: str) -> bool:
    """A zip with the right parts, no macros, and no more inside than a document holds."""
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > ZIP_ENTRIES or sum(e.file_size for e in entries) > ZIP_BYTES:
                raise FileRefused(_bomb())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise FileRefused(_("Filen har makroer. Lagre den uten makroer og prøv igjen."))
            if not {"[Content_Types].xml", part} <= names:
                return False
            _unpack_within_limit(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return False
    return True


def _unpack_within_limit(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """The sizes written in a zip can lie: count what really comes out."""
    total = 0
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                total += len(chunk)
                if total > ZIP_BYTES:
                    raise FileRefused(_bomb())


def _is_text(content: BinaryIO) -> bool:
    """Text in UTF-8 or Windows-1252 without NUL: all a CSV must be."""
    raw = content.read()
    if b"\x00" in raw:
        return False
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            raw.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return True


def _bomb() -> str:
    return _("Filen pakker ut til mye mer enn et vanlig dokument. Vi tar den ikke imot.")


def _too_large() -> str:
    limit = settings.UPLOAD_LIMIT // (1024 * 1024)
    return _("Filen er for stor. Grensen er {limit} MB.").format(limit=limit)
