"""Cut an upload off at the limit while it streams in: 200 MB sent, 20 MB kept at most."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUpload(TemporaryFileUploadHandler):
    """Spools to disk up to the limit, drops the rest; the file then says `size` above the limit.

    The other fields of the form arrive as usual, so nothing that was typed is lost.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.received = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_LIMIT:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        upload = super().file_complete(file_size)
        if upload is not None and upload.file is not None and file_size > settings.UPLOAD_LIMIT:
            upload.file.truncate(0)
        return upload
