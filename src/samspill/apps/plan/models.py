"""The long-term plan (langsiktig plan, KOLL § 9): versions of prose and parameters."""

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspill.apps.cycle.models import Cycle
from samspill.apps.organisations.models import County, Organisation, Scheme


class Plan(models.Model):
    """A county's long-term plan (langsiktig plan) for one scheme."""

    scheme = models.CharField(max_length=4, choices=Scheme)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="plans")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("langsiktig plan")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "county"], name="one_plan_per_scheme_and_county"
            )
        ]


class PlanVersion(models.Model):
    """One version (planversjon): prose by section and parameters; never edited once adopted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Utkast – ikke vedtatt")
        ADOPTED = "adopted", _("Vedtatt")

    MOVES = {State.DRAFT: (State.ADOPTED,)}

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200, validators=[ProhibitNullCharactersValidator()])
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField()
    #: In order: {"key", "letters", "heading_nb", "heading_nn", "text_nb", "text_nn", "open"}.
    #: `letters` of § 9 that the section answers; `open` is why it is still a question, or "".
    sections = models.JSONField(default=list)
    #: regulation.plan.PlanParameters as JSON.
    parameters = models.JSONField(default=dict)
    #: SHA-256 of label, sections and parameters: the version's fingerprint in scenarios.
    content_hash = models.CharField(max_length=64)
    #: «fiktivt vedtatt» copies say so wherever the version is named.
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("planversjon")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_begin_at_1"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_adopted(self) -> bool:
        return self.state == self.State.ADOPTED


class PlanInUse(models.Model):
    """Which version governs a cycle (plan i bruk)."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="plan_in_use")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("plan i bruk")
