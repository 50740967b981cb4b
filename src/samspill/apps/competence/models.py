"""The owner's competence plan (kompetanseplan) and the needs it names. Thin for now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import Organisation
from samspill.shared.files.models import StoredFile
from samspill.shared.identity.models import User


class CompetencePlan(models.Model):
    """An owner's plan document (kompetanseplan): a file or an address, and the years it covers."""

    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="competence_plans"
    )
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    address = models.URLField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kompetanseplan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="plan_years_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(address="") ^ models.Q(file=None), name="plan_is_file_or_address"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Need(models.Model):
    """A need an owner has found (kompetansebehov). Measures and studies link to it."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    closed_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("kompetansebehov")
        indexes = [models.Index(fields=["owner", "closed_date"], name="need_by_owner")]

    def __str__(self) -> str:
        return self.title
