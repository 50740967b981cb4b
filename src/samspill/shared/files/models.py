"""Files that came from outside or that we made (filer), checked by content and kept by hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One checked file (lagret fil). Who may fetch it is decided by the room that owns it."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    #: Name in storage; never made from what the sender called it.
    storage_name = models.CharField(max_length=200, unique=True)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("fil")

    def __str__(self) -> str:
        return self.name
