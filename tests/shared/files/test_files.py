"""Everything that comes from outside is hostile until its content has been looked at."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from samspill.shared.files.models import StoredFile
from samspill.shared.files.serving import serve
from samspill.shared.files.storage import FileRefused, clean_name, store_made, store_upload

pytestmark = [pytest.mark.django_db, pytest.mark.both]

AT = datetime(2027, 1, 12, 13, 32, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00" + b"\x00" * 200


def office(part: str, **more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return made.getvalue()


def lying_bomb() -> bytes:
    """A part of 300 MB whose header says it is small."""
    raw = office("xl/workbook.xml", **{"xl/big.xml": b"0" * (210 * 1024 * 1024)})
    size = (210 * 1024 * 1024).to_bytes(4, "little")
    return raw.replace(size, (1000).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", PDF, "pdf"),
        ("Plan.PDF", PDF, "pdf"),
        ("bilde.png", b"\x89PNG\r\n\x1a\nresten", "png"),
        ("foto.jpeg", b"\xff\xd8\xff\xe0resten", "jpeg"),
        ("notat.docx", office("word/document.xml"), "docx"),
        ("budsjett.xlsx", office("xl/workbook.xml"), "xlsx"),
        ("liste.csv", "navn;beløp\nBodø;1\n".encode(), "csv"),
        ("liste.csv", "navn;beløp\nBodø;1\n".encode("cp1252"), "csv"),
    ],
)
def test_an_honest_file_is_kept_with_its_hash(name, content, kind):
    stored = store_upload(SimpleUploadedFile(name, content), at=AT)

    assert (stored.kind, stored.size, stored.name) == (kind, len(content), name)
    assert b"".join(serve(stored).streaming_content) == content


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("regning.pdf", EXE, "innholdet er noe annet"),
        ("regning.exe", EXE, "Vi tar imot PDF"),
        ("uten-endelse", PDF, "Vi tar imot PDF"),
        ("tom.pdf", b"", "tom"),
        ("side.svg", b"<svg onload=alert(1)>", "Vi tar imot PDF"),
        ("arkiv.xlsx", office("word/document.xml"), "innholdet er noe annet"),
        ("ikke-zip.xlsx", b"PK\x03\x04tull", "innholdet er noe annet"),
        ("liste.csv", b"a;b\x00c", "innholdet er noe annet"),
        (
            "makro.docx",
            office("word/document.xml", **{"word/vbaProject.bin": b"x"}),
            "makroer",
        ),
        (
            "bombe.xlsx",
            office("xl/workbook.xml", **{"xl/big.xml": b"0" * (201 * 1024 * 1024)}),
            "mye mer",
        ),
    ],
)
def test_a_hostile_file_is_refused_with_words(name, content, says):
    with pytest.raises(FileRefused, match=says):
        store_upload(SimpleUploadedFile(name, content), at=AT)

    assert StoredFile.objects.count() == 0


def test_a_bomb_that_lies_about_its_size_is_refused():
    with pytest.raises(FileRefused):
        store_upload(SimpleUploadedFile("bombe.xlsx", lying_bomb()), at=AT)


@override_settings(UPLOAD_LIMIT=10)
def test_a_file_above_the_limit_is_refused_with_the_limit():
    with pytest.raises(FileRefused, match="for stor"):
        store_upload(SimpleUploadedFile("plan.pdf", PDF), at=AT)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kari\\plan.pdf", "plan.pdf"),
        ("plan\r\nSet-Cookie: x.pdf", "planSet-Cookie_x.pdf"),
        ("", "fil"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_the_senders_name_cannot_point_anywhere(sent, kept):
    assert clean_name(sent) == kept


def test_a_served_file_can_do_nothing_in_the_browser():
    stored = store_made(PDF, kind=StoredFile.Kind.PDF, name="kvittering.pdf", at=AT)

    headers = serve(stored).headers

    assert headers["Content-Disposition"] == 'attachment; filename="kvittering.pdf"'
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
