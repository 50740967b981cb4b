"""The journal (journalen) and follow-up tasks. Archive export comes later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import County, Organisation, Scheme
from samspill.shared.files.models import StoredFile


class JournalEntry(models.Model):
    """One document in or out of the authority's case (journalpost), numbered by year."""

    class Direction(models.TextChoices):
        IN = "in", _("Inngående")
        OUT = "out", _("Utgående")
        INTERNAL = "internal", _("Internt")

    scheme = models.CharField(max_length=4, choices=Scheme)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    #: The Norwegian year it was recorded in; numbers begin at 1 each year and have no gaps.
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=10, choices=Direction)
    title = models.CharField(max_length=300)
    correspondent = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    document_date = models.DateField()
    recorded_at = models.DateTimeField()
    #: Which case, as label and id: the journal stands below the rooms it records.
    case_type = models.CharField(max_length=80)
    case_id = models.CharField(max_length=64)
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True)
    public = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("journalpost")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "year", "number"], name="one_entry_per_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="entries_begin_at_1"),
        ]
        indexes = [
            models.Index(fields=["county", "year", "number"], name="entry_by_county"),
            models.Index(fields=["case_type", "case_id"], name="entry_by_case"),
        ]

    @property
    def reference(self) -> str:
        """The journal number as people write it: «2027/31»."""
        return f"{self.year}/{self.number}"


class Task(models.Model):
    """Something the authority must follow up (oppfølgingsoppgave), with its reason and deadline."""

    scheme = models.CharField(max_length=4, choices=Scheme)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    #: A code such as `no_address` or `salary_missing`: what it is about, for closing it again.
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    case_type = models.CharField(max_length=80)
    case_id = models.CharField(max_length=64)
    #: Path on our own site where it is done, or empty: the rooms above know their addresses.
    link = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    due_date = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("oppfølgingsoppgave")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "case_type", "case_id"],
                condition=Q(closed_at=None),
                name="one_open_task_per_case",
            )
        ]
        indexes = [
            models.Index(
                fields=["county", "authority"],
                condition=Q(closed_at=None),
                name="open_task_by_county",
            )
        ]
