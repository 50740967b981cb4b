"""The year (årshjulet): milestones, frame and the announcement that opens the form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import County, Organisation, Scheme
from samspill.shared.identity.models import User

#: Longest announcement text in one language, in characters.
LONGEST_TEXT = 20_000
LONGEST_REASON = 1_000


class Cycle(models.Model):
    """One year of one scheme in one county (syklus). `authority` decides and pays."""

    scheme = models.CharField(max_length=4, choices=Scheme)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="cycles")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField()
    #: Frame (ramme) in whole kroner; None until it is known.
    frame = models.BigIntegerField(null=True, blank=True)
    #: Label of the plan version in use; the plan stands above this room and hands it down.
    plan_label = models.CharField(max_length=200, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("syklus")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "county", "year"], name="one_cycle_a_year"),
            models.CheckConstraint(
                condition=Q(frame=None) | Q(frame__gte=0, frame__lt=10**12),
                name="frame_in_range",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2026, year__lte=2100), name="cycle_year_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}"


class Milestone(models.Model):
    """A date in the year (milepæl) with who acts and who is responsible."""

    class Kind(models.TextChoices):
        """The codes are those of `regulation.calendar`."""

        FORM_OPENS = "form_opens", _("Kunngjøring og nytt skjema")
        NEEDS_DEADLINE = "needs_deadline", _("Frist for behovsmelding")
        FIRST_DRAFT = "first_draft", _("Første utkast til fordeling")
        DISCUSSION = "discussion", _("Drøfting i samarbeidsforum")
        FINAL_DRAFT = "final_draft", _("Endelig utkast")
        GRANT = "allocation", _("Tildeling og tilskuddsbrev")
        EVALUATION = "evaluation", _("Evaluering")
        NEW_FORUM = "new_forum", _("Nytt samarbeidsforum")

    class Precision(models.TextChoices):
        DAY = "day", _("Én dag")
        WEEK = "week", _("En uke")
        MONTH = "month", _("En måned")

    class Party(models.TextChoices):
        """Who acts; which office that is follows from who holds the cycle."""

        OWNERS = "owners", _("Eiere som melder behov")
        COUNTY_GOVERNOR = "county_governor", _("Statsforvalteren")
        COUNTY_MUNICIPALITY = "county_municipality", _("Fylkeskommunen")
        AUTHORITY = "authority", _("Den som forvalter ordningen")
        FORUM = "forum", _("Samarbeidsforum")
        REPORTERS = "reporters", _("De som meldte behov")

    #: Phases of the wheel: milestones that belong together, in words.
    PHASES = {
        Kind.FORM_OPENS: _("Melde behov"),
        Kind.NEEDS_DEADLINE: _("Melde behov"),
        Kind.FIRST_DRAFT: _("Foreslå og drøfte"),
        Kind.DISCUSSION: _("Foreslå og drøfte"),
        Kind.FINAL_DRAFT: _("Foreslå og drøfte"),
        Kind.GRANT: _("Tildele"),
        Kind.EVALUATION: _("Evaluere"),
        Kind.NEW_FORUM: _("Nytt forum"),
    }

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    starts = models.DateField()
    #: Last day where the milestone is a week or a month; else None. A deadline is open until 24:00.
    ends = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    who_party = models.CharField(max_length=20, choices=Party, blank=True)
    responsible_party = models.CharField(max_length=20, choices=Party, blank=True)
    #: When the date was last set: the calendar feed's time stamp.
    set_at = models.DateTimeField(null=True, blank=True)
    #: How many times the date has been changed: the calendar feed's sequence number.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("milepæl")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="one_milestone_per_kind"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="milestone_ends_after_start"
            ),
        ]

    @property
    def label(self) -> str:
        """What happens, in words, for the wheel and the lists."""
        return str(self.get_kind_display())

    @property
    def phase(self) -> str:
        return str(self.PHASES[self.Kind(self.kind)])

    @property
    def who(self) -> str:
        return str(self.get_who_party_display()) if self.who_party else ""

    @property
    def responsible(self) -> str:
        return str(self.get_responsible_party_display()) if self.responsible_party else ""

    @property
    def last_day(self) -> date:
        """The last day of the milestone, itself included."""
        return self.ends or self.starts


class CycleChange(models.Model):
    """A change of a date or of the frame (endring i året), with its reason. Never changed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="changes")
    #: Empty: the frame was changed.
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    #: What stood before: {"starts", "ends", "precision"} or {"frame"}.
    was = models.JSONField()
    reason = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(LONGEST_REASON), ProhibitNullCharactersValidator()],
    )
    #: Made after the year was announced: shown to everybody as «endret».
    after_publication = models.BooleanField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("endring i året")
        indexes = [models.Index(fields=["cycle", "at"], name="change_by_cycle")]
        constraints = [
            models.CheckConstraint(
                condition=Q(after_publication=False) | ~Q(reason=""),
                name="change_after_publication_has_reason",
            )
        ]


_TEXT: list[Callable[[Any], None]] = [
    MaxLengthValidator(LONGEST_TEXT),
    ProhibitNullCharactersValidator(),
]


class Announcement(models.Model):
    """The announcement (kunngjøring, KOLL §§ 7 b, 10): one prepares, another approves."""

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
    title_nb = models.CharField(max_length=200, validators=[ProhibitNullCharactersValidator()])
    title_nn = models.CharField(max_length=200, validators=[ProhibitNullCharactersValidator()])
    text_nb = models.TextField(validators=_TEXT)
    text_nn = models.TextField(validators=_TEXT)
    #: Label of the plan version, e.g. «Langsiktig plan 2026–2029 (fiktivt vedtatt)».
    plan_label = models.CharField(max_length=200, blank=True)
    #: SHA-256 of frame, dates and plan label when the texts were last saved: are they still true?
    facts_hash = models.CharField(max_length=64, blank=True)
    #: The person who last wrote or sent it for approval.
    prepared_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Everybody who has written in it or sent it for approval; none of them may approve.
    writer_ids = models.JSONField(default=list, blank=True)
    approved_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: What the approver wrote when sending it back.
    return_note = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(LONGEST_REASON), ProhibitNullCharactersValidator()],
    )
    #: What was sent for approval, word for word, and later what was approved.
    content = models.JSONField(default=dict, blank=True)
    #: SHA-256 of `content`: texts, frame, milestones, plan label, receivers.
    content_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("kunngjøring")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="announcement_takes_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(approved_by__isnull=False, published_at__isnull=False),
                name="published_announcement_is_approved",
            ),
        ]


class AnnouncementReceiver(models.Model):
    """One it went to (mottaker av kunngjøring), with its message."""

    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, related_name="receivers"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    #: Key in the outbox; empty where no address is known, which is a task for the secretariat.
    message_key = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("mottaker av kunngjøring")
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "organisation"], name="announced_once_to_each"
            )
        ]
