"""Assessment of reports and scenarios of allocation (vurdering og fordeling)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport
from samspill.shared.identity.models import User


class Assessment(models.Model):
    """The secretariat's assessment of one report (vurdering, KOLL § 4)."""

    class State(models.TextChoices):
        OPEN = "open", _("Under vurdering")
        DONE = "done", _("Vurdert")

    MOVES = {State.OPEN: (State.DONE,), State.DONE: (State.OPEN,)}

    report = models.OneToOneField(NeedsReport, on_delete=models.PROTECT, related_name="assessment")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_since = models.DateTimeField()
    #: {"learning_community": {"met": true, "note": ""}, …}: the six criteria of § 4.
    checklist = models.JSONField(default=dict, blank=True)
    #: 0–100 by the plan's criteria (§ 9 d).
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    public_reason = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)
    assessed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("vurdering")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__lte=100), name="score_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(priority=None) | models.Q(priority__gte=1, priority__lte=3),
                name="priority_in_range",
            ),
        ]


class Scenario(models.Model):
    """One computed allocation (scenario), kept with input and hashes so anyone can recompute it."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=120)
    method = models.CharField(max_length=20)
    problem = models.JSONField()
    result = models.JSONField()
    problem_hash = models.CharField(max_length=64)
    result_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("scenario")
