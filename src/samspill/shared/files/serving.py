"""serve(): hand a stored file out as a download that can do nothing in the browser."""

from django.http import FileResponse, HttpResponseBase

from samspill.shared.files.models import StoredFile
from samspill.shared.files.storage import open_stored

CONTENT_TYPES = {
    StoredFile.Kind.PDF: "application/pdf",
    StoredFile.Kind.PNG: "image/png",
    StoredFile.Kind.JPEG: "image/jpeg",
    StoredFile.Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    StoredFile.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    StoredFile.Kind.CSV: "text/csv; charset=utf-8",
}


def serve(stored: StoredFile) -> HttpResponseBase:
    """The room has already found the file through its own `queries`; here it only goes out."""
    response = FileResponse(
        open_stored(stored),
        as_attachment=True,
        filename=stored.name,
        content_type=CONTENT_TYPES[StoredFile.Kind(stored.kind)],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
