"""The year (årshjulet): milestones, frame and the announcement that opens the form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import County, Organisation, Scheme
from samspill.shared.identity.models import User


class Cycle(models.Model):
    """One year of one scheme in one county (syklus). `authority` decides and pays."""

    scheme = models.CharField(max_length=4, choices=Scheme)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="cycles")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField()
    #: Frame (ramme) in whole kroner; None until it is known.
    frame = models.BigIntegerField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("syklus")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "county", "year"], name="one_cycle_a_year"),
            models.CheckConstraint(
                condition=models.Q(frame=None) | models.Q(frame__gte=0, frame__lt=10**12),
                name="frame_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}"


class Milestone(models.Model):
    """A date in the year (milepæl) with who acts and who is responsible."""

    class Kind(models.TextChoices):
        FORM_OPENS = "form_opens", _("Kunngjøring og nytt skjema")
        NEEDS_DEADLINE = "needs_deadline", _("Frist for behovsmelding")
        FIRST_DRAFT = "first_draft", _("Første utkast til fordeling")
        DISCUSSION = "discussion", _("Drøfting i samarbeidsforum")
        FINAL_DRAFT = "final_draft", _("Endelig utkast")
        GRANT = "grant", _("Tildeling og tilskuddsbrev")
        EVALUATION = "evaluation", _("Evaluering")
        NEW_FORUM = "new_forum", _("Nytt samarbeidsforum")

    class Precision(models.TextChoices):
        DAY = "day", _("Dag")
        WEEK = "week", _("Uke")
        MONTH = "month", _("Måned")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    starts = models.DateField()
    #: Last day where the milestone is a week or a month; else None. A deadline is open until 24:00.
    ends = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    who = models.CharField(max_length=120, blank=True)
    responsible = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("milepæl")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="one_milestone_per_kind")
        ]


class Announcement(models.Model):
    """The announcement (kunngjøring, KOLL §§ 7 b, 10). Prepared by one person, approved by another."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        AWAITING_APPROVAL = "awaiting_approval", _("Venter på godkjenning")
        PUBLISHED = "published", _("Kunngjort")

    MOVES = {
        State.DRAFT: (State.AWAITING_APPROVAL,),
        State.AWAITING_APPROVAL: (State.PUBLISHED, State.DRAFT),
    }

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="announcement")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField()
    title_nb = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200)
    text_nb = models.TextField()
    text_nn = models.TextField()
    #: Label of the plan version, e.g. «Langsiktig plan 2026–2029 (fiktivt vedtatt)».
    plan_label = models.CharField(max_length=200, blank=True)
    prepared_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: SHA-256 of what was approved: texts, frame, milestones, plan label, receivers.
    content_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("kunngjøring")


class AnnouncementReceiver(models.Model):
    """One possible receiver the announcement went to (mottaker av kunngjøring), with its message."""

    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, related_name="receivers"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    #: Id in the outbox; empty where no address is known, which is a task for the secretariat.
    message_key = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("mottaker av kunngjøring")
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "organisation"], name="announced_once_to_each"
            )
        ]
